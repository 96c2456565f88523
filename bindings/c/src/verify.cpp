#include "trust.h"
#include "verdict.h"

#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/verify.h"
#include "sjcode/worker.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

using sjcode::ByteView;
using sjcode::InputFile;
using sjcode::Result;
using sjcode::Unexpected;
using sjcode::Verdict;
using sjcode::VerifyOptions;
using sjcode::c::bad_argument;
using sjcode::c::guarded;

struct sjcode_verifier {
    sjcode_verifier(const sjcode_trust& trust, const char* program)
        : records(trust.records),
          statuses(trust.statuses),
          worker(sjcode::WorkerOptions{.program = program}),
          verifier(*records, worker, sjcode::system_clock()) {}

    std::shared_ptr<const sjcode::TrustRecords> records;
    std::shared_ptr<const sjcode::StatusLists> statuses;
    sjcode::Worker worker;
    sjcode::Verifier verifier;
};

struct sjcode_verify_options {
    VerifyOptions options{};
};

namespace {

constexpr std::uint32_t longest_scan = 24U * 60 * 60 * 1000;

/// What all three ways of verifying do; `verify` gives Result<Verdict>.
template <class Verify>
sjcode_status verified(const sjcode_verifier* verifier, const sjcode_verify_options* options, sjcode_verdict** verdict,
                       sjcode_error** error, Verify&& verify) {
    if (verdict != nullptr) *verdict = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (verifier == nullptr) return bad_argument("verifier");
        if (verdict == nullptr) return bad_argument("verdict");
        auto wanted = options == nullptr ? VerifyOptions{} : options->options;
        wanted.statuses = verifier->statuses.get();
        Result<Verdict> made = verify(verifier->verifier, wanted);
        if (!made) return Unexpected(std::move(made).error());
        *verdict = new sjcode_verdict(*std::move(made));
        return {};
    });
}

/// Sets one of the options.
template <class Set>
sjcode_status set(sjcode_verify_options* options, sjcode_error** error, Set&& change) {
    return guarded(error, [&]() -> Result<void> {
        if (options == nullptr) return bad_argument("options");
        return change(options->options);
    });
}

}  // namespace

sjcode_status sjcode_verifier_new(const sjcode_trust* trust, const char* worker, sjcode_verifier** verifier,
                                  sjcode_error** error) {
    if (verifier != nullptr) *verifier = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (trust == nullptr) return bad_argument("trust");
        if (verifier == nullptr) return bad_argument("verifier");
        *verifier = new sjcode_verifier(*trust, worker == nullptr ? sjcode_installed_worker() : worker);
        return {};
    });
}

void sjcode_verifier_free(sjcode_verifier* verifier) {
    delete verifier;
}

sjcode_status sjcode_verify_options_new(sjcode_verify_options** options, sjcode_error** error) {
    if (options != nullptr) *options = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (options == nullptr) return bad_argument("options");
        *options = new sjcode_verify_options;
        return {};
    });
}

void sjcode_verify_options_free(sjcode_verify_options* options) {
    delete options;
}

sjcode_status sjcode_verify_options_set_record(sjcode_verify_options* options, const void* record, size_t size,
                                               sjcode_error** error) {
    return set(options, error, [&](VerifyOptions& wanted) -> Result<void> {
        if (record == nullptr) return bad_argument("record");
        const auto* bytes = static_cast<const std::uint8_t*>(record);
        wanted.record = sjcode::Bytes(bytes, bytes + size);
        return {};
    });
}

sjcode_status sjcode_verify_options_set_render(sjcode_verify_options* options, int render, sjcode_error** error) {
    return set(options, error, [&](VerifyOptions& wanted) -> Result<void> {
        wanted.render = render != 0;
        return {};
    });
}

sjcode_status sjcode_verify_options_set_page_scan(sjcode_verify_options* options, uint32_t milliseconds,
                                                  sjcode_error** error) {
    return set(options, error, [&](VerifyOptions& wanted) -> Result<void> {
        if (milliseconds > longest_scan) return bad_argument("milliseconds");
        wanted.page_scan_time = std::chrono::milliseconds(milliseconds);
        return {};
    });
}

sjcode_status sjcode_verify_options_set_as_of(sjcode_verify_options* options, int64_t seconds, sjcode_error** error) {
    return set(options, error, [&](VerifyOptions& wanted) -> Result<void> {
        if (seconds < 0) return bad_argument("seconds");
        wanted.as_of = seconds;
        return {};
    });
}

sjcode_status sjcode_verify_file(const sjcode_verifier* verifier, const char* path,
                                 const sjcode_verify_options* options, sjcode_verdict** verdict, sjcode_error** error) {
    return verified(verifier, options, verdict, error,
                    [&](const sjcode::Verifier& by, const VerifyOptions& how) -> Result<Verdict> {
                        if (path == nullptr) return bad_argument("path");
                        const auto file = InputFile::open(path);
                        if (!file) return Unexpected(file.error());
                        return by.verify(*file, how);
                    });
}

sjcode_status sjcode_verify_bytes(const sjcode_verifier* verifier, const void* bytes, size_t size,
                                  const sjcode_verify_options* options, sjcode_verdict** verdict,
                                  sjcode_error** error) {
    return verified(verifier, options, verdict, error,
                    [&](const sjcode::Verifier& by, const VerifyOptions& how) -> Result<Verdict> {
                        if (bytes == nullptr && size != 0) return bad_argument("bytes");
                        const auto view =
                            bytes == nullptr ? ByteView() : ByteView(static_cast<const std::uint8_t*>(bytes), size);
                        return by.verify(InputFile::borrow(view), how);
                    });
}

sjcode_status sjcode_verify_text(const sjcode_verifier* verifier, const char* text,
                                 const sjcode_verify_options* options, sjcode_verdict** verdict, sjcode_error** error) {
    return verified(verifier, options, verdict, error,
                    [&](const sjcode::Verifier& by, const VerifyOptions& how) -> Result<Verdict> {
                        if (text == nullptr) return bad_argument("text");
                        return by.verify_text(text, how);
                    });
}

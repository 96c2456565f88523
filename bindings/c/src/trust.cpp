#include "trust.h"

#include "sjcode/file.h"
#include "sjcode/opened_trust.h"
#include "sjcode/trust_list.h"

#include <optional>
#include <string>
#include <utility>

using sjcode::Error;
using sjcode::InputFile;
using sjcode::Result;
using sjcode::TrustList;
using sjcode::Unexpected;
using sjcode::c::bad_argument;
using sjcode::c::guarded;

namespace {

Error with_file(Error error, const std::string& file) {
    if (error.file.empty()) error.file = file;
    return error;
}

Result<void> into(sjcode_trust** trust, Result<sjcode::OpenedTrust> opened) {
    if (!opened) return Unexpected(std::move(opened).error());
    auto made = std::make_unique<sjcode_trust>();
    made->records = std::move(opened->trust);
    made->statuses = std::make_shared<sjcode::StatusLists>(std::move(opened->statuses));
    for (const auto& error : opened->refused) made->refused.emplace_back(error);
    *trust = made.release();
    return {};
}

}  // namespace

sjcode_status sjcode_trust_open(const char* folder, sjcode_trust** trust, sjcode_error** error) {
    if (trust != nullptr) *trust = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (folder == nullptr) return bad_argument("folder");
        if (trust == nullptr) return bad_argument("trust");
        return into(trust, sjcode::open_trust({.folder = folder}));
    });
}

sjcode_status sjcode_trust_open_lists(const char* const* paths, const char* const* roots, size_t count,
                                      sjcode_trust** trust, sjcode_error** error) {
    if (trust != nullptr) *trust = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (trust == nullptr) return bad_argument("trust");
        if (paths == nullptr) return bad_argument("paths");
        if (roots == nullptr) return bad_argument("roots");
        if (count == 0) return bad_argument("count");
        std::vector<TrustList> lists;
        for (size_t i = 0; i < count; ++i) {
            if (paths[i] == nullptr) return bad_argument("paths");
            if (roots[i] == nullptr) return bad_argument("roots");
            auto root = sjcode::fingerprint_from(roots[i]);
            if (!root) return Unexpected(std::move(root).error());
            auto file = InputFile::open(paths[i]);
            if (!file) return Unexpected(std::move(file).error());
            auto list = TrustList::open(*file, *root);
            if (!list) return Unexpected(with_file(std::move(list).error(), paths[i]));
            lists.push_back(*std::move(list));
        }
        return into(trust, sjcode::OpenedTrust{
                               std::make_unique<sjcode::TrustLists>(sjcode::TrustLists::of(std::move(lists))), {}, {}});
    });
}

sjcode_status sjcode_trust_open_bundle(const char* path, const char* store, const char* root, sjcode_trust** trust,
                                       sjcode_error** error) {
    if (trust != nullptr) *trust = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (path == nullptr) return bad_argument("path");
        if (trust == nullptr) return bad_argument("trust");
        if (store == nullptr && root == nullptr) return sjcode::fail("usage.trust");
        sjcode::TrustSources sources{.folder = store != nullptr ? store : ""};
        if (root != nullptr) {
            auto fingerprint = sjcode::fingerprint_from(root);
            if (!fingerprint) return Unexpected(std::move(fingerprint).error());
            sources.root = *fingerprint;
        }
        auto file = InputFile::open(path);
        if (!file) return Unexpected(std::move(file).error());
        sources.bundle = *std::move(file);
        return into(trust, sjcode::open_trust(sources));
    });
}

sjcode_status sjcode_trust_add_status_list(sjcode_trust* trust, const char* list_path, const char* details_path,
                                           sjcode_error** error) {
    return guarded(error, [&]() -> Result<void> {
        if (trust == nullptr) return bad_argument("trust");
        if (list_path == nullptr) return bad_argument("list_path");
        auto list = InputFile::open(list_path);
        if (!list) return Unexpected(std::move(list).error());
        std::optional<InputFile> details;
        if (details_path != nullptr) {
            auto file = InputFile::open(details_path);
            if (!file) return Unexpected(std::move(file).error());
            details = *std::move(file);
        }
        // A copy: verifiers share what was held when they were made.
        auto statuses = std::make_shared<sjcode::StatusLists>(*trust->statuses);
        auto added =
            statuses->add(list->bytes(), details ? std::optional(details->bytes()) : std::nullopt, *trust->records);
        // After an error too: a list without its details counts, and what was refused is told.
        trust->statuses = std::move(statuses);
        if (!added) return Unexpected(with_file(std::move(added).error(), list_path));
        return {};
    });
}

size_t sjcode_trust_refused_count(const sjcode_trust* trust) {
    return trust == nullptr ? 0 : trust->refused.size();
}

const sjcode_error* sjcode_trust_refused(const sjcode_trust* trust, size_t index) {
    return index < sjcode_trust_refused_count(trust) ? &trust->refused[index] : nullptr;
}

void sjcode_trust_free(sjcode_trust* trust) {
    delete trust;
}

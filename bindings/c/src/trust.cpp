#include "trust.h"

#include "sjcode/bundle.h"
#include "sjcode/file.h"
#include "sjcode/trust_list.h"
#include "sjcode/trust_store.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using sjcode::Digest;
using sjcode::Error;
using sjcode::InputFile;
using sjcode::Result;
using sjcode::TrustList;
using sjcode::Unexpected;
using sjcode::c::bad_argument;
using sjcode::c::guarded;

namespace {

/// A status list as it came, to be checked once the trust records are known.
struct OfferedStatus {
    InputFile list;
    std::optional<InputFile> details;
};

struct BundleContent {
    std::vector<TrustList> lists;
    std::vector<OfferedStatus> statuses{};
    std::vector<sjcode_error> refused{};
};

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Result<Digest> fingerprint_from(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](char c) { return c == ':' || c == ' '; });
    Digest digest{};
    if (digits.size() != 2 * digest.size() ||
        std::any_of(digits.begin(), digits.end(), [](char c) { return hex_value(c) < 0; }))
        return sjcode::fail("usage.fingerprint", {{"value", std::string(text)}});
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(hex_value(digits[2 * i]) * 16 + hex_value(digits[2 * i + 1]));
    return digest;
}

Error with_file(Error error, const std::string& file) {
    if (error.file.empty()) error.file = file;
    return error;
}

sjcode_trust* trust_in(std::vector<TrustList> lists) {
    return new sjcode_trust{std::make_shared<sjcode::TrustLists>(sjcode::TrustLists::of(std::move(lists))),
                            std::make_shared<sjcode::StatusLists>()};
}

Result<void> add(sjcode_trust& trust, const OfferedStatus& offered) {
    auto statuses = std::make_shared<sjcode::StatusLists>(*trust.statuses);
    const auto details = offered.details ? std::optional(offered.details->bytes()) : std::nullopt;
    auto added = statuses->add(offered.list.bytes(), details, *trust.records);
    if (!added) return Unexpected(with_file(std::move(added).error(), offered.list.name()));
    trust.statuses = std::move(statuses);
    return {};
}

/// The parts of a bundle, which keep the file open for as long as one of them lives.
Result<BundleContent> open_parts(const InputFile& file, const sjcode::TrustStore& store,
                                 const sjcode::TrustImportOptions& how, std::vector<TrustList> held) {
    BundleContent content{std::move(held)};
    auto parts = sjcode::open_bundle(file.bytes());
    if (!parts) return Unexpected(with_file(std::move(parts).error(), file.name()));
    const auto owner = std::make_shared<InputFile>(file);
    for (const auto& part : *parts) {
        const auto piece = InputFile::borrow(part.content, file.name(), owner);
        if (part.type == sjcode::trust_list_media_type) {
            auto candidate = store.examine(piece, how);
            if (candidate) {
                std::erase_if(content.lists,
                              [&](const TrustList& other) { return other.info().id == candidate->list.info().id; });
                content.lists.push_back(candidate->list);
            } else if (candidate.error().code == "trust-store.rollback") {
                content.refused.emplace_back(candidate.error());
            } else {
                return Unexpected(with_file(std::move(candidate).error(), file.name()));
            }
        } else if (part.type == sjcode::status_list_media_type) {
            content.statuses.push_back({piece, {}});
        } else if (part.type == sjcode::status_details_media_type && !content.statuses.empty()) {
            content.statuses.back().details = piece;
        }
    }
    return content;
}

Result<sjcode_trust*> open_folder(const std::string& folder) {
    if (!sjcode::TrustStore::is_store(folder)) {
        auto certificates = sjcode::CertificateFolder::open(folder);
        if (!certificates) return Unexpected(std::move(certificates).error());
        return new sjcode_trust{std::make_shared<sjcode::CertificateFolder>(*std::move(certificates)),
                                std::make_shared<sjcode::StatusLists>()};
    }
    auto store = sjcode::TrustStore::open(folder);
    if (!store) return Unexpected(std::move(store).error());
    auto lists = store->lists();
    if (!lists) return Unexpected(std::move(lists).error());
    return trust_in(*std::move(lists));
}

Result<sjcode_trust*> open_bundle(const std::string& path, const char* folder, const char* root) {
    if (folder == nullptr && root == nullptr) return sjcode::fail("usage.trust");
    auto store = sjcode::TrustStore::empty();
    std::vector<TrustList> held;
    if (folder != nullptr) {
        auto opened = sjcode::TrustStore::open(folder);
        if (!opened) return Unexpected(std::move(opened).error());
        store = *std::move(opened);
        auto lists = store.lists();
        if (!lists) return Unexpected(std::move(lists).error());
        held = *std::move(lists);
    }
    sjcode::TrustImportOptions how;
    if (root != nullptr) {
        auto fingerprint = fingerprint_from(root);
        if (!fingerprint) return Unexpected(std::move(fingerprint).error());
        how.root = *fingerprint;
    }
    const auto file = InputFile::open(path);
    if (!file) return Unexpected(file.error());
    auto content = open_parts(*file, store, how, std::move(held));
    if (!content) return Unexpected(std::move(content).error());
    std::unique_ptr<sjcode_trust> trust(trust_in(std::move(content->lists)));
    trust->refused = std::move(content->refused);
    for (const auto& offered : content->statuses)
        if (const auto added = add(*trust, offered); !added) trust->refused.emplace_back(added.error());
    return trust.release();
}

Result<void> into(sjcode_trust** trust, Result<sjcode_trust*> opened) {
    if (!opened) return Unexpected(std::move(opened).error());
    *trust = *opened;
    return {};
}

}  // namespace

sjcode_status sjcode_trust_open(const char* folder, sjcode_trust** trust, sjcode_error** error) {
    if (trust != nullptr) *trust = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (folder == nullptr) return bad_argument("folder");
        if (trust == nullptr) return bad_argument("trust");
        return into(trust, open_folder(folder));
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
            auto root = fingerprint_from(roots[i]);
            if (!root) return Unexpected(std::move(root).error());
            auto file = InputFile::open(paths[i]);
            if (!file) return Unexpected(std::move(file).error());
            auto list = TrustList::open(*file, *root);
            if (!list) return Unexpected(with_file(std::move(list).error(), paths[i]));
            lists.push_back(*std::move(list));
        }
        *trust = trust_in(std::move(lists));
        return {};
    });
}

sjcode_status sjcode_trust_open_bundle(const char* path, const char* store, const char* root, sjcode_trust** trust,
                                       sjcode_error** error) {
    if (trust != nullptr) *trust = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (path == nullptr) return bad_argument("path");
        if (trust == nullptr) return bad_argument("trust");
        return into(trust, open_bundle(path, store, root));
    });
}

sjcode_status sjcode_trust_add_status_list(sjcode_trust* trust, const char* list_path, const char* details_path,
                                           sjcode_error** error) {
    return guarded(error, [&]() -> Result<void> {
        if (trust == nullptr) return bad_argument("trust");
        if (list_path == nullptr) return bad_argument("list_path");
        auto list = InputFile::open(list_path);
        if (!list) return Unexpected(std::move(list).error());
        OfferedStatus offered{*std::move(list), {}};
        if (details_path != nullptr) {
            auto details = InputFile::open(details_path);
            if (!details) return Unexpected(std::move(details).error());
            offered.details = *std::move(details);
        }
        return add(*trust, offered);
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

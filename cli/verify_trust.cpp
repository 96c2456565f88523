#include "verify_trust.h"

#include "trust_options.h"

#include "sjcode/bundle.h"
#include "sjcode/file.h"
#include "sjcode/trust_store.h"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace sjcode::cli {
namespace {

/// A status list as it came, to be checked once the trust records are known.
struct OfferedStatus {
    InputFile list;
    std::optional<InputFile> details;
};

std::string with_ending(const std::string& path, const char* ending) {
    return std::filesystem::path(path).replace_extension(ending).string();
}

/// status-LICENCE.cwt, and status-LICENCE.details beside it where there is one.
Result<OfferedStatus> status_file(const std::string& path) {
    auto list = InputFile::open(path);
    if (!list) return Unexpected(std::move(list).error());
    OfferedStatus offered{*std::move(list), {}};
    const auto beside = with_ending(path, ".details");
    std::error_code ignored;
    if (beside != path && std::filesystem::exists(beside, ignored)) {
        auto details = InputFile::open(beside);
        if (!details) return Unexpected(std::move(details).error());
        offered.details = *std::move(details);
    }
    return offered;
}

/// Puts a list in the place of the one with its identifier.
void take(std::vector<TrustList>& lists, TrustList list) {
    std::erase_if(lists, [&](const TrustList& other) { return other.info().id == list.info().id; });
    lists.push_back(std::move(list));
}

Result<void> read_bundle(const InputFile& file, const TrustStore& store, const TrustImportOptions& how,
                         std::vector<TrustList>& lists, std::vector<OfferedStatus>& statuses,
                         std::vector<Error>& refused) {
    auto parts = open_bundle(file.bytes());
    if (!parts) return Unexpected(std::move(parts).error());
    for (const auto& part : *parts) {
        if (part.type == trust_list_media_type) {
            auto candidate = store.examine(InputFile::borrow(part.content, file.name()), how);
            if (candidate)
                take(lists, candidate->list);
            else if (candidate.error().code == "trust-store.rollback")
                refused.push_back(std::move(candidate).error());
            else
                return Unexpected(std::move(candidate).error());
        } else if (part.type == status_list_media_type) {
            statuses.push_back({InputFile::borrow(part.content, file.name()), {}});
        } else if (part.type == status_details_media_type && !statuses.empty()) {
            statuses.back().details = InputFile::borrow(part.content, file.name());
        }
    }
    return {};
}

}  // namespace

Result<OpenedSource> open_source(const TrustSource& source) {
    OpenedSource opened;
    std::vector<OfferedStatus> statuses;
    const bool is_store = !source.folder.empty() && TrustStore::is_store(source.folder);
    if (source.bundle.empty() && !is_store) {
        if (source.folder.empty()) return fail("usage.trust");
        auto certificates = CertificateFolder::open(source.folder);
        if (!certificates) return Unexpected(std::move(certificates).error());
        opened.trust = std::make_unique<CertificateFolder>(*std::move(certificates));
    } else {
        auto store = TrustStore::empty();
        std::vector<TrustList> lists;
        if (is_store) {
            auto held = TrustStore::open(source.folder);
            if (!held) return Unexpected(std::move(held).error());
            store = *std::move(held);
            auto all = store.lists();
            if (!all) return Unexpected(std::move(all).error());
            lists = *std::move(all);
        } else if (source.root.empty()) {
            return fail("usage.trust");
        }
        if (!source.bundle.empty()) {
            TrustImportOptions how;
            if (!source.root.empty()) {
                auto root = fingerprint_from(source.root);
                if (!root) return Unexpected(std::move(root).error());
                how.root = *root;
            }
            const auto file = InputFile::open(source.bundle);
            if (!file) return Unexpected(file.error());
            // The lists borrow from the bundle, so it stays open as long as they do: for the rest of the program.
            static const InputFile kept = *file;
            auto read = read_bundle(kept, store, how, lists, statuses, opened.refused);
            if (!read) return Unexpected(std::move(read).error());
        }
        opened.trust = std::make_unique<TrustLists>(TrustLists::of(std::move(lists)));
    }
    for (const auto& path : source.status_lists) {
        auto offered = status_file(path);
        if (!offered) return Unexpected(std::move(offered).error());
        statuses.push_back(*std::move(offered));
    }
    for (const auto& offered : statuses) {
        const auto details = offered.details ? std::optional<ByteView>(offered.details->bytes()) : std::nullopt;
        auto added = opened.statuses.add(offered.list.bytes(), details, *opened.trust);
        if (!added) {
            auto error = std::move(added).error();
            error.file = offered.list.name();
            opened.refused.push_back(std::move(error));
        }
    }
    return opened;
}

}  // namespace sjcode::cli

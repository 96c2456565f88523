#include "sjcode/opened_trust.h"

#include "base/try.h"
#include "sjcode/bundle.h"
#include "sjcode/trust_store.h"

#include <filesystem>
#include <utility>

namespace sjcode {
namespace {

Error with_file(Error error, const std::string& file) {
    if (error.file.empty()) error.file = file;
    return error;
}

/// Puts a list in the place of the one with its identifier.
void take(std::vector<TrustList>& lists, TrustList list) {
    std::erase_if(lists, [&](const TrustList& other) { return other.info().id == list.info().id; });
    lists.push_back(std::move(list));
}

/// Whatever is taken from the bundle keeps its file open.
Result<void> read_bundle(const InputFile& file, const TrustStore& store, const TrustImportOptions& how,
                         std::vector<TrustList>& lists, std::vector<StatusFile>& statuses,
                         std::vector<Error>& refused) {
    SJCODE_TRY(const auto parts, open_bundle(file.bytes()));
    const auto owner = std::make_shared<const InputFile>(file);
    for (const auto& part : parts) {
        const auto piece = InputFile::borrow(part.content, file.name(), owner);
        if (part.type == trust_list_media_type) {
            auto candidate = store.examine(piece, how);
            if (candidate)
                take(lists, std::move(candidate->list));
            else if (candidate.error().code == "trust-store.rollback")
                refused.push_back(with_file(std::move(candidate).error(), file.name()));
            else
                return Unexpected(std::move(candidate).error());
        } else if (part.type == status_list_media_type) {
            statuses.push_back({piece, {}});
        } else if (part.type == status_details_media_type && !statuses.empty()) {
            statuses.back().details = piece;
        }
    }
    return {};
}

}  // namespace

Result<StatusFile> open_status_file(const std::string& path) {
    SJCODE_TRY(auto list, InputFile::open(path));
    StatusFile opened{std::move(list), {}};
    const auto beside = std::filesystem::path(path).replace_extension(".details").string();
    std::error_code ignored;
    if (beside != path && std::filesystem::exists(beside, ignored)) {
        SJCODE_TRY(opened.details, InputFile::open(beside));
    }
    return opened;
}

Result<OpenedTrust> open_trust(const TrustSources& sources) {
    if (sources.folder.empty() && (!sources.bundle || !sources.root)) return fail("usage.trust");
    // A store and a folder have roots of their own: one that is given would seem to be compared and would not be.
    if (sources.root && !sources.bundle) return fail("usage.root");
    OpenedTrust opened;
    std::vector<StatusFile> statuses;
    if (!sources.bundle && !TrustStore::is_store(sources.folder)) {
        SJCODE_TRY(auto certificates, CertificateFolder::open(sources.folder));
        opened.trust = std::make_unique<CertificateFolder>(std::move(certificates));
    } else {
        auto store = TrustStore::empty();
        std::vector<TrustList> lists;
        if (!sources.folder.empty()) {
            SJCODE_TRY(store, TrustStore::open(sources.folder));
            SJCODE_TRY(lists, store.lists());
        }
        if (sources.bundle) {
            auto read = read_bundle(*sources.bundle, store, {.root = sources.root}, lists, statuses, opened.refused);
            if (!read) return Unexpected(with_file(std::move(read).error(), sources.bundle->name()));
        }
        opened.trust = std::make_unique<TrustLists>(TrustLists::of(std::move(lists)));
    }
    statuses.insert(statuses.end(), sources.status_lists.begin(), sources.status_lists.end());
    for (const auto& offered : statuses) {
        const auto details = offered.details ? std::optional<ByteView>(offered.details->bytes()) : std::nullopt;
        auto added = opened.statuses.add(offered.list.bytes(), details, *opened.trust);
        if (!added) opened.refused.push_back(with_file(std::move(added).error(), offered.list.name()));
    }
    return opened;
}

}  // namespace sjcode

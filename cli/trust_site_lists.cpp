#include "trust_site_lists.h"

#include "sjcode/bundle.h"
#include "sjcode/digest.h"
#include "sjcode/file.h"
#include "sjcode/status_lists.h"
#include "sjcode/trust.h"
#include "sjcode/trust_list_parts.h"
#include "sjcode/trust_store.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>

namespace sjcode::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format_name = "sjcode-site-trust/2";
/// Of an issuer's name for its file, and of a head's: long enough that no two are the same.
constexpr std::size_t name_bytes = 8;
/// What a browser keeps in advance, for when there is no network. A national list has more pieces than that.
constexpr std::size_t most_kept = 1'024;

std::string text_of(ByteView bytes) {
    return std::string(as_text(bytes));
}

std::string short_digest(ByteView bytes) {
    return to_hex(ByteView(digest(DigestAlgorithm::sha256, bytes)).first(name_bytes));
}

Result<void> add_list(const TrustList& list, SiteFiles& site, Json& index) {
    // A reader of the site looks up one block at a time; what is broken elsewhere is found now.
    if (auto whole = list.verify_all(); !whole) return whole;
    const auto parts = parts_of(list);
    const auto head = "head-" + short_digest(parts.head) + ".cose";
    site.files[head] = text_of(parts.head);
    for (const auto& block : parts.blocks)
        site.files["blocks/" + to_hex(block.digest) + ".cbor"] = text_of(block.bytes);
    index["lists"].push_back(Json{{"root", to_hex(fingerprint(list.root()))}, {"head", head}});
    ++site.lists;
    site.institutions += list.institution_count();
    return {};
}

/// One file for each institution: a bundle of its list and, where there are any, its details.
Result<void> add_status(const std::string& path, const TrustRecords& trust, SiteFiles& site, Json& index) {
    const auto file = InputFile::open(path);
    if (!file) return Unexpected(file.error());
    const auto beside = std::filesystem::path(path).replace_extension(".details").string();
    std::error_code ignored;
    std::optional<InputFile> details;
    if (beside != path && std::filesystem::exists(beside, ignored)) {
        auto opened = InputFile::open(beside);
        if (!opened) return Unexpected(std::move(opened).error());
        details = *std::move(opened);
    }
    StatusLists statuses;
    const auto licence =
        statuses.add(file->bytes(), details ? std::optional<ByteView>(details->bytes()) : std::nullopt, trust);
    if (!licence) {
        auto error = licence.error();
        error.file = path;
        return Unexpected(std::move(error));
    }
    std::vector<BundlePart> parts{{std::string(status_list_media_type), file->bytes()}};
    if (details) parts.push_back({std::string(status_details_media_type), details->bytes()});
    const auto bundle = make_bundle(parts);
    if (!bundle) return Unexpected(bundle.error());
    const auto name = short_digest(as_bytes(*licence));
    const bool is_new = site.files.emplace("status-" + name + ".sjb", text_of(*bundle)).second;
    if (!is_new) return fail("trust-site.status-twice", {{"licence", *licence}, {"file", path}});
    index["statuses"].push_back(name);
    ++site.statuses;
    return {};
}

}  // namespace

Result<SiteFiles> site_files_of_store(const std::string& store, const std::vector<std::string>& status_lists,
                                      UnixTime now) {
    const auto opened = TrustStore::open(store);
    if (!opened) return Unexpected(opened.error());
    auto lists = opened->lists();
    if (!lists) return Unexpected(std::move(lists).error());
    SiteFiles site;
    Json index{{"format", format_name}, {"exported", now}, {"lists", Json::array()}, {"statuses", Json::array()}};
    for (const auto& list : *lists)
        if (auto added = add_list(list, site, index); !added) return Unexpected(std::move(added).error());
    const auto trust = TrustLists::of(*std::move(lists));
    for (const auto& path : status_lists)
        if (auto added = add_status(path, trust, site, index); !added) return Unexpected(std::move(added).error());
    Json kept = Json::array();
    if (site.files.size() <= most_kept)
        for (const auto& [name, content] : site.files) kept.push_back(name);
    site.files["keep.json"] = kept.dump() + "\n";
    site.files["index.json"] = index.dump() + "\n";
    return site;
}

}  // namespace sjcode::cli

#include "sjcode/trust_store.h"

#include "base/civil_time.h"
#include "base/hex.h"
#include "base/try.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>

namespace sjcode {
namespace {

using Json = nlohmann::ordered_json;
constexpr int state_version = 1;
constexpr std::size_t state_limit = 1'048'576;

std::string path_in(const std::string& folder, std::string_view name) {
    return (std::filesystem::path(folder) / name).string();
}

std::optional<Digest> digest_from(const std::string& text) {
    const auto bytes = from_hex(text);
    Digest digest;
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

/// A file name for a list: its identifier may hold anything, a file name may not.
std::string file_name(const TrustListInfo& info) {
    const auto identifier = to_hex(digest(DigestAlgorithm::sha256, as_bytes(info.id))).substr(0, 16);
    return "list-" + identifier + "-" + std::to_string(info.number) + ".sjt";
}

/// The state's names are ours; anything else could lead out of the folder.
bool is_file_name(const std::string& name) {
    return !name.empty() && name.find('/') == std::string::npos && name.front() != '.';
}

Json to_json(const TrustPin& pin) {
    return {{"list", pin.list_id},      {"root", to_hex(pin.root)}, {"regions", pin.regions}, {"number", pin.number},
            {"head", to_hex(pin.head)}, {"issued", pin.issued},     {"file", pin.file}};
}

std::optional<TrustPin> pin_from(const Json& json) try {
    TrustPin pin;
    const auto root = digest_from(json.at("root").get<std::string>());
    const auto head = digest_from(json.at("head").get<std::string>());
    if (!root || !head) return std::nullopt;
    pin.list_id = json.at("list").get<std::string>();
    pin.root = *root;
    pin.regions = json.at("regions").get<std::vector<std::string>>();
    pin.number = json.at("number").get<std::uint64_t>();
    pin.head = *head;
    pin.issued = json.at("issued").get<UnixTime>();
    pin.file = json.at("file").get<std::string>();
    if (!is_file_name(pin.file)) return std::nullopt;
    return pin;
} catch (const nlohmann::json::exception&) {
    return std::nullopt;
}

std::optional<std::vector<TrustPin>> pins_from(std::string_view text) {
    if (text.size() > state_limit) return std::nullopt;
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("version") || json.at("version") != state_version ||
        !json.contains("lists") || !json.at("lists").is_array())
        return std::nullopt;
    std::vector<TrustPin> pins;
    for (const auto& entry : json.at("lists")) {
        auto pin = pin_from(entry);
        if (!pin) return std::nullopt;
        pins.push_back(*std::move(pin));
    }
    return pins;
}

/// "2026-07-20", the day in China.
std::string day_text(UnixTime time) {
    constexpr std::size_t length = 10;
    return chinese_time_text(time).substr(0, length);
}

std::string join(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : ", ") + text;
    return all;
}

/// Whether a list for `offered` stays within what was pinned; an empty list of regions means all of them.
bool within(const std::vector<std::string>& offered, const std::vector<std::string>& pinned) {
    if (pinned.empty()) return true;
    return !offered.empty() && std::all_of(offered.begin(), offered.end(), [&](const std::string& region) {
        return std::find(pinned.begin(), pinned.end(), region) != pinned.end();
    });
}

/// The file is broken or forged: says why, with what was found out of it.
Unexpected refused(const Error& why, std::string code, const Parameters& more) {
    Parameters parameters = why.parameters;
    parameters["why"] = why.code;
    parameters.insert(more.begin(), more.end());
    return fail(std::move(code), std::move(parameters));
}

/// And which list stays.
Unexpected refused(const Error& why, const TrustPin* held) {
    if (held == nullptr) return refused(why, "trust-store.refused-first", {});
    return refused(why, "trust-store.refused",
                   {{"held", std::to_string(held->number)}, {"issued", day_text(held->issued)}});
}

}  // namespace

bool TrustStore::is_store(const std::string& folder) {
    std::error_code ignored;
    return std::filesystem::exists(path_in(folder, state_file), ignored);
}

Result<TrustStore> TrustStore::open(const std::string& folder) {
    if (!is_store(folder)) return fail("trust-store.none", {{"folder", folder}});
    const auto path = path_in(folder, state_file);
    SJCODE_TRY(const auto file, InputFile::open(path));
    auto pins = pins_from(as_text(file.bytes()));
    if (!pins) return fail("trust-store.state", {{"file", path}});
    return TrustStore(folder, *std::move(pins));
}

Result<TrustStore> TrustStore::open_or_create(const std::string& folder) {
    if (is_store(folder)) return open(folder);
    // The folder is made for what is taken in: a list that is refused leaves nothing.
    return TrustStore(folder, {});
}

const TrustPin* TrustStore::pin_of(std::string_view list_id) const noexcept {
    const auto found =
        std::find_if(pins_.begin(), pins_.end(), [&](const TrustPin& pin) { return pin.list_id == list_id; });
    return found == pins_.end() ? nullptr : &*found;
}

Result<TrustList> TrustStore::open_held(const TrustPin& pin) const {
    const auto path = path_in(folder_, pin.file);
    const auto broken = [&](std::string reason) {
        return fail("trust-store.list", {{"file", path}, {"reason", std::move(reason)}});
    };
    auto file = InputFile::open(path);
    if (!file) return broken(file.error().code);
    auto list = TrustList::open(*std::move(file), pin.root);
    if (!list) return broken(list.error().code);
    // Another list that the same key signed, an older one say, was put in its place.
    if (list->head_digest() != pin.head || list->info().number != pin.number) return broken("trust-store.replaced");
    return list;
}

Result<std::vector<TrustList>> TrustStore::lists() const {
    if (pins_.empty()) return fail("trust-store.empty", {{"folder", folder_}});
    std::vector<TrustList> lists;
    for (const auto& pin : pins_) {
        SJCODE_TRY(auto list, open_held(pin));
        lists.push_back(std::move(list));
    }
    return lists;
}

Result<TrustStore::Candidate> TrustStore::examine(const InputFile& file, const TrustImportOptions& options) const {
    auto bytes = file;
    const auto kind = trust_file_kind(file.bytes());
    if (kind == TrustFileKind::delta) {
        SJCODE_TRY(const auto base, trust_delta_base(file.bytes()));
        const auto* held = pin_of(base);
        if (held == nullptr) return fail("trust-store.no-base", {{"list", base}});
        SJCODE_TRY(const auto list, open_held(*held));
        auto whole = apply_trust_delta(list, file.bytes());
        if (!whole) return refused(whole.error(), held);
        bytes = InputFile::own(*std::move(whole), file.name());
    } else if (kind != TrustFileKind::list) {
        return fail("trust-store.kind");
    }

    const auto claimed = TrustList::unverified(bytes.bytes());
    if (!claimed && pins_.size() > 1) return refused(claimed.error(), "trust-store.refused-unknown", {});
    if (!claimed) return refused(claimed.error(), pins_.empty() ? nullptr : &pins_.front());
    const auto offered_root = fingerprint(claimed->root);
    const auto* held = pin_of(claimed->info.id);
    if (held == nullptr && !options.root && !options.accept_first_root)
        return fail("trust-store.not-pinned", {{"list", claimed->info.id},
                                               {"publisher", claimed->info.publisher},
                                               {"fingerprint", to_hex(offered_root)}});
    const auto root = held != nullptr ? held->root : options.root ? *options.root : offered_root;
    auto list = TrustList::open(std::move(bytes), root);
    if (!list) {
        if (list.error().code == "trust-list.root")
            return fail("trust-store.root",
                        {{"list", claimed->info.id}, {"fingerprint", to_hex(offered_root)}, {"pinned", to_hex(root)}});
        return refused(list.error(), held);
    }
    const auto& info = list->info();
    TrustImport report{info, offered_root, held == nullptr, false, held != nullptr && held->root != offered_root, 0};
    if (held != nullptr) {
        report.previous = held->number;
        const Parameters numbers{{"number", std::to_string(info.number)},
                                 {"held", std::to_string(held->number)},
                                 {"issued", day_text(held->issued)}};
        if (info.number < held->number) return fail("trust-store.rollback", numbers);
        report.unchanged = info.number == held->number && list->head_digest() == held->head;
        if (info.number == held->number && !report.unchanged) return fail("trust-store.same-number", numbers);
        if (info.issued < held->issued) return fail("trust-store.issued-earlier", numbers);
        if (!within(info.regions, held->regions))
            return fail("trust-store.regions", {{"regions", join(info.regions)}, {"pinned", join(held->regions)}});
    }
    // Every block, before anything of it counts: what was cut out or moved is found now and not in court.
    if (auto whole = list->verify_all(); !whole) return refused(whole.error(), held);
    return Candidate{*std::move(list), std::move(report)};
}

Result<TrustImport> TrustStore::import(const InputFile& file, const TrustImportOptions& options) {
    SJCODE_TRY(const auto candidate, examine(file, options));
    const auto& report = candidate.report;
    if (report.unchanged) return report;
    std::error_code failure;
    const bool made = std::filesystem::create_directories(folder_, failure);
    if (failure) return fail("file.write", {{"file", folder_}, {"reason", failure.message()}});
    const auto name = file_name(report.info);
    const std::array pieces{candidate.list.bytes()};
    if (auto written = write_file(path_in(folder_, name), pieces, Overwrite::yes); !written) {
        if (made) std::filesystem::remove(folder_, failure);
        return Unexpected(std::move(written).error());
    }
    auto pins = pins_;
    auto regions = report.info.regions;
    std::string replaced;
    if (const auto* held = pin_of(report.info.id)) {
        regions = held->regions;
        replaced = held->file;
        std::erase_if(pins, [&](const TrustPin& pin) { return pin.list_id == report.info.id; });
    }
    pins.push_back({report.info.id, report.root, std::move(regions), report.info.number, candidate.list.head_digest(),
                    report.info.issued, name});
    // The state is what counts: until it is written, the list held before is the one that is used.
    SJCODE_CHECK(write_state(pins));
    pins_ = std::move(pins);
    if (!replaced.empty() && replaced != name) {
        // A reader that has it open keeps it.
        std::error_code ignored;
        std::filesystem::remove(path_in(folder_, replaced), ignored);
    }
    return report;
}

Result<void> TrustStore::write_state(const std::vector<TrustPin>& pins) const {
    Json json{{"version", state_version}, {"lists", Json::array()}};
    for (const auto& pin : pins) json["lists"].push_back(to_json(pin));
    const auto text = json.dump(2) + "\n";
    const std::array pieces{as_bytes(text)};
    return write_file(path_in(folder_, state_file), pieces, Overwrite::yes);
}

}  // namespace sjcode

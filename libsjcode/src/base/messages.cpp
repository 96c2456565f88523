#include "sjcode/messages.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <map>
#include <system_error>
#include <utility>

namespace sjcode {
namespace embedded {
extern const std::string_view messages_zh;
extern const std::string_view messages_en;
}  // namespace embedded

namespace {

using Table = std::map<std::string, std::string, std::less<>>;

Table load(std::string_view json) {
    Table table;
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    // The text is compiled in and a test reads it: a broken one is a broken build.
    if (!parsed.is_object()) std::abort();
    for (const auto& [code, text] : parsed.items()) table.emplace(code, text.get<std::string>());
    return table;
}

const Table& table(Language language) {
    static const Table zh = load(embedded::messages_zh);
    static const Table en = load(embedded::messages_en);
    return language == Language::zh ? zh : en;
}

std::string fill(std::string_view text, const Parameters& parameters, Language language);

/// Why the system refused something, in words of the language where it is one of the usual reasons: a `reason` is the
/// system's own text, which is English nearly everywhere.
std::string reason_in_words(const std::string& reason, Language language) {
    static constexpr std::pair<std::errc, std::string_view> usual[] = {
        {std::errc::no_such_file_or_directory, "system.not-there"},
        {std::errc::permission_denied, "system.permission"},
        {std::errc::operation_not_permitted, "system.not-permitted"},
        {std::errc::no_space_on_device, "system.no-space"},
        {std::errc::is_a_directory, "system.is-folder"},
        {std::errc::not_a_directory, "system.no-folder"},
        {std::errc::read_only_file_system, "system.read-only"},
        {std::errc::cross_device_link, "system.other-device"},
        {std::errc::file_exists, "system.exists"},
        {std::errc::filename_too_long, "system.long-name"},
        {std::errc::file_too_large, "system.large-file"},
        {std::errc::io_error, "system.input-output"},
        {std::errc::too_many_files_open, "system.open-files"},
        {std::errc::too_many_files_open_in_system, "system.open-files"},
        {std::errc::too_many_symbolic_link_levels, "system.links"},
        {std::errc::not_enough_memory, "system.memory"},
        {std::errc::directory_not_empty, "system.folder-not-empty"},
        {std::errc::device_or_resource_busy, "system.busy"}};
    for (const auto& [number, code] : usual)
        if (std::generic_category().message(static_cast<int>(number)) == reason) return sentence(code, {}, language);
    return reason;
}

/// A place in FACTS.json, as "appraisers[1].licence", in words: the sentence of the path without its indices, which has
/// gaps for the path and for the number behind the last of them, counted from 1. Another path stays as it is.
std::string field_in_words(const std::string& path, Language language) {
    std::string code = "facts-field.";
    Parameters parameters{{"path", path}};
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] != '[') {
            code += path[i] == '_' ? '-' : path[i];
            continue;
        }
        std::size_t index = 0;
        for (++i; i < path.size() && path[i] >= '0' && path[i] <= '9' && index < 1'000'000; ++i)
            index = 10 * index + static_cast<std::size_t>(path[i] - '0');
        parameters["position"] = std::to_string(index + 1);
        code += "-n";
    }
    const auto& sentences = table(language);
    const auto found = sentences.find(code);
    return found == sentences.end() ? path : fill(found->second, parameters, language);
}

/// `{name}` is the parameter's value; `{prefix:name}` is the sentence `prefix.<value>`, where there is one: so a value
/// such as "opinion" reads 鉴定意见 in a Chinese sentence. `{sentence:name}` is the sentence whose code the value is;
/// `{facts-field:name}` the words for a place in FACTS.json.
std::string gap(std::string_view name, const Parameters& parameters, Language language) {
    const auto colon = name.find(':');
    const auto found = parameters.find(std::string(colon == std::string_view::npos ? name : name.substr(colon + 1)));
    if (found == parameters.end()) return {};
    if (colon == std::string_view::npos)
        return name == "reason" ? reason_in_words(found->second, language) : found->second;
    if (name.substr(0, colon) == "facts-field") return field_in_words(found->second, language);
    if (name.substr(0, colon) == "sentence") {
        auto rest = parameters;
        rest.erase(found->first);  // a reason has no reason of its own, so this ends
        return sentence(found->second, rest, language);
    }
    const auto& sentences = table(language);
    const auto word = sentences.find(std::string(name.substr(0, colon)) + "." + found->second);
    return word == sentences.end() ? found->second : word->second;
}

std::string fill(std::string_view text, const Parameters& parameters, Language language) {
    std::string result;
    while (!text.empty()) {
        const auto open = text.find('{');
        result += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        const auto close = text.find('}');
        if (close == std::string_view::npos) return result.append(text);
        result += gap(text.substr(1, close - 1), parameters, language);
        text.remove_prefix(close + 1);
    }
    return result;
}

}  // namespace

std::string sentence(std::string_view code, const Parameters& parameters, Language language) {
    const auto& sentences = table(language);
    const auto found = sentences.find(code);
    return found == sentences.end() ? std::string(code) : fill(found->second, parameters, language);
}

std::string sentence(const Error& error, Language language) {
    std::string text = sentence(error.code, error.parameters, language);
    const auto add = [&](std::string_view code, const std::string& value) {
        text += sentence(code, {{"value", value}}, language);
    };
    if (!error.file.empty()) add("where.file", error.file);
    if (error.object) add("where.object", std::to_string(*error.object));
    if (error.offset) add("where.offset", std::to_string(*error.offset));
    return text;
}

bool has_sentence(std::string_view code) {
    return table(Language::zh).contains(code) && table(Language::en).contains(code);
}

}  // namespace sjcode

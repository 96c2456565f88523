#include "sjcode/messages.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <map>

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

/// `{name}` is the parameter's value; `{prefix:name}` is the sentence `prefix.<value>`, where there is one: so a value
/// such as "opinion" reads 鉴定意见 in a Chinese sentence. `{sentence:name}` is the sentence whose code the value is.
std::string gap(std::string_view name, const Parameters& parameters, Language language) {
    const auto colon = name.find(':');
    const auto found = parameters.find(std::string(colon == std::string_view::npos ? name : name.substr(colon + 1)));
    if (found == parameters.end()) return {};
    if (colon == std::string_view::npos) return found->second;
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

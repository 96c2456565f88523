#include "issue/facts_reader.h"

#include "base/unicode.h"
#include "sjcode/identifier.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <vector>

namespace sjcode::issue {
namespace {

using Json = nlohmann::json;

constexpr std::size_t size_limit = 1 << 20;
constexpr std::size_t depth_limit = 8;

/// A name of the document's own, made fit for a message.
std::string shown(std::string_view text) {
    constexpr std::size_t limit = 60;
    auto code_points = unicode::decode(text).value_or(U"?");
    if (code_points.size() > limit) code_points.replace(limit, std::u32string::npos, U"…");
    for (auto& c : code_points)
        if (unicode::is_control_or_format(c)) c = U'\uFFFD';
    return unicode::encode(code_points);
}

/// Walks the text once and builds nothing: nlohmann's own reader would keep the last of two equal names.
class Gate final : public nlohmann::json_sax<Json> {
public:
    explicit Gate(std::string_view text) : text_(text) {}
    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }

    bool null() override { return item(); }
    bool boolean(bool) override { return item(); }
    bool number_integer(Json::number_integer_t) override { return item(); }
    bool number_unsigned(Json::number_unsigned_t) override { return item(); }
    bool number_float(Json::number_float_t, const Json::string_t&) override { return item(); }
    bool string(Json::string_t&) override { return item(); }
    bool binary(Json::binary_t&) override { return item(); }
    bool start_object(std::size_t) override { return open(true); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(Json::string_t& name) override {
        auto& level = levels_.back();
        level.name = name;
        if (level.names.insert(name).second) return true;
        return stop({"facts.duplicate", {{"field", path()}}, {}, {}, {}});
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        const auto before = text_.substr(0, std::min(position, text_.size()));
        // The reader stands one behind the character it refuses.
        const auto lines = std::count(before.begin(), before.end() - (before.empty() ? 0 : 1), '\n') + 1;
        return stop({"facts.json", {{"line", std::to_string(lines)}}, {}, {}, {}});
    }

private:
    struct Level {
        bool is_object;
        std::size_t items = 0;
        std::string name{};
        std::set<std::string> names{};
    };

    bool stop(Error error) {
        if (!error_) error_ = std::move(error);
        return false;
    }
    bool item() {
        if (!levels_.empty()) ++levels_.back().items;
        return true;
    }
    bool open(bool is_object) {
        item();
        if (levels_.size() == depth_limit)
            return stop({"facts.nesting", {{"limit", std::to_string(depth_limit)}}, {}, {}, {}});
        levels_.push_back({is_object});
        return true;
    }
    bool close() {
        levels_.pop_back();
        return true;
    }
    [[nodiscard]] std::string path() const {
        std::string path;
        for (const auto& level : levels_)
            path = level.is_object ? member_path(path, shown(level.name)) : item_path(path, level.items - 1);
        return path;
    }

    std::string_view text_;
    std::vector<Level> levels_;
    std::optional<Error> error_;
};

std::string code_point_name(char32_t c) {
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(c));
    return name.data();
}

}  // namespace

std::string member_path(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

std::string item_path(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

Result<Json> parse_strictly(std::string_view text) {
    if (text.size() > size_limit) return fail("facts.size", {{"limit", "1 MiB"}});
    Gate gate(text);
    if (!Json::sax_parse(text, &gate)) return Unexpected(*gate.error());
    return Json::parse(text, nullptr, false);
}

void FieldReader::refuse(std::string code, const std::string& field, Parameters more) {
    if (error_) return;
    more.emplace("field", field.empty() ? "FACTS.json" : field);
    error_ = Error{std::move(code), std::move(more), {}, {}, {}};
}

void FieldReader::object(const Json& value, const std::string& path, std::initializer_list<std::string_view> names) {
    if (!value.is_object()) return refuse("facts.type.object", path);
    for (const auto& [name, member] : value.items())
        if (std::find(names.begin(), names.end(), name) == names.end())
            return refuse("facts.unknown", member_path(path, shown(name)));
}

const Json* FieldReader::required(const Json& object, const std::string& path, const char* name) {
    const auto* value = optional(object, name);
    if (value == nullptr) refuse("facts.missing", member_path(path, name));
    return value;
}

const Json* FieldReader::optional(const Json& object, const char* name) {
    if (error_) return nullptr;
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string FieldReader::text(const Json* value, const std::string& field, TextForm form, std::size_t limit) {
    if (error_ || value == nullptr) return {};
    if (!value->is_string()) {
        refuse("facts.type.text", field);
        return {};
    }
    auto text = value->get<std::string>();
    const auto code_points = unicode::decode(text).value_or(U"");
    const auto is_space = [](char32_t c) { return unicode::is_white_space(c); };
    if (std::all_of(code_points.begin(), code_points.end(), is_space)) {
        refuse("facts.missing", field);
        return {};
    }
    if (code_points.size() > limit) refuse("facts.value.length", field, {{"limit", std::to_string(limit)}});
    for (const auto c : code_points) {
        const bool layout = c == U'\n' || c == U'\r' || c == U'\t';
        if (form == TextForm::paragraphs && layout) continue;
        if (unicode::is_control_or_format(c))
            refuse("facts.value.character", field, {{"character", code_point_name(c)}});
        if (form == TextForm::word && is_space(c)) refuse("facts.value.space", field);
    }
    if (is_space(code_points.front()) || is_space(code_points.back())) refuse("facts.value.space", field);
    // The record travels in the PDF, and shows to whoever has the file.
    if (contains_resident_id(text)) refuse("facts.value.resident-id", field);
    return error_ ? std::string() : text;
}

std::uint64_t FieldReader::whole_number(const Json* value, const std::string& field, std::uint64_t minimum,
                                        std::uint64_t maximum) {
    if (error_ || value == nullptr) return 0;
    if (!value->is_number()) {
        refuse("facts.type.number", field);
        return 0;
    }
    // A negative or fractional number, or one past 2^64, is not unsigned.
    const auto number = value->is_number_unsigned() ? value->get<std::uint64_t>() : 0;
    if (!value->is_number_unsigned() || number < minimum || number > maximum) {
        refuse("facts.value.number", field,
               {{"minimum", std::to_string(minimum)}, {"maximum", std::to_string(maximum)}});
        return 0;
    }
    return number;
}

const Json* FieldReader::list(const Json* value, const std::string& field, std::size_t minimum, std::size_t maximum) {
    if (error_ || value == nullptr) return nullptr;
    if (!value->is_array()) {
        refuse("facts.type.list", field);
        return nullptr;
    }
    if (value->empty() && minimum > 0) {
        refuse("facts.missing", field);
        return nullptr;
    }
    if (value->size() < minimum || value->size() > maximum) {
        refuse("facts.value.count", field,
               {{"minimum", std::to_string(minimum)}, {"maximum", std::to_string(maximum)}});
        return nullptr;
    }
    return value;
}

}  // namespace sjcode::issue

// Strict reading of FACTS.json: the whole text first (size, form, nesting, duplicate names), then field by field.
#pragma once

#include "sjcode/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace sjcode::issue {

/// Parses a JSON text of at most 1 MiB and depth 8, strict UTF-8, no name twice in an object.
/// Errors: "facts.size", "facts.json", "facts.nesting", "facts.duplicate".
Result<nlohmann::json> parse_strictly(std::string_view text);

/// What a text may hold. Never control or format characters, which could show another text than what is signed.
enum class TextForm {
    word,        ///< no white space at all
    line,        ///< one line, no white space at its ends
    paragraphs,  ///< line ends and tabs allowed, no white space at its ends
};

/// Reads fields and keeps the first error; after one, every call gives an empty value, and the caller asks once at the
/// end.
class FieldReader {
public:
    using Json = nlohmann::json;

    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
    void refuse(std::string code, const std::string& field, Parameters more = {});

    /// Refuses a value that is no object, and members that are not among `names`. `path` is empty for the document.
    void object(const Json& value, const std::string& path, std::initializer_list<std::string_view> names);
    /// A member that must be there: absent or null is "facts.missing". Null pointer after an error.
    const Json* required(const Json& object, const std::string& path, const char* name);
    /// A member that may be left out: null pointer where absent or null.
    const Json* optional(const Json& object, const char* name);

    /// `limit` counts characters (code points).
    std::string text(const Json* value, const std::string& field, TextForm form, std::size_t limit);
    std::uint64_t whole_number(const Json* value, const std::string& field, std::uint64_t minimum,
                               std::uint64_t maximum);
    /// Refuses what is no list of `minimum` to `maximum` items; then gives a null pointer.
    const Json* list(const Json* value, const std::string& field, std::size_t minimum, std::size_t maximum);

private:
    std::optional<Error> error_;
};

/// "field.name", or "name" for the document itself.
std::string member_path(const std::string& path, std::string_view name);
/// "field[index]".
std::string item_path(const std::string& path, std::size_t index);

}  // namespace sjcode::issue

// Reads PDF syntax from bytes, strictly: what the grammar of ISO 32000-2, 7.2 and 7.3 does not allow is an error.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include "pdf/limits.h"
#include "pdf/object.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sjcode::pdf {

/// "pdf.damaged" with what was wrong and where.
Unexpected damaged(std::string_view what, std::uint64_t offset);
/// "pdf.limit" with the name of the limit.
Unexpected limit_reached(std::string_view which);

class Lexer {
public:
    Lexer(ByteView bytes, std::uint64_t position, const Limits& limits)
        : bytes_(bytes), position_(position), limits_(&limits) {}

    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
    void seek(std::uint64_t position) noexcept { position_ = position; }
    [[nodiscard]] bool at_end() const noexcept { return position_ >= bytes_.size(); }
    [[nodiscard]] std::optional<std::uint8_t> peek(std::uint64_t ahead = 0) const noexcept {
        if (position_ + ahead >= bytes_.size()) return std::nullopt;
        return bytes_[static_cast<std::size_t>(position_ + ahead)];
    }

    /// Over white space and comments.
    void skip_space() noexcept;
    /// Over one keyword, which must end at a delimiter or white space. False: it does not stand here.
    bool keyword(std::string_view word) noexcept;
    /// A token of digits only, e.g. an object number; nothing where none stands here or it is above `limit`.
    std::optional<std::uint64_t> unsigned_integer(std::uint64_t limit) noexcept;
    /// The object that begins here. `references` is false in content streams and in object streams' own level never.
    Result<Object> object(bool references = true);
    /// How many objects the last object() met, itself included.
    [[nodiscard]] std::uint32_t tokens() const noexcept { return tokens_; }
    /// A run of regular characters, as operators in content streams are; empty where none stands here.
    std::string_view word() noexcept;
    /// Over `count` bytes, or to the end.
    void advance(std::uint64_t count) noexcept {
        position_ = std::min<std::uint64_t>(position_ + count, bytes_.size());
    }

private:
    Result<Object> object_at(std::uint32_t depth, bool references);
    Result<Object> number_or_reference(bool references);
    Result<Object> literal_string();
    Result<Object> hexadecimal_string();
    Result<std::string> name();
    Result<Object> array(std::uint32_t depth, bool references);
    Result<Object> dictionary(std::uint32_t depth, bool references);

    ByteView bytes_;
    std::uint64_t position_;
    const Limits* limits_;
    std::uint32_t tokens_ = 0;
};

}  // namespace sjcode::pdf

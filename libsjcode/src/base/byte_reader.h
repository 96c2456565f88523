// Reads bytes in order, never past the end. All parsing of binary input goes through it.
#pragma once

#include "sjcode/bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace sjcode {

class ByteReader {
public:
    explicit ByteReader(ByteView bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] std::size_t position() const noexcept { return position_; }
    [[nodiscard]] std::size_t remaining() const noexcept { return bytes_.size() - position_; }
    [[nodiscard]] bool at_end() const noexcept { return position_ == bytes_.size(); }

    [[nodiscard]] std::optional<std::uint8_t> peek() const noexcept {
        if (at_end()) return std::nullopt;
        return bytes_[position_];
    }
    std::optional<std::uint8_t> byte() noexcept {
        if (at_end()) return std::nullopt;
        return bytes_[position_++];
    }
    /// The next `count` bytes, or nothing where fewer are left; then the position does not move.
    std::optional<ByteView> take(std::uint64_t count) noexcept {
        if (count > remaining()) return std::nullopt;
        const auto view = bytes_.subspan(position_, static_cast<std::size_t>(count));
        position_ += static_cast<std::size_t>(count);
        return view;
    }
    /// An unsigned integer of `count` (at most 8) bytes, big-endian.
    std::optional<std::uint64_t> big_endian(std::size_t count) noexcept {
        if (count > 8) return std::nullopt;
        const auto view = take(count);
        if (!view) return std::nullopt;
        std::uint64_t value = 0;
        for (const auto byte : *view) value = value << 8 | byte;
        return value;
    }

private:
    ByteView bytes_;
    std::size_t position_ = 0;
};

/// Appends `count` bytes of `value`, big-endian.
inline void append_big_endian(Bytes& to, std::uint64_t value, std::size_t count) {
    for (std::size_t i = count; i-- > 0;) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

inline void append(Bytes& to, ByteView bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

}  // namespace sjcode

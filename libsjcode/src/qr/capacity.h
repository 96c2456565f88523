// How much a QR symbol holds: ISO/IEC 18004, tables 1, 3, 7 and 9.
#pragma once

#include "sjcode/qr.h"

#include <cstddef>
#include <optional>

namespace sjcode::qr {

inline constexpr int kMaxVersion = 40;

/// Data bits of a symbol; version 1–40.
std::size_t capacity_bits(int version, QrLevel level) noexcept;

/// Bits of one byte segment and one numeric segment with their headers, without a terminator; an empty one is left out.
std::size_t segment_bits(std::size_t byte_count, std::size_t digit_count, int version) noexcept;

/// The smallest version that holds both segments; nothing where not even version 40 does.
std::optional<int> smallest_version(std::size_t byte_count, std::size_t digit_count, QrLevel level) noexcept;

}  // namespace sjcode::qr

"""The version that a symbol must have (section 7), from ISO/IEC 18004's tables."""

from typing import NamedTuple

from .errors import FormatError

# ISO/IEC 18004 table 9, versions 1 to 22: error correction codewords of each
# block, and number of blocks.
CORRECTION_PER_BLOCK = {
    "M": [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28],
    "Q": [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30],
}
BLOCKS = {
    "M": [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17],
    "Q": [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23],
}


class Symbol(NamedTuple):
    """`bits` counts both segments with their headers, without a terminator."""

    version: int
    modules: int
    bits: int
    capacity: int


def _total_codewords(version: int) -> int:
    """All codewords of a version (ISO/IEC 18004 table 1), by the geometry."""
    modules = (16 * version + 128) * version + 64
    if version >= 2:
        alignment = version // 7 + 2
        modules -= (25 * alignment - 10) * alignment - 55
        if version >= 7:
            modules -= 36
    return modules // 8


def capacity_bits(version: int, level: str) -> int:
    """Data bits of a version at a level (ISO/IEC 18004 table 7)."""
    correction = CORRECTION_PER_BLOCK[level][version - 1] * BLOCKS[level][version - 1]
    return 8 * (_total_codewords(version) - correction)


def segment_bits(text: str, version: int) -> int:
    """A byte segment for all before the digits, a numeric one for the digits."""
    digit_count = len(text) - len(text.rstrip("0123456789"))
    byte_count = len(text.encode("ascii")) - digit_count
    byte_indicator, numeric_indicator = (8, 10) if version < 10 else (16, 12)
    numeric_bits = 10 * (digit_count // 3) + (0, 4, 7)[digit_count % 3]
    return 4 + byte_indicator + 8 * byte_count + 4 + numeric_indicator + numeric_bits


def smallest(text: str, level: str, maximum: int) -> Symbol:
    """The smallest version that holds the two segments."""
    for version in range(1, maximum + 1):
        bits, capacity = segment_bits(text, version), capacity_bits(version, level)
        if bits <= capacity:
            return Symbol(version, 17 + 4 * version, bits, capacity)
    raise FormatError("qr.too-large", f"over version {maximum}-{level}")

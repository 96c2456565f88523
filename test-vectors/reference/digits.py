"""Bytes as decimal digits and back (section 7, first item)."""

from .errors import FormatError

GROUP_BYTES = 7
# How many digits stand for a group of so many bytes: the least that can.
WIDTH_BY_BYTES = {1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, 7: 17}
BYTES_BY_WIDTH = {width: count for count, width in WIDTH_BY_BYTES.items()}


def encode(data: bytes) -> str:
    """Each 7 bytes as 17 digits, and the tail as few as it needs."""
    groups = (data[start : start + GROUP_BYTES] for start in range(0, len(data), GROUP_BYTES))
    return "".join(str(int.from_bytes(group, "big")).zfill(WIDTH_BY_BYTES[len(group)]) for group in groups)


def decode(text: str) -> bytes:
    """The bytes of a digit string; an empty one is an error."""
    if not text:
        raise FormatError("digits.empty")
    for character in text:
        # Not str.isdigit(), which also takes full-width and Arabic digits.
        if character not in "0123456789":
            raise FormatError("digits.character", f"{character!r}")
    tail = len(text) % WIDTH_BY_BYTES[GROUP_BYTES]
    if tail and tail not in BYTES_BY_WIDTH:
        raise FormatError("digits.length", f"a tail of {tail} digits")
    decoded = b""
    for start in range(0, len(text), WIDTH_BY_BYTES[GROUP_BYTES]):
        group = text[start : start + WIDTH_BY_BYTES[GROUP_BYTES]]
        size = BYTES_BY_WIDTH[len(group)]
        if int(group) >> (8 * size):
            raise FormatError("digits.range", f"{group} does not fit in {size} bytes")
        decoded += int(group).to_bytes(size, "big")
    return decoded

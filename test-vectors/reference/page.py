"""The text of a page and its digest (section 5, key 1000 + i)."""

import unicodedata
from typing import Optional

from .hashes import digest

# Unicode 15.0, property White_Space (PropList.txt).
WHITE_SPACE = [
    (0x0009, 0x000D), (0x0020, 0x0020), (0x0085, 0x0085), (0x00A0, 0x00A0),
    (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
    (0x205F, 0x205F), (0x3000, 0x3000),
]
# Unicode 15.0, general categories Cc and Cf (UnicodeData.txt). Written out,
# since unicodedata has another version in each version of Python.
CONTROL_AND_FORMAT = [
    (0x0000, 0x001F), (0x007F, 0x009F), (0x00AD, 0x00AD), (0x0600, 0x0605),
    (0x061C, 0x061C), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891),
    (0x08E2, 0x08E2), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F),
]


def is_white_space(character: str) -> bool:
    """Whether the character has the property White_Space."""
    return any(first <= ord(character) <= last for first, last in WHITE_SPACE)


def normalise(text: str) -> str:
    """Removes first and composes after, so that no removed character keeps a
    letter and its accent apart."""
    kept = (
        character
        for character in text
        if not any(first <= ord(character) <= last for first, last in WHITE_SPACE + CONTROL_AND_FORMAT)
    )
    return unicodedata.normalize("NFC", "".join(kept))


def page_digest(hash_name: str, page: int, text: str) -> Optional[bytes]:
    """H(0x02, uint32be(page), text), or None for a page without text."""
    text = normalise(text)
    if not text:
        return None
    return digest(hash_name, b"\x02" + page.to_bytes(4, "big") + text.encode("utf-8"))

"""The code number (section 2) and the check character MOD 37,36."""

from .errors import FormatError

FULL_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBER_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SCHEME_CHARACTER = "J"
NUMBER_LENGTH = 20
ENCODED_LENGTH = 12

# Section 2 says "spaces, hyphens" and "full-width forms" and names no code
# points; see README.md, "Where the page is silent".
SEPARATORS = " \u3000-\u2010\u2011\uff0d"


def check_character(text: str) -> str:
    """The ISO/IEC 7064 MOD 37,36 check character of `text` (GB/T 17710)."""
    product = 36
    for character in text:
        value = FULL_ALPHABET.find(character)
        if value < 0:
            raise FormatError("mod37-36.character", f"{character!r}")
        total = (product + value) % 36 or 36
        product = total * 2 % 37
    return FULL_ALPHABET[(37 - product) % 36]


def verify_check_character(text: str) -> None:
    """Checks a text whose last character is its check character."""
    if len(text) < 2:
        raise FormatError("mod37-36.length", "nothing to check")
    if FULL_ALPHABET.find(text[-1]) < 0:
        raise FormatError("mod37-36.character", f"{text[-1]!r}")
    if check_character(text[:-1]) != text[-1]:
        raise FormatError("mod37-36.check-character", f"{text[-1]!r}")


def shown(number: str) -> str:
    """`XXXX-XXXX-XXXX-XXXX-XXXX`."""
    return "-".join(number[start : start + 4] for start in range(0, NUMBER_LENGTH, 4))


def check_canonical(number: str) -> str:
    """Checks the 20 characters themselves, with no forgiving reading."""
    for character in number:
        if character not in NUMBER_ALPHABET:
            raise FormatError("number.character", f"{character!r}")
    if len(number) != NUMBER_LENGTH:
        raise FormatError("number.length", f"{len(number)} characters")
    # The first character says which rules apply to the rest, so it comes first.
    if number[0] != SCHEME_CHARACTER:
        raise FormatError("number.scheme", f"{number[0]!r}")
    if check_character(number[:-1]) != number[-1]:
        raise FormatError("number.check-character", f"{number[-1]!r}")
    return number


def read(text: str) -> str:
    """Reads what a person typed (section 2, "Reading")."""
    characters = []
    for character in text:
        if character in SEPARATORS:
            continue
        if "\uff01" <= character <= "\uff5e":
            character = chr(ord(character) - 0xFEE0)
        # Only ASCII letters have a lower case here: str.upper() would turn
        # LATIN SMALL LETTER LONG S into S.
        if "a" <= character <= "z":
            character = character.upper()
        characters.append({"I": "1", "L": "1", "O": "0"}.get(character, character))
    return check_canonical("".join(characters))


def encode(number: str) -> bytes:
    """The first 19 characters as a base-32 integer in 12 bytes."""
    value = 0
    for character in check_canonical(number)[:-1]:
        value = value * 32 + NUMBER_ALPHABET.index(character)
    return value.to_bytes(ENCODED_LENGTH, "big")


def decode(data: bytes) -> str:
    """The code number of 12 bytes (section 2, "In CBOR")."""
    if len(data) != ENCODED_LENGTH:
        raise FormatError("number.encoding", f"{len(data)} bytes")
    value = int.from_bytes(data, "big")
    if value >> 95:
        raise FormatError("number.encoding", "the top bit is set")
    body = "".join(NUMBER_ALPHABET[value >> (5 * place) & 31] for place in range(18, -1, -1))
    if body[0] != SCHEME_CHARACTER:
        raise FormatError("number.scheme", f"{body[0]!r}")
    check = check_character(body)
    if check not in NUMBER_ALPHABET:
        raise FormatError("number.check-character", f"the check character would be {check}")
    return body + check

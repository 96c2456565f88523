"""number/ and mod37-36/ (section 2; GB/T 36904, GB/T 17710)."""

from reference import number

from . import facts
from .vectors import Vectors

# Identifiers of real licence documents: type, issuer, serial, version, check.
# Dots and the root 1.2.156.3005.2 are not part of what is checked.
LICENCES = [
    ("letters-in-type", "11100000000013338W011", "11430000006122244L", "20230000403", "001", "U"),
    ("region-as-issuer", "11100000MB03271699022", "340100", "000000016", "001", "9"),
    ("check-zero", "11100000000013338W009", "11330105002500287C", "2025052201", "002", "0"),
]
SAMPLE_WITH_WRONG_CHECK = (
    "11100000000013661B006", "113700000045046442", "209FA4E88F9E4C878F3E9BED2CE7EA49", "001", "M")


def number_with_check(check: str) -> str:
    """19 characters whose check character would be `check`, and that character."""
    for attempt in range(10_000):
        label = f"number with check {check} {attempt}"
        body = "J" + "".join(number.NUMBER_ALPHABET[byte & 31] for byte in facts.test_bytes(label, 18))
        if number.check_character(body) == check:
            return body + check
    raise AssertionError(check)


def number_holding(characters: str) -> str:
    """A valid number with each of these characters in its body."""
    for attempt in range(1_000_000):
        candidate = facts.code_number(f"holding {characters} {attempt}")
        if all(character in candidate[1:-1] for character in characters):
            return candidate
    raise AssertionError(characters)


def encode_unchecked(body: str) -> bytes:
    """12 bytes of any 19 characters, right or wrong."""
    value = 0
    for character in body:
        value = value * 32 + number.NUMBER_ALPHABET.index(character)
    return value.to_bytes(12, "big")


def full_width(text: str) -> str:
    """The full-width forms of ASCII characters."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def replaced(text: str, position: int, character: str) -> str:
    """`text` with one character replaced."""
    return text[:position] + character + text[position + 1 :]


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    _add_mod37_36(vectors)
    _add_reading(vectors)
    _add_reading_errors(vectors)
    _add_decoding(vectors)


def _add_mod37_36(vectors: Vectors) -> None:
    for name, *parts, check in LICENCES:
        text = "".join(parts)
        vectors.ok(f"mod37-36/licence-{name}", "The check character of a GB/T 36904 identifier.",
                   "mod37-36.compute", {"text": text}, {"check": check})
        vectors.ok(f"mod37-36/licence-{name}-verify", "A GB/T 36904 identifier with its check character.",
                   "mod37-36.verify", {"text": text + check})
    sample = "".join(SAMPLE_WITH_WRONG_CHECK)
    vectors.ok("mod37-36/sample-computed", "What the check character of the wrong sample should be.",
               "mod37-36.compute", {"text": sample[:-1]}, {"check": "D"})
    vectors.error("mod37-36/sample-with-wrong-check",
                  "A sample identifier from public documentation, whose check character M should be D.",
                  "mod37-36.verify", {"text": sample}, "mod37-36.check-character")
    right = "".join(LICENCES[0][1:])
    vectors.error("mod37-36/one-character-wrong", "One wrong character is always found.",
                  "mod37-36.verify", {"text": replaced(right, 5, "7")}, "mod37-36.check-character")
    vectors.error("mod37-36/lower-case", "The algorithm knows upper case only.",
                  "mod37-36.verify", {"text": right.lower()}, "mod37-36.character")
    vectors.error("mod37-36/full-width", "The algorithm knows no full-width forms.",
                  "mod37-36.verify", {"text": full_width(right)}, "mod37-36.character")
    vectors.error("mod37-36/nothing-to-check", "A check character with nothing before it.",
                  "mod37-36.verify", {"text": "1"}, "mod37-36.length")


def _add_reading(vectors: Vectors) -> None:
    code, shown = facts.CODE, number.shown(facts.CODE)
    holding = number_holding("01")

    def ok(name: str, what: str, text: str, expected: str) -> None:
        vectors.ok(f"number/{name}", what, "number.read", {"text": text}, {"number": expected})

    ok("plain", "The 20 characters and nothing else.", code, code)
    ok("shown", "The form shown under the symbol.", shown, code)
    ok("lower-case", "Lower case is read as upper case.", shown.lower(), code)
    ok("full-width", "Full-width letters, digits and hyphens are read.", full_width(shown), code)
    ok("full-width-lower-case", "Full-width lower case is read.", full_width(code.lower()), code)
    ok("spaces", "Spaces between the groups are left out.", shown.replace("-", " "), code)
    ok("ideographic-spaces", "Ideographic spaces are left out.", shown.replace("-", "\u3000"), code)
    ok("spaces-around", "Spaces at both ends are left out.", f" {shown}  ", code)
    ok("unicode-hyphens", "U+2010 and U+2011 are hyphens.",
       shown.replace("-", "\u2010", 2).replace("-", "\u2011"), code)
    ok("hyphens-anywhere", "Hyphens may stand anywhere.", "-".join(code), code)
    ok("capital-i-is-one", "I is read as 1.", holding.replace("1", "I"), holding)
    ok("small-i-is-one", "i is read as 1.", holding.replace("1", "i"), holding)
    ok("capital-l-is-one", "L is read as 1.", holding.replace("1", "L"), holding)
    ok("small-l-is-one", "l is read as 1.", holding.replace("1", "l"), holding)
    ok("capital-o-is-zero", "O is read as 0.", holding.replace("0", "O"), holding)
    ok("small-o-is-zero", "o is read as 0.", holding.replace("0", "o"), holding)
    ok("full-width-o-is-zero", "Full-width O is read as 0.", holding.replace("0", "\uff2f"), holding)
    for check, letter in (("1", "L"), ("0", "O")):
        text = number_with_check(check)
        ok(f"check-{check}-typed-as-{letter.lower()}", f"{letter} in the last place is read as {check} too.",
           text[:-1] + letter, text)


def _add_reading_errors(vectors: Vectors) -> None:
    code = facts.CODE

    def error(name: str, what: str, text: str, reason: str) -> None:
        vectors.error(f"number/{name}", what, "number.read", {"text": text}, reason)

    error("empty", "Nothing typed.", "", "number.length")
    error("separators-only", "Separators and nothing else.", "---- ", "number.length")
    error("19-characters", "One character is missing.", code[:-1], "number.length")
    error("21-characters", "One character too many.", code + "0", "number.length")
    error("letter-u", "U is in no number and stands for nothing else.", replaced(code, 7, "U"), "number.character")
    error("small-u", "u is no better.", replaced(code, 7, "u"), "number.character")
    error("punctuation", "An underscore is no separator.", number.shown(code).replace("-", "_"), "number.character")
    error("line-feed", "A line feed is no separator.", code[:4] + "\n" + code[4:], "number.character")
    error("chinese-character", "A Chinese character.", replaced(code, 3, "号"), "number.character")
    error("arabic-indic-digit", "A digit of another script.", replaced(code, 3, "\u0663"), "number.character")
    error("circled-digit", "A circled digit is no full-width form.", replaced(code, 3, "\u2460"), "number.character")
    error("long-s", "LATIN SMALL LETTER LONG S becomes S in Unicode upper case, and is no S here.",
          replaced(code, 3, "\u017f"), "number.character")
    error("kelvin-sign", "KELVIN SIGN becomes k in Unicode lower case, and is no K here.",
          replaced(code, 3, "\u212a"), "number.character")
    error("cyrillic-letter", "CYRILLIC CAPITAL LETTER A looks like A.",
          replaced(code, 3, "\u0410"), "number.character")
    other_scheme = "K" + code[1:-1]
    error("first-character-not-j", "Another scheme, with a right check character.",
          other_scheme + number.check_character(other_scheme), "number.scheme")
    error("first-character-zero", "No scheme character, with a right check character.",
          _with_right_check("0" + code[1:-1]), "number.scheme")
    error("wrong-check-character", "The last character is wrong.",
          replaced(code, 19, "2" if code[19] != "2" else "3"), "number.check-character")
    for position in (1, 9, 18):
        wrong = "7" if code[position] != "7" else "8"
        error(f"wrong-character-{position + 1}", f"Character {position + 1} is wrong.",
              replaced(code, position, wrong), "number.check-character")
    swap = next(place for place in range(5, 18) if code[place] != code[place + 1])
    swapped = code[:swap] + code[swap + 1] + code[swap] + code[swap + 2 :]
    error("neighbours-swapped", "Two neighbours are swapped.", swapped, "number.check-character")
    for letter in "ILO":
        error(f"check-would-be-{letter.lower()}",
              f"The check character would be {letter}: never issued, and {letter} is read as a digit.",
              number_with_check(letter), "number.check-character")
    error("check-would-be-u", "The check character would be U, which is in no number.",
          number_with_check("U"), "number.character")


def _with_right_check(body: str) -> str:
    return body + number.check_character(body)


def _add_decoding(vectors: Vectors) -> None:
    encoded = number.encode(facts.CODE)

    def error(name: str, what: str, data: bytes, reason: str) -> None:
        vectors.error(f"number/{name}", what, "number.decode", {"hex": data.hex()}, reason)

    vectors.ok("number/decode", "The 12 bytes of the usual number.", "number.decode",
               {"hex": encoded.hex()}, {"number": facts.CODE})
    vectors.ok("number/decode-other", "The 12 bytes of another number.", "number.decode",
               {"hex": number.encode(facts.OTHER_CODE).hex()}, {"number": facts.OTHER_CODE})
    error("decode-top-bit", "The top bit of the 96 is set.", bytes([encoded[0] | 0x80]) + encoded[1:],
          "number.encoding")
    error("decode-11-bytes", "One byte is missing.", encoded[1:], "number.encoding")
    error("decode-13-bytes", "A zero byte in front.", b"\x00" + encoded, "number.encoding")
    error("decode-empty", "No byte.", b"", "number.encoding")
    error("decode-all-zero", "All zero: the first character is 0.", bytes(12), "number.scheme")
    error("decode-first-character-not-j", "The first character is K.",
          encode_unchecked("K" + facts.CODE[1:19]), "number.scheme")
    for letter in "ILOU":
        error(f"decode-check-would-be-{letter.lower()}", f"The check character would be {letter}.",
              encode_unchecked(number_with_check(letter)[:19]), "number.check-character")

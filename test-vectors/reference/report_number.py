"""The report number, 文号 (section 4, claim 4 and the paragraph on `number`)."""

import re
from typing import List, Union

from .errors import FormatError
from .page import is_white_space

OPENING = "〔[［(（【"
CLOSING = "〕]］)）】"
FULL_WIDTH_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
MAXIMUM_SERIAL = 2**64 - 1

Number = Union[str, List[Union[int, str]]]


def canonical(text: str) -> str:
    """The canonical text: 〔YYYY〕, half-width digits, no white space, no padding."""
    text = "".join(character for character in text if not is_white_space(character))
    text = text.translate(FULL_WIDTH_DIGITS)
    for opening, closing in zip(OPENING, CLOSING):
        # Only a pair of one kind, and only round a year of four digits.
        text = re.sub(re.escape(opening) + "([0-9]{4})" + re.escape(closing), r"〔\1〕", text)
    text = re.sub("第0+([0-9]+)号", r"第\1号", text)
    if not text:
        raise FormatError("report-number.form", "empty")
    return text


def middle_is_allowed(middle: str) -> bool:
    """No digit, bracket, 第 or 号; and canonical text has no white space."""
    forbidden = "0123456789" + OPENING + CLOSING + "第号"
    return not any(
        character in forbidden or ord(character) in FULL_WIDTH_DIGITS or is_white_space(character)
        for character in middle
    )


def split(text: str, short_name: str) -> Number:
    """The array if and only if the short name and the parts give the text."""
    text = canonical(text)
    if text.startswith(short_name):
        parts = re.fullmatch("〔([1-9][0-9]{3})〕(.*)第(0|[1-9][0-9]*)号", text[len(short_name) :], re.DOTALL)
        if parts and middle_is_allowed(parts[2]) and int(parts[3]) <= MAXIMUM_SERIAL:
            return [int(parts[1]), parts[2], int(parts[3])]
    return text


def join(number: Number, short_name: str) -> str:
    """The text of a number, whichever form it has."""
    if isinstance(number, str):
        return number
    year, middle, serial = number
    return f"{short_name}〔{year}〕{middle}第{serial}号"

"""The claims of a report code (section 4)."""

from typing import Any, Dict, List, NamedTuple, Optional, Union

from . import cbor, number, report_number
from .errors import FormatError

NAMES = {
    1: "issuer", 2: "issued", 3: "code", 4: "number", 5: "record", 6: "entries",
    7: "pages", 8: "category", 9: "status", 10: "kind", 11: "prior",
}
REQUIRED = range(1, 10)
FIRST_IGNORED_KEY = 24
KINDS = (1, 2, 3)
FIXED_ENTRIES = 12


class Claims(NamedTuple):
    """Decoded claims; that they are well formed says nothing about a signature."""

    issuer: str
    issued: int
    code: str
    number: report_number.Number
    record: bytes
    entries: int
    pages: int
    category: int
    status: int
    kind: int
    prior: Optional[Union[bytes, str]]
    ignored: List[int]


def _unsigned(value: Any) -> bool:
    return type(value) is int and value >= 0


def _check_types(claims: Dict[int, Any]) -> None:
    def check(key: int, passed: bool) -> None:
        if not passed:
            raise FormatError("claims.type", NAMES[key])

    check(1, isinstance(claims[1], str))
    for key in (2, 6, 7, 8, 9):
        check(key, _unsigned(claims[key]))
    check(3, isinstance(claims[3], bytes) and len(claims[3]) == 12)
    parts = claims[4]
    is_array = isinstance(parts, list) and len(parts) == 3
    check(4, isinstance(parts, str) or (
        is_array and _unsigned(parts[0]) and isinstance(parts[1], str) and _unsigned(parts[2])))
    check(5, isinstance(claims[5], bytes) and len(claims[5]) == 32)
    if 10 in claims:
        check(10, _unsigned(claims[10]))
    if 11 in claims:
        prior = claims[11]
        check(11, isinstance(prior, str) or (isinstance(prior, bytes) and len(prior) == 12))


def check_number(value: Any, short_name: Optional[str]) -> None:
    """The rule of array or whole text, for a value whose types are right.

    Without a short name only a part of it can be checked.
    """
    if isinstance(value, list):
        year, middle, _ = value
        if not 1000 <= year <= 9999 or not report_number.middle_is_allowed(middle):
            raise FormatError("claims.number", f"{value} cannot stand in parts")
        return
    check_whole_text(value)
    if short_name is not None and report_number.split(value, short_name) != value:
        raise FormatError("claims.number", f"{value} must stand in parts")


def check_whole_text(text: str) -> None:
    """A number that goes whole must be in canonical form."""
    if not text or report_number.canonical(text) != text:
        raise FormatError("claims.number", f"{text!r} is not canonical")


def decode(payload: bytes, short_name: Optional[str] = None) -> Claims:
    """Decodes the payload of a report code."""
    value = cbor.decode(payload)
    if not isinstance(value, cbor.Map):
        raise FormatError("claims.type", "not a map")
    for key, _ in value:
        if not _unsigned(key):
            raise FormatError("claims.type", f"key {cbor.diagnostic(key)}")
        if key < FIRST_IGNORED_KEY and key not in NAMES:
            raise FormatError("claims.newer-format", f"key {key}")
    claims = value.as_dict()
    for key in REQUIRED:
        if key not in claims:
            raise FormatError("claims.missing", NAMES[key])
    _check_types(claims)
    if not claims[1]:
        raise FormatError("claims.value", "issuer is empty")
    if claims[7] < 1 or claims[6] < FIXED_ENTRIES + claims[7]:
        raise FormatError("claims.value", f"{claims[6]} entries with {claims[7]} pages")
    code = number.decode(claims[3])
    check_number(claims[4], short_name)
    # Kind 0 is said by leaving the claim out, and nothing else is said so.
    if (10 in claims) != (11 in claims) or (10 in claims and claims[10] not in KINDS):
        raise FormatError("claims.kind", f"kind {claims.get(10)}, prior {claims.get(11)!r}")
    prior = claims.get(11)
    if isinstance(prior, bytes):
        number.decode(prior)
    elif prior is not None:
        check_whole_text(prior)
    return Claims(
        issuer=claims[1], issued=claims[2], code=code, number=claims[4], record=claims[5], entries=claims[6],
        pages=claims[7], category=claims[8], status=claims[9], kind=claims.get(10, 0), prior=prior,
        ignored=[key for key in claims if key >= FIRST_IGNORED_KEY],
    )

"""The record (section 5)."""

from typing import Any, List, NamedTuple, Optional

from . import cbor, claims, merkle
from .errors import FormatError

SALT_LENGTH = 16
DIGEST_LENGTH = 32
FIXED_KEYS = 12
NULL_ALLOWED = {5, 6, 9, 10, 11, 12}
FIRST_EXTENSION, LAST_EXTENSION = 64, 999
PAGE_BASE = 1000
COMMISSIONER_KINDS = ("court", "organ", "organisation", "person", "joint")
BEIJING_OFFSET = 8 * 3600
DAY = 24 * 3600
LAST_ACCEPTED = 253_402_185_600  # 9999-12-31 00:00+08:00


class Record(NamedTuple):
    """A record whose form is right; `encoded` are its entries one by one."""

    entries: List[list]
    encoded: List[bytes]
    pages: int
    digest: bytes
    leaves: List[bytes]


def _unsigned(value: Any) -> bool:
    return type(value) is int and value >= 0


def _text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def _names(value: Any) -> bool:
    return _pair(value) and _text(value[0]) and _text(value[1])


VALUE_RULES = {
    1: lambda value: _pair(value) and isinstance(value[0], bytes) and len(value[0]) == DIGEST_LENGTH
    and _unsigned(value[1]) and value[1] > 0,
    2: _names,
    3: lambda value: isinstance(value, list) and len(value) >= 2 and all(map(_names, value)),
    4: lambda value: isinstance(value, list) and len(value) >= 1 and all(map(_unsigned, value)),
    5: _text,
    6: lambda value: _names(value) and value[0] in COMMISSIONER_KINDS,
    7: lambda value: _unsigned(value) and (value + BEIJING_OFFSET) % DAY == 0 and value <= LAST_ACCEPTED,
    8: _text,
    9: lambda value: isinstance(value, bytes) and value != b"",
    10: _unsigned,
    11: _text,
    12: _names,
}


def check_entry(entry: Any) -> int:
    """Checks one entry `[salt, key, value]` by itself, and returns its key."""
    if not isinstance(entry, list) or len(entry) != 3:
        raise FormatError("record.structure", "an entry is [salt, key, value]")
    salt, key, value = entry
    if not isinstance(salt, bytes) or len(salt) != SALT_LENGTH:
        raise FormatError("record.salt", "a salt is 16 bytes")
    if not _unsigned(key):
        raise FormatError("record.key", "a key is unsigned")
    if 1 <= key <= FIXED_KEYS:
        if value is None:
            if key not in NULL_ALLOWED:
                raise FormatError("record.null", f"key {key}")
        elif not VALUE_RULES[key](value):
            raise FormatError("record.value", f"key {key}")
    elif key > PAGE_BASE:
        if value is not None and not (isinstance(value, bytes) and len(value) == DIGEST_LENGTH):
            raise FormatError("record.value", f"key {key}")
    elif not FIRST_EXTENSION <= key <= LAST_EXTENSION:
        raise FormatError("record.key", f"key {key} is not of this format")
    return key


def key_fits_index(key: int, index: int, entries: int, pages: int) -> bool:
    """Whether an entry of this key may stand at this index (section 5)."""
    if key <= FIXED_KEYS:
        return index == key - 1
    if key > PAGE_BASE:
        page = key - PAGE_BASE
        return page <= pages and index == entries - pages + page - 1
    return FIXED_KEYS <= index < entries - pages


def decode(data: bytes, hash_name: str) -> Record:
    """Decodes a record and checks its form, without any claims."""
    entries = cbor.decode(data, cbor.RECORD_LIMIT)
    if not isinstance(entries, list):
        raise FormatError("record.structure", "not an array")
    keys = [check_entry(entry) for entry in entries]
    if keys[:FIXED_KEYS] != list(range(1, FIXED_KEYS + 1)):
        raise FormatError("record.key", "keys 1 to 12 come first, in order")
    rest = keys[FIXED_KEYS:]
    extensions = [key for key in rest if key <= PAGE_BASE]
    pages = len(rest) - len(extensions)
    if rest != sorted(set(extensions)) + list(range(PAGE_BASE + 1, PAGE_BASE + 1 + pages)):
        raise FormatError("record.key", "extensions ascend, then pages from 1 without a gap")
    encoded = [cbor.encode(entry) for entry in entries]
    leaves = [merkle.leaf_hash(hash_name, entry) for entry in encoded]
    return Record(entries, encoded, pages, merkle.root(hash_name, leaves), leaves)


def open_record(data: bytes, hash_name: str, payload: Optional[bytes]) -> Record:
    """Checks a record, and against claims if there are any.

    The order is: form, entries, pages, digest, category, report number.
    """
    record = decode(data, hash_name)
    if payload is None:
        return record
    expected = claims.decode(payload)
    if len(record.entries) != expected.entries:
        raise FormatError("record.entries", f"{len(record.entries)}, claimed {expected.entries}")
    if record.pages != expected.pages:
        raise FormatError("record.pages", f"{record.pages}, claimed {expected.pages}")
    if record.digest != expected.record:
        raise FormatError("record.digest", record.digest.hex())
    # Category 0 hides a sensitive class, and is not among entry 4.
    if expected.category != 0 and expected.category not in record.entries[3][2]:
        raise FormatError("record.category", str(expected.category))
    claims.check_number(expected.number, record.entries[1][2][1])
    return record

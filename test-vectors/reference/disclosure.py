"""The entry symbol: one entry with its Merkle path (sections 5 and 7)."""

from dataclasses import dataclass
from typing import Any, List, Sequence

from . import cbor, claims, merkle, number, record
from .errors import FormatError


@dataclass(frozen=True)
class Disclosed:
    """An entry that the record digest of a report code vouches for."""

    issuer: str
    number: str
    index: int
    entries: int
    key: int
    value: Any
    leaf: bytes


def encode(issuer: str, code: str, index: int, opened: record.Record, hash_name: str) -> bytes:
    """The CBOR of the entry symbol for entry `index` of a record."""
    path = merkle.inclusion_path(hash_name, opened.leaves, index)
    return cbor.encode([issuer, number.encode(code), index, len(opened.entries), opened.entries[index], path])


def _unsigned(value: Any) -> bool:
    return type(value) is int and value >= 0


def open_entry(data: bytes, hash_name: str, payload: bytes) -> Disclosed:
    """Verifies an entry symbol against the claims of its report code.

    The order is: structure, code, entries, entry, index, path, digest.
    """
    value = cbor.decode(data)
    if not isinstance(value, list) or len(value) != 6:
        raise FormatError("disclosure.structure", "not an array of six")
    issuer, encoded_number, index, entries, entry, path = value
    if not (isinstance(issuer, str) and isinstance(encoded_number, bytes)
            and len(encoded_number) == number.ENCODED_LENGTH and _unsigned(index)
            and _unsigned(entries) and isinstance(entry, list) and _is_path(path)):
        raise FormatError("disclosure.structure", "not [text, 12 bytes, uint, uint, array, [digest, ...]]")
    code = number.decode(encoded_number)
    expected = claims.decode(payload)
    # The identity of a report is (issuer, number).
    if (issuer, code) != (expected.issuer, expected.code):
        raise FormatError("disclosure.code", f"{issuer} {code}")
    if entries != expected.entries:
        raise FormatError("disclosure.entries", f"{entries}, claimed {expected.entries}")
    key = record.check_entry(entry)
    if index >= entries or not record.key_fits_index(key, index, entries, expected.pages):
        raise FormatError("disclosure.index", f"key {key} at {index} of {entries}")
    if len(path) != merkle.path_length(index, entries):
        raise FormatError("disclosure.path", f"{len(path)} hashes")
    leaf = merkle.leaf_hash(hash_name, cbor.encode(entry))
    if merkle.root_from_path(hash_name, leaf, index, entries, path) != expected.record:
        raise FormatError("disclosure.digest", "the path leads to another record digest")
    return Disclosed(issuer, code, index, entries, key, entry[2], leaf)


def _is_path(path: Any) -> bool:
    return isinstance(path, list) and all(
        isinstance(sibling, bytes) and len(sibling) == record.DIGEST_LENGTH for sibling in path)


def digests(path: Sequence[bytes]) -> List[str]:
    """A path as hexadecimal text."""
    return [sibling.hex() for sibling in path]

"""The Merkle tree of RFC 9162 section 2.1 over the entries (section 5)."""

from typing import List, Sequence

from .errors import FormatError
from .hashes import digest


def leaf_hash(hash_name: str, entry: bytes) -> bytes:
    """H(0x00, entry)."""
    return digest(hash_name, b"\x00" + entry)


def node_hash(hash_name: str, left: bytes, right: bytes) -> bytes:
    """H(0x01, left, right)."""
    return digest(hash_name, b"\x01" + left + right)


def _split(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def root(hash_name: str, leaves: Sequence[bytes]) -> bytes:
    """The tree hash over leaf hashes (RFC 9162 section 2.1.1)."""
    if not leaves:
        return digest(hash_name, b"")
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return node_hash(hash_name, root(hash_name, leaves[:split]), root(hash_name, leaves[split:]))


def inclusion_path(hash_name: str, leaves: Sequence[bytes], index: int) -> List[bytes]:
    """The path of a leaf, from the leaf to the root (section 2.1.3.1)."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return inclusion_path(hash_name, leaves[:split], index) + [root(hash_name, leaves[split:])]
    return inclusion_path(hash_name, leaves[split:], index - split) + [root(hash_name, leaves[:split])]


def path_length(index: int, count: int) -> int:
    """How many hashes the path of leaf `index` has in a tree of `count`."""
    length = 0
    while count > 1:
        split = _split(count)
        index, count = (index, split) if index < split else (index - split, count - split)
        length += 1
    return length


def root_from_path(hash_name: str, leaf: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes:
    """Works a path out as RFC 9162 section 2.1.3.2 does, length included."""
    if index >= count:
        raise FormatError("merkle.index", f"{index} of {count}")
    if len(path) != path_length(index, count):
        raise FormatError("merkle.path", f"{len(path)} hashes")
    position, last, computed = index, count - 1, leaf
    for sibling in path:
        if last == 0:
            raise FormatError("merkle.path", "too long")
        if position & 1 or position == last:
            computed = node_hash(hash_name, sibling, computed)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            computed = node_hash(hash_name, computed, sibling)
        position >>= 1
        last >>= 1
    if last != 0:
        raise FormatError("merkle.path", "too short")
    return computed

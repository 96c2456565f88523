"""Deterministic CBOR (section 3): a strict decoder, and cbor2 for encoding."""

from typing import Any, List, NamedTuple, Tuple

import cbor2

from .errors import FormatError

CODE_LIMIT = 4096
RECORD_LIMIT = 1024 * 1024
MAXIMUM_DEPTH = 8


class Tagged(NamedTuple):
    """A tagged item; the only tag that passes the decoder is 18."""

    tag: int
    value: Any


class Map(Tuple[Tuple[Any, Any], ...]):
    """A map as a tuple of pairs, in the order of the bytes."""

    def as_dict(self) -> dict:
        """For maps whose keys are known to be hashable."""
        return dict(self)


def encode(value: Any) -> bytes:
    """Deterministic encoding by cbor2.

    Map keys are put in the order of their bytes (RFC 8949 section 4.2.1)
    before cbor2 sees them: its canonical mode uses the older order of
    RFC 7049, shorter keys first, which differs once keys of several types are
    mixed. Where all keys are unsigned, as in the claims, the two agree, and
    that is asserted.
    """
    prepared = _prepare(value)
    encoded = cbor2.dumps(prepared)
    if isinstance(prepared, dict) and all(type(key) is int and key >= 0 for key in prepared):
        assert encoded == cbor2.dumps(prepared, canonical=True)
    return encoded


def _prepare(value: Any) -> Any:
    if isinstance(value, Tagged):
        return cbor2.CBORTag(value.tag, _prepare(value.value))
    if isinstance(value, dict):
        value = Map(value.items())
    if isinstance(value, Map):
        pairs = sorted(((_prepare(key), item) for key, item in value), key=lambda pair: cbor2.dumps(pair[0]))
        return {tuple(key) if isinstance(key, list) else key: _prepare(item) for key, item in pairs}
    if isinstance(value, (list, tuple)):
        return [_prepare(item) for item in value]
    return value


def decode(data: bytes, limit: int = CODE_LIMIT, any_order: bool = False) -> Any:
    """Decodes one item and rejects everything that section 3 forbids."""
    if len(data) > limit:
        raise FormatError("cbor.size", f"{len(data)} bytes, at most {limit}")
    reader = _Reader(data, any_order)
    value = reader.item(0)
    if reader.position != len(data):
        raise FormatError("cbor.trailing", f"at byte {reader.position}")
    if not any_order and encode(value) != data:
        raise AssertionError("the strict decoder let a second encoding through")
    return value


class _Reader:
    def __init__(self, data: bytes, any_order: bool) -> None:
        self.data = data
        self.position = 0
        self.any_order = any_order

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.position:
            raise FormatError("cbor.truncated", f"at byte {self.position}")
        taken = self.data[self.position : self.position + count]
        self.position += count
        return taken

    def argument(self, information: int) -> int:
        """The argument of an item, which must have the shortest form."""
        if information < 24:
            return information
        size = 1 << (information - 24)
        value = int.from_bytes(self.take(size), "big")
        if value < (24 if size == 1 else 1 << (4 * size)):
            raise FormatError("cbor.not-shortest", f"{value} in {size} bytes")
        return value

    def item(self, depth: int) -> Any:
        """One item inside `depth` arrays, maps and tags."""
        initial = self.take(1)[0]
        major, information = initial >> 5, initial & 31
        if 28 <= information <= 30 or (information == 31 and major in (0, 1, 6)):
            raise FormatError("cbor.reserved", f"initial byte {initial:02x}")
        if information == 31:
            raise FormatError("cbor.indefinite", f"initial byte {initial:02x}")
        if major == 7:
            return self.simple_or_float(information)
        argument = self.argument(information)
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            return self.text(argument)
        if major == 6 and argument != 18:
            raise FormatError("cbor.tag", f"tag {argument}")
        if depth >= MAXIMUM_DEPTH:
            raise FormatError("cbor.depth", f"more than {MAXIMUM_DEPTH} arrays, maps and tags")
        if major == 6:
            return Tagged(18, self.item(depth + 1))
        if major == 4:
            return self.array(argument, depth + 1)
        return self.map(argument, depth + 1)

    def simple_or_float(self, information: int) -> None:
        if 25 <= information <= 27:
            raise FormatError("cbor.float", "")
        if information == 24:
            self.take(1)
        # The format uses no simple value but null; see README.md, "Where the
        # page is silent".
        if information != 22:
            raise FormatError("cbor.simple", f"information {information}")

    def text(self, length: int) -> str:
        data = self.take(length)
        try:
            # Python's decoder refuses overlong forms and surrogates.
            return data.decode("utf-8", errors="strict")
        except UnicodeDecodeError as error:
            raise FormatError("cbor.utf8", str(error)) from error

    def array(self, count: int, depth: int) -> List[Any]:
        items: List[Any] = []
        while len(items) < count:
            items.append(self.item(depth))
        return items

    def map(self, count: int, depth: int) -> Map:
        pairs: List[Tuple[Any, Any]] = []
        previous = b""
        seen = set()
        while len(pairs) < count:
            start = self.position
            key = self.item(depth)
            encoded = self.data[start : self.position]
            if encoded == previous and pairs or self.any_order and encoded in seen:
                raise FormatError("cbor.duplicate-key", encoded.hex())
            seen.add(encoded)
            if pairs and encoded < previous and not self.any_order:
                raise FormatError("cbor.unsorted-keys", encoded.hex())
            previous = encoded
            pairs.append((key, self.item(depth)))
        return Map(pairs)


def diagnostic(value: Any) -> str:
    """RFC 8949 diagnostic notation, for people and for comparing."""
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f"h'{value.hex()}'"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, Tagged):
        return f"{value.tag}({diagnostic(value.value)})"
    if isinstance(value, Map):
        return "{" + ", ".join(f"{diagnostic(key)}: {diagnostic(item)}" for key, item in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(diagnostic(item) for item in value) + "]"
    return str(value)

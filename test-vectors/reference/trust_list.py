"""Trust lists and their deltas (docs/trust-list.md), written from that page."""

from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from . import cbor, keys
from .errors import FormatError
from .hashes import digest

LIST_DATA = b"sjcode/trust-list/1"
ROOT_DATA = b"sjcode/trust-root/1"
DELTA_MARK = "sjcode/trust-delta/1"
LIST, PUBLISHER, REGIONS, NUMBER, ISSUED, NEXT_UPDATE, ROOT, ROOT_CHANGES, TABLES = range(1, 10)
TABLE_NAMES = ("authorities", "institutions", "appraisers", "hosts")
HEAD_LIMIT, BLOCK_LIMIT, RECORD_LIMIT = 16 << 20, 1 << 20, 256 << 10
LAST_RESERVED_KEY = 23
# Which fields a record may have, by table (section 4).
FIELDS = ({1, 2, 5, 6}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {1, 2, 3, 4, 9, 11})
LAST_EVENT = 7

Record = Optional[Dict[int, Any]]


class Block(NamedTuple):
    """A block, as the head names it, and what a writer puts there."""

    first: str
    content: bytes


class Opened(NamedTuple):
    """A list that was verified and read as a whole."""

    head: Dict[int, Any]
    payload: bytes
    blocks: Dict[bytes, bytes]
    tables: List[List[Tuple[str, bytes]]]


# --- writing


def sign(private: keys.PrivateKey, external_data: bytes, payload: bytes) -> bytes:
    """A COSE_Sign1 over a payload, which is not looked at."""
    protected = cbor.encode({1: private.algorithm})
    signature = keys.sign(private, cbor.encode(["Signature1", protected, external_data, payload]))
    return cbor.encode(cbor.Tagged(18, [protected, {}, payload, signature]))


def block_of(records: Sequence[Tuple[str, Record]]) -> Block:
    """A block of records, whatever their order."""
    flat: List[Any] = []
    for name, record in records:
        flat += [name, b"" if record is None else cbor.encode(record)]
    return Block(records[0][0], cbor.encode(flat))


def head_of(private: keys.PrivateKey, fields: Dict[int, Any], tables: Sequence[Sequence[Block]],
            counts: Sequence[int]) -> Dict[int, Any]:
    """The map of a head over blocks."""
    algorithm = keys.HASH_NAMES[private.algorithm]
    index = [[count, [[block.first, len(block.content), digest(algorithm, block.content)] for block in blocks]]
             for count, blocks in zip(counts, tables)]
    return {ROOT: keys.public_spki(private.public()), TABLES: index, **fields}


def file_of(private: keys.PrivateKey, head: Dict[int, Any], tables: Sequence[Sequence[Block]],
            external_data: bytes = LIST_DATA) -> bytes:
    """The file: the signed head, and the blocks in the order that is given."""
    body = b"".join(block.content for blocks in tables for block in blocks)
    return sign(private, external_data, cbor.encode(head)) + cbor.encode(body)


def write(private: keys.PrivateKey, fields: Dict[int, Any], tables: Sequence[Dict[str, Record]],
          block_records: int = 2) -> bytes:
    """A list whose blocks end after so many records."""
    blocks: List[List[Block]] = []
    for table in tables:
        names = sorted(table, key=str.encode)
        blocks.append([block_of([(name, table[name]) for name in names[start:start + block_records]])
                       for start in range(0, len(names), block_records)])
    return file_of(private, head_of(private, fields, blocks, [len(table) for table in tables]), blocks)


def root_change(current: keys.PrivateKey, following: keys.PublicKey, list_id: str, when: int,
                signer: Optional[keys.PrivateKey] = None) -> bytes:
    """That one root key follows another (section 5)."""
    payload = cbor.encode([list_id, keys.public_spki(current.public()), keys.public_spki(following), when])
    return sign(signer or current, ROOT_DATA, payload)


def make_delta(old: Opened, new: bytes) -> bytes:
    """What turns one list into a later one (section 6)."""
    head, blocks = _split(new)
    entries = [entry for _, table in _head(_payload(head))[TABLES] for entry in table]
    fresh, at = b"", 0
    for _, size, block_digest in entries:
        if block_digest not in old.blocks:
            fresh += blocks[at:at + size]
        at += size
    preamble = cbor.encode([DELTA_MARK, old.head[LIST], old.head[NUMBER], digest("sha256", old.payload)])
    return cbor.encode(preamble) + head + cbor.encode(fresh)


# --- reading


def public_key(spki: bytes) -> keys.PublicKey:
    """The key of a SubjectPublicKeyInfo, by writing it again."""
    for algorithm, size in ((keys.ED25519, 32), (keys.ESP256, 65), (keys.SM2_SM3, 65)):
        candidate = keys.PublicKey(algorithm, spki[-size:])
        try:
            if keys.public_spki(candidate) == spki:
                return candidate
        except ValueError:
            continue
    raise FormatError("trust-list.format", "no key of this format")


def open_list(data: bytes, pin: bytes) -> Opened:
    """Opens a list under a pinned root key and reads all of it.

    The order of the checks: the two items, the head, the root changes, the
    root, the signature, the length of the body, the blocks, their records.
    """
    head_bytes, body = _split(data)
    payload = _payload(head_bytes)
    head = _head(payload)
    _follow(head, pin)
    _verify(head[ROOT], LIST_DATA, head_bytes, "trust-list.signature")
    entries = [entry for _, table in head[TABLES] for entry in table]
    if sum(size for _, size, _ in entries) != len(body):
        raise FormatError("trust-list.truncated", "the blocks have another size")
    algorithm = keys.HASH_NAMES[public_key(head[ROOT]).algorithm]
    blocks: Dict[bytes, bytes] = {}
    tables: List[List[Tuple[str, bytes]]] = []
    at = 0
    for position, (count, table) in enumerate(head[TABLES]):
        records: List[Tuple[str, bytes]] = []
        for index, (first, size, block_digest) in enumerate(table):
            block = body[at:at + size]
            at += size
            if digest(algorithm, block) != block_digest:
                raise FormatError("trust-list.block", first)
            following = table[index + 1][0] if index + 1 < len(table) else None
            blocks[block_digest] = block
            for name, record in _records(block, first, following):
                _check_record(position, name, record)
                records.append((name, record))
        if len(records) != count:
            raise FormatError("trust-list.order", TABLE_NAMES[position])
        tables.append(records)
    return Opened(head, payload, blocks, tables)


def replace(held: bytes, candidate: bytes, pin: bytes) -> Opened:
    """What takes the place of a list that is held: a newer one, or where a delta leads (section 7)."""
    old = open_list(held, pin)
    pinned = digest("sha256", old.head[ROOT])
    data = candidate if candidate[:1] == b"\xd2" else apply_delta(old, candidate)
    claimed = _head(_payload(_split(data)[0]))
    try:
        # Reads all of it; the rules of section 7 come first, but they need a head that is signed.
        head = claimed
        _follow(head, pinned)
    except FormatError as error:
        if error.code == "trust-list.root":
            raise FormatError("trust-store.root") from error
        raise
    _verify(head[ROOT], LIST_DATA, _split(data)[0], "trust-list.signature")
    if sum(size for _, table in head[TABLES] for _, size, _ in table) != len(_split(data)[1]):
        raise FormatError("trust-list.truncated")
    same = digest("sha256", _payload(_split(data)[0])) == digest("sha256", old.payload)
    if head[NUMBER] < old.head[NUMBER]:
        raise FormatError("trust-store.rollback")
    if head[NUMBER] == old.head[NUMBER] and not same:
        raise FormatError("trust-store.same-number")
    if head[ISSUED] < old.head[ISSUED]:
        raise FormatError("trust-store.issued-earlier")
    regions, pinned_regions = head.get(REGIONS, []), old.head.get(REGIONS, [])
    if pinned_regions and (not regions or not set(regions) <= set(pinned_regions)):
        raise FormatError("trust-store.regions")
    return open_list(data, pinned)


def apply_delta(old: Opened, delta: bytes) -> bytes:
    """The file that a delta leads to (section 6)."""
    try:
        preamble, rest = _item(delta)
        mark, list_id, number, head_digest = cbor.decode(preamble, 1024)
        head_bytes, fresh = _split(rest)
    except (FormatError, TypeError, ValueError) as error:
        raise FormatError("trust-delta.format") from error
    if mark != DELTA_MARK or list_id != old.head[LIST]:
        raise FormatError("trust-delta.format" if mark != DELTA_MARK else "trust-store.no-base")
    if number != old.head[NUMBER] or head_digest != digest("sha256", old.payload):
        raise FormatError("trust-delta.base")
    head = _head(_payload(head_bytes))
    algorithm = keys.HASH_NAMES[public_key(head[ROOT]).algorithm]
    body = b""
    for _, table in head[TABLES]:
        for first, size, block_digest in table:
            block = old.blocks.get(block_digest)
            if block is None:
                block, fresh = fresh[:size], fresh[size:]
                if len(block) != size or digest(algorithm, block) != block_digest:
                    raise FormatError("trust-delta.block", first)
            body += block
    if fresh:
        raise FormatError("trust-delta.format", "more blocks than the head names")
    return head_bytes + cbor.encode(body)


def _item(data: bytes) -> Tuple[Any, bytes]:
    """The first item of a sequence, and what follows."""
    reader = cbor._Reader(data, False)
    value = reader.item(0)
    return value, data[reader.position:]


def _split(data: bytes) -> Tuple[bytes, bytes]:
    """The encoded head and the body."""
    if data[:2] != b"\xd2\x84":
        raise FormatError("trust-list.format", "no COSE_Sign1")
    try:
        _, rest = _item(data)
        body, trailing = _item(rest)
    except FormatError as error:
        code = "trust-list.truncated" if error.code == "cbor.truncated" else "trust-list.format"
        raise FormatError(code, error.code) from error
    if not isinstance(body, bytes) or trailing:
        raise FormatError("trust-list.format", "not exactly a head and a body")
    return data[:len(data) - len(rest)], body


def _parts(cose: bytes) -> Tuple[bytes, bytes, bytes]:
    """Protected header, payload, signature."""
    value = cbor.decode(cose, HEAD_LIMIT + 1024)
    protected, unprotected, payload, signature = value.value
    if unprotected or not isinstance(payload, bytes):
        raise FormatError("trust-list.format", "cose.unprotected")
    return protected, payload, signature


def _payload(cose: bytes) -> bytes:
    try:
        return _parts(cose)[1]
    except (FormatError, ValueError) as error:
        raise FormatError("trust-list.format", str(error)) from error


def _verify(spki: bytes, external_data: bytes, cose: bytes, code: str) -> None:
    """That this key signed."""
    protected, payload, signature = _parts(cose)
    public = public_key(spki)
    header = cbor.decode(protected).as_dict()
    message = cbor.encode(["Signature1", protected, external_data, payload])
    if header != {1: public.algorithm} or not keys.verify(public, message, signature):
        raise FormatError(code)


def _head(payload: bytes) -> Dict[int, Any]:
    try:
        value = cbor.decode(payload, HEAD_LIMIT)
    except FormatError as error:
        raise FormatError("trust-list.format", error.code) from error
    head = value.as_dict()
    if any(key > TABLES and key <= LAST_RESERVED_KEY for key in head):
        raise FormatError("trust-list.newer-format")
    needed = {LIST: str, PUBLISHER: str, NUMBER: int, ISSUED: int, NEXT_UPDATE: int, ROOT: bytes, TABLES: list}
    if any(not isinstance(head.get(key), kind) for key, kind in needed.items()):
        raise FormatError("trust-list.format", "a field is missing or of another type")
    public_key(head[ROOT])
    for count, table in head[TABLES]:
        names = [first.encode() for first, _, _ in table]
        if names != sorted(set(names)) or (count == 0) != (not table):
            raise FormatError("trust-list.format", "the index is not in order")
        if any(size == 0 or size > BLOCK_LIMIT or len(block_digest) != 32 for _, size, block_digest in table):
            raise FormatError("trust-list.format", "a block's size or digest")
    return head


def _follow(head: Dict[int, Any], pin: bytes) -> None:
    """That the pinned key signs, or a chain of changes leads from it to the one that does (section 5)."""
    reached = digest("sha256", head[ROOT]) == pin
    expected = None
    for change in head.get(ROOT_CHANGES, []):
        list_id, current, following, _ = cbor.decode(_parts(change)[1])
        _verify(current, ROOT_DATA, change, "trust-list.root-change")
        if list_id != head[LIST] or (expected is not None and current != expected):
            raise FormatError("trust-list.root-change")
        reached = reached or digest("sha256", current) == pin
        expected = following
    if expected is not None and expected != head[ROOT]:
        raise FormatError("trust-list.root-change")
    if not reached:
        raise FormatError("trust-list.root")


def _records(block: bytes, first: str, following: Optional[str]) -> List[Tuple[str, bytes]]:
    """The pairs of a block (section 3)."""
    try:
        flat = cbor.decode(block, BLOCK_LIMIT)
    except FormatError as error:
        raise FormatError("trust-list.block", error.code) from error
    names = flat[0::2]
    in_order = all(earlier.encode() < later.encode() for earlier, later in zip(names, names[1:]))
    if not names or len(flat) % 2 or names[0] != first or not in_order:
        raise FormatError("trust-list.block", "not in order")
    if following is not None and names[-1].encode() >= following.encode():
        raise FormatError("trust-list.block", "reaches into the next block")
    return list(zip(names, flat[1::2]))


def _check_record(table: int, name: str, encoded: bytes) -> None:
    """What section 4 asks of a record."""
    if table == TABLE_NAMES.index("hosts"):
        return
    if len(encoded) > RECORD_LIMIT:
        raise FormatError("trust-record.form", "too large")
    try:
        record = cbor.decode(encoded, RECORD_LIMIT).as_dict()
    except FormatError as error:
        raise FormatError("trust-record.form", error.code) from error
    if any(key not in FIELDS[table] and key <= LAST_RESERVED_KEY for key in record):
        raise FormatError("trust-record.newer-format")
    if any(event[0] > LAST_EVENT for event in record.get(9, [])):
        raise FormatError("trust-record.newer-format", "an event")
    if not record.get(2):
        raise FormatError("trust-record.names")
    periods = [entry[-2:] for field in (2, 3, 4, 6, 7, 8, 11) for entry in record.get(field, [])]
    periods += [entry[1:3] for entry in record.get(5, [])] + [entry[2:4] for entry in record.get(9, [])]
    if any(until is not None and until <= start for start, until in periods):
        raise FormatError("trust-record.period")
    for field in (2, 3, 8):
        spans = sorted((entry[-2], float("inf") if entry[-1] is None else entry[-1]) for entry in record.get(field, []))
        if any(later[0] < earlier[1] for earlier, later in zip(spans, spans[1:])):
            raise FormatError("trust-record.overlap")
    if record.get(1) != name:
        raise FormatError("trust-record.id")

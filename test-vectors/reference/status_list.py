"""Status lists and their details (docs/status-list.md), written from that page and the draft."""

import zlib
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from . import cbor, keys, number
from .errors import FormatError

TYPE = "application/statuslist+cwt"
DETAILS_DATA = b"sjcode/status-details/1"
SUBJECT, EXPIRES, ISSUED, LIST, TIME_TO_LIVE = 2, 4, 6, 65533, 65534
MOST_BYTES = 16 << 20
STATUSES = {0: "valid", 1: "revoked", 2: "suspended", 11: "superseded", 12: "withdrawn", 13: "reappraised"}
PADDING = 256
# RFC 9864 deprecates these two for what they were always used for here.
ALIASES = {-7: keys.ESP256, -8: keys.ED25519}


def stored(data: bytes) -> bytes:
    """ZLIB data without compression: the same bytes from every zlib."""
    assert len(data) < 65536
    size = len(data).to_bytes(2, "little")
    complement = (len(data) ^ 0xFFFF).to_bytes(2, "little")
    return b"\x78\x01\x01" + size + complement + data + zlib.adler32(data).to_bytes(4, "big")


def pack(bits: int, values: Sequence[int]) -> bytes:
    """Values from the least significant bits on."""
    total = sum(value << (bits * index) for index, value in enumerate(values))
    return total.to_bytes((len(values) * bits + 7) // 8, "little")


def unpack(bits: int, packed: bytes) -> Dict[str, Any]:
    """The number of values, and those that are not 0."""
    if bits not in (1, 2, 4, 8):
        raise FormatError("status-list.bits", str(bits))
    decompressor = zlib.decompressobj()
    try:
        data = decompressor.decompress(packed, MOST_BYTES + 1)
    except zlib.error as error:
        raise FormatError("status-list.compression", str(error)) from error
    if len(data) > MOST_BYTES:
        raise FormatError("status-list.size", "a bomb")
    if not decompressor.eof or decompressor.unused_data:
        raise FormatError("status-list.compression", "cut off, or bytes behind it")
    per_byte = 8 // bits
    found: List[Tuple[int, int]] = []
    for position, byte in enumerate(data):
        for place in range(per_byte if byte else 0):
            value = byte >> (place * bits) & ((1 << bits) - 1)
            if value:
                found.append((position * per_byte + place, value))
    return {"size": len(data) * per_byte, "set": [list(pair) for pair in found]}


class Token(NamedTuple):
    """A token taken apart."""

    algorithm: int
    protected: bytes
    payload: bytes
    signature: bytes


def sign(private: keys.PrivateKey, payload: bytes, kind: str = TYPE, protected: Optional[bytes] = None) -> bytes:
    """A token over a payload, which is not looked at."""
    header = cbor2.dumps({1: private.algorithm, 16: kind}) if protected is None else protected
    signature = keys.sign(private, cbor2.dumps(["Signature1", header, b"", payload]))
    return cbor2.dumps(cbor2.CBORTag(18, [header, {}, payload, signature]))


def payload(subject: str, issued: int, packed: bytes, bits: int = 4, expires: Optional[int] = None,
            time_to_live: Optional[int] = None) -> bytes:
    """The claims, in deterministic order."""
    claims: Dict[int, Any] = {SUBJECT: subject}
    if expires is not None:
        claims[EXPIRES] = expires
    claims[ISSUED] = issued
    claims[LIST] = {"lst": packed, "bits": bits}
    if time_to_live is not None:
        claims[TIME_TO_LIVE] = time_to_live
    return cbor2.dumps(claims)


def take_apart(data: bytes) -> Token:
    """The parts of a token; nothing is verified."""
    value = _load(data)
    if not isinstance(value, cbor.Tagged) or not isinstance(value.value, list) or len(value.value) != 4:
        raise FormatError("cose.structure", "not tag 18 over an array of four")
    protected, unprotected, body, signature = value.value
    if not (isinstance(protected, bytes) and isinstance(unprotected, cbor.Map) and isinstance(body, bytes)
            and isinstance(signature, bytes)):
        raise FormatError("cose.structure", "not [bytes, map, bytes, bytes]")
    decoded = _load(protected) if protected else None
    if not isinstance(decoded, cbor.Map):
        raise FormatError("cose.protected", "no map")
    header = decoded.as_dict()
    if 2 in header:
        raise FormatError("cwt.critical", "asks for what we do not know")
    algorithm = header.get(1)
    if not isinstance(algorithm, int):
        raise FormatError("cose.protected", "no algorithm")
    algorithm = ALIASES.get(algorithm, algorithm)
    if algorithm not in keys.HASH_NAMES:
        raise FormatError("cose.algorithm", str(algorithm))
    if header.get(16) != TYPE:
        raise FormatError("cwt.type", str(header.get(16)))
    return Token(algorithm, protected, body, signature)


def open_list(data: bytes, subject: str, public_keys: Sequence[keys.PublicKey]) -> Dict[str, Any]:
    """Opens a token about this subject with the keys that may have signed it."""
    token = take_apart(data)
    decoded = _load(token.payload)
    if not isinstance(decoded, cbor.Map):
        raise FormatError("status-list.claim", "no map")
    claims = decoded.as_dict()
    for key, kinds in ((SUBJECT, str), (ISSUED, int), (LIST, cbor.Map)):
        if not isinstance(claims.get(key), kinds) or claims[key] == "":
            raise FormatError("status-list.claim", str(key))
    for key in (EXPIRES, TIME_TO_LIVE):
        if key in claims and not isinstance(claims[key], int):
            raise FormatError("status-list.claim", str(key))
    if claims[ISSUED] < 0 or claims.get(TIME_TO_LIVE, 1) < 1:
        raise FormatError("status-list.claim", "a value")
    values = claims[LIST].as_dict()
    if not isinstance(values.get("bits"), int) or not isinstance(values.get("lst"), bytes):
        raise FormatError("status-list.claim", "bits, lst")
    unpacked = unpack(values["bits"], values["lst"])
    if claims[SUBJECT] != subject:
        raise FormatError("status-list.subject", claims[SUBJECT])
    message = cbor2.dumps(["Signature1", token.protected, b"", token.payload])
    for index, key in enumerate(public_keys):
        if key.algorithm == token.algorithm and keys.verify(key, message, token.signature):
            return {"algorithm": token.algorithm, "key_index": index, "issued": claims[ISSUED],
                    "expires": claims.get(EXPIRES), "time_to_live": claims.get(TIME_TO_LIVE), "bits": values["bits"],
                    **unpacked}
    raise FormatError("status-list.signature", "no key verifies")


def _load(data: bytes) -> Any:
    """Maps in any order, everything else as section 3 of the format page has it."""
    return cbor.decode(data, 64 << 20, any_order=True)


# --- details


def entry_key(code: str, salt: bytes) -> bytes:
    """The key of an entry, from its code number."""
    return HKDF(hashes.SHA256(), 32, salt, DETAILS_DATA).derive(number.encode(code))


def seal_entry(index: int, code: str, salt: bytes, history: Sequence[Sequence[Any]]) -> bytes:
    """An entry as it stands in the file."""
    content = cbor2.dumps([list(change) for change in history])
    plain = len(content).to_bytes(2, "big") + content
    plain += bytes(-len(plain) % PADDING)
    return AESGCM(entry_key(code, salt)).encrypt(index.to_bytes(12, "big"), plain, b"")


def details_payload(subject: str, issued: int, salt: bytes, entries: Sequence[Sequence[Any]]) -> bytes:
    """The payload of a details file."""
    return cbor2.dumps({1: subject, 2: issued, 3: salt, 4: [list(entry) for entry in entries]})


def sign_details(private: keys.PrivateKey, body: bytes, external_data: bytes = DETAILS_DATA) -> bytes:
    """A details file over a payload, which is not looked at."""
    protected = cbor2.dumps({1: private.algorithm})
    signature = keys.sign(private, cbor2.dumps(["Signature1", protected, external_data, body]))
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, body, signature]))


def open_details(data: bytes, opened: Dict[str, Any], subject: str, public: keys.PublicKey, index: int,
                 code: str) -> List[List[Any]]:
    """The history of a code from the details of an opened list, which `public` signed."""
    value = cbor.decode(data, 64 << 20)
    protected, unprotected, body, signature = value.value
    if unprotected:
        raise FormatError("cose.unprotected")
    fields = dict(cbor.decode(body, 64 << 20))
    if list(fields) != [1, 2, 3, 4] or not isinstance(fields[3], bytes) or len(fields[3]) != 16:
        raise FormatError("status-details.structure")
    entries = [tuple(entry) for entry in fields[4]]
    if any(later[0] <= earlier[0] for earlier, later in zip(entries, entries[1:])):
        raise FormatError("status-details.structure", "order")
    if fields[1] != subject or fields[2] != opened["issued"]:
        raise FormatError("status-details.other-list")
    if dict(cbor.decode(protected)).get(1) != public.algorithm or not keys.verify(
            public, cbor2.dumps(["Signature1", protected, DETAILS_DATA, body]), signature):
        raise FormatError("status-details.signature")
    for place, sealed in entries:
        if place != index:
            continue
        try:
            plain = AESGCM(entry_key(code, fields[3])).decrypt(index.to_bytes(12, "big"), sealed, b"")
        except InvalidTag as error:
            raise FormatError("status-details.number") from error
        size = int.from_bytes(plain[:2], "big")
        if any(plain[2 + size:]):
            raise FormatError("status-details.structure", "padding")
        return [_change(change) for change in cbor.decode(plain[2:2 + size], 60_000)]
    return []


def _change(change: Sequence[Any]) -> List[Any]:
    time, status, reason, successor = change
    if status not in STATUSES:
        raise FormatError("status-details.structure", f"status {status}")
    return [time, STATUSES[status], reason, number.decode(successor) if isinstance(successor, bytes) else successor]

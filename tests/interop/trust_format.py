"""A second reader and writer of docs/trust-list.md, from that page alone: cbor2, cryptography and gmssl, nothing of ours."""

import hashlib
import io
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import cbor2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

ED25519, ESP256 = -19, -9
LIST_CONTEXT = b"sjcode/trust-list/1"
ROOT_CONTEXT = b"sjcode/trust-root/1"
AUTHORITIES, INSTITUTIONS, APPRAISERS, HOSTS = range(4)


def encode(value: Any) -> bytes:
    """Deterministic CBOR."""
    return cbor2.dumps(value, canonical=True)


def spki(key: Any) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign1(key: Any, context: bytes, payload: bytes) -> bytes:
    """A COSE_Sign1 by an Ed25519 or P-256 key."""
    is_edwards = isinstance(key, ed25519.Ed25519PrivateKey)
    protected = encode({1: ED25519 if is_edwards else ESP256})
    message = encode(["Signature1", protected, context, payload])
    if is_edwards:
        signature = key.sign(message)
    else:
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return encode(cbor2.CBORTag(18, [protected, {}, payload, signature]))


def verify1(der: bytes, context: bytes, tagged: cbor2.CBORTag) -> bytes:
    """The payload of a COSE_Sign1 that the key signed; raises where it did not."""
    assert tagged.tag == 18
    protected, unprotected, payload, signature = tagged.value
    assert unprotected == {}
    message = encode(["Signature1", protected, context, payload])
    key = serialization.load_der_public_key(der)
    if isinstance(key, ed25519.Ed25519PublicKey):
        assert cbor2.loads(protected) == {1: ED25519}
        key.verify(signature, message)
    else:
        assert cbor2.loads(protected) == {1: ESP256}
        der_signature = encode_dss_signature(
            int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
        key.verify(der_signature, message, ec.ECDSA(hashes.SHA256()))
    return payload


class Read(NamedTuple):
    head: Dict[int, Any]
    payload: bytes
    tables: List[Dict[str, Any]]


def read(file: bytes, pinned: bytes) -> Read:
    """Opens a list under a pinned fingerprint and reads all of it."""
    stream = io.BytesIO(file)
    decoder = cbor2.CBORDecoder(stream)
    cose, body = decoder.decode(), decoder.decode()
    assert stream.tell() == len(file), "something follows the body"
    head = cbor2.loads(cose.value[2])
    follow(head, pinned)
    payload = verify1(head[7], LIST_CONTEXT, cose)
    tables, at = [], 0
    for count, blocks in head[9]:
        records: Dict[str, Any] = {}
        last = ""
        for first, size, digest in blocks:
            block = body[at : at + size]
            at += size
            assert hashlib.sha256(block).digest() == digest
            items = cbor2.loads(block)
            assert encode(items) == block, "not deterministic"
            names = items[0::2]
            assert names[0] == first
            for name, record in zip(names, items[1::2]):
                assert name.encode() > last.encode()
                last = name
                records[name] = cbor2.loads(record) if record else None
        assert len(records) == count
        tables.append(records)
    assert at == len(body)
    return Read(head, payload, tables)


def follow(head: Dict[int, Any], pinned: bytes) -> None:
    """That the pinned key signed the head, or the changes that lead to who did."""
    reached = hashlib.sha256(head[7]).digest() == pinned
    expected = None
    for change in head.get(8, []):
        cose = cbor2.loads(change)
        name, current, following, _ = cbor2.loads(cose.value[2])
        assert name == head[1] and (expected is None or current == expected)
        verify1(current, ROOT_CONTEXT, cose)
        reached = reached or hashlib.sha256(current).digest() == pinned
        expected = following
    assert expected is None or expected == head[7]
    assert reached, "another root"


def write(key: Any, tables: List[Dict[str, Any]], block_records: int = 3, root_changes: Optional[List[bytes]] = None,
          **head: Any) -> bytes:
    """A list; blocks end after so many records, otherwise than ours do."""
    body, index = b"", []
    for table in tables:
        entries: List[Tuple[str, int, bytes]] = []
        names = sorted(table, key=str.encode)
        for start in range(0, len(names), block_records):
            flat: List[Any] = []
            for name in names[start : start + block_records]:
                flat += [name, encode(table[name]) if table[name] is not None else b""]
            block = encode(flat)
            entries.append((names[start], len(block), hashlib.sha256(block).digest()))
            body += block
        index.append([len(table), [list(entry) for entry in entries]])
    fields = {1: head["list"], 2: head["publisher"], 4: head["number"], 5: head["issued"], 6: head["next_update"],
              7: spki(key), 9: index}
    if head.get("regions"):
        fields[3] = head["regions"]
    if root_changes:
        fields[8] = root_changes
    return sign1(key, LIST_CONTEXT, encode(fields)) + encode(body)


def root_change(name: str, current: Any, following: Any, when: int) -> bytes:
    return sign1(current, ROOT_CONTEXT, encode([name, spki(current), spki(following), when]))


def apply_delta(old: bytes, delta: bytes) -> bytes:
    """Section 6."""
    stream = io.BytesIO(delta)
    decoder = cbor2.CBORDecoder(stream)
    preamble, start = decoder.decode(), stream.tell()
    cose = decoder.decode()
    head_bytes, fresh = delta[start : stream.tell()], decoder.decode()
    old_stream = io.BytesIO(old)
    old_decoder = cbor2.CBORDecoder(old_stream)
    old_cose, old_body = old_decoder.decode(), old_decoder.decode()
    old_head = cbor2.loads(old_cose.value[2])
    assert cbor2.loads(preamble) == ["sjcode/trust-delta/1", old_head[1], old_head[4],
                                     hashlib.sha256(old_cose.value[2]).digest()]
    known, at = {}, 0
    for _, blocks in old_head[9]:
        for _, size, digest in blocks:
            known[digest] = old_body[at : at + size]
            at += size
    body = b""
    for _, blocks in cbor2.loads(cose.value[2])[9]:
        for _, size, digest in blocks:
            if digest in known:
                body += known[digest]
            else:
                body, fresh = body + fresh[:size], fresh[size:]
    assert not fresh
    return head_bytes + encode(body)

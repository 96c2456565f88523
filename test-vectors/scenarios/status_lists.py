"""status-array/, status-list/ and status-details/ (docs/status-list.md)."""

import base64
from typing import Any, List, Optional, Sequence

import cbor2

from reference import keys, number, status_list

from . import facts, status_list_draft
from .facts import public_fields
from .vectors import Vectors

SUBJECT = f"sjcode:status:{facts.ISSUER}"
ISSUED = 1_790_000_000
EXPIRES = ISSUED + 30 * 86_400
TIME_TO_LIVE = 43_200
STATUSES = [0, 1, 2, 11, 12, 13, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
PACKED = status_list.stored(status_list.pack(4, STATUSES))
SALT = facts.test_bytes("status details salt", 16)
NAMES = {"ed25519": facts.ED25519_KEY, "p256": facts.P256_KEY, "sm2": facts.SM2_KEY}
KEY = facts.ED25519_KEY
OTHER = facts.ED25519_OTHER

REVOKED = [ISSUED - 1000, 1, "鉴定材料系伪造", None]
SUPERSEDED = [ISSUED - 500, 11, None, number.encode(facts.OTHER_CODE)]


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    _add_arrays(vectors)
    _add_right(vectors)
    _add_forged(vectors)
    _add_headers(vectors)
    _add_claims(vectors)
    _add_details(vectors)
    _add_wrong_details(vectors)


def usual_payload(**changes: Any) -> bytes:
    """The claims of the usual list."""
    fields = {"subject": SUBJECT, "issued": ISSUED, "packed": PACKED, "expires": EXPIRES,
              "time_to_live": TIME_TO_LIVE}
    return status_list.payload(**{**fields, **changes})


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _add_arrays(vectors: Vectors) -> None:
    def ok(name: str, what: str, bits: int, packed: bytes, known: Any = None) -> None:
        vectors.ok(f"status-array/{name}", what, "status-array.open", {"bits": bits, "hex": packed.hex()}, known)

    def error(name: str, what: str, bits: int, packed: bytes, reason: str) -> None:
        vectors.error(f"status-array/{name}", what, "status-array.open", {"bits": bits, "hex": packed.hex()}, reason)

    for bits, (values, text) in status_list_draft.SHORT.items():
        ok(f"draft-short-{bits}", f"The draft's example of {bits} bit(s) a value.", bits, _decoded(text),
           {"size": len(values), "set": [[i, v] for i, v in enumerate(values) if v]})
    for bits, text in status_list_draft.LISTS.items():
        values = status_list_draft.VALUES[bits]
        ok(f"draft-{bits}", f"The draft's test vector of {bits} bit(s) a value, appendix C.", bits, _decoded(text),
           {"size": 1 << 20, "set": [[i, values[i]] for i in sorted(values) if values[i]]})
    ok("empty", "No value at all.", 4, status_list.stored(b""))
    ok("all-values", "Each value of four bits.", 4, status_list.stored(status_list.pack(4, range(16))))
    for bits in (0, 3, 5, 16):
        error(f"bits-{bits}", f"{bits} bits a value.", bits, PACKED, "status-list.bits")
    error("truncated", "The last byte of the ZLIB data is missing.", 4, PACKED[:-1], "status-list.compression")
    error("trailing-byte", "A byte behind the ZLIB data.", 4, PACKED + b"\x00", "status-list.compression")
    error("checksum", "The Adler-32 is wrong.", 4, PACKED[:-1] + bytes([PACKED[-1] ^ 1]), "status-list.compression")
    error("raw-deflate", "DEFLATE without ZLIB's header.", 4, PACKED[2:-4], "status-list.compression")
    error("no-data", "Nothing.", 4, b"", "status-list.compression")
    vectors.error("status-array/bomb", "16 MiB and a little more of zeros.", "status-array.open",
                  {"bits": 4, "parts": _zeros(16 * 1024 * 1024 + 1000)}, "status-list.size")
    vectors.ok("status-array/largest", "16 MiB of zeros.", "status-array.open",
               {"bits": 4, "parts": _zeros(16 * 1024 * 1024)}, {"size": 1 << 25, "set": []})


def _zeros(count: int) -> List[Any]:
    """ZLIB data of so many zeros as `parts`, by hand: fixed codes, literals of 0, then copies of 258 bytes."""
    copies, rest = divmod(count - 1, 258)
    # Last block, fixed codes; length 258 is code 285, distance 1 is code 0.
    bits = "110" + "00110000" * (rest + 1) + ("11000101" + "00000") * copies + "0000000"
    raw = bytearray((len(bits) + 7) // 8)
    for position, bit in enumerate(bits):
        raw[position // 8] |= int(bit) << (position % 8)
    # The Adler-32 of zeros: a = 1, b = count mod 65521.
    end = ((count % 65521) << 16 | 1).to_bytes(4, "big")
    # Eight copies are 13 bytes, over and over.
    start, period = rest + 2, 13
    times = (copies - 8) // 8
    again = raw[start:start + period]
    assert raw[start:start + times * period] == again * times
    return [["7801" + raw[:start].hex(), 1], [again.hex(), times], [raw[start + times * period:].hex() + end.hex(), 1]]


def _list_input(token: bytes, *private: keys.PrivateKey, subject: str = SUBJECT) -> Any:
    return {"hex": token.hex(), "subject": subject, "keys": public_fields(*private)}


def _error(vectors: Vectors, name: str, what: str, token: bytes, reason: str, *private: keys.PrivateKey,
           subject: str = SUBJECT) -> None:
    vectors.error(f"status-list/{name}", what, "status-list.open", _list_input(token, *private, subject=subject), reason)


def _ok(vectors: Vectors, name: str, what: str, token: bytes, *private: keys.PrivateKey) -> None:
    vectors.ok(f"status-list/{name}", what, "status-list.open", _list_input(token, *private))


def _add_right(vectors: Vectors) -> None:
    for name, private in NAMES.items():
        _ok(vectors, name, "The usual list.", status_list.sign(private, usual_payload()), private)
    _ok(vectors, "second-key", "Two keys may sign, and the second did.", status_list.sign(KEY, usual_payload()), OTHER, KEY)
    bare = usual_payload(expires=None, time_to_live=None)
    _ok(vectors, "without-end", "Neither an expiration time nor a time to live.", status_list.sign(KEY, bare), KEY)
    claims = cbor2.loads(usual_payload())
    shuffled = cbor2.dumps({key: claims[key] for key in (65534, 65533, 6, 4, 2)})
    _ok(vectors, "any-order", "The claims in another order: a CWT need not be deterministic.",
        status_list.sign(KEY, shuffled), KEY)
    more = cbor2.dumps({**claims, 1: "issuer", 7: b"\x01", -70000: [1, {"a": None}], "text": 1})
    _ok(vectors, "other-claims", "Claims that we do not know.", status_list.sign(KEY, more), KEY)
    header = cbor2.dumps({16: status_list.TYPE, 1: -7})
    _ok(vectors, "es256", "ES256 (-7) for the fully-specified ESP256, header in another order.",
        status_list.sign(facts.P256_KEY, usual_payload(), protected=header), facts.P256_KEY)
    header = cbor2.dumps({1: -8, 16: status_list.TYPE, 4: b"12"})
    _ok(vectors, "eddsa", "EdDSA (-8) for Ed25519, and a key identifier.",
        status_list.sign(KEY, usual_payload(), protected=header), KEY)
    token = cbor2.loads(status_list.sign(KEY, usual_payload()))
    token.value[1] = {4: b"12"}
    _ok(vectors, "unprotected-key-id", "A key identifier that nobody signed, as in the draft's example.",
        cbor2.dumps(token), KEY)


def _add_forged(vectors: Vectors) -> None:
    token = status_list.sign(KEY, usual_payload())
    _error(vectors, "other-key", "Signed with a key that may not.", token, "status-list.signature", OTHER)
    _error(vectors, "no-key", "No key at all.", token, "status-list.signature")
    _error(vectors, "signature-altered", "The last bit of the signature.", token[:-1] + bytes([token[-1] ^ 1]),
           "status-list.signature", KEY)
    cleared = status_list.stored(status_list.pack(4, [0] * 16))
    parts = cbor2.loads(token)
    parts.value[2] = usual_payload(packed=cleared)
    _error(vectors, "status-cleared", "All statuses are set to 0, the signature kept.", cbor2.dumps(parts),
           "status-list.signature", KEY)
    _error(vectors, "other-subject", "The true list of another institution.",
           status_list.sign(KEY, usual_payload(subject="sjcode:status:440100009")), "status-list.subject", KEY)
    _error(vectors, "draft", "The draft's own token: it can be read, and its key is not known.",
           bytes.fromhex(status_list_draft.CWT), "status-list.signature", facts.P256_KEY,
           subject="https://example.com/statuslists/1")
    report = facts.report_code_for(KEY)
    _error(vectors, "report-code", "A report code in the place of a list.", report, "cwt.type", KEY)


def _add_headers(vectors: Vectors) -> None:
    def error(name: str, what: str, header: Any, reason: str) -> None:
        protected = header if isinstance(header, bytes) else cbor2.dumps(header)
        _error(vectors, name, what, status_list.sign(KEY, usual_payload(), protected=protected), reason, KEY)

    error("type-missing", "No type.", {1: keys.ED25519}, "cwt.type")
    error("type-jwt", "The type of a list of another form.", {1: keys.ED25519, 16: "statuslist+jwt"}, "cwt.type")
    error("critical", "A header that must be understood.", {1: keys.ED25519, 2: [16], 16: status_list.TYPE},
          "cwt.critical")
    error("algorithm-missing", "No algorithm.", {16: status_list.TYPE}, "cose.protected")
    error("algorithm-hmac", "A MAC.", {1: 5, 16: status_list.TYPE}, "cose.algorithm")
    error("protected-empty", "No protected header.", b"", "cose.protected")
    parts = cbor2.loads(status_list.sign(KEY, usual_payload())).value
    _error(vectors, "cwt-tag", "Tag 61 of RFC 8392, which the draft forbids.",
           cbor2.dumps(cbor2.CBORTag(61, cbor2.CBORTag(18, parts))), "cbor.tag", KEY)
    _error(vectors, "untagged", "Without tag 18.", cbor2.dumps(parts), "cose.structure", KEY)


def _add_claims(vectors: Vectors) -> None:
    def error(name: str, what: str, change: Any, reason: str = "status-list.claim") -> None:
        claims = cbor2.loads(usual_payload())
        change(claims)
        _error(vectors, name, what, status_list.sign(KEY, cbor2.dumps(claims)), reason, KEY)

    def without(key: int) -> Any:
        return lambda claims: claims.pop(key)

    def with_value(key: int, value: Any) -> Any:
        return lambda claims: claims.update({key: value})

    error("subject-missing", "No subject.", without(2))
    error("issued-missing", "No time of issue.", without(6))
    error("list-missing", "No list.", without(65533))
    error("issued-text", "The time of issue as text.", with_value(6, "2026"))
    error("issued-negative", "A time of issue before 1970.", with_value(6, -1))
    error("time-to-live-zero", "A time to live of 0.", with_value(65534, 0))
    error("bits-missing", "A list that does not say how many bits.", with_value(65533, {"lst": PACKED}))
    error("bits-three", "Three bits a value.", with_value(65533, {"lst": PACKED, "bits": 3}), "status-list.bits")
    error("list-text", "The list as text.", with_value(65533, {"lst": "eNrbuRgAAhcBXQ", "bits": 1}))
    twice = cbor2.dumps(cbor2.loads(usual_payload()))
    twice = bytes([twice[0] + 1]) + twice[1:] + b"\x06\x00"
    _error(vectors, "issued-twice", "The time of issue twice.", status_list.sign(KEY, twice), "cbor.duplicate-key", KEY)


def _details(entries: Optional[Sequence[Any]] = None, subject: str = SUBJECT, issued: int = ISSUED) -> bytes:
    if entries is None:
        entries = [[1, status_list.seal_entry(1, facts.CODE, SALT, [REVOKED])],
                   [3, status_list.seal_entry(3, facts.OTHER_CODE, SALT, [REVOKED, SUPERSEDED])]]
    return status_list.details_payload(subject, issued, SALT, entries)


def _details_input(file: bytes, index: int, code: str, private: keys.PrivateKey = KEY) -> Any:
    return {"list": status_list.sign(private, usual_payload()).hex(), "hex": file.hex(), "subject": SUBJECT,
            "keys": public_fields(private), "index": index, "number": code}


def _add_details(vectors: Vectors) -> None:
    def ok(name: str, what: str, inputs: Any, known: Any = None) -> None:
        vectors.ok(f"status-details/{name}", what, "status-details.open", inputs, known)

    revoked = [ISSUED - 1000, "revoked", "鉴定材料系伪造", None]
    for name, private in NAMES.items():
        file = status_list.sign_details(private, _details())
        ok(name, "An entry with one change.", _details_input(file, 1, facts.CODE, private), {"history": [revoked]})
    file = status_list.sign_details(KEY, _details())
    ok("two-changes", "Revoked, then superseded by a coded report.", _details_input(file, 3, facts.OTHER_CODE),
       {"history": [revoked, [ISSUED - 500, "superseded", None, facts.OTHER_CODE]]})
    ok("no-entry", "A code of which the file says nothing.", _details_input(file, 2, facts.CODE), {"history": []})
    uncoded = [ISSUED - 1, 13, "另案委托", "另司鉴中心〔2026〕临鉴字第7号"]
    entry = [[5, status_list.seal_entry(5, facts.CODE, SALT, [uncoded])]]
    ok("uncoded-successor", "Re-appraised in a report without a code.",
       _details_input(status_list.sign_details(KEY, _details(entry)), 5, facts.CODE))


def _add_wrong_details(vectors: Vectors) -> None:
    def error(name: str, what: str, file: bytes, reason: str, index: int = 1, code: str = facts.CODE) -> None:
        vectors.error(f"status-details/{name}", what, "status-details.open", _details_input(file, index, code), reason)

    good = status_list.sign_details(KEY, _details())
    error("other-number", "The entry is that of another code number.", good, "status-details.number",
          code=facts.OTHER_CODE)
    error("other-key", "Signed with another key than the list.", status_list.sign_details(OTHER, _details()),
          "status-details.signature")
    error("older-list", "The details of the list before.", status_list.sign_details(KEY, _details(issued=ISSUED - 1)),
          "status-details.other-list")
    error("other-institution", "The details of another institution's list.",
          status_list.sign_details(KEY, _details(subject="sjcode:status:440100009")), "status-details.other-list")
    error("other-external-data", "Signed as a report code is.",
          status_list.sign_details(KEY, _details(), b"sjcode/report/1"), "status-details.signature")
    first = [1, status_list.seal_entry(1, facts.CODE, SALT, [REVOKED])]
    third = [3, status_list.seal_entry(3, facts.CODE, SALT, [REVOKED])]
    error("entries-reordered", "Entries that do not ascend.", status_list.sign_details(KEY, _details([third, first])),
          "status-details.structure")
    error("entry-twice", "An index twice.", status_list.sign_details(KEY, _details([first, first])),
          "status-details.structure")
    moved = [1, status_list.seal_entry(3, facts.CODE, SALT, [REVOKED])]
    error("entry-moved", "An entry that was made for another index.", status_list.sign_details(KEY, _details([moved])),
          "status-details.number")
    unknown = [1, status_list.seal_entry(1, facts.CODE, SALT, [[ISSUED, 7, None, None]])]
    error("unknown-status", "A status that this version does not know.",
          status_list.sign_details(KEY, _details([unknown])), "status-details.structure")

"""report-code/ (section 6)."""

from typing import Any, List, Optional

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from reference import cbor, keys, report_code

from . import facts
from .facts import public_fields
from .vectors import Vectors

NAMES = {"ed25519": facts.ED25519_KEY, "p256": facts.P256_KEY, "sm2": facts.SM2_KEY}
OTHERS = {"ed25519": facts.ED25519_OTHER, "p256": facts.P256_OTHER, "sm2": facts.SM2_OTHER}
ORDERS = {"ed25519": keys.ED25519_ORDER, "p256": keys.P256_ORDER, "sm2": keys.SM2_ORDER}
# Status indices, found by search, that give signatures with a zero byte first.
LEADING_ZERO_STATUS = {"p256": {"r": 4, "s": 44}, "sm2": {"r": 162, "s": 473}}


def parts_of(code: bytes) -> List[Any]:
    """[protected, unprotected, payload, signature] of a right report code."""
    return list(cbor.decode(code).value)


def signed(private: keys.PrivateKey, protected: bytes, payload: bytes, external_data: Optional[bytes] = None,
           user_id: bytes = keys.SM2_USER_ID) -> bytes:
    """A report code with anything that a signer may do otherwise."""
    data = report_code.EXTERNAL_DATA if external_data is None else external_data
    signature = keys.sign(private, report_code.signed_bytes(protected, payload, data), user_id)
    return cbor.encode(cbor.Tagged(18, [protected, {}, payload, signature]))


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    for name, private in NAMES.items():
        _add_right(vectors, name, private)
        _add_signature_errors(vectors, name, private)
    _add_malleable(vectors)
    _add_structure_errors(vectors)
    _add_header_errors(vectors)
    _add_key_errors(vectors)
    _add_claim_errors(vectors)


def _error(vectors: Vectors, name: str, what: str, code: bytes, reason: str, *private: keys.PrivateKey) -> None:
    vectors.error(f"report-code/{name}", what, "report-code.open",
                  {"hex": code.hex(), "keys": public_fields(*private)}, reason)


def _ok(vectors: Vectors, name: str, what: str, code: bytes, known: Any, *private: keys.PrivateKey) -> None:
    vectors.ok(f"report-code/{name}", what, "report-code.open",
               {"hex": code.hex(), "keys": public_fields(*private)}, known)


def _add_right(vectors: Vectors, name: str, private: keys.PrivateKey) -> None:
    code = facts.report_code_for(private)
    known = {"algorithm": private.algorithm, "key_index": 0, "hash": "sm3" if name == "sm2" else "sha256"}
    _ok(vectors, name, "The usual report code.", code, known, private)
    _ok(vectors, f"{name}-second-key", "The issuer has two keys of this algorithm, and the second signed.", code,
        {"key_index": 1}, OTHERS[name], private)
    others = [key for other, key in NAMES.items() if other != name]
    _ok(vectors, f"{name}-among-all", "Keys of other algorithms are passed over.", code,
        {"key_index": 2}, *others, private)
    for half, status in LEADING_ZERO_STATUS.get(name, {}).items():
        code = facts.report_code_for(private, claim_9=status)
        signature = parts_of(code)[3]
        if signature[0 if half == "r" else 32] != 0:
            raise AssertionError(f"{name}: {half} has no leading zero with status {status}")
        _ok(vectors, f"{name}-leading-zero-{half}", f"The first byte of {half} is zero and stays.", code, {}, private)


def _add_signature_errors(vectors: Vectors, name: str, private: keys.PrivateKey) -> None:
    protected, unprotected, payload, signature = parts_of(facts.report_code_for(private))

    def with_signature(other: bytes) -> bytes:
        return cbor.encode(cbor.Tagged(18, [protected, unprotected, payload, other]))

    def error(case: str, what: str, code: bytes) -> None:
        _error(vectors, f"{name}-{case}", what, code, "cose.signature", private)

    order = ORDERS[name]
    first, second = signature[:32], signature[32:]
    error("signature-first-bit", "The first bit of the signature is turned.",
          with_signature(bytes([signature[0] ^ 0x80]) + signature[1:]))
    error("signature-last-bit", "The last bit of the signature is turned.",
          with_signature(signature[:-1] + bytes([signature[-1] ^ 1])))
    error("signature-all-zero", "r and s are zero.", with_signature(bytes(64)))
    error("signature-63-bytes", "The last byte is missing.", with_signature(signature[:-1]))
    error("signature-65-bytes", "A zero byte in front.", with_signature(b"\x00" + signature))
    error("signature-empty", "No signature.", with_signature(b""))
    error("signature-halves-swapped", "s before r.", with_signature(second + first))
    error("payload-altered", "One page fewer than was signed.",
          cbor.encode(cbor.Tagged(18, [protected, unprotected, _with_fewer_pages(payload), signature])))
    error("other-key", "Signed by another key of the same algorithm.", facts.report_code_for(OTHERS[name]))
    error("external-data-empty", "Signed without external data.", signed(private, protected, payload, b""))
    error("external-data-other", "Signed as something else.",
          signed(private, protected, payload, b"sjcode/status/1"))
    error("external-data-version-2", "Signed for another version.",
          signed(private, protected, payload, b"sjcode/report/2"))
    if name == "ed25519":
        scalar = int.from_bytes(second, "little") + order
        error("scalar-not-reduced", "The order added to S (RFC 8032 section 5.1.7).",
              with_signature(first + scalar.to_bytes(32, "little")))
        return
    r, s = int.from_bytes(first, "big"), int.from_bytes(second, "big")
    error("signature-der", "In DER instead of r and s.", with_signature(encode_dss_signature(r, s)))
    error("signature-r-zero", "r is zero.", with_signature(bytes(32) + second))
    error("signature-s-zero", "s is zero.", with_signature(first + bytes(32)))
    error("signature-r-is-order", "r is the order.", with_signature(order.to_bytes(32, "big") + second))
    error("signature-s-is-order", "s is the order.", with_signature(first + order.to_bytes(32, "big")))
    error("signature-little-endian", "r and s little-endian.", with_signature(first[::-1] + second[::-1]))
    if name == "sm2":
        error("user-id-empty", "Signed with an empty user id, as OpenSSL does unless told.",
              signed(private, protected, payload, user_id=b""))
        error("user-id-other", "Signed with another user id.",
              signed(private, protected, payload, user_id=b"ALICE123@YAHOO.COM"))
        error("signature-s-negated", "Minus s: unlike ECDSA, SM2 does not take it.",
              with_signature(first + (order - s).to_bytes(32, "big")))


def _with_fewer_pages(payload: bytes) -> bytes:
    claims = cbor.decode(payload).as_dict()
    return cbor.encode({**claims, 7: claims[7] - 1})


def _add_malleable(vectors: Vectors) -> None:
    protected, unprotected, payload, signature = parts_of(facts.report_code_for(facts.P256_KEY))
    other = keys.P256_ORDER - int.from_bytes(signature[32:], "big")
    code = cbor.encode(cbor.Tagged(18, [protected, unprotected, payload, signature[:32] + other.to_bytes(32, "big")]))
    _ok(vectors, "p256-other-s", "The order minus s verifies too: identity is the number, never the signature.",
        code, {"key_index": 0}, facts.P256_KEY)


def _add_structure_errors(vectors: Vectors) -> None:
    private = facts.ED25519_KEY
    code = facts.report_code_for(private)
    parts = parts_of(code)
    protected, unprotected, payload, signature = parts

    def error(name: str, what: str, altered: bytes, reason: str) -> None:
        _error(vectors, name, what, altered, reason, private)

    def tagged(*items: Any) -> bytes:
        return cbor.encode(cbor.Tagged(18, list(items)))

    error("tag-missing", "The array without its tag.", code[1:], "cose.structure")
    error("tag-twice", "Tag 18 twice.", b"\xd2" + code, "cose.structure")
    error("tag-17", "COSE_Mac0.", b"\xd1" + code[1:], "cbor.tag")
    error("tag-98", "COSE_Sign.", b"\xd8\x62" + code[1:], "cbor.tag")
    error("tag-61-outside", "A CBOR Web Token's tag outside.", b"\xd8\x3d" + code, "cbor.tag")
    error("tag-18-in-two-bytes", "Tag 18 in a longer form.", b"\xd8\x12" + code[1:], "cbor.not-shortest")
    error("three-parts", "No signature in the array.", tagged(*parts[:3]), "cose.structure")
    error("five-parts", "One part more.", tagged(*parts, b""), "cose.structure")
    error("map-in-tag", "A map in the tag.", cbor.encode(cbor.Tagged(18, {1: 2})), "cose.structure")
    error("payload-nil", "A detached payload.", tagged(protected, unprotected, None, signature), "cose.structure")
    error("payload-map", "The claims not wrapped in bytes.",
          tagged(protected, unprotected, cbor.decode(payload), signature), "cose.structure")
    error("payload-text", "A text as payload.", tagged(protected, unprotected, "payload", signature), "cose.structure")
    error("protected-map", "The header not wrapped in bytes.",
          tagged({1: -19}, unprotected, payload, signature), "cose.structure")
    error("unprotected-null", "Null instead of an empty map.",
          tagged(protected, None, payload, signature), "cose.structure")
    error("unprotected-bytes", "Bytes instead of an empty map.",
          tagged(protected, b"\xa0", payload, signature), "cose.structure")
    error("signature-text", "A text as signature.",
          tagged(protected, unprotected, payload, signature.hex()), "cose.structure")
    error("unprotected-key-id", "A key id in the unprotected header.",
          tagged(protected, {4: b"1"}, payload, signature), "cose.unprotected")
    error("unprotected-algorithm", "The algorithm in the unprotected header too.",
          tagged(protected, {1: -19}, payload, signature), "cose.unprotected")
    error("unprotected-unknown", "Anything in the unprotected header.",
          tagged(protected, {1000: None}, payload, signature), "cose.unprotected")
    error("trailing-byte", "A byte after the code.", code + b"\x00", "cbor.trailing")
    error("last-byte-missing", "The last byte is missing.", code[:-1], "cbor.truncated")
    error("empty", "No byte.", b"", "cbor.truncated")
    indefinite = b"\xd2\x9f" + code[2:] + b"\xff"
    error("indefinite-array", "An array without a length.", indefinite, "cbor.indefinite")


def _add_header_errors(vectors: Vectors) -> None:
    private = facts.ED25519_KEY
    payload = facts.payload()

    def error(name: str, what: str, protected: bytes, reason: str, *signer: keys.PrivateKey) -> None:
        # Signed over the very header, so that only the header is wrong.
        key = signer[0] if signer else private
        _error(vectors, name, what, signed(key, protected, payload), reason, key)

    error("protected-empty-bytes", "An empty header.", b"", "cose.protected")
    error("protected-empty-map", "An empty map.", cbor.encode({}), "cose.protected")
    error("protected-key-id", "A key id beside the algorithm.", cbor.encode({1: -19, 4: b"1"}), "cose.protected")
    error("protected-content-type", "A content type beside the algorithm.", cbor.encode({1: -19, 3: 60}),
          "cose.protected")
    error("protected-critical", "A list of critical headers.", cbor.encode({1: -19, 2: [1]}), "cose.protected")
    error("protected-other-key", "Another header and no algorithm.", cbor.encode({4: b"1"}), "cose.protected")
    error("protected-algorithm-text", "The algorithm as text.", cbor.encode({1: "Ed25519"}), "cose.protected")
    error("protected-algorithm-null", "No algorithm.", cbor.encode({1: None}), "cose.protected")
    error("protected-array", "An array instead of a map.", cbor.encode([1, -19]), "cose.protected")
    error("protected-long-form", "The algorithm in a longer form.", bytes.fromhex("a1013812")[:2] + b"\x39\x00\x12",
          "cbor.not-shortest")
    error("protected-trailing-byte", "A byte after the header.", cbor.encode({1: -19}) + b"\x00", "cbor.trailing")
    error("protected-algorithm-twice", "The algorithm twice.", bytes.fromhex("a2013201" + "32"), "cbor.duplicate-key")
    error("algorithm-eddsa", "-8, EdDSA: not of this format.", cbor.encode({1: -8}), "cose.algorithm")
    error("algorithm-es256", "-7, ES256: not of this format.", cbor.encode({1: -7}), "cose.algorithm", facts.P256_KEY)
    error("algorithm-hmac", "5, HMAC 256: no signature.", cbor.encode({1: 5}), "cose.algorithm")
    error("algorithm-0", "0 is reserved.", cbor.encode({1: 0}), "cose.algorithm")
    error("algorithm-ed448", "-53, Ed448: not of this format.", cbor.encode({1: -53}), "cose.algorithm")
    error("algorithm-sm2-neighbour", "-65601 is not SM2 with SM3 here.", cbor.encode({1: -65601}), "cose.algorithm",
          facts.SM2_KEY)


def _add_key_errors(vectors: Vectors) -> None:
    for name, private in NAMES.items():
        code = facts.report_code_for(private)
        others = [key for other, key in NAMES.items() if other != name]
        _error(vectors, f"{name}-no-key-of-algorithm", "No key has the algorithm of the header.", code,
               "cose.algorithm", *others)
    header = cbor.encode({1: keys.ESP256})
    _error(vectors, "header-of-other-algorithm", "An Ed25519 signature under a header that says ESP256.",
           signed(facts.ED25519_KEY, header, facts.payload()), "cose.algorithm", facts.ED25519_KEY)
    _error(vectors, "header-of-other-algorithm-with-key",
           "The same, and the issuer has a P-256 key, which does not verify.",
           signed(facts.ED25519_KEY, header, facts.payload()), "cose.signature", facts.ED25519_KEY, facts.P256_KEY)
    header = cbor.encode({1: keys.SM2_SM3})
    _error(vectors, "p256-header-says-sm2", "A P-256 signature under a header that says SM2.",
           signed(facts.P256_KEY, header, facts.payload()), "cose.signature", facts.P256_KEY, facts.SM2_KEY)
    _error(vectors, "no-keys", "No key at all.", facts.report_code_for(facts.ED25519_KEY), "cose.algorithm")


def _add_claim_errors(vectors: Vectors) -> None:
    private = facts.ED25519_KEY
    for name, what, payload, reason in [
        ("claims-missing-status", "Well signed, and a claim is missing.",
         facts.payload(claim_9=facts.MISSING), "claims.missing"),
        ("claims-newer-format", "Well signed, and of a newer format.", facts.payload(claim_13=1),
         "claims.newer-format"),
        ("claims-trailing-byte", "Well signed, and a byte after the claims.", facts.payload() + b"\x00",
         "cbor.trailing"),
        ("claims-empty", "Well signed nothing.", b"", "cbor.truncated"),
        ("claims-unsorted", "Well signed, and not deterministic.", bytes.fromhex("a202000100"), "cbor.unsorted-keys"),
    ]:
        _error(vectors, name, what, report_code.sign(private, payload), reason, private)

"""Keys, signatures and their encodings (section 6).

Private keys here are TEST KEYS. They are printed in the vectors, and nothing
that they sign means anything.
"""

import base64
import hashlib
import hmac
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from gmssl import sm2

from .hashes import digest

ED25519 = -19
ESP256 = -9
SM2_SM3 = -65602
HASH_NAMES = {ED25519: "sha256", ESP256: "sha256", SM2_SM3: "sm3"}
SM2_USER_ID = b"1234567812345678"
SIGNATURE_LENGTH = 64

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SM2_ORDER = int(sm2.default_ecc_table["n"], 16)
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493


class PublicKey(NamedTuple):
    """`raw` is 32 bytes for Ed25519, else 04, x, y (65 bytes)."""

    algorithm: int
    raw: bytes


class PrivateKey(NamedTuple):
    """`secret` is the 32-byte seed or the 32-byte big-endian scalar."""

    algorithm: int
    secret: bytes

    def public(self) -> PublicKey:
        """The public key that belongs to this one."""
        scalar = int.from_bytes(self.secret, "big")
        if self.algorithm == ED25519:
            key = ed25519.Ed25519PrivateKey.from_private_bytes(self.secret).public_key()
            return PublicKey(ED25519, key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))
        if self.algorithm == ESP256:
            point = ec.derive_private_key(scalar, ec.SECP256R1()).public_key()
            return PublicKey(ESP256, point.public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint))
        calculator = sm2.CryptSM2(private_key="", public_key="")
        return PublicKey(SM2_SM3, b"\x04" + bytes.fromhex(calculator._kg(scalar, sm2.default_ecc_table["g"])))


def derive_test_key(algorithm: int, label: str) -> PrivateKey:
    """A test key made from a public label, so that everyone has the same."""
    secret = hashlib.sha256(f"sjcode TEST KEY, not secret: {label}".encode()).digest()
    return PrivateKey(algorithm, secret)


def sm2_z(public: PublicKey, user_id: bytes = SM2_USER_ID) -> bytes:
    """Z of GB/T 32918.2: the digest of user id, curve and public key."""
    table = sm2.default_ecc_table
    curve = bytes.fromhex(table["a"] + table["b"] + table["g"])
    return digest("sm3", (8 * len(user_id)).to_bytes(2, "big") + user_id + curve + public.raw[1:])


def _deterministic_nonce(order: int, secret: bytes, message_digest: bytes) -> int:
    """The nonce of RFC 6979 with HMAC-SHA-256, for an order of 256 bits."""
    reduced = (int.from_bytes(message_digest, "big") % order).to_bytes(32, "big")
    value, key = b"\x01" * 32, b"\x00" * 32
    for separator in (b"\x00", b"\x01"):
        key = hmac.new(key, value + separator + secret + reduced, "sha256").digest()
        value = hmac.new(key, value, "sha256").digest()
    while True:
        value = hmac.new(key, value, "sha256").digest()
        nonce = int.from_bytes(value, "big")
        if 0 < nonce < order:
            return nonce
        key = hmac.new(key, value + b"\x00", "sha256").digest()
        value = hmac.new(key, value, "sha256").digest()


def sign(private: PrivateKey, message: bytes, user_id: bytes = SM2_USER_ID) -> bytes:
    """A signature of 64 bytes, the same on every run."""
    if private.algorithm == ED25519:
        return ed25519.Ed25519PrivateKey.from_private_bytes(private.secret).sign(message)
    if private.algorithm == ESP256:
        key = ec.derive_private_key(int.from_bytes(private.secret, "big"), ec.SECP256R1())
        der = key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        r, s = decode_dss_signature(der)
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    message_digest = digest("sm3", sm2_z(private.public(), user_id) + message)
    nonce = _deterministic_nonce(SM2_ORDER, private.secret, message_digest)
    signer = sm2.CryptSM2(private_key=private.secret.hex(), public_key="")
    signature = signer.sign(message_digest, f"{nonce:064x}")
    if signature is None:
        raise AssertionError("a nonce that GB/T 32918.2 refuses: choose another message")
    return bytes.fromhex(signature)


def verify(public: PublicKey, message: bytes, signature: bytes) -> bool:
    """Whether `signature`, 64 bytes and never DER, is one of `message`."""
    if len(signature) != SIGNATURE_LENGTH:
        return False
    try:
        if public.algorithm == ED25519:
            ed25519.Ed25519PublicKey.from_public_bytes(public.raw).verify(signature, message)
            return True
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        if public.algorithm == ESP256:
            point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public.raw)
            point.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
            return True
    except InvalidSignature:
        return False
    # gmssl does not check the ranges, and GB/T 32918.2 wants them checked.
    if not 0 < r < SM2_ORDER or not 0 < s < SM2_ORDER:
        return False
    verifier = sm2.CryptSM2(private_key="", public_key=public.raw[1:].hex())
    # gmssl strips every leading 0 and 4 from a key that begins with 04.
    verifier.public_key = public.raw[1:].hex()
    return bool(verifier.verify(signature.hex(), digest("sm3", sm2_z(public) + message)))


def _der(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    return bytes([tag, 0x81, len(content)]) + content


# id-ecPublicKey (1.2.840.10045.2.1) with the SM2 curve (1.2.156.10197.1.301),
# by hand, since `cryptography` does not know the curve.
_SM2_ALGORITHM = _der(0x30, bytes.fromhex("06072a8648ce3d0201"), bytes.fromhex("06082a811ccf5501822d"))


def public_spki(public: PublicKey) -> bytes:
    """SubjectPublicKeyInfo in DER."""
    if public.algorithm == SM2_SM3:
        return _der(0x30, _SM2_ALGORITHM, _der(0x03, b"\x00", public.raw))
    key = (
        ed25519.Ed25519PublicKey.from_public_bytes(public.raw)
        if public.algorithm == ED25519
        else ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public.raw)
    )
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def private_pem(private: PrivateKey) -> str:
    """PKCS #8 in PEM."""
    if private.algorithm == SM2_SM3:
        ec_key = _der(0x30, bytes.fromhex("020101"), _der(0x04, private.secret),
                      _der(0xA1, _der(0x03, b"\x00", private.public().raw)))
        der = _der(0x30, bytes.fromhex("020100"), _SM2_ALGORITHM, _der(0x04, ec_key))
        text = base64.b64encode(der).decode()
        lines = "\n".join(text[start : start + 64] for start in range(0, len(text), 64))
        return f"-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n"
    key = (
        ed25519.Ed25519PrivateKey.from_private_bytes(private.secret)
        if private.algorithm == ED25519
        else ec.derive_private_key(int.from_bytes(private.secret, "big"), ec.SECP256R1())
    )
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


def private_from_pem(pem: str) -> PrivateKey:
    """Reads back what private_pem wrote."""
    der = base64.b64decode("".join(pem.strip().splitlines()[1:-1]))
    if _SM2_ALGORITHM in der:
        at = der.index(bytes.fromhex("0201010420")) + 5
        return PrivateKey(SM2_SM3, der[at : at + 32])
    key: Any = serialization.load_pem_private_key(pem.encode(), None)
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return PrivateKey(ED25519, key.private_bytes(
            serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()))
    return PrivateKey(ESP256, key.private_numbers().private_value.to_bytes(32, "big"))

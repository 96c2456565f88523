"""The two digests: SHA-256, and SM3 under an SM2 signature (sections 5 and 6)."""

import hashlib

from gmssl import sm3


def digest(hash_name: str, data: bytes) -> bytes:
    """The digest of `data`; `hash_name` is sha256 or sm3."""
    if hash_name == "sha256":
        return hashlib.sha256(data).digest()
    if hash_name == "sm3":
        # gmssl appends its padding to the list that it is given: a fresh one.
        return bytes.fromhex(sm3.sm3_hash(list(data)))
    raise ValueError(hash_name)

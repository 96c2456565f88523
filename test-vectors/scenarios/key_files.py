"""keys/: the test keys (section 6)."""

from reference import keys

from . import facts
from .vectors import Vectors

KINDS = {keys.ED25519: "Ed25519", keys.ESP256: "P-256", keys.SM2_SM3: "SM2"}

# The key of the examples in GB/T 32918.5 annex A, and its Z there.
STANDARD_SM2_SECRET = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
STANDARD_SM2_PUBLIC = (
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
STANDARD_SM2_Z = "b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3"


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    for name, private in facts.KEYS.items():
        vectors.ok(f"keys/test-key-{name}", f"A TEST KEY for {KINDS[private.algorithm]}: never trust it.", "key",
                   {"private_key_pem": keys.private_pem(private)}, {"algorithm": private.algorithm})
    standard = keys.PrivateKey(keys.SM2_SM3, bytes.fromhex(STANDARD_SM2_SECRET))
    vectors.ok("keys/sm2-of-the-standard", "The key of GB/T 32918.5 annex A, with its Z for the usual user id.", "key",
               {"private_key_pem": keys.private_pem(standard)}, {"raw": STANDARD_SM2_PUBLIC, "z": STANDARD_SM2_Z})

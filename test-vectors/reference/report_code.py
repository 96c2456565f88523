"""The report code: a COSE_Sign1 over the claims (section 6)."""

from typing import NamedTuple, Optional, Sequence

from . import cbor, claims, keys
from .errors import FormatError

EXTERNAL_DATA = b"sjcode/report/1"
ALGORITHM_HEADER = 1


class Opened(NamedTuple):
    """A report code whose signature one of the keys has verified."""

    algorithm: int
    key_index: int
    payload: bytes
    claims: claims.Claims


def signed_bytes(protected: bytes, payload: bytes, external_data: bytes = EXTERNAL_DATA) -> bytes:
    """Sig_structure of RFC 9052 section 4.4."""
    return cbor.encode(["Signature1", protected, external_data, payload])


def sign(private: keys.PrivateKey, payload: bytes) -> bytes:
    """A report code over a payload, which is not looked at."""
    protected = cbor.encode({ALGORITHM_HEADER: private.algorithm})
    signature = keys.sign(private, signed_bytes(protected, payload))
    return cbor.encode(cbor.Tagged(18, [protected, {}, payload, signature]))


def open_code(data: bytes, public_keys: Sequence[keys.PublicKey], short_name: Optional[str] = None) -> Opened:
    """Opens a report code with the keys that may have signed it.

    The order of the checks is: CBOR, structure, unprotected, protected,
    algorithm, signature, claims.
    """
    value = cbor.decode(data)
    if not isinstance(value, cbor.Tagged) or not isinstance(value.value, list) or len(value.value) != 4:
        raise FormatError("cose.structure", "not tag 18 over an array of four")
    protected, unprotected, payload, signature = value.value
    if not (isinstance(protected, bytes) and isinstance(unprotected, cbor.Map)
            and isinstance(payload, bytes) and isinstance(signature, bytes)):
        raise FormatError("cose.structure", "not [bytes, map, bytes, bytes]")
    if unprotected:
        raise FormatError("cose.unprotected", cbor.diagnostic(unprotected))
    algorithm = _algorithm(protected)
    if algorithm not in keys.HASH_NAMES:
        raise FormatError("cose.algorithm", f"algorithm {algorithm} is not of this format")
    candidates = [index for index, key in enumerate(public_keys) if key.algorithm == algorithm]
    if not candidates:
        raise FormatError("cose.algorithm", f"no key has algorithm {algorithm}")
    for index in candidates:
        if keys.verify(public_keys[index], signed_bytes(protected, payload), signature):
            return Opened(algorithm, index, payload, claims.decode(payload, short_name))
    raise FormatError("cose.signature", "no key verifies")


def _algorithm(protected: bytes) -> int:
    if not protected:
        raise FormatError("cose.protected", "empty")
    header = cbor.decode(protected)
    if not isinstance(header, cbor.Map) or len(header) != 1:
        raise FormatError("cose.protected", "not a map of one")
    key, algorithm = header[0]
    if type(key) is not int or key != ALGORITHM_HEADER or type(algorithm) is not int:
        raise FormatError("cose.protected", cbor.diagnostic(header))
    return algorithm

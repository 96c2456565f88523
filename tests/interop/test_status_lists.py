"""Status lists opened by implementations that know nothing of this project.

docs/status-list.md promises that any COSE library and any zlib read a status
list, and that HKDF and AES-GCM of any library open the details.
"""

import json
import zlib
from pathlib import Path
from typing import Any, Dict, List, Optional

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cwt import COSE, COSEKey

VECTORS = Path(__file__).resolve().parents[2] / "test-vectors"
ED25519, ESP256 = -19, -9
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Vector = Dict[str, Any]


def vectors(folder: str) -> List[Any]:
    """The vectors of a folder that must open, with keys that `cwt` knows."""
    found = []
    for path in sorted((VECTORS / folder).glob("*.json")):
        vector = json.loads(path.read_text(encoding="utf-8"))
        if vector["expect"] == "ok" and all(key["algorithm"] in (ED25519, ESP256) for key in vector["input"]["keys"]):
            found.append(pytest.param(vector, id=path.stem))
    assert found, "no vectors: the folder has moved"
    return found


def cose_key(key: Dict[str, Any], algorithm: int, identifier: Optional[bytes] = None) -> Any:
    """A COSE_Key (RFC 9053 section 7) for the algorithm and the key identifier as the header names them."""
    raw = bytes.fromhex(key["raw"])
    parts = {3: algorithm, 4: [2]}
    if identifier is not None:
        parts[2] = identifier
    if key["algorithm"] == ED25519:
        return COSEKey.new({1: 1, -1: 6, -2: raw, **parts})
    return COSEKey.new({1: 2, -1: 1, -2: raw[1:33], -3: raw[33:], **parts})


def open_token(vector: Vector, token: bytes) -> Dict[int, Any]:
    """The claims, verified by the library with the key that the vector says signed."""
    protected, unprotected = cbor2.loads(token).value[:2]
    header = cbor2.loads(protected)
    assert header[16] == "application/statuslist+cwt"
    key = vector["input"]["keys"][vector["output"]["key_index"]]
    return cbor2.loads(COSE.new().decode(token, cose_key(key, header[1], header.get(4, unprotected.get(4)))))


def set_values(claim: Dict[str, Any]) -> List[List[int]]:
    """What is not 0, by the draft's section 4.1."""
    data, bits = zlib.decompress(claim["lst"]), claim["bits"]
    number = int.from_bytes(data, "little")
    values = [number >> (index * bits) & ((1 << bits) - 1) for index in range(len(data) * 8 // bits)]
    return [[index, value] for index, value in enumerate(values) if value]


@pytest.mark.parametrize("vector", vectors("status-list"))
def test_lists_open(vector: Vector) -> None:
    """Signature, claims and values."""
    claims = open_token(vector, bytes.fromhex(vector["input"]["hex"]))
    assert claims[2] == vector["input"]["subject"]
    assert claims[6] == vector["output"]["issued"]
    assert claims.get(4) == vector["output"]["expires"]
    assert claims.get(65534) == vector["output"]["time_to_live"]
    assert set_values(claims[65533]) == vector["output"]["set"]


def test_altered_list_is_refused() -> None:
    """The library does verify."""
    vector = json.loads((VECTORS / "status-list/ed25519.json").read_text(encoding="utf-8"))
    token = bytearray.fromhex(vector["input"]["hex"])
    token[-1] ^= 1
    with pytest.raises(Exception, match="verify"):
        open_token(vector, bytes(token))


@pytest.mark.parametrize("vector", vectors("status-details"))
def test_details_open(vector: Vector) -> None:
    """Signature with the domain string, then the entry with the code number."""
    inputs = vector["input"]
    file = bytes.fromhex(inputs["hex"])
    key = cose_key(inputs["keys"][0], inputs["keys"][0]["algorithm"])
    fields = cbor2.loads(COSE.new().decode(file, key, external_aad=b"sjcode/status-details/1"))
    listed = cbor2.loads(cbor2.loads(bytes.fromhex(inputs["list"])).value[2])
    assert (fields[1], fields[2]) == (listed[2], listed[6])
    sealed = dict((index, data) for index, data in fields[4]).get(inputs["index"])
    if sealed is None:
        assert vector["output"]["history"] == []
        return
    number = 0
    for character in inputs["number"][:19]:
        number = number << 5 | ALPHABET.index(character)
    secret = HKDF(hashes.SHA256(), 32, fields[3], b"sjcode/status-details/1").derive(number.to_bytes(12, "big"))
    plain = AESGCM(secret).decrypt(inputs["index"].to_bytes(12, "big"), sealed, None)
    history = cbor2.loads(plain[2:2 + int.from_bytes(plain[:2], "big")])
    assert [change[0] for change in history] == [change[0] for change in vector["output"]["history"]]
    assert [change[2] for change in history] == [change[2] for change in vector["output"]["history"]]

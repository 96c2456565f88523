"""Report codes opened by implementations that know nothing of this project.

Section 6 of the format page promises that any COSE library that takes external
data verifies a report code. Here `cwt` does, for Ed25519 and P-256; and
`cryptography` and `gmssl` verify a Sig_structure that is put together by hand.
Nothing is taken from the reference implementation beside the vectors.
"""

import json
from pathlib import Path
from typing import Any, Dict, List, Tuple

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cwt import COSE, COSEKey
from gmssl import sm2

FOLDER = Path(__file__).resolve().parents[2] / "test-vectors" / "report-code"
EXTERNAL_DATA = b"sjcode/report/1"
ED25519, ESP256, SM2_SM3 = -19, -9, -65602
SM2_ORDER = int(sm2.default_ecc_table["n"], 16)

Vector = Dict[str, Any]


def vectors(expect: str, error: str = "", algorithms: Tuple[int, ...] = ()) -> List[Any]:
    """The vectors with this outcome whose keys have only these algorithms."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        vector = json.loads(path.read_text(encoding="utf-8"))
        if vector["expect"] != expect or vector.get("error", "") != error:
            continue
        if all(key["algorithm"] in algorithms for key in vector["input"]["keys"]):
            found.append(pytest.param(vector, id=path.stem))
    assert found, "no vectors: the folder has moved"
    return found


def code_of(vector: Vector) -> bytes:
    """The report code of a vector."""
    return bytes.fromhex(vector["input"]["hex"])


def usual(name: str) -> Vector:
    """The usual report code of an algorithm."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def candidates(vector: Vector) -> List[Dict[str, Any]]:
    """The keys with the algorithm of the header: the caller's part, section 6.

    cwt does not compare the two, and would verify with a key of another
    algorithm than the header says.
    """
    algorithm = cbor2.loads(cbor2.loads(code_of(vector)).value[0])[1]
    return [key for key in vector["input"]["keys"] if key["algorithm"] == algorithm]


def cwt_keys(vector: Vector) -> List[Any]:
    """The keys to try as COSE_Key (RFC 9053 section 7)."""
    made = []
    for key in candidates(vector):
        raw = bytes.fromhex(key["raw"])
        if key["algorithm"] == ED25519:
            made.append(COSEKey.new({1: 1, 3: ED25519, 4: [2], -1: 6, -2: raw}))
        else:
            made.append(COSEKey.new({1: 2, 3: ESP256, 4: [2], -1: 1, -2: raw[1:33], -3: raw[33:]}))
    return made


def open_with_library(vector: Vector, code: bytes, external_data: bytes = EXTERNAL_DATA) -> bytes:
    """The payload that the library gives, with any of the keys."""
    failures = []
    for key in cwt_keys(vector):
        try:
            return COSE.new().decode(code, key, external_aad=external_data)
        except Exception as error:  # The library fails in many ways, all of them a refusal.
            failures.append(error)
    raise ValueError(failures)


def signed_parts(code: bytes, external_data: bytes = EXTERNAL_DATA) -> Tuple[bytes, bytes]:
    """Sig_structure of RFC 9052 section 4.4, and the signature."""
    protected, _, payload, signature = cbor2.loads(code).value
    return cbor2.dumps(["Signature1", protected, external_data, payload]), signature


def verify_by_hand(vector: Vector, code: bytes, external_data: bytes = EXTERNAL_DATA) -> bool:
    """Whether any of the keys verifies, without a COSE library."""
    message, signature = signed_parts(code, external_data)
    return any(verify_with_key(key, message, signature) for key in candidates(vector))


def verify_with_key(key: Dict[str, Any], message: bytes, signature: bytes) -> bool:
    """Whether one key verifies; from `spki` where a library reads it."""
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if key["algorithm"] == SM2_SM3:
        # gmssl does not look at the ranges of r and s.
        if not 0 < r < SM2_ORDER or not 0 < s < SM2_ORDER:
            return False
        verifier = sm2.CryptSM2(private_key="", public_key="")
        # Set here: the constructor would strip every leading 0 and 4.
        verifier.public_key = key["raw"][2:]
        return bool(verifier.verify_with_sm3(signature.hex(), message))
    public = serialization.load_der_public_key(bytes.fromhex(key["spki"]))
    try:
        if isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(signature, message)
        else:
            assert isinstance(public, ec.EllipticCurvePublicKey)
            public.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def altered_at(code: bytes, position: int) -> bytes:
    """The code with the lowest bit of one byte turned."""
    return code[:position] + bytes([code[position] ^ 1]) + code[position + 1 :]


@pytest.mark.parametrize("vector", vectors("ok", algorithms=(ED25519, ESP256)))
def test_library_opens(vector: Vector) -> None:
    """cwt knows the ids -19 and -9 of RFC 9864, so no other id is needed."""
    assert open_with_library(vector, code_of(vector)).hex() == vector["output"]["payload"]


@pytest.mark.parametrize("vector", vectors("error", "cose.signature", (ED25519, ESP256)))
def test_library_refuses(vector: Vector) -> None:
    """What fails here for its signature fails in the library too."""
    with pytest.raises(ValueError):
        open_with_library(vector, code_of(vector))


@pytest.mark.parametrize("name", ["ed25519", "p256"])
@pytest.mark.parametrize("external_data", [b"", b"sjcode/report/2", b"sjcode/report/1\x00"])
def test_library_refuses_other_external_data(name: str, external_data: bytes) -> None:
    """A signature for one purpose serves no other."""
    vector = usual(name)
    with pytest.raises(ValueError):
        open_with_library(vector, code_of(vector), external_data)


@pytest.mark.parametrize("name", ["ed25519", "p256"])
def test_library_refuses_every_altered_byte(name: str) -> None:
    """One bit turned in any byte of the code."""
    vector = usual(name)
    code = code_of(vector)
    for position in range(len(code)):
        with pytest.raises(ValueError):
            open_with_library(vector, altered_at(code, position))


@pytest.mark.parametrize("vector", vectors("ok", algorithms=(ED25519, ESP256, SM2_SM3)))
def test_by_hand_verifies(vector: Vector) -> None:
    """Sig_structure by hand, with `cryptography`, and for SM2 with `gmssl`."""
    assert verify_by_hand(vector, code_of(vector))


@pytest.mark.parametrize("vector", vectors("error", "cose.signature", (ED25519, ESP256, SM2_SM3)))
def test_by_hand_refuses(vector: Vector) -> None:
    """What fails here for its signature verifies with no library."""
    assert not verify_by_hand(vector, code_of(vector))


@pytest.mark.parametrize("name", ["ed25519", "p256", "sm2"])
def test_by_hand_refuses_other_external_data(name: str) -> None:
    """The purpose is part of what is signed."""
    vector = usual(name)
    assert verify_by_hand(vector, code_of(vector))
    assert not verify_by_hand(vector, code_of(vector), b"sjcode/report/2")
    assert not verify_by_hand(vector, code_of(vector), b"")


@pytest.mark.parametrize("name", ["ed25519", "p256", "sm2"])
def test_by_hand_refuses_altered_bytes(name: str) -> None:
    """One bit turned in the payload or in the signature."""
    vector = usual(name)
    key = vector["input"]["keys"][0]
    message, signature = signed_parts(code_of(vector))
    assert verify_with_key(key, message, signature)
    # SM2 in Python takes its time: some bytes of it, all of the others.
    step = 8 if name == "sm2" else 1
    for position in range(0, len(message), step):
        assert not verify_with_key(key, altered_at(message, position), signature)
    for position in range(0, len(signature), step):
        assert not verify_with_key(key, message, altered_at(signature, position))


def test_sm2_by_the_example_of_the_standard() -> None:
    """GB/T 32918.5 annex A: gmssl is right about Z and the usual user id."""
    vector = json.loads((FOLDER.parent / "keys" / "sm2-of-the-standard.json").read_text(encoding="utf-8"))
    signature = bytes.fromhex(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")
    key = {"algorithm": SM2_SM3, "raw": vector["output"]["raw"]}
    assert verify_with_key(key, b"message digest", signature)
    assert not verify_with_key(key, b"message digesu", signature)

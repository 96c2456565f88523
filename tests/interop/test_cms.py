"""The CMS message of a seal, read by programs that have nothing of ours: openssl cms where it knows the algorithm, and
asn1crypto with cryptography (Ed25519) and gmssl (SM2, which is not OpenSSL's) where it does not."""

import hashlib
import os
import pathlib
import subprocess

import pytest
from asn1crypto import cms, core, tsp, x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from gmssl import func, sm2, sm3

import running

DATA = running.ROOT / "tests/unit/crypto/data"
SEAL_CMS = pathlib.Path(os.environ.get("SJCODE_SEAL_CMS") or running.PROGRAM.parent / "seal_cms")
CONTENT = b"%PDF-1.7 sealed bytes \xe5\x8f\xb8\xe6\xb3\x95" * 100
SM2_DATA = "1.2.156.10197.6.1.4.2.1"
SM2_SIGNED_DATA = "1.2.156.10197.6.1.4.2.2"


class AnyContentInfo(core.Sequence):
    _fields = [("content_type", core.ObjectIdentifier), ("content", cms.SignedData, {"explicit": 0})]


def seal(folder: pathlib.Path, name: str, algorithm: str, digest: str) -> pathlib.Path:
    assert SEAL_CMS.exists(), f"there is no {SEAL_CMS}: run ./dev build"
    (folder / "content").write_bytes(CONTENT)
    out = folder / "seal.der"
    subprocess.run([SEAL_CMS, DATA / f"{name}.pem", DATA / f"{name}.crt", algorithm, digest, folder / "content", out],
                   check=True)
    return out


def attributes(signer: cms.SignerInfo) -> dict[str, core.Asn1Value]:
    found = {attribute["type"].native: attribute["values"] for attribute in signer["signed_attrs"]}
    assert len(found) == len(signer["signed_attrs"])
    assert all(len(values) == 1 for values in found.values())
    return {name: values[0] for name, values in found.items()}


def check_is_der(message: bytes) -> None:
    """Written anew from its parts, in order: the same bytes."""
    info = cms.ContentInfo.load(message, strict=True)
    assert info.dump(force=True) == message
    signer = info["content"].native["signer_infos"][0]
    assert signer["version"] == "v1"


def openssl_verifies(folder: pathlib.Path, message: pathlib.Path, name: str, content: bytes, *options: str) -> bool:
    (folder / "read").write_bytes(content)
    ended = subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", message, "-content",
                            folder / "read", "-CAfile", DATA / f"{name}.crt", "-purpose", "any", "-out", os.devnull,
                            *options], capture_output=True, text=True)
    return ended.returncode == 0


@pytest.mark.parametrize("name, algorithm, digest", [
    ("p256", "ecdsa-p256", "sha256"), ("p256", "ecdsa-p256", "sha384"), ("p256", "ecdsa-p256", "sha512"),
    ("rsa", "rsa-pkcs1", "sha256"), ("rsa", "rsa-pkcs1", "sha384"), ("rsa", "rsa-pkcs1", "sha512"),
    ("rsa", "rsa-pss", "sha256"), ("rsa", "rsa-pss", "sha384"), ("rsa", "rsa-pss", "sha512"),
])
def test_openssl_verifies(tmp_path, name, algorithm, digest):
    message = seal(tmp_path, name, algorithm, digest)
    check_is_der(message.read_bytes())
    # -cades also checks signing-certificate-v2.
    assert openssl_verifies(tmp_path, message, name, CONTENT, "-cades")
    assert not openssl_verifies(tmp_path, message, name, CONTENT + b"x", "-cades")


@pytest.mark.parametrize("name, algorithm, digest", [("p256", "ecdsa-p256", "sha256"), ("rsa", "rsa-pss", "sha384"),
                                                     ("ed25519", "ed25519", "sha512")])
def test_contents(tmp_path, name, algorithm, digest):
    signed = cms.ContentInfo.load(seal(tmp_path, name, algorithm, digest).read_bytes())["content"]
    signer = signed["signer_infos"][0]
    found = attributes(signer)
    assert set(found) == {"content_type", "message_digest", "signing_certificate_v2"}
    assert found["content_type"].native == "data"
    assert found["message_digest"].native == hashlib.new(digest, CONTENT).digest()
    assert signed["encap_content_info"]["content"].native is None
    certificate = signed["certificates"][0].chosen
    identifier = found["signing_certificate_v2"]["certs"][0]
    assert identifier["hash_algorithm"]["algorithm"].native == digest
    assert identifier["cert_hash"].native == hashlib.new(digest, certificate.dump()).digest()
    assert signer["sid"].chosen["serial_number"].native == certificate.serial_number
    # RFC 5754: without parameters
    assert len(core.Sequence.load(signer["digest_algorithm"].dump())) == 1


def test_ed25519(tmp_path):
    message = seal(tmp_path, "ed25519", "ed25519", "sha512").read_bytes()
    check_is_der(message)
    signed = cms.ContentInfo.load(message)["content"]
    signer = signed["signer_infos"][0]
    # RFC 8419: the identifier without parameters, SHA-512 for the message
    assert signer["signature_algorithm"].dump().hex() == "300506032b6570"
    public = bytes(signed["certificates"][0].chosen.public_key["public_key"])
    signed_bytes = signer["signed_attrs"].untag().dump()
    key = ed25519.Ed25519PublicKey.from_public_bytes(public)
    key.verify(signer["signature"].native, signed_bytes)
    with pytest.raises(Exception):
        key.verify(signer["signature"].native, signed_bytes + b"x")


def gmssl_verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    verifier = sm2.CryptSM2(private_key="", public_key=public.hex(), asn1=True)
    # gmssl takes the usual user id for the digest Z.
    return verifier.verify_with_sm3(signature.hex(), message)


def test_sm2(tmp_path):
    message = seal(tmp_path, "sm2", "sm2", "sm3").read_bytes()
    info = AnyContentInfo.load(message, strict=True)
    assert info["content_type"].dotted == SM2_SIGNED_DATA
    signed = info["content"]
    signer = signed["signer_infos"][0]
    assert signed["version"].native == "v1" and signer["version"].native == "v1"
    assert signed["encap_content_info"]["content_type"].dotted == SM2_DATA
    assert signer["digest_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.401"
    assert signer["signature_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.301.1"
    found = {attribute["type"].dotted: attribute["values"] for attribute in signer["signed_attrs"]}
    assert found["1.2.840.113549.1.9.3"][0].dotted == SM2_DATA
    assert found["1.2.840.113549.1.9.4"][0].native.hex() == sm3.sm3_hash(func.bytes_to_list(CONTENT))
    certificate = signed["certificates"][0].chosen.dump()
    identifier = tsp.SigningCertificateV2.load(found["1.2.840.113549.1.9.16.2.47"][0].dump())["certs"][0]
    assert identifier["cert_hash"].native.hex() == sm3.sm3_hash(func.bytes_to_list(certificate))
    point = x509.Certificate.load(certificate).public_key["public_key"].contents[2:]
    signed_bytes = signer["signed_attrs"].untag().dump()
    assert gmssl_verifies(point, signer["signature"].native, signed_bytes)
    assert not gmssl_verifies(point, signer["signature"].native, signed_bytes + b"x")

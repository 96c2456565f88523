#!/usr/bin/env python3
"""Makes the CMS messages and timestamps of this folder: sound ones with the openssl command, hostile ones with
asn1crypto and cryptography, so that nothing of sjcode's own has a part in them. Run again, it makes new ones with the
keys of the folder above. The answers that are expected stand in the tests (signed_data_check_test.cpp)."""

import datetime
import hashlib
import os
import pathlib
import subprocess

from asn1crypto import algos, cms, core, pem, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent
CONTENT = "司法鉴定意见书 ".encode() * 20


def openssl(*arguments, **options) -> bytes:
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, cwd=HERE, **options).stdout


def write(name: str, message: bytes) -> None:
    (HERE / f"{name}.der").write_bytes(message)


# --- Certificates besides those of the folder above

def make_certificates() -> None:
    subject = "/C=CN/O=Test/CN="
    openssl("req", "-x509", "-new", "-key", DATA / "p384.pem", "-subj", subject + "P-384", "-days", 36500, "-out", "p384.crt")
    openssl("genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:2048", "-out", "dsa.params")
    openssl("genpkey", "-paramfile", "dsa.params", "-out", "dsa.pem")
    openssl("req", "-x509", "-new", "-key", "dsa.pem", "-subj", subject + "DSA", "-days", 36500, "-out", "dsa.crt")
    os.remove(HERE / "dsa.params")
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "tsa.pem")
    openssl("req", "-x509", "-new", "-key", "tsa.pem", "-subj", subject + "TSA", "-days", 36500, "-out", "tsa.crt",
            "-addext", "extendedKeyUsage=critical,timeStamping")
    # The same key and name as p256.crt, another certificate.
    openssl("req", "-x509", "-new", "-utf8", "-key", DATA / "p256.pem", "-days", 36500, "-out", "p256-other.crt", "-subj",
            "/C=CN/O=明州司法鉴定中心/OU=明司鉴中心/serialNumber=330203001", "-set_serial",
            f"0x{load_certificate(DATA / 'p256.crt').serial_number:x}")


# --- As openssl writes them

def make_sound() -> None:
    (HERE / "content.bin").write_bytes(CONTENT)

    def sign(name: str, signer: str, *options) -> None:
        folder = DATA if (DATA / f"{signer}.pem").exists() else HERE
        certificate = folder / f"{signer}.crt" if (folder / f"{signer}.crt").exists() else HERE / f"{signer}.crt"
        openssl("cms", "-sign", "-binary", "-in", "content.bin", "-outform", "DER", "-out", f"{name}.der", "-signer",
                certificate, "-inkey", folder / f"{signer}.pem", "-nosmimecap", *options)

    sign("rsa-sha256", "rsa", "-md", "sha256", "-cades")
    sign("rsa-sha512", "rsa", "-md", "sha512", "-cades")
    sign("rsa-pss", "rsa", "-md", "sha384", "-cades", "-keyopt", "rsa_padding_mode:pss")
    sign("p256", "p256", "-md", "sha256", "-cades")
    sign("p384", "p384", "-md", "sha384", "-cades")
    sign("dsa", "dsa", "-md", "sha256", "-cades")
    sign("key-identifier", "p256", "-md", "sha256", "-cades", "-keyid")
    sign("no-signing-certificate", "p256", "-md", "sha256")
    sign("no-attributes", "rsa", "-md", "sha256", "-noattr")
    sign("no-attributes-p256", "p256", "-md", "sha256", "-noattr")
    sign("no-certificates", "p256", "-md", "sha256", "-cades", "-nocerts")
    sign("content", "p256", "-md", "sha256", "-cades", "-nodetach")
    sign("streamed", "p256", "-md", "sha256", "-cades", "-nodetach", "-stream")
    sign("sha1", "rsa", "-md", "sha1", "-cades")
    sign("md5", "rsa", "-md", "md5")
    sign("short-key", "rsa-1024", "-md", "sha256", "-cades")
    sign("two-signers", "p256", "-md", "sha256", "-cades", "-signer", DATA / "rsa.crt", "-inkey", DATA / "rsa.pem")
    # adbe.pkcs7.sha1: what is signed is the digest.
    openssl("cms", "-sign", "-binary", "-outform", "DER", "-out", "pkcs7-sha1.der", "-signer", DATA / "rsa.crt", "-inkey",
            DATA / "rsa.pem", "-nodetach", "-md", "sha1", input=hashlib.sha1(CONTENT).digest())
    # adbe.x509.rsa_sha1: a bare PKCS #1 signature.
    for digest in ("sha1", "sha256"):
        signature = openssl("dgst", f"-{digest}", "-sign", DATA / "rsa.pem", "content.bin")
        write(f"x509-rsa-{digest}", core.OctetString(signature).dump())


# --- Hostile ones, each from a sound one of the same make

def load_certificate(path: pathlib.Path) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(path.read_bytes())[2])


def attribute(name: str, *values) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": name, "values": list(values)})


def certificate_v2(certificate: x509.Certificate, **more) -> tsp.SigningCertificateV2:
    identifier = {"cert_hash": hashlib.sha256(certificate.dump()).digest(), **more}
    return tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2(identifier)]})


def certificate_v1(certificate: x509.Certificate) -> tsp.SigningCertificate:
    return tsp.SigningCertificate({"certs": [tsp.ESSCertID({"cert_hash": hashlib.sha1(certificate.dump()).digest()})]})


def usual_attributes(certificate: x509.Certificate, content: bytes = CONTENT) -> list:
    return [attribute("content_type", "data"), attribute("message_digest", hashlib.sha256(content).digest()),
            attribute("signing_certificate_v2", certificate_v2(certificate))]


def sign(attributes: list, *, certificate=None, certificates=None, content=None, content_type="data", ordered=True,
         digest="sha256", serial=None) -> bytes:
    """A message by P-256; `attributes` in their order, or in that of DER."""
    key = serialization.load_pem_private_key((DATA / "p256.pem").read_bytes(), None)
    certificate = certificate or load_certificate(DATA / "p256.crt")
    if ordered:
        attributes = sorted(attributes, key=lambda one: one.dump())
    inner = b"".join(one.dump() for one in attributes)
    signature = key.sign(element(0x31, inner), ec.ECDSA(hashes.SHA256()))
    identifier = element(0x30, certificate.issuer.dump() + core.Integer(serial or certificate.serial_number).dump())
    algorithm = algos.DigestAlgorithm({"algorithm": digest}).dump()
    signer = element(0x30, core.Integer(1).dump() + identifier + algorithm + (element(0xA0, inner) if attributes else b"")
                     + algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}).dump()
                     + core.OctetString(signature).dump())
    held = b"" if content is None else element(0xA0, core.OctetString(content).dump())
    stored = [certificate] if certificates is None else certificates
    body = element(0x30, core.Integer(1 if content_type == "data" else 3).dump() + element(0x31, algorithm)
                   + element(0x30, cms.ContentType(content_type).dump() + held)
                   + element(0xA0, b"".join(one.dump() for one in stored)) + element(0x31, signer))
    return element(0x30, cms.ContentType("signed_data").dump() + element(0xA0, body))


def element(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 0x80 else (lambda raw: bytes([0x80 | len(raw)]) + raw)(
        size.to_bytes((size.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + length + content


def make_hostile() -> None:
    own = load_certificate(DATA / "p256.crt")
    other = load_certificate(HERE / "p256-other.crt")
    usual = usual_attributes(own)
    plain = sign(usual)
    write("plain", plain)
    write("zeros-after", plain + bytes(100))
    write("bytes-after", plain + bytes(100) + b"x")
    write("two-messages", plain + plain)
    write("cut", plain[:-1])
    write("not-der-length", b"\x30\x83\x00" + plain[2:4] + plain[4:])
    write("unordered", sign(sorted(usual, key=lambda one: one.dump(), reverse=True), ordered=False))
    write("wrong-digest", sign(usual_attributes(own, b"other bytes")))
    broken = bytearray(plain)
    broken[-1] ^= 1
    write("broken-signature", bytes(broken))
    write("no-message-digest", sign([usual[0], usual[2]]))
    write("no-content-type", sign(usual[1:]))
    write("other-content-type", sign([attribute("content_type", "signed_data"), *usual[1:]]))
    write("other-encapsulated-type", sign(usual, content_type="signed_data"))
    write("two-digests", sign([*usual, attribute("message_digest", hashlib.sha256(b"other").digest())]))
    write("two-digest-values", sign([usual[0], usual[2], attribute(
        "message_digest", hashlib.sha256(CONTENT).digest(), hashlib.sha256(b"other").digest())]))
    write("two-signing-certificates", sign([*usual, attribute("signing_certificate_v2", certificate_v2(other))]))
    write("certificate-v1", sign([*usual[:2], attribute("signing_certificate", certificate_v1(own))]))
    # The other certificate is of the same issuer, number and key: only the attribute tells them apart.
    write("exchanged-certificate", sign(usual, certificates=[other]))
    write("ambiguous-certificate", sign(usual, certificates=[own, other]))
    write("exchanged-certificate-v1", sign([*usual[:2], attribute("signing_certificate", certificate_v1(own))],
                                           certificates=[other]))
    issuer = {"issuer": [x509.GeneralName("directory_name", own.issuer)], "serial_number": own.serial_number}
    write("issuer-serial", sign([*usual[:2], attribute("signing_certificate_v2",
                                                       certificate_v2(own, issuer_serial=issuer))]))
    issuer["serial_number"] += 1
    write("other-issuer-serial", sign([*usual[:2], attribute("signing_certificate_v2",
                                                             certificate_v2(own, issuer_serial=issuer))]))
    write("certificate-of-another", sign(usual, certificates=[load_certificate(DATA / "rsa.crt")]))
    write("other-key", sign(usual_attributes(load_certificate(HERE / "tsa.crt")),
                            certificate=load_certificate(HERE / "tsa.crt")))
    write("many-certificates", sign(usual, certificates=[own] * 65))
    write("many-attributes", sign([*usual, *[attribute("signing_time", cms.Time(
        {"utc_time": datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)}))] * 62]))
    write("signing-time", sign([*usual, attribute("signing_time", cms.Time(
        {"utc_time": datetime.datetime(2026, 9, 3, 6, 5, 9, tzinfo=datetime.timezone.utc)}))]))
    write("unknown-digest", sign(usual, digest="md2"))
    write("deep", b"".join([b"\x30\x80"] * 60) + bytes(120))
    no_signer = cms.ContentInfo.load(plain)
    no_signer["content"]["signer_infos"] = cms.SignerInfos([])
    write("no-signer", no_signer.dump(force=True))


# --- Timestamps

TSA_CONFIG = """
[tsa]
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
accuracy = secs:1
signer_digest = sha256
ess_cert_id_chain = no
ess_cert_id_alg = {hash}
serial = serial
"""


def query(data: bytes, *, nonce=None, digest="sha256", policy=None, certificate=True) -> bytes:
    fields = {"version": 1, "message_imprint": {"hash_algorithm": {"algorithm": digest, "parameters": core.Null()},
                                                "hashed_message": hashlib.new(digest, data).digest()},
              "cert_req": certificate}
    if nonce is not None:
        fields["nonce"] = nonce
    if policy is not None:
        fields["req_policy"] = policy
    return tsp.TimeStampReq(fields).dump()


def timestamp(name: str, request: bytes, *, hash="sha256", reply=False) -> None:
    (HERE / "tsa.cnf").write_text(TSA_CONFIG.format(hash=hash))
    (HERE / "query").write_bytes(request)
    openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "query", "-signer", "tsa.crt",
            "-inkey", "tsa.pem", "-out", f"{name}.der", *([] if reply else ["-token_out"]))
    for scratch in ("tsa.cnf", "query", "serial"):
        (HERE / scratch).unlink(missing_ok=True)


def make_timestamps() -> None:
    timestamp("timestamp", query(CONTENT))
    timestamp("timestamp-sha512-v1", query(CONTENT, digest="sha512"), hash="sha1")
    timestamp("timestamp-sha1", query(CONTENT, digest="sha1"))
    timestamp("timestamp-of-other", query(b"other bytes"))
    # Answers to the request that the tests make, whose random bytes are all 0x11.
    nonce = 0x5111111111111111
    write("request", query(CONTENT, nonce=nonce))
    write("request-policy", query(CONTENT, nonce=nonce, policy="1.2.3.4.1"))
    timestamp("response", query(CONTENT, nonce=nonce), reply=True)
    timestamp("response-other-nonce", query(CONTENT, nonce=nonce + 1), reply=True)
    timestamp("response-no-nonce", query(CONTENT), reply=True)
    timestamp("response-other-imprint", query(b"other bytes", nonce=nonce), reply=True)
    timestamp("response-other-digest", query(CONTENT, nonce=nonce, digest="sha512"), reply=True)
    timestamp("response-no-certificate", query(CONTENT, nonce=nonce, certificate=False), reply=True)
    timestamp("response-refused", query(CONTENT, nonce=nonce, policy="1.9.9"), reply=True)
    answer = bytearray((HERE / "response.der").read_bytes())
    answer[-1] ^= 1
    write("response-broken", bytes(answer))
    # The content of a timestamp's message by somebody whose certificate is none of a timestamp authority.
    token = cms.ContentInfo.load((HERE / "timestamp.der").read_bytes())
    info = token["content"]["encap_content_info"]["content"].contents
    own = load_certificate(DATA / "p256.crt")
    write("timestamp-by-signer", sign(
        [attribute("content_type", "tst_info"), attribute("message_digest", hashlib.sha256(info).digest()),
         attribute("signing_certificate_v2", certificate_v2(own))], content=info, content_type="tst_info"))
    info = b"no TSTInfo"
    write("timestamp-of-nothing", sign(
        [attribute("content_type", "tst_info"), attribute("message_digest", hashlib.sha256(info).digest()),
         attribute("signing_certificate_v2", certificate_v2(own))], content=info, content_type="tst_info"))


if __name__ == "__main__":
    make_certificates()
    make_sound()
    make_hostile()
    make_timestamps()

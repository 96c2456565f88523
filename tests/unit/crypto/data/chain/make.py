#!/usr/bin/env python3
"""Makes the certificates of this folder: chains by cryptography, those of SM2 by the openssl command. Run again, it makes
new ones. All are valid from 2026 to 2126 where nothing else is said; the tests ask for June 2026."""

import datetime
import pathlib
import subprocess

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HERE = pathlib.Path(__file__).parent
SM2_ID = "distid:1234567812345678"


def year(number: int) -> datetime.datetime:
    return datetime.datetime(number, 1, 1)


class Party:
    """A name, a key, and the certificate that it was given."""

    def __init__(self, name: str, key=None):
        self.name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
                               x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = key or ec.generate_private_key(ec.SECP256R1())


def issue(file: str, subject: Party, issuer: Party, *, ca=False, path=None, usage=None, extended=None, critical=True,
          begin=2026, end=2126, unknown=False, pss=False, constraints=True) -> x509.Certificate:
    builder = (x509.CertificateBuilder().subject_name(subject.name).issuer_name(issuer.name)
               .public_key(subject.key.public_key()).serial_number(x509.random_serial_number())
               .not_valid_before(year(begin)).not_valid_after(year(end)))
    if constraints:
        builder = builder.add_extension(x509.BasicConstraints(ca, path), critical=True)
    uses = usage or (["key_cert_sign", "crl_sign"] if ca else ["digital_signature"])
    names = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"]
    builder = builder.add_extension(x509.KeyUsage(**{name: name in uses for name in names}), critical=True)
    if extended:
        builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=critical)
    if unknown:
        builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00"), True)
    digest = None if isinstance(issuer.key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    options = {"rsa_padding": padding.PSS(padding.MGF1(hashes.SHA256()), 32)} if pss else {}
    made = builder.sign(issuer.key, digest, **options)
    (HERE / f"{file}.der").write_bytes(made.public_bytes(serialization.Encoding.DER))
    return made


def make_chains() -> None:
    root, sub, signer = Party("根 CA"), Party("Sub CA", rsa.generate_private_key(65537, 2048)), Party("明州司法鉴定中心")
    issue("root", root, root, ca=True)
    issue("sub", sub, root, ca=True)
    issue("signer", signer, sub)
    issue("signer-pss", signer, sub, pss=True)
    issue("signer-expired", signer, sub, begin=2020, end=2026)
    issue("signer-future", signer, sub, begin=2027)
    issue("signer-encipherment", signer, sub, usage=["key_encipherment"])
    issue("signer-non-repudiation", signer, sub, usage=["content_commitment"])
    issue("signer-unknown-extension", signer, sub, unknown=True)
    issue("sub-expired", sub, root, ca=True, begin=2020, end=2026)
    issue("sub-no-ca", sub, root, usage=["key_cert_sign"])
    issue("sub-no-constraints", sub, root, usage=["key_cert_sign"], constraints=False)
    # A signer that plays the issuer.
    issue("below-signer", Party("Forger"), signer)
    issue("other-root", root, root, ca=True)
    other = Party("根 CA")
    issue("namesake-root", other, other, ca=True)
    # The name of the issuer, signed by another key.
    forged = Party("Sub CA", rsa.generate_private_key(65537, 2048))
    issue("signer-forged", signer, forged)

    short, middle, lower = Party("Short root"), Party("Middle CA"), Party("Lower CA")
    issue("short-root", short, short, ca=True, path=0)
    issue("middle", middle, short, ca=True)
    issue("lower", lower, middle, ca=True)
    issue("signer-lower", signer, lower)

    root, sub = (Party(name, ed25519.Ed25519PrivateKey.generate()) for name in ("Ed25519 root", "Ed25519 CA"))
    issue("ed25519-root", root, root, ca=True)
    issue("ed25519-sub", sub, root, ca=True)
    issue("ed25519-signer", Party("Ed25519 signer", ed25519.Ed25519PrivateKey.generate()), sub)

    authority = Party("TSA")
    issue("tsa", authority, sub, extended=[ExtendedKeyUsageOID.TIME_STAMPING])
    issue("tsa-not-critical", authority, sub, extended=[ExtendedKeyUsageOID.TIME_STAMPING], critical=False)
    issue("tsa-and-more", authority, sub, extended=[ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING])

    long = [Party(f"Long {number}") for number in range(14)]
    issue("long-0", long[0], long[0], ca=True)
    for number in range(1, 14):
        issue(f"long-{number}", long[number], long[number - 1], ca=number < 13)


def openssl(*arguments) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=HERE)


def make_sm2() -> None:
    def party(file: str, name: str, extensions: str, issuer: str | None) -> None:
        openssl("genpkey", "-algorithm", "SM2", "-out", f"{file}.pem")
        openssl("req", "-new", "-sm3", "-sigopt", SM2_ID, "-key", f"{file}.pem", "-subj", f"/C=CN/CN={name}", "-out", "request")
        (HERE / "extensions").write_text(extensions)
        by = ["-signkey", f"{file}.pem"] if issuer is None else ["-CA", f"{issuer}.der", "-CAkey", f"{issuer}.pem", "-CAcreateserial"]
        openssl("x509", "-req", "-in", "request", "-sm3", "-sigopt", SM2_ID, "-vfyopt", SM2_ID, "-extfile", "extensions",
                "-days", "36500", "-outform", "DER", "-out", f"{file}.der", *by)

    authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
    party("sm2-root", "SM2 root", authority, None)
    party("sm2-sub", "SM2 CA", authority, "sm2-root")
    party("sm2-signer", "SM2 signer", "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,nonRepudiation\n", "sm2-sub")
    for scratch in [*HERE.glob("*.pem"), *HERE.glob("*.srl"), HERE / "request", HERE / "extensions"]:
        scratch.unlink()


if __name__ == "__main__":
    make_chains()
    make_sm2()

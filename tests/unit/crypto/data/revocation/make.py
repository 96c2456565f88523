#!/usr/bin/env python3
"""Makes the certificates, OCSP responses and revocation lists of this folder, by cryptography. Run again, it makes new
ones. Certificates are valid from 2026 to 2126; what is said of them is of 1 to 8 June 2026."""

import datetime
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

HERE = pathlib.Path(__file__).parent
BEGIN, END = datetime.datetime(2026, 6, 1), datetime.datetime(2026, 6, 8)
DER = serialization.Encoding.DER


class Party:
    def __init__(self, name, key=None):
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = key or ec.generate_private_key(ec.SECP256R1())
        self.certificate = None


def certify(file, subject, issuer, *, authority=False, usage=None, no_check=False, end=2126, sources=False):
    builder = (x509.CertificateBuilder().subject_name(subject.name).issuer_name(issuer.name)
               .public_key(subject.key.public_key()).serial_number(x509.random_serial_number())
               .not_valid_before(datetime.datetime(2026, 1, 1)).not_valid_after(datetime.datetime(end, 3, 1))
               .add_extension(x509.BasicConstraints(authority, None), True)
               .add_extension(x509.KeyUsage(not authority, False, False, False, False, authority, authority, False,
                                            False), True))
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), False)
    if no_check:
        builder = builder.add_extension(x509.OCSPNoCheck(), False)
    if sources:
        builder = builder.add_extension(x509.AuthorityInformationAccess([
            x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(url))
            for url in ("http://ocsp.example/", "ldap://ocsp.example/", "https://second.example/a")
        ] + [x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS,
                                    x509.UniformResourceIdentifier("http://ca.example/root.der"))]), False)
        builder = builder.add_extension(x509.CRLDistributionPoints([
            x509.DistributionPoint([x509.UniformResourceIdentifier("ldap://crl.example/"),
                                    x509.UniformResourceIdentifier("http://crl.example/all.crl")], None, None, None),
            x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.example/some.crl")], None,
                                   frozenset([x509.ReasonFlags.key_compromise]), None)]), False)
    made = builder.sign(issuer.key, None if isinstance(issuer.key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    subject.certificate = subject.certificate or made
    (HERE / f"{file}.der").write_bytes(made.public_bytes(DER))
    return made


def respond(file, certificate, issuer, signer, *, status=ocsp.OCSPCertStatus.GOOD, carry=True, by_key=False,
            digest=hashes.SHA1(), carried=None):
    revoked = datetime.datetime(2026, 5, 1) if status == ocsp.OCSPCertStatus.REVOKED else None
    encoding = ocsp.OCSPResponderEncoding.HASH if by_key else ocsp.OCSPResponderEncoding.NAME
    builder = ocsp.OCSPResponseBuilder().add_response(certificate, issuer.certificate, digest, status, BEGIN, END,
                                                      revoked, None).responder_id(encoding, signer.certificate)
    if carry:
        builder = builder.certificates([(carried or signer).certificate])
    made = builder.sign(signer.key, None if isinstance(signer.key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    (HERE / f"{file}.ocsp").write_bytes(made.public_bytes(DER))


def listed(file, issuer, *revoked, key=None, extensions=()):
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.name).last_update(BEGIN).next_update(END)
    for certificate in revoked:
        builder = builder.add_revoked_certificate(x509.RevokedCertificateBuilder().serial_number(
            certificate.serial_number).revocation_date(datetime.datetime(2026, 5, 1)).build())
    for extension in extensions:
        builder = builder.add_extension(extension, True)
    made = builder.sign(key or issuer.key, hashes.SHA256())
    (HERE / f"{file}.crl").write_bytes(made.public_bytes(DER))


def scope(**more):
    given = {"full_name": None, "relative_name": None, "only_contains_user_certs": False, "only_contains_ca_certs": False,
             "only_some_reasons": None, "indirect_crl": False, "only_contains_attribute_certs": False, **more}
    return x509.IssuingDistributionPoint(**given)


root, other = Party("Root"), Party("Other root")
certify("root", root, root, authority=True)
certify("other", other, other, authority=True)
leaf, second = Party("Signer"), Party("Second")
certify("leaf", leaf, root, sources=True)
certify("second", second, root)
responder = Party("Responder", rsa.generate_private_key(65537, 2048))
certify("responder", responder, root, usage=ExtendedKeyUsageOID.OCSP_SIGNING, no_check=True)
checked = Party("Responder with a list", ed25519.Ed25519PrivateKey.generate())
certify("checked", checked, root, usage=ExtendedKeyUsageOID.OCSP_SIGNING)
plain, gone, stranger = Party("No responder"), Party("Old responder"), Party("Stranger")
certify("plain", plain, root)
certify("gone", gone, root, usage=ExtendedKeyUsageOID.OCSP_SIGNING, no_check=True, end=2026)
certify("stranger", stranger, other, usage=ExtendedKeyUsageOID.OCSP_SIGNING, no_check=True)
small = Party("Small", rsa.generate_private_key(65537, 1024))
certify("small", small, root, usage=ExtendedKeyUsageOID.OCSP_SIGNING, no_check=True)

respond("good", leaf.certificate, root, responder)
respond("good-sha256", leaf.certificate, root, responder, digest=hashes.SHA256())
respond("good-by-issuer", leaf.certificate, root, root, carry=False, by_key=True)
respond("good-by-checked", leaf.certificate, root, checked, by_key=True)
respond("revoked", leaf.certificate, root, responder, status=ocsp.OCSPCertStatus.REVOKED)
respond("unknown", leaf.certificate, root, responder, status=ocsp.OCSPCertStatus.UNKNOWN)
respond("of-second", second.certificate, root, responder)
respond("by-plain", leaf.certificate, root, plain)
respond("by-gone", leaf.certificate, root, gone)
respond("by-stranger", leaf.certificate, root, stranger)
respond("by-small", leaf.certificate, root, small)
impostor = Party("Responder")
certify("impostor", impostor, other)
respond("by-other-key", leaf.certificate, root, impostor, carried=responder)
respond("without-certificate", leaf.certificate, root, responder, carry=False)
(HERE / "try-later.ocsp").write_bytes(bytes.fromhex("30030a0103"))

listed("good", root)
listed("revoked", root, second.certificate, leaf.certificate)
listed("others", root, second.certificate)
listed("by-other", other)
listed("by-other-key", root, key=other.key)
listed("delta", root, extensions=[x509.DeltaCRLIndicator(1)])
listed("users", root, extensions=[scope(only_contains_user_certs=True)])
listed("authorities", root, extensions=[scope(only_contains_ca_certs=True)])
listed("reasons", root, extensions=[scope(only_some_reasons=frozenset([x509.ReasonFlags.key_compromise]))])
listed("indirect", root, extensions=[scope(indirect_crl=True)])
listed("point", root, extensions=[scope(full_name=[x509.UniformResourceIdentifier("http://crl.example/all.crl")])])
listed("other-point", root, extensions=[scope(full_name=[x509.UniformResourceIdentifier("http://crl.example/x.crl")])])
listed("unknown-extension", root, extensions=[x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0")])


# The fuzz target asks about the same certificates, and begins with the same files.
FUZZ = HERE.parents[3] / "fuzz"


def array(name):
    data = (HERE / f"{name}.der").read_bytes()
    rows = [" ".join(f"0x{byte:02x}," for byte in data[at : at + 16]) for at in range(0, len(data), 16)]
    return f"inline constexpr std::uint8_t {name}_certificate[] = {{\n    " + "\n    ".join(rows) + "\n};\n"


(FUZZ / "revocation_certificates.h").write_text(
    "// Two certificates of tests/unit/crypto/data/revocation, which its make.py writes here too.\n#pragma once\n\n"
    "#include <cstdint>\n\n" + array("leaf") + "\n" + array("root"))
for path in HERE.iterdir():
    if path.suffix in (".ocsp", ".crl", ".der"):
        (FUZZ / "corpus/crypto_revocation" / path.name).write_bytes(path.read_bytes())

"""The electronic seal: other programs accept it, and nobody takes it off, exchanges it or adds to the file unnoticed."""

import datetime
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from reports import report
from running import BAD_DATA, USAGE, codes, error_code, issue, run, succeed, verify

NOW = datetime.datetime.now(datetime.timezone.utc)


def certificate(subject: str, key, issuer=None, issuer_key=None, authority=False):
    """A certificate, self-signed unless an issuer is given."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer.subject if issuer else name)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(NOW - datetime.timedelta(days=1))
    builder = builder.not_valid_after(NOW + datetime.timedelta(days=365))
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement",
                           "encipher_only", "decipher_only"), False)
    builder = builder.add_extension(x509.KeyUsage(digital_signature=not authority, content_commitment=not authority, key_cert_sign=authority,
                                                  crl_sign=authority, **usage), critical=True)
    return builder.sign(issuer_key or key, hashes.SHA256())


def write_pem(path, *objects):
    path.write_bytes(b"".join(
        item.public_bytes(serialization.Encoding.PEM) if isinstance(item, x509.Certificate)
        else item.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                serialization.NoEncryption()) for item in objects))
    return path


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A root, and a function that gives the options for a seal key under it."""
    folder = tmp_path_factory.mktemp("authority")
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certificate("Root", root_key, authority=True)
    write_pem(folder / "root.pem", root)
    keys = {"rsa": rsa.generate_private_key(65537, 3072), "p256": ec.generate_private_key(ec.SECP256R1())}
    for name, key in keys.items():
        write_pem(folder / f"{name}.key", key)
        write_pem(folder / f"{name}.pem", certificate(f"Seal {name}", key, root, root_key))

    def options(name):
        return ["--seal-key", folder / f"{name}.key", "--seal-cert", folder / f"{name}.pem", "--chain",
                folder / "root.pem"]

    options.folder = folder
    return options


@pytest.fixture(scope="module")
def sealed(registry, tmp_path_factory):
    """Issues the sample with an algorithm of the code and more options, each only once; gives file and issuer."""
    folder = tmp_path_factory.mktemp("sealed")
    made = {}

    def make(algorithm, *options):
        key = (algorithm, *map(str, options))
        if key not in made:
            source = report("injury")
            issuer = registry.issuer_for(source, algorithm)
            output = folder / f"{len(made)}.pdf"
            issue(source, issuer, registry.facts_file(source), output, *options)
            made[key] = output, issuer
        return made[key]

    return make


def pyhanko_status(path, root, skip_diff=False):
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        assert len(reader.embedded_signatures) >= 1
        signature = reader.embedded_signatures[0]
        context = ValidationContext(trust_roots=[load_cert_from_pemder(str(root))], allow_fetching=False)
        return signature, validate_pdf_signature(signature, context, skip_diff=skip_diff)


METHODS = [("p256", []), ("p256", ["--seal-digest", "sha384"]), ("p256", ["--seal-digest", "sha512"]), ("rsa", []),
           ("rsa", ["--seal-digest", "sha384"]), ("rsa", ["--seal-digest", "sha512"]), ("rsa", ["--seal-pss"]),
           ("rsa", ["--seal-pss", "--seal-digest", "sha512"])]


@pytest.mark.parametrize("key, more", METHODS, ids=lambda value: value if isinstance(value, str) else "".join(value))
def test_other_programs_accept_the_seal(sealed, authority, key, more):
    path, issuer = sealed("sm2", *authority(key), *more)
    verdict = verify(path, issuer.folder)
    assert verdict["outcome"] == "authentic", codes(verdict)
    assert {"seal.verified", "chain.named", "time.claimed", "audit.nothing-later"} <= codes(verdict)
    signature, status = pyhanko_status(path, authority.folder / "root.pem")
    assert status.intact and status.valid and status.trusted
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.docmdp_ok and signature.docmdp_level is not None
    if "--seal-pss" not in more:  # poppler knows no PSS
        told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in told and "Total document signed" in told


@pytest.mark.parametrize("algorithm", ["p256", "ed25519", "sm2"])
def test_the_key_of_the_code_seals_by_default(sealed, algorithm):
    path, issuer = sealed(algorithm)
    verdict = verify(path, issuer.folder)
    assert verdict["outcome"] == "authentic", codes(verdict)
    assert {"seal.verified", "chain.code-key"} <= codes(verdict)
    audit = succeed("audit", path, "--json").json
    assert len(audit["revisions"]) == 2 and len(audit["signatures"]) == 1
    if algorithm != "sm2":  # which no other program knows
        signature, status = pyhanko_status(path, issuer.certificate)
        assert status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_without_a_seal(sealed):
    path, issuer = sealed("p256", "--seal", "none")
    verdict = verify(path, issuer.folder)
    assert verdict["outcome"] == "authentic" and "seal.none" in codes(verdict, "unchecked")
    assert b"/ByteRange" not in path.read_bytes()
    assert run("audit", path).status == 2


def rewrite_first_page(path, output):
    """Appends a revision in which the first page says what it said before, and its rotation."""
    with open(path, "rb") as file, open(output, "wb") as out:
        writer = IncrementalPdfFileWriter(file, strict=False)
        reference, _ = writer.find_page_for_modification(0)
        reference.get_object()["/Rotate"] = generic.NumberObject(0)
        writer.mark_update(reference)
        writer.write(out)


def test_a_second_signature_is_seen(sealed, authority, tmp_path):
    """DocMDP with P=2 would let anybody sign after us; a report of ours says no."""
    path, issuer = sealed("p256")
    signer = signers.SimpleSigner.load(str(authority.folder / "p256.key"), str(authority.folder / "p256.pem"))
    output = tmp_path / "signed-again.pdf"
    with open(path, "rb") as file, open(output, "wb") as out:
        writer = IncrementalPdfFileWriter(file)
        signers.sign_pdf(writer, PdfSignatureMetadata(field_name="Other"), signer=signer, output=out)
    # What every other program lets pass.
    _, status = pyhanko_status(output, issuer.certificate)
    assert status.modification_level in (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    verdict = verify(output, issuer.folder)
    assert verdict["outcome"] == "not_authentic"
    assert "revision.later" in codes(verdict, "fail")
    assert any(code.startswith("audit.") for code in codes(verdict, "fail"))


def test_a_page_written_again_is_seen(sealed, tmp_path):
    path, issuer = sealed("p256")
    output = tmp_path / "page.pdf"
    rewrite_first_page(path, output)
    verdict = verify(output, issuer.folder)
    assert verdict["outcome"] == "not_authentic" and "revision.later" in codes(verdict, "fail")
    assert run("audit", output).status == 1


def test_bytes_behind_the_end(sealed, tmp_path):
    path, issuer = sealed("p256")
    for number, tail in enumerate((b" ", b"\n%%EOF\n", b"% remark\n", b"9 0 obj\n(x)\nendobj\n")):
        output = tmp_path / f"{number}.pdf"
        output.write_bytes(path.read_bytes() + tail)
        assert verify(output, issuer.folder)["outcome"] == "not_authentic", tail


def test_drawings_and_fonts_are_under_the_seal(sealed, tmp_path):
    """What rebuilding alone cannot tell: a byte of the compressed drawing that changes nothing of what it draws."""
    path, issuer = sealed("p256")
    data = path.read_bytes()
    begin = data.rindex(b"/Subtype/Form/BBox", 0, data.rindex(b"/BBox[0 0 0 0]"))
    stream = data.index(b"stream\n", begin) + len(b"stream\n")
    changed = bytearray(data)
    changed[stream + 1] ^= 0x40  # the compression level of the zlib header, and its check bits
    for low in range(32):
        changed[stream + 1] = (changed[stream + 1] & 0xE0) | low
        if (changed[stream] * 256 + changed[stream + 1]) % 31 == 0:
            break
    output = tmp_path / "level.pdf"
    output.write_bytes(changed)
    verdict = verify(output, issuer.folder)
    assert verdict["outcome"] == "not_authentic"
    assert "cms.digest-differs" in codes(verdict, "fail")


def strip_to_original(path, tmp_path):
    output = tmp_path / "original.pdf"
    succeed("extract", path, "--original", "-o", output)
    return output


def test_original_comes_back(sealed, tmp_path):
    path, _ = sealed("p256")
    assert strip_to_original(path, tmp_path).read_bytes() == report("injury").read_bytes()


def test_contents_exchanged(sealed, tmp_path):
    """The signature of another report in the hole of this one; and none at all."""
    path, issuer = sealed("p256")
    other, _ = sealed("p256", "--page", "last")
    data, donor = path.read_bytes(), other.read_bytes()
    begin = data.rindex(b"/Contents<", 0, data.rindex(b"/ByteRange")) + len(b"/Contents<")
    end = data.index(b">", begin)
    donor_begin = donor.rindex(b"/Contents<", 0, donor.rindex(b"/ByteRange")) + len(b"/Contents<")
    foreign = donor[donor_begin : donor.index(b">", donor_begin)]
    assert len(foreign) == end - begin
    for name, value, code in (("foreign", foreign, "cms.digest-differs"), ("empty", b"0" * (end - begin), None)):
        output = tmp_path / f"{name}.pdf"
        output.write_bytes(data[:begin] + value + data[end:])
        verdict = verify(output, issuer.folder)
        assert verdict["outcome"] == "not_authentic"
        assert any(found.startswith("cms.") for found in codes(verdict, "fail")), codes(verdict)
        if code:
            assert code in codes(verdict, "fail")


def test_a_byte_of_the_seal_changed(sealed, authority, tmp_path):
    """Its chain too, which the seal's own signature does not cover."""
    path, issuer = sealed("p256", *authority("rsa"))
    data = path.read_bytes()
    begin = data.rindex(b"/Contents<", 0, data.rindex(b"/ByteRange")) + len(b"/Contents<")
    end = data.index(b">", begin)
    copy = tmp_path / "copy.pdf"
    for position in range(begin, end, 89):
        other = b"0" if data[position : position + 1] != b"0" else b"1"
        copy.write_bytes(data[:position] + other + data[position + 1 :])
        assert verify(copy, issuer.folder)["outcome"] == "not_authentic", position - begin


def test_wrong_options(registry, authority, tmp_path):
    source = report("injury")
    issuer = registry.issuer_for(source, "p256")
    base = ["issue", source, "--facts", registry.facts_file(source), *issuer.arguments(), "-o", tmp_path / "x.pdf"]
    folder = authority.folder
    for options, code in (
            (["--seal-pss"], "usage.seal-key"),
            (["--seal-key", folder / "rsa.key", "--seal-cert", folder / "p256.pem"], "seal.certificate"),
            ([*authority("p256"), "--seal-pss"], "seal.algorithm"),
            (["--seal-key", folder / "absent.key", "--seal-cert", folder / "p256.pem"], "file.not-found")):
        ended = run(*base, *options)
        assert ended.status >= 64 and error_code(ended) == code, ended.err
        assert not (tmp_path / "x.pdf").exists()
    assert run(*base, "--seal", "B-X").status == USAGE
    small = rsa.generate_private_key(65537, 1024)
    write_pem(tmp_path / "small.key", small)
    write_pem(tmp_path / "small.pem", certificate("small", small))
    ended = run(*base, "--seal-key", tmp_path / "small.key", "--seal-cert", tmp_path / "small.pem")
    assert ended.status == BAD_DATA and error_code(ended) == "seal.key-size"

"""The receipt of a verification: a PDF that says what the verdict says, and the same as signed JSON."""

import base64
import hashlib
import json
import re
import subprocess

import jsonschema
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from gmssl import sm2 as gmssl_sm2

import running
from reports import report
from running import (AUTHENTIC, CANNOT_CREATE, CODE_GENUINE, NOT_AUTHENTIC, NO_INPUT, UNDETERMINED, USAGE, error_code,
                     issue, run)

SCHEMA = json.loads((running.ROOT / "docs/receipt.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def issued(registry, tmp_path_factory):
    source = report("injury")
    issuer = registry.issuer_for(source, "p256")
    path = tmp_path_factory.mktemp("receipts") / "鉴定意见书.pdf"
    issue(source, issuer, registry.facts_file(source), path)
    return path, issuer


@pytest.fixture(scope="module")
def inputs(issued, tmp_path_factory):
    """One file for each outcome, with its exit status."""
    path, _ = issued
    folder = tmp_path_factory.mktemp("inputs")
    edited = folder / "edited.pdf"
    data = bytearray(path.read_bytes())
    data[5_000] ^= 1
    edited.write_bytes(data)
    plain = folder / "plain.pdf"
    plain.write_bytes(report("injury").read_bytes())
    subprocess.run(["pdftoppm", "-r", "200", "-f", "1", "-l", "1", "-png", "-singlefile", path, folder / "photo"],
                   check=True)
    return {"authentic": (path, AUTHENTIC), "not_authentic": (edited, NOT_AUTHENTIC),
            "undetermined": (plain, UNDETERMINED), "code_genuine": (folder / "photo.png", CODE_GENUINE)}


def text_of(pdf, *options) -> str:
    return subprocess.run(["pdftotext", *options, pdf, "-"], check=True, capture_output=True, text=True).stdout


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def check_sound(pdf):
    checked = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True, check=False)
    assert checked.returncode == 0 and "No syntax or stream encoding errors" in checked.stdout, checked
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    for font in fonts:
        embedded, subset, unicode_map = font.split()[-5:-2]
        assert (embedded, subset, unicode_map) == ("yes", "yes", "yes"), font
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in info
    return int(re.search(r"Pages: +(\d+)", info)[1])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("outcome", ["authentic", "not_authentic", "undetermined", "code_genuine"])
def test_the_receipt_says_all_that_the_verdict_says(issued, inputs, tmp_path, outcome, language):
    _, issuer = issued
    path, status = inputs[outcome]
    out = tmp_path / "receipt.pdf"
    ended = run("verify", path, "--trust", issuer.folder, "--json", "--receipt", out, language=language)
    assert ended.status == status and ended.err == ""
    verdict = ended.json
    assert verdict["outcome"] == outcome
    pages = check_sound(out)
    text = squeezed(text_of(out))
    assert squeezed({"zh": "核验结果", "en": "Verification Result"}[language]) in text
    for check in verdict["checks"]:
        assert squeezed(check["message"]) in text, check["code"]
        assert check["code"] in text
    for fact in verdict["facts"]:
        assert squeezed(fact["label"]) in text
    for words in (verdict["message"], verdict["disclaimer"], path.name):
        assert squeezed(words) in text
    data = path.read_bytes()
    for digest in (hashlib.sha256(data), hashlib.new("sm3", data)):
        assert digest.hexdigest() in text
    assert str(len(data)) in text and "sjcode0.1.0" in text
    for page in range(1, pages + 1):
        words = {"zh": f"第 {page} 页，共 {pages} 页", "en": f"Page {page} of {pages}"}[language]
        alone = squeezed(text_of(out, "-f", str(page), "-l", str(page)))
        assert squeezed(words) in alone and data and hashlib.sha256(data).hexdigest()[:16] in alone
    assert {"zh": {"authentic": "核验通过", "not_authentic": "核验不通过", "undetermined": "无法得出结论",
                   "code_genuine": "赋码属实，内容未核对"},
            "en": {"authentic": "Verified", "not_authentic": "Notauthentic", "undetermined": "Noconclusion",
                   "code_genuine": "Codegenuine,contentsnotcompared"}}[language][outcome] in text


def test_a_fact_stands_whole_in_the_receipt(issued, tmp_path):
    path, issuer = issued
    ended = run("verify", path, "--trust", issuer.folder, "--json", "--receipt", tmp_path / "receipt.pdf")
    text = squeezed(text_of(tmp_path / "receipt.pdf", "-raw"))
    # Running heads may stand within a long one.
    for fact in ended.json["facts"]:
        if len(fact["value"]) < 200:
            assert squeezed(fact["value"]) in text, fact["name"]


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def opened(path, issuer) -> dict:
    """The payload of a signed receipt, its signature verified by the libraries cryptography and gmssl."""
    jws = json.loads(path.read_text(encoding="utf-8"))
    assert set(jws) == {"payload", "protected", "signature"}
    header = json.loads(decoded(jws["protected"]))
    der = base64.b64decode(header["x5c"][0], validate=True)
    certificate = x509.load_pem_x509_certificate(issuer.certificate.read_bytes())
    assert der == certificate.public_bytes(Encoding.DER)
    message = f"{jws['protected']}.{jws['payload']}".encode("ascii")
    signature = decoded(jws["signature"])
    assert len(signature) == 64
    if header["alg"] == "SM2":
        public = subprocess.run(["openssl", "x509", "-in", issuer.certificate, "-pubkey", "-noout"], check=True,
                                capture_output=True).stdout
        point = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=public, check=True,
                               capture_output=True).stdout[-64:]
        verifier = gmssl_sm2.CryptSM2(private_key="", public_key=point.hex())
        assert verifier.verify_with_sm3(signature.hex(), message)
        assert not verifier.verify_with_sm3(signature.hex(), message + b"x")
    else:
        key = x509.load_der_x509_certificate(der).public_key()
        if header["alg"] == "ES256":
            numbers = (int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
            key.verify(encode_dss_signature(*numbers), message, ec.ECDSA(hashes.SHA256()))
        else:
            assert header["alg"] == "EdDSA"
            key.verify(signature, message)
    return json.loads(decoded(jws["payload"]))


@pytest.mark.parametrize("algorithm", ["p256", "ed25519", "sm2"])
def test_the_same_as_signed_json(issued, registry, tmp_path, algorithm):
    path, issuer = issued
    court = registry.issuer(algorithm, "某法院")
    out = tmp_path / "receipt.pdf"
    ended = run("verify", path, "--trust", issuer.folder, "--json", "--receipt", out, "--receipt-key", court.key,
                "--receipt-cert", court.certificate)
    assert ended.status == AUTHENTIC and ended.err == ""
    receipt = opened(tmp_path / "receipt.json", court)
    jsonschema.Draft202012Validator(SCHEMA).validate(receipt)
    verdict = ended.json
    del verdict["input"]
    assert receipt["verdict"] == verdict
    data = path.read_bytes()
    assert receipt["file"] == {"name": path.name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(),
                               "sm3": hashlib.new("sm3", data).hexdigest()}
    assert receipt["pdf"]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    fingerprint = x509.load_pem_x509_certificate(issuer.certificate.read_bytes()).fingerprint(hashes.SHA256())
    assert receipt["trust"][0]["sha256"] == hashlib.sha256(fingerprint).hexdigest()


def test_nothing_is_overwritten_or_left_half_done(issued, registry, tmp_path):
    path, issuer = issued
    court = registry.issuer("p256", "某法院")
    out = tmp_path / "receipt.pdf"
    key = ["--receipt-key", court.key, "--receipt-cert", court.certificate]
    (tmp_path / "receipt.json").write_text("other", encoding="utf-8")
    for options, there in ((key, False), (key, True), ([], True)):
        if there:
            out.write_text("mine", encoding="utf-8")
        ended = run("verify", path, "--trust", issuer.folder, "--receipt", out, *options)
        assert (error_code(ended), ended.status) == ("file.exists", CANNOT_CREATE)
        assert ended.out == "" and out.exists() == there
    assert out.read_text(encoding="utf-8") == "mine"
    ended = run("verify", path, "--trust", issuer.folder, "--receipt", out, *key, "--overwrite")
    assert ended.status == AUTHENTIC
    check_sound(out)
    opened(tmp_path / "receipt.json", court)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["receipt.json", "receipt.pdf"]


def test_refused(issued, registry, tmp_path):
    path, issuer = issued
    court = registry.issuer("p256", "某法院")
    other = registry.issuer("p256", "另一法院", hosts=("other.example.org.cn",))
    out = tmp_path / "receipt.pdf"

    def code(*arguments):
        ended = run("verify", *arguments, "--trust", issuer.folder)
        assert list(tmp_path.iterdir()) == []
        return error_code(ended), ended.status

    assert code(path, path, "--receipt", out) == ("usage.receipt-inputs", USAGE)
    assert code("J4000000000000000006", "--receipt", out)[0] in ("usage.receipt-inputs", "file.not-found")
    assert code("https://v.example.org.cn/n/1", "--receipt", out) == ("usage.receipt-inputs", USAGE)
    assert code(path, "--receipt", tmp_path / "receipt.txt") == ("usage.receipt-name", USAGE)
    assert code(path, "--receipt-key", court.key) == ("usage.receipt-key", USAGE)
    assert code(path, "--receipt", out, "--receipt-cert", court.certificate) == ("usage.receipt-key", USAGE)
    assert code(path, "--receipt", out, "--receipt-key", court.key, "--receipt-cert",
                other.certificate)[0] == "receipt.key"
    assert code(tmp_path / "nothing.pdf", "--receipt", out) == ("file.not-found", NO_INPUT)

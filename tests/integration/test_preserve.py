"""What is added to a sealed report later: renewed proofs and timestamps, countersignatures."""

import os
import subprocess

import pytest
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_ltv_signature, validate_pdf_signature
from pyhanko.sign.validation.ltv import RevocationInfoValidationType
from pyhanko_certvalidator import ValidationContext

from reports import report
from running import UNAVAILABLE, USAGE, codes, error_code, issue, parameters, run, succeed, verify
from world import OWN, World


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture(autouse=True)
def honest(world):
    world.be_honest()


@pytest.fixture
def make(registry, world, tmp_path):
    def make(*options, algorithm="p256", source="injury"):
        source = report(source)
        issuer = registry.issuer_for(source, algorithm)
        issue(source, issuer, registry.facts_file(source), tmp_path / "sealed.pdf", *options)
        return tmp_path / "sealed.pdf", issuer

    return make


def level(verdict):
    return parameters(verdict, "level.reached")["level"]


@pytest.mark.parametrize("begin, key", [("B-T", "p256"), ("B-LT", OWN), ("B-LTA", "rsa"), ("B-B", "p256")])
def test_again_and_again(make, world, tmp_path, begin, key):
    path, issuer = make(*(world.options(begin, key) if begin != "B-B" else ["--seal", "B-B", *world.key(key)]))
    trust = world.trust(issuer, tmp_path / "trust")
    stamps = 1 if begin == "B-LTA" else 0
    for number in range(3):
        output = tmp_path / f"{number}.pdf"
        succeed("preserve", path, "-o", output, "--tsa", world.stamps.url)
        assert output.read_bytes().startswith(path.read_bytes())
        path, stamps = output, stamps + 1
        verdict = verify(path, trust)
        assert verdict["outcome"] == "authentic" and level(verdict) == "B-LTA", codes(verdict)
        told = [check for check in verdict["checks"] if check["code"] == "history.timestamp"]
        assert len(told) == stamps
        assert ("time.document-trusted" if begin == "B-B" else "time.trusted") in codes(verdict, "pass")
        audit = run("audit", path, "--json")
        assert audit.status == 0, codes(audit.json, "fail")
        assert audit.json["signatures"][0]["level"] == "B-LTA"
    roots = [load_cert_from_pemder(str(one)) for one in (world.issuer.folder / "root.pem", issuer.certificate)]
    offline = {"trust_roots": roots, "allow_fetching": False}
    if begin == "B-B":  # pyHanko takes no level without a timestamp in the seal
        return
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        context = DocumentSecurityStore.read_dss(reader).as_validation_context(offline)
        status = validate_pdf_ltv_signature(reader.embedded_signatures[0], RevocationInfoValidationType.PADES_LTA,
                                            offline, bootstrap_validation_context=context)
        assert status.bottom_line, status.pretty_print_details()
        assert len(reader.embedded_timestamp_signatures) == stamps
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in told and told.count("Signature #") == 1 + stamps


def test_proofs_only(make, world, tmp_path):
    path, issuer = make(*world.options("B-T", "p256"))
    proven = tmp_path / "proven.pdf"
    assert succeed("preserve", path, "-o", proven, "--json").json["stamped"] is None
    assert level(verify(proven, issuer.folder)) == "B-LT"
    ended = run("preserve", proven, "-o", tmp_path / "again.pdf")
    assert error_code(ended) == "preserve.nothing" and not (tmp_path / "again.pdf").exists()
    plain, _ = make("--seal", "B-B", "--overwrite", *world.key("p256"))
    ended = run("preserve", plain, "-o", tmp_path / "again.pdf")
    assert ended.status == USAGE and error_code(ended) == "preserve.no-time"


@pytest.mark.parametrize("behaviour, code", [("error-500", "timestamp.http"), ("other-imprint", "timestamp.imprint")])
def test_an_authority_that_fails_or_lies(make, world, tmp_path, behaviour, code):
    path, _ = make(*world.options("B-LT", "p256"))
    world.stamps.behaviour = behaviour
    ended = run("preserve", path, "-o", tmp_path / "out.pdf", "--tsa", world.stamps.url)
    assert error_code(ended) == code and sorted(os.listdir(tmp_path)) == ["sealed.pdf"]


def test_a_responder_that_fails(make, world, tmp_path):
    path, _ = make(*world.options("B-LTA", "p256"))
    world.issuer.behaviour = world.issuer.lists = "error-500"
    ended = run("preserve", path, "-o", tmp_path / "out.pdf", "--tsa", world.stamps.url)
    assert ended.status == UNAVAILABLE and error_code(ended) == "revocation.http"
    assert sorted(os.listdir(tmp_path)) == ["sealed.pdf"]


def test_what_is_not_preserved(make, world, tmp_path):
    """A report that was altered, one without a seal, and something else."""
    path, _ = make(*world.options("B-LT", "p256"))
    data = path.read_bytes()
    # A digit of the seal's signature: whatever byte it were, the file must be read to be judged.
    at = data.index(b"/Contents<", data.index(b"/Type/Sig/")) + len(b"/Contents<") + 600
    digit = b"1" if data[at : at + 1] == b"0" else b"0"
    (tmp_path / "altered.pdf").write_bytes(data[:at] + digit + data[at + 1 :])
    (tmp_path / "appended.pdf").write_bytes(data + b"\n")
    bare, _ = make("--seal", "none", "--overwrite")
    for file, code in (("altered.pdf", "preserve.altered"), ("appended.pdf", "preserve.altered"),
                       (bare, "preserve.no-seal"), (report("injury"), "preserve.no-seal")):
        ended = run("preserve", tmp_path / file, "-o", tmp_path / "out.pdf", "--tsa", world.stamps.url)
        assert ended.status >= 64 and error_code(ended) == code, ended.err
        assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("source", ["injury", "injury-xref-stream"])
def test_countersigned(make, world, tmp_path, source):
    path, issuer = make("--countersign", "2", *world.options("B-T", "p256"), source=source)
    trust = world.trust(issuer, tmp_path / "trust")
    verdict = verify(path, trust)
    assert verdict["outcome"] == "authentic" and parameters(verdict, "countersign.empty") == {"count": "2"}
    once, twice = tmp_path / "once.pdf", tmp_path / "twice.pdf"
    succeed("countersign", path, "-o", once, *world.key("appraiser"), "--tsa", world.stamps.url)
    verdict = verify(once, issuer.folder)
    assert verdict["outcome"] == "authentic", codes(verdict)
    told = parameters(verdict, "countersign.signed")
    assert told["name"] == "张鉴定" and told["field"] == "SJCountersign1" and told["reason"] == "chain.no-anchor"
    assert "countersign.trusted" in codes(verify(once, trust), "pass")
    # The second with a certificate of nobody's, who can sign and is not trusted.
    succeed("countersign", once, "-o", twice, "--field", "SJCountersign2", "--seal-key", issuer.key, "--seal-cert",
            issuer.certificate)
    verdict = verify(twice, trust)
    assert verdict["outcome"] == "authentic"
    assert {"countersign.trusted", "countersign.signed"} <= codes(verdict)
    assert "countersign.empty" not in codes(verdict)
    audit = run("audit", twice, "--json")
    assert audit.status == 0, codes(audit.json, "fail")
    signers = [check["parameters"]["signer"] for check in audit.json["checks"] if check["code"] == "audit.countersigned"]
    assert len(signers) == 2 and signers[0] == "张鉴定"
    for field, code in (([], "countersign.no-field"), (["--field", "SJCountersign1"], "countersign.field")):
        ended = run("countersign", twice, "-o", tmp_path / "out.pdf", *world.key("p256"), *field)
        assert error_code(ended) == code
    roots = [load_cert_from_pemder(str(world.issuer.folder / "root.pem")), load_cert_from_pemder(str(issuer.certificate))]
    with open(twice, "rb") as file:
        reader = PdfFileReader(file)
        assert len(reader.embedded_regular_signatures) == 3
        for signature in reader.embedded_regular_signatures:
            context = ValidationContext(trust_roots=roots, allow_fetching=False)
            status = validate_pdf_signature(signature, context, context)
            assert status.intact and status.valid and status.docmdp_ok, status.pretty_print_details()
            assert status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES,
                                                 ModificationLevel.FORM_FILLING)
    told = subprocess.run(["pdfsig", "-nocert", twice], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 3


def test_countersigned_and_preserved(make, world, tmp_path):
    """In any order, and the proofs are of all signatures."""
    path, issuer = make("--countersign", "2", *world.options("B-LTA", OWN))
    trust = world.trust(issuer, tmp_path / "trust")
    for number, arguments in enumerate((["countersign", *world.key("appraiser")],
                                        ["preserve", "--tsa", world.stamps.url],
                                        ["countersign", *world.key("rsa"), "--tsa", world.stamps.url],
                                        ["preserve", "--tsa", world.stamps.url])):
        output = tmp_path / f"{number}.pdf"
        succeed(arguments[0], path, "-o", output, *arguments[1:])
        verdict = verify(output, trust)
        assert verdict["outcome"] == "authentic" and level(verdict) == "B-LTA", codes(verdict)
        assert run("audit", output).status == 0
        path = output
    assert len([check for check in verdict["checks"] if check["code"] == "countersign.trusted"]) == 2


def test_countersigned_in_chinese_algorithms(make, world, tmp_path):
    path, issuer = make("--countersign", "1", algorithm="sm2")
    output = tmp_path / "signed.pdf"
    succeed("countersign", path, "-o", output, "--seal-key", issuer.key, "--seal-cert", issuer.certificate)
    verdict = verify(output, issuer.folder)
    assert verdict["outcome"] == "authentic" and "countersign.signed" in codes(verdict)


def test_wrong_numbers_of_fields(registry, tmp_path):
    source = report("injury")
    issuer = registry.issuer_for(source, "p256")
    for more in (["--countersign", "33"], ["--countersign", "1", "--seal", "none"]):
        ended = run("issue", source, "--facts", registry.facts_file(source), *issuer.arguments(), "-o",
                    tmp_path / "out.pdf", *more)
        assert ended.status == USAGE and not os.listdir(tmp_path)

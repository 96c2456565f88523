"""Seals of the levels B-LT and B-LTA: with the proofs that certificates were good, and a document timestamp."""

import os
import subprocess

import pytest
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_ltv_signature
from pyhanko.sign.validation.ltv import RevocationInfoValidationType

from reports import report
from running import UNAVAILABLE, codes, error_code, issue, parameters, run, verify
from world import OWN, World

LEVELS = {"B-LT": RevocationInfoValidationType.PADES_LT, "B-LTA": RevocationInfoValidationType.PADES_LTA}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture(autouse=True)
def honest(world):
    world.be_honest()


@pytest.fixture(scope="module")
def sealed(registry, world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed")
    made = {}

    def make(level, key=OWN, algorithm="p256", source="injury"):
        if (level, key, algorithm, source) not in made:
            original, output = report(source), folder / f"{len(made)}.pdf"
            issuer = registry.issuer_for(original, algorithm)
            issue(original, issuer, registry.facts_file(original), output, *world.options(level, key))
            made[level, key, algorithm, source] = output, issuer
        return made[level, key, algorithm, source]

    return make


CASES = [("p256", "p256"), ("rsa", "p256"), (OWN, "p256"), (OWN, "ed25519"), (OWN, "sm2"), ("list-only", "p256")]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("key, algorithm", CASES)
def test_our_verdict(sealed, world, tmp_path, level, key, algorithm):
    path, issuer = sealed(level, key, algorithm)
    verdict = verify(path, issuer.folder)
    assert verdict["outcome"] == "authentic", codes(verdict)
    assert {"seal.verified", "history.validation-data", "time.stamped"} <= codes(verdict)
    assert parameters(verdict, "level.reached")["level"] == level
    assert ("revocation.self-signed" if key == OWN else "revocation.good") in codes(verdict)
    assert ("history.timestamp" in codes(verdict)) == (level == "B-LTA")
    trusted = verify(path, world.trust(issuer, tmp_path / "trust"))
    assert trusted["outcome"] == "authentic" and "time.trusted" in codes(trusted, "pass")
    ended = run("audit", path, "--json")
    assert ended.status == 0, codes(ended.json, "fail")
    assert len(ended.json["revisions"]) == (4 if level == "B-LTA" else 3)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("source", ["injury", "injury-xref-stream"])
@pytest.mark.parametrize("key, algorithm", [case for case in CASES if case[1] != "sm2"])
def test_other_programs_accept_it(sealed, world, level, source, key, algorithm):
    path, issuer = sealed(level, key, algorithm, source)
    root = world.issuer.folder / "root.pem"
    roots = [load_cert_from_pemder(str(place)) for place in (root, issuer.certificate)]
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        signature = reader.embedded_signatures[0]
        store = DocumentSecurityStore.read_dss(reader)
        assert DocumentSecurityStore.sig_content_identifier(signature.pkcs7_content) in store.vri_entries
        offline = {"trust_roots": roots, "allow_fetching": False}
        status = validate_pdf_ltv_signature(signature, LEVELS[level], offline,
                                            bootstrap_validation_context=store.as_validation_context(offline))
        assert status.bottom_line, status.pretty_print_details()
        assert status.timestamp_validity.trusted
        assert len(reader.embedded_timestamp_signatures) == (1 if level == "B-LTA" else 0)
    if algorithm == "ed25519":  # which poppler does not know
        return
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in told
    assert told.count("Signature #") == (2 if level == "B-LTA" else 1)


def refusal(registry, world, tmp_path, key, *more, level="B-LT"):
    source, folder = report("injury"), tmp_path / "out"
    folder.mkdir()
    issuer = registry.issuer_for(source, "p256")
    ended = run("issue", source, "--facts", registry.facts_file(source), *issuer.arguments(), "-o", folder / "out.pdf",
                "--record", folder / "out.record", *world.options(level, key, *more))
    assert ended.status >= 64
    assert not os.listdir(folder), "nothing half-written, and no lower level in silence"
    return error_code(ended), ended.status


# The one whose certificate names a list too is asked for it where the responder fails, so both must.
@pytest.mark.parametrize("behaviour, code", [
    ("error-500", "revocation.http"), ("slow", "revocation.unreachable"), ("endless", "revocation.unreachable"),
    ("garbage", "ocsp.format"), ("refusing", "ocsp.refused"), ("another", "ocsp.other-certificate"),
    ("stranger", "ocsp.responder"), ("outdated", "revocation.outdated"), ("unknown", "ocsp.unknown")])
def test_a_responder_that_fails_or_lies(registry, world, tmp_path, behaviour, code):
    world.issuer.behaviour, world.issuer.lists = behaviour, "error-500"
    assert refusal(registry, world, tmp_path, "p256", "--tsa-timeout", "2")[0] == code


@pytest.mark.parametrize("behaviour, code", [
    ("error-500", "revocation.http"), ("stranger", "crl.signature"), ("outdated", "revocation.outdated"),
    ("delta", "crl.scope")])
def test_a_list_that_is_missing_or_false(registry, world, tmp_path, behaviour, code):
    world.issuer.lists = behaviour
    assert refusal(registry, world, tmp_path, "list-only")[0] == code


@pytest.mark.parametrize("key", ["revoked", "revoked-list"])
def test_a_revoked_certificate(registry, world, tmp_path, key):
    assert refusal(registry, world, tmp_path, key)[0] == "revocation.revoked"


def test_a_certificate_that_names_nobody(registry, world, tmp_path):
    assert refusal(registry, world, tmp_path, "silent")[0] == "revocation.no-source"


def test_a_list_stands_in_for_a_responder(registry, world, tmp_path):
    world.issuer.behaviour = "error-500"
    source = report("injury")
    issuer = registry.issuer_for(source, "p256")
    issue(source, issuer, registry.facts_file(source), tmp_path / "out.pdf", *world.options("B-LT", "p256"))
    verdict = verify(tmp_path / "out.pdf", issuer.folder)
    assert parameters(verdict, "level.reached")["level"] == "B-LT" and "revocation.good" in codes(verdict)


def test_the_authority_of_the_last_timestamp_fails(registry, world, tmp_path):
    """B-LTA asks it twice: the seal's own timestamp is had, and still nothing is written."""
    honest_answer, asked = world.stamps.answer, []

    def once(handler, query):
        asked.append(query)
        world.stamps.behaviour = "honest" if len(asked) == 1 else "error-500"
        honest_answer(handler, query)

    world.stamps.answer = once
    try:
        assert refusal(registry, world, tmp_path, "p256", level="B-LTA") == ("timestamp.http", UNAVAILABLE)
    finally:
        world.stamps.answer = honest_answer
    assert len(asked) == 2

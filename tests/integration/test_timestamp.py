"""Seals with a timestamp (B-T), from an authority that is honest, absent, slow, or lies."""

import os
import ssl

import pytest
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from authority import TimestampAuthority
from reports import report
from running import UNAVAILABLE, USAGE, codes, error_code, issue, parameters, run, verify


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return TimestampAuthority(tmp_path_factory.mktemp("authority"))


def arguments(registry, output, *more, algorithm="p256"):
    source = report("injury")
    issuer = registry.issuer_for(source, algorithm)
    return ["issue", source, "--facts", registry.facts_file(source), *issuer.arguments(), "-o", output, *more]


@pytest.mark.parametrize("algorithm", ["p256", "ed25519", "sm2"])
def test_a_timestamp_is_in_the_seal(registry, authority, tmp_path, algorithm):
    authority.behaviour = "honest"
    source, output = report("injury"), tmp_path / "out.pdf"
    issuer = registry.issuer_for(source, algorithm)
    issue(source, issuer, registry.facts_file(source), output, "--seal", "B-T", "--tsa", authority.url)
    verdict = verify(output, issuer.folder)
    assert verdict["outcome"] == "authentic", codes(verdict)
    assert "Timestamp Authority" in parameters(verdict, "time.stamped")["authority"]
    assert "audit.signature-timestamped" in codes(run("audit", output, "--json").json)
    if algorithm == "sm2":
        return
    with open(output, "rb") as file:
        roots = [load_cert_from_pemder(str(issuer.certificate)), load_cert_from_pemder(authority.folder / "root.pem")]
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        status = validate_pdf_signature(PdfFileReader(file).embedded_signatures[0], context, context)
        assert status.intact and status.valid
        assert status.timestamp_validity.valid and status.timestamp_validity.trusted


def test_a_damaged_timestamp_is_never_authentic(registry, authority, tmp_path):
    authority.behaviour = "honest"
    source, output = report("injury"), tmp_path / "out.pdf"
    issuer = registry.issuer_for(source, "p256")
    issue(source, issuer, registry.facts_file(source), output, "--seal", "B-T", "--tsa", authority.url)
    data = output.read_bytes()
    begin = data.rindex(b"/Contents<", 0, data.rindex(b"/ByteRange")) + len(b"/Contents<")
    end = data.index(b">", begin)
    used = begin + len(data[begin:end].rstrip(b"0"))
    # The root that the token carries along is under no signature, and nothing relies on it.
    root = ssl.PEM_cert_to_DER_cert((authority.folder / "root.pem").read_text()).hex().upper().encode()
    assert data.count(root, begin, end) == 1
    carried = range(data.index(root, begin), data.index(root, begin) + len(root))
    copy = tmp_path / "copy.pdf"
    for position in range(begin, used, 97):
        if position in carried:
            continue
        other = b"0" if data[position : position + 1] != b"0" else b"1"
        copy.write_bytes(data[:position] + other + data[position + 1 :])
        assert verify(copy, issuer.folder)["outcome"] == "not_authentic", position - begin


@pytest.mark.parametrize("behaviour, code", [
    ("wrong-nonce", "timestamp.nonce"), ("other-imprint", "timestamp.imprint"), ("refusing", "timestamp.refused"),
    ("garbage", "timestamp.format"), ("error-500", "timestamp.http"), ("slow", "timestamp.unreachable"),
    ("endless", "timestamp.unreachable")])
def test_an_authority_that_fails_or_lies(registry, authority, tmp_path, behaviour, code):
    authority.behaviour = behaviour
    ended = run(*arguments(registry, tmp_path / "out.pdf", "--record", tmp_path / "out.record", "--seal", "B-T",
                           "--tsa", authority.url, "--tsa-timeout", "2"))
    assert ended.status >= 64 and error_code(ended) == code, ended.err
    assert not os.listdir(tmp_path), "nothing half-written, and no lower level in silence"


def test_an_authority_that_is_not_there(registry, tmp_path):
    ended = run(*arguments(registry, tmp_path / "out.pdf", "--seal", "B-T", "--tsa", "http://127.0.0.1:9/"))
    assert ended.status == UNAVAILABLE and error_code(ended) == "timestamp.unreachable"
    ended = run(*arguments(registry, tmp_path / "out.pdf", "--seal", "B-T", "--tsa", "file:///etc/passwd"))
    assert ended.status == UNAVAILABLE and error_code(ended) == "timestamp.unreachable"
    assert not os.listdir(tmp_path)


def test_level_and_authority_go_together(registry, tmp_path):
    for more in (["--seal", "B-T"], ["--tsa", "http://127.0.0.1:9/"]):
        ended = run(*arguments(registry, tmp_path / "out.pdf", *more))
        assert ended.status == USAGE and error_code(ended) == "usage.tsa"

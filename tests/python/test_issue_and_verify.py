import json
import sqlite3

import pytest
import sjcode
from conftest import certificate_of


def codes(verdict, result=None):
    return {check.code for check in verdict.checks if result in (None, check.result)}


def test_issue_and_verify(issued, issued_path, report, trust):
    content = issued_path.read_bytes()
    assert content == issued.to_bytes() == report.read_bytes() + issued.revision
    verdict = sjcode.verify(issued_path, trust)
    assert verdict.outcome is sjcode.Outcome.AUTHENTIC
    assert verdict.code.claims.code == issued.number and verdict.code.encoded == issued.code
    assert {fact.name for fact in verdict.facts} >= {"report_number"}
    assert json.loads(verdict.to_json())["outcome"] == "authentic"
    assert json.loads(verdict.to_json("zh", input_name="a.pdf"))["input"] == "a.pdf"
    assert "authentic" in verdict.to_text() and verdict.to_text("zh") != verdict.to_text()
    assert verdict == sjcode.verify(content, trust)
    assert sjcode.original_part(issued_path) == report.read_bytes()
    assert sjcode.carried_codes(content)[0].code == issued.code
    stamp = issued.stamps[0]
    assert stamp.page == 1 and stamp.width_mm > 10


def test_a_forgery(forged_path, trust):
    verdict = sjcode.verify(forged_path, trust)
    assert verdict.outcome is sjcode.Outcome.NOT_AUTHENTIC
    failed = [check for check in verdict.checks if check.result is sjcode.CheckResult.FAIL]
    assert failed and all(check.sentence("zh") != check.code != check.sentence() for check in failed)
    assert [check.parameters["pages"] for check in failed if check.code == "pages.differ"] == ["7"]


def test_a_bad_document_is_a_verdict(trust, issued_path):
    for nonsense in (b"", b"nonsense", b"%PDF-1.7\n", issued_path.read_bytes()[:5000], b"\x89PNG\r\n\x1a\n" + b"\0" * 100):
        verdict = sjcode.verify(nonsense, trust)
        assert verdict.outcome in (sjcode.Outcome.NOT_AUTHENTIC, sjcode.Outcome.UNDETERMINED)


def test_trust(issued_path, issued, tmp_path, certificate):
    (tmp_path / "cert.pem").write_text(certificate.to_pem())
    assert sjcode.verify(issued_path, tmp_path).outcome is sjcode.Outcome.AUTHENTIC
    assert sjcode.verify(issued_path, str(tmp_path)).outcome is sjcode.Outcome.AUTHENTIC
    stranger = sjcode.CertificateFolder.of([certificate_of(sjcode.PrivateKey.generate("p256"))])
    assert sjcode.verify(issued_path, stranger).outcome is not sjcode.Outcome.AUTHENTIC
    with pytest.raises(sjcode.TrustError):
        sjcode.verify(issued_path, tmp_path / "missing")
    assert sjcode.verify_text(issued.url, tmp_path).outcome is sjcode.Outcome.CODE_GENUINE
    with pytest.raises(TypeError):
        sjcode.Verifier(None)


def test_texts(issued, trust):
    assert sjcode.verify_text(issued.url, trust).outcome is sjcode.Outcome.CODE_GENUINE
    assert sjcode.verify_text(str(issued.number), trust).outcome is sjcode.Outcome.UNDETERMINED
    assert sjcode.verify_text(issued.url.replace("v.example.cn", "v.examp1e.cn"), trust).outcome is (
        sjcode.Outcome.NOT_AUTHENTIC)


def test_a_record_kept_beside(forged_path, issued, trust):
    verifier = sjcode.Verifier(trust)
    verdict = verifier.verify(forged_path, record=issued.record, render=True, page_scan_time=0.5)
    assert verdict.outcome is sjcode.Outcome.NOT_AUTHENTIC
    for seconds in (-1, float("nan"), float("inf"), 1e300):
        with pytest.raises(ValueError, match="seconds"):
            verifier.verify(forged_path, page_scan_time=seconds)


def test_clock(issued_path, trust, certificate, key, report, facts):
    before = certificate.not_before.timestamp() - 100
    assert "trust.issued-in-future" in codes(sjcode.verify(issued_path, trust, clock=lambda: before))
    assert "trust.issued-in-future" not in codes(sjcode.verify(issued_path, trust))
    inside = int(before) + 7200
    issued = sjcode.Issuer(key, certificate, clock=lambda: inside + 0.9, random=lambda n: b"\x07" * n,
                           seal=False).issue(report, facts)
    assert sjcode.RawReportCode.decode(issued.code).unverified_claims.issued == inside
    assert sjcode.audit(issued.to_bytes()).signatures == ()
    with pytest.raises(ZeroDivisionError):
        sjcode.verify(issued_path, trust, clock=lambda: 1 / 0)
    for nonsense in (float("nan"), float("inf"), 1e300, "now"):
        with pytest.raises((ValueError, OverflowError, TypeError)):
            sjcode.verify(issued_path, trust, clock=lambda: nonsense)
    assert sjcode.verify(issued_path, trust).outcome is sjcode.Outcome.AUTHENTIC


def test_refusals(issuer, report, facts, issued_path, tmp_path, certificate):
    with pytest.raises(sjcode.DocumentError) as caught:
        issuer.issue(issued_path, facts)
    assert caught.value.code.startswith(("pdf.", "issue.", "hygiene."))
    with pytest.raises(sjcode.DocumentError):
        issuer.issue(b"no PDF", facts)
    changed = json.loads(facts.to_json())
    changed["number"] = "示例司鉴中心〔2026〕临鉴字第999号"
    with pytest.raises(sjcode.FactsError) as caught:
        issuer.issue(report, sjcode.Facts.from_dict(changed))
    assert caught.value.code == "issue.facts" and caught.value.parameters["field"] == "number"
    with pytest.raises(sjcode.DocumentError) as caught:
        issuer.issue(report, facts, host="v.elsewhere.cn")
    assert caught.value.code == "issue.host"
    with pytest.raises(sjcode.DocumentError):
        issuer.issue(report, facts, placement=sjcode.Placement(page=99))
    with pytest.raises(TypeError):
        issuer.issue(report, facts.to_json())
    with pytest.raises(TypeError, match="seal"):
        sjcode.Issuer(sjcode.PrivateKey.generate("p256"), certificate, seal="B-B")


def test_options(issuer, report, facts, trust):
    issued = issuer.issue(report, facts, level="Q", entries=[sjcode.EntrySymbol("opinion")],
                          placement=sjcode.Placement("last", corner="top-left", force=True))
    assert {stamp.page for stamp in issued.stamps} == {8}
    assert sjcode.verify(issued.to_bytes(), trust).outcome is sjcode.Outcome.AUTHENTIC
    placed = issuer.issue(report, facts, placement=sjcode.Placement(page=2, position=(100, 20), force=True)).stamps
    assert (placed[0].page, round(placed[0].x_mm), round(placed[0].y_mm)) == (2, 100, 20)
    assert issuer.preview(report, facts, dpi=72).startswith(b"\x89PNG")


def test_fonts(key, certificate, report, facts, tmp_path):
    missing = sjcode.StampFonts(chinese=tmp_path / "missing.ttf", latin="missing.ttf")
    with pytest.raises(sjcode.SjcodeError) as caught:
        sjcode.Issuer(key, certificate, fonts=missing).issue(report, facts)
    assert caught.value.code.startswith(("font.", "file."))


def test_writing(issued, tmp_path):
    path = tmp_path / "out.pdf"
    issued.write(path)
    with pytest.raises(FileExistsError):
        issued.write(path)
    issued.write(str(path), overwrite=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.pdf"]
    with pytest.raises(sjcode.FileError):
        issued.write(tmp_path / "missing" / "out.pdf")


def test_timestamps(key, certificate, report, facts):
    asked = []

    def authority(request):
        asked.append(request)
        raise TimeoutError("no answer")

    with pytest.raises(TimeoutError, match="no answer"):
        sjcode.Issuer(key, certificate, timestamps=authority).issue(report, facts)
    assert len(asked) == 1 and asked[0][:1] == b"\x30"
    with pytest.raises(sjcode.TimestampError):
        sjcode.Issuer(key, certificate, timestamps=lambda request: b"nonsense").issue(report, facts)


def test_audit(issued_path, report, forged_path):
    found = sjcode.audit(issued_path)
    assert found.outcome is sjcode.AuditOutcome.NO_FAILURE
    assert len(found.revisions) >= 2 and found.revisions[0].end < found.revisions[1].end <= issued_path.stat().st_size
    signature = found.signatures[0]
    assert signature.valid and signature.covers_file and signature.kind is sjcode.AuditSignatureKind.CERTIFICATION
    assert signature.level == "B-B" and signature.timestamp is None
    assert json.loads(found.to_json())["outcome"] == "no_failure" and found.to_text("zh")
    assert sjcode.audit(report).outcome is sjcode.AuditOutcome.NOTHING_SIGNED
    assert sjcode.audit(forged_path).outcome is sjcode.AuditOutcome.FAILED
    assert sjcode.audit(issued_path, revisions=1).outcome is sjcode.AuditOutcome.FAILED
    assert sjcode.audit(b"nonsense").outcome is sjcode.AuditOutcome.FAILED
    for document, code in ((report, "extract.no-code"), (forged_path, "extract.changed")):
        with pytest.raises(sjcode.DocumentError) as caught:
            sjcode.original_part(document)
        assert caught.value.code == code


def test_objects_work_in_other_libraries(issued_path, trust, tmp_path):
    """A verdict goes into a database as any integrator would put it there."""
    verdict = sjcode.verify(issued_path, trust)
    with sqlite3.connect(tmp_path / "a.db") as database:
        database.execute("create table verdicts (outcome text, number text, verdict text)")
        database.execute("insert into verdicts values (?, ?, ?)",
                         (verdict.outcome.value, str(verdict.code.claims.code), verdict.to_json()))
        assert database.execute("select outcome from verdicts").fetchone() == ("authentic",)

"""The command line program as its users meet it: clerks who issue, judges who verify."""

import json
import os
import pathlib
import pty
import shutil
import subprocess

import pytest

from pages import output_of, qpdf
from reports import CORPUS, report
from running import (AUTHENTIC, BAD_DATA, CANNOT_CREATE, CODE_GENUINE, NO_INPUT, NOT_AUTHENTIC, PROGRAM, UNDETERMINED,
                     USAGE, Issuer, codes, error_code, issue, parameters, run, succeed, verify)


@pytest.fixture(scope="module")
def stamped(registry, tmp_path_factory):
    """A stamped report, its issuer, and what was said when it was issued."""
    path = report("dna")
    issuer = registry.issuer_for(path, "ed25519")
    impostor(registry)
    output = tmp_path_factory.mktemp("stamped") / "stamped.pdf"
    return output, issuer, issue(path, issuer, registry.facts_file(path), output)


def impostor(registry) -> Issuer:
    """Another key under the same licence number. It is older than the stamped report: a key that came later could not
    have been meant."""
    return registry.issuer("ed25519", hosts=("other.example.cn",))


def issuing(registry, output, *options, name="dna", issuer=None, facts=None):
    path = report(name)
    issuer = issuer or registry.issuer_for(path, "ed25519")
    return run("issue", path, "--facts", facts or registry.facts_file(path), *issuer.arguments(), "-o", output, *options)


# --- languages


def test_both_languages(stamped):
    file, issuer, issued = stamped
    chinese = succeed("verify", file, "--trust", issuer.folder, language="zh").out
    english = succeed("verify", file, "--trust", issuer.folder, language="en").out
    assert "核验通过" in chinese and "示例司法鉴定中心" in chinese and issued["number"] in chinese
    assert "authentic" in english and issued["number"] in english
    # The option is stronger than the environment.
    assert succeed("verify", file, "--trust", issuer.folder, "--lang", "en", language="zh").out == english
    assert succeed("--lang", "zh", "verify", file, "--trust", issuer.folder, language="en").out == chinese


def test_every_verdict_says_that_it_does_not_vouch_for_the_opinion(stamped, tmp_path):
    file, issuer, _ = stamped
    blank = tmp_path / "blank.pdf"
    shutil.copy(report("document"), blank)
    for document in (file, blank, "JTK2-20MH-EXSQ-KZ2W-E3S7"):
        assert "鉴定意见" in run("verify", document, "--trust", issuer.folder, language="zh").out
        assert "vouch" in run("verify", document, "--trust", issuer.folder, language="en").out


def test_errors_in_both_languages(registry, tmp_path):
    trust = registry.issuer("ed25519").folder
    chinese = run("verify", tmp_path / "none.pdf", "--trust", trust, language="zh")
    english = run("verify", tmp_path / "none.pdf", "--trust", trust, language="en")
    assert chinese.status == english.status == NO_INPUT
    assert "没有找到文件" in chinese.err and "No such file" in english.err
    assert error_code(chinese) == error_code(english) == "file.not-found"


# --- the wrong file


@pytest.mark.parametrize(("field", "value"), [
    ("number", "示例司鉴中心〔2026〕物鉴字第208号"),
    ("accepted", "2026-09-04"),
    ("opinion", "依据现有资料和DNA分析结果，不支持乙某为丙某的生物学父亲。"),
])
def test_facts_that_the_text_does_not_bear_out_are_refused(registry, tmp_path, field, value):
    output = tmp_path / "stamped.pdf"
    facts = registry.facts_file(report("dna"), **{field: value})
    ended = issuing(registry, output, facts=facts)
    assert ended.status == BAD_DATA
    assert error_code(ended) in ("issue.facts", "issue.facts-missing")
    assert f"“{field}”" in ended.err and "--allow facts" in ended.err
    assert not output.exists()
    allowed = issuing(registry, output, "--allow", "facts", "--json", facts=facts)
    assert allowed.status == 0
    assert "issue.facts" in {warning["code"].removesuffix("-missing") for warning in allowed.json["warnings"]}


def test_wrong_appraiser_is_refused(registry, tmp_path):
    appraisers = [{"name": "张三", "licence": "440100001001"}, {"name": "李四", "licence": "440100001009"}]
    facts = registry.facts_file(report("dna"), appraisers=appraisers)
    ended = issuing(registry, tmp_path / "stamped.pdf", facts=facts)
    assert ended.status == BAD_DATA and "440100001009" in ended.err and "appraisers" in ended.err


def test_facts_of_another_report_are_refused(registry, tmp_path):
    """The clerk took the neighbouring file."""
    ended = issuing(registry, tmp_path / "stamped.pdf", name="injury", facts=registry.facts_file(report("dna")))
    assert ended.status == BAD_DATA
    assert "“number”" in ended.err and "临鉴字第18号" in ended.err


@pytest.mark.parametrize(("change", "code", "named"), [
    ({"licence": "440100002"}, "issue.licence", "440100002"),
    ({"institution": "另一司法鉴定中心"}, "issue.institution", "另一司法鉴定中心"),
    ({"short_name": "另一司鉴中心"}, "issue.short-name", "另一司鉴中心"),
])
def test_facts_of_another_institution_are_refused(registry, tmp_path, change, code, named):
    ended = issuing(registry, tmp_path / "stamped.pdf", facts=registry.facts_file(report("dna"), **change))
    assert (ended.status, error_code(ended)) == (BAD_DATA, code)
    assert named in ended.err


@pytest.mark.parametrize(("text", "named"), [
    ("", None), ("{", None), ("[]", None), ('{"licence": 1}', "licence"), ('{"unknown": 1}', "unknown"),
    ('{"licence": "1", "licence": "2"}', "licence"),
])
def test_facts_that_are_no_facts(registry, tmp_path, text, named):
    facts = tmp_path / "facts.json"
    facts.write_text(text, encoding="utf-8")
    ended = issuing(registry, tmp_path / "stamped.pdf", facts=facts)
    assert ended.status == BAD_DATA and error_code(ended).startswith("facts.")
    assert str(facts) in ended.err and (named or "") in ended.err


def test_every_required_field_is_named_when_it_is_left_out(registry, tmp_path):
    full = registry.facts(report("dna"))
    for field in ("licence", "institution", "short_name", "number", "categories", "appraisers", "accepted", "opinion",
                  "status"):
        facts = tmp_path / "facts.json"
        facts.write_text(json.dumps({name: value for name, value in full.items() if name != field}), encoding="utf-8")
        ended = issuing(registry, tmp_path / "stamped.pdf", facts=facts)
        assert ended.status == BAD_DATA and field in ended.err


# --- outputs


def test_existing_output_is_not_overwritten_unasked(registry, tmp_path):
    output = tmp_path / "stamped.pdf"
    output.write_bytes(b"precious")
    ended = issuing(registry, output)
    assert (ended.status, error_code(ended)) == (CANNOT_CREATE, "file.exists")
    assert output.read_bytes() == b"precious"
    assert issuing(registry, output, "--overwrite").status == 0
    first = output.read_bytes()
    assert first.startswith(report("dna").read_bytes())
    assert issuing(registry, output).status == CANNOT_CREATE
    assert output.read_bytes() == first
    assert sorted(tmp_path.iterdir()) == [output]


def test_existing_record_is_not_overwritten_unasked(registry, tmp_path):
    output, record = tmp_path / "stamped.pdf", tmp_path / "record"
    record.write_bytes(b"precious")
    ended = issuing(registry, output, "--record", record)
    assert ended.status == CANNOT_CREATE
    assert record.read_bytes() == b"precious" and not output.exists()


def test_output_over_the_input_is_refused(registry, tmp_path):
    path = tmp_path / "report.pdf"
    shutil.copy(report("dna"), path)
    path.chmod(0o644)
    issuer = registry.issuer("ed25519")
    before = path.read_bytes()
    ended = run("issue", path, "--facts", registry.facts_file(report("dna")), *issuer.arguments(), "-o", path)
    assert ended.status == CANNOT_CREATE and path.read_bytes() == before


def test_input_is_never_touched(registry, tmp_path):
    path = tmp_path / "report.pdf"
    shutil.copy(report("dna"), path)
    path.chmod(0o444)
    before = path.stat()
    issuer = registry.issuer("ed25519")
    succeed("issue", path, "--facts", registry.facts_file(report("dna")), *issuer.arguments(), "-o", tmp_path / "s.pdf")
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)


def test_two_issues_of_one_report_have_two_numbers(registry, tmp_path):
    numbers = {issuing(registry, tmp_path / f"{i}.pdf", "--json").json["number"] for i in range(2)}
    assert len(numbers) == 2


def test_preview_writes_one_picture_and_issues_nothing(registry, tmp_path):
    picture = tmp_path / "preview.png"
    path = report("dna")
    issuer = registry.issuer("ed25519")
    succeed("issue", path, "--facts", registry.facts_file(path), *issuer.arguments(), "--preview", picture)
    assert sorted(tmp_path.iterdir()) == [picture]
    assert picture.read_bytes().startswith(b"\x89PNG")
    # The symbol on it is nobody's.
    verdict = verify(picture, issuer.folder)
    assert verdict["outcome"] in ("not_authentic", "undetermined")
    assert "signature.verified" not in codes(verdict)


def test_nothing_to_write_is_a_usage_error(registry):
    path = report("dna")
    ended = run("issue", path, "--facts", registry.facts_file(path), *registry.issuer("ed25519").arguments())
    assert ended.status == USAGE


# --- the code goes in once, before any seal


def test_stamped_file_is_not_stamped_again(registry, stamped, tmp_path):
    file, issuer, _ = stamped
    output = tmp_path / "twice.pdf"
    ended = run("issue", file, "--facts", registry.facts_file(report("dna")), *issuer.arguments(), "-o", output)
    assert ended.status == BAD_DATA and not output.exists()
    assert error_code(ended) == "pdf.stamped"


def test_signed_file_is_refused(registry, tmp_path):
    signed = CORPUS / "signed-good" / "MatthiasValvekens--minimal-two-fields-signed-twice.pdf"
    if not signed.exists():
        pytest.skip(f"there is no {signed}")
    ended = run("issue", signed, "--facts", registry.facts_file(report("dna")), *registry.issuer("ed25519").arguments(),
                "-o", tmp_path / "stamped.pdf", "--allow", "facts")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "pdf.signed")


@pytest.mark.parametrize("password", ["", "secret"], ids=["owner-only", "user"])
def test_encrypted_file_is_refused(registry, tmp_path, password):
    encrypted = tmp_path / "encrypted.pdf"
    qpdf("--encrypt", password, "owner", "256", "--", report("dna"), encrypted)
    for options in ([], ["--repair"]):
        ended = run("issue", encrypted, "--facts", registry.facts_file(report("dna")),
                    *registry.issuer("ed25519").arguments(), "-o", tmp_path / "stamped.pdf", *options)
        assert (ended.status, error_code(ended)) == (BAD_DATA, "pdf.encrypted"), options


def test_damaged_file_is_refused_and_repaired_on_request(registry, tmp_path):
    damaged, output = tmp_path / "damaged.pdf", tmp_path / "stamped.pdf"
    data = report("dna-classic").read_bytes()
    at = data.rindex(b"startxref")
    damaged.write_bytes(data[:at] + b"startxref\n7\n%%EOF\n")
    facts, issuer = registry.facts_file(report("dna")), registry.issuer("ed25519")
    arguments = ["issue", damaged, "--facts", facts, *issuer.arguments(), "-o", output]
    ended = run(*arguments)
    assert ended.status == BAD_DATA and error_code(ended).startswith("pdf.") and "--repair" in ended.err
    succeed(*arguments, "--repair")
    assert verify(output, issuer.folder)["outcome"] == "authentic"


# --- options


@pytest.mark.parametrize("options", [
    ["--allow", "everything"], ["--page", "0"], ["--page", "x"], ["--page", "-1"], ["--place", "middle"],
    ["--place", "1"], ["--place", "1,x"], ["--place", "-1,5"], ["--entry", "secret"], ["--entry", "opinion@0"],
    ["--qr-level", "H"], ["--unknown"],
])
def test_wrong_options(registry, tmp_path, options):
    ended = issuing(registry, tmp_path / "stamped.pdf", *options)
    assert ended.status == USAGE, ended.err
    assert ended.err.startswith("sjcode: ") and not list(tmp_path.iterdir())


def test_page_that_is_not_there(registry, tmp_path):
    ended = issuing(registry, tmp_path / "stamped.pdf", "--page", "99")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "place.page")


def test_places(registry, tmp_path):
    """Corners lie 8 mm inside the page, those at the right clear of the cross-page seal; an exact place is exact."""
    found = {}
    for place in ("bottom-left", "bottom-right", "top-left", "top-right", "100,200.5"):
        output = tmp_path / f"{place}.pdf"
        ended = issuing(registry, output, "--page", "1", "--place", place, "--force-place", "--json")
        assert ended.status == 0, ended.err
        (found[place],) = ended.json["stamps"]
        assert verify(output, registry.issuer("ed25519").folder)["outcome"] == "authentic"
    assert all(stamp["page"] == 1 for stamp in found.values())
    assert found["bottom-left"]["x_mm"] == found["top-left"]["x_mm"] == pytest.approx(8)
    assert found["bottom-left"]["y_mm"] == found["bottom-right"]["y_mm"] == pytest.approx(8)
    assert found["top-left"]["y_mm"] + found["top-left"]["height_mm"] == pytest.approx(297 - 8, abs=0.1)
    assert found["bottom-right"]["x_mm"] + found["bottom-right"]["width_mm"] < 210 - 20
    assert (found["100,200.5"]["x_mm"], found["100,200.5"]["y_mm"]) == pytest.approx((100, 200.5), abs=0.01)
    assert found["100,200.5"]["corner"] is None and found["top-left"]["corner"] == "top-left"
    # Symbol, quiet zone and number: the symbol alone is 27 to 30 mm.
    assert 27 <= found["top-left"]["width_mm"] <= 31


def test_place_outside_the_page(registry, tmp_path):
    ended = issuing(registry, tmp_path / "stamped.pdf", "--page", "1", "--place", "195,10", "--force-place")
    assert ended.status == BAD_DATA and error_code(ended).startswith("place.")


def test_place_that_is_taken_is_refused_and_forced(registry, tmp_path):
    output = tmp_path / "stamped.pdf"
    ended = issuing(registry, output, "--page", "3", "--place", "80,150")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "place.occupied")
    assert issuing(registry, output, "--page", "3", "--place", "80,150", "--force-place").status == 0
    assert verify(output, registry.issuer("ed25519").folder)["outcome"] == "authentic"


@pytest.mark.parametrize(("page", "pages"), [("first", [1]), ("last", [6]), ("2", [2]), ("all", [1, 2, 3, 4, 5, 6])])
def test_pages(registry, tmp_path, page, pages):
    output = tmp_path / "stamped.pdf"
    ended = issuing(registry, output, "--page", page, "--force-place", "--json")
    assert ended.status == 0, ended.err
    assert [stamp["page"] for stamp in ended.json["stamps"]] == pages
    verdict = verify(output, registry.issuer("ed25519").folder, "--render")
    assert verdict["outcome"] == "authentic"
    assert parameters(verdict, "symbol.matches") == {"stamps": str(len(pages))}
    assert "symbol.rendered" in codes(verdict, "pass")


# --- keys


def test_host_must_be_one_of_the_certificate(registry, tmp_path):
    issuer = registry.issuer("ed25519", hosts=("a.example.cn", "b.example.cn"))
    ended = issuing(registry, tmp_path / "1.pdf", issuer=issuer)
    assert (ended.status, error_code(ended)) == (USAGE, "issue.host.which")
    ended = issuing(registry, tmp_path / "2.pdf", "--host", "c.example.cn", issuer=issuer)
    assert error_code(ended) == "issue.host" and "c.example.cn" in ended.err
    ended = issuing(registry, tmp_path / "3.pdf", "--host", "b.example.cn", "--json", issuer=issuer)
    assert ended.status == 0 and ended.json["url"].startswith("https://b.example.cn/r/")
    assert verify(tmp_path / "3.pdf", issuer.folder)["outcome"] == "authentic"


def test_key_of_another_certificate_is_refused(registry, tmp_path):
    path = report("dna")
    a, b = registry.issuer("ed25519"), registry.issuer("ed25519", hosts=("b.example.cn",))
    ended = run("issue", path, "--facts", registry.facts_file(path), "--key", a.key, "--cert", b.certificate, "-o",
                tmp_path / "stamped.pdf")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "issue.key")
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def encrypted_key(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encrypted")
    (folder / "passphrase").write_text("口令 with spaces\n", encoding="utf-8")
    succeed("key", "new", "--alg", "sm2", "--licence", "440100001", "--name", "示例司法鉴定中心", "--short-name",
            "示例司鉴中心", "--host", "v.example.cn", "--passphrase-file", folder / "passphrase", "-o", folder / "issuer")
    return folder


def test_encrypted_key(registry, encrypted_key, tmp_path):
    issuer = Issuer(encrypted_key / "issuer", "sm2")
    assert "ENCRYPTED" in issuer.key.read_text()
    assert issuer.key.stat().st_mode & 0o077 == 0
    output = tmp_path / "stamped.pdf"
    ended = issuing(registry, output, issuer=issuer)
    assert (ended.status, error_code(ended)) == (BAD_DATA, "key.passphrase")
    wrong = tmp_path / "wrong"
    wrong.write_text("another")
    ended = issuing(registry, output, "--passphrase-file", wrong, issuer=issuer)
    assert error_code(ended) == "key.passphrase" and not output.exists()
    assert issuing(registry, output, "--passphrase-file", encrypted_key / "passphrase", issuer=issuer).status == 0
    assert verify(output, issuer.folder)["outcome"] == "authentic"


@pytest.mark.parametrize("algorithm", ["ed25519", "p256", "sm2"])
def test_pkcs12(registry, tmp_path, algorithm):
    issuer = registry.issuer(algorithm)
    store = tmp_path / "issuer.p12"
    (tmp_path / "passphrase").write_text("secret")
    output_of("openssl", "pkcs12", "-export", "-inkey", issuer.key, "-in", issuer.certificate, "-out", store, "-passout",
              "pass:secret")
    path = report("dna")
    arguments = ["issue", path, "--facts", registry.facts_file(path), "--key", store, "-o", tmp_path / "stamped.pdf"]
    assert error_code(run(*arguments)) == "key.passphrase"
    succeed(*arguments, "--passphrase-file", tmp_path / "passphrase")
    assert verify(tmp_path / "stamped.pdf", issuer.folder)["outcome"] == "authentic"


def test_key_new_does_not_overwrite(registry):
    issuer = registry.issuer("ed25519")
    before = issuer.key.read_bytes()
    ended = run("key", "new", "--licence", "1", "--name", "x", "--short-name", "x", "--host", "v.example.cn", "-o",
                issuer.folder)
    assert (ended.status, error_code(ended)) == (CANNOT_CREATE, "file.exists")
    assert issuer.key.read_bytes() == before


# --- trust


def test_folder_that_does_not_know_the_issuer(registry, stamped, tmp_path):
    file, _, _ = stamped
    stranger = registry.issuer("ed25519", licence="110000001", institution="另一司法鉴定中心")
    verdict = verify(file, stranger.folder)
    assert verdict["outcome"] == "undetermined"
    assert "signature.unknown-issuer" in codes(verdict, "unchecked")
    assert verdict["claims"] is None and not verdict["facts"]


def test_other_key_under_the_same_licence_number(registry, stamped):
    """Someone else's certificate with the institution's licence number in the trust folder: the signature is not its."""
    file, _, _ = stamped
    verdict = verify(file, impostor(registry).folder)
    assert verdict["outcome"] == "not_authentic"
    assert "signature.wrong" in codes(verdict, "fail")


def test_other_algorithm_under_the_same_licence_number(registry, stamped):
    file, _, _ = stamped
    verdict = verify(file, registry.issuer("p256").folder)
    assert verdict["outcome"] == "undetermined"
    assert "signature.unknown-key" in codes(verdict, "unchecked")


def test_foreign_host(registry, stamped):
    """A genuine code behind the address of a look-alike site."""
    _, issuer, issued = stamped
    for host in ("v.example.org.cn.evil.example", "evil.example", "xv.example.org.cn"):
        url = issued["url"].replace(issuer.hosts[0], host)
        verdict = verify(url, issuer.folder)
        assert verdict["outcome"] == "not_authentic"
        assert "host.foreign" in codes(verdict, "fail") and "signature.verified" in codes(verdict, "pass")


def test_altered_url(stamped):
    _, issuer, issued = stamped
    url = issued["url"]
    digit = url[-20]
    for altered, outcomes in [
        (url[:-20] + str((int(digit) + 1) % 10) + url[-19:], {"not_authentic"}),
        (url[:-1], {"not_authentic"}),
        (url + "0", {"not_authentic"}),
        (url + "?x=1", {"not_authentic"}),
        (url.replace("https://", "https://user@"), {"not_authentic"}),
        (url.replace("/r/", "/r2/"), {"undetermined"}),
    ]:
        assert verify(altered, issuer.folder)["outcome"] in outcomes, altered


@pytest.mark.parametrize("content", ["none", "empty", "rubbish"])
def test_trust_that_is_no_trust(stamped, tmp_path, content):
    file, _, _ = stamped
    folder = tmp_path / "trust"
    if content != "none":
        folder.mkdir()
    if content == "rubbish":
        (folder / "cert.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    ended = run("verify", file, "--trust", folder)
    assert ended.status in (BAD_DATA, NO_INPUT) and error_code(ended).startswith("trust.")


# --- inputs of verify


def test_unknown_input(registry):
    ended = run("verify", "no-such-thing", "--trust", registry.issuer("ed25519").folder)
    assert (ended.status, error_code(ended)) == (NO_INPUT, "file.not-found")


def test_many_inputs_one_line_each_in_order(registry, stamped, tmp_path):
    file, issuer, issued = stamped
    files = []
    for i in range(6):
        files.append(tmp_path / f"{i}.pdf")
        files[-1].write_bytes(file.read_bytes() + (b"" if i % 2 == 0 else b"\n"))
    inputs = [*files, issued["url"], issued["number"]]
    ended = run("verify", *inputs, "--trust", issuer.folder, "--json")
    assert ended.status == NOT_AUTHENTIC  # the worst of all
    assert [line["input"] for line in ended.lines] == [str(one) for one in inputs]
    outcomes = ["authentic", "not_authentic"] * 3 + ["code_genuine", "undetermined"]
    assert [line["outcome"] for line in ended.lines] == outcomes
    # No progress bar and nothing else where nobody looks.
    assert ended.err == ""


def test_folder(registry, stamped, tmp_path):
    file, issuer, _ = stamped
    (tmp_path / "inner").mkdir()
    for name in ("b.pdf", "a.pdf", "inner/c.pdf"):
        shutil.copy(file, tmp_path / name)
    ended = run("verify", tmp_path, "--trust", issuer.folder, "--json")
    assert ended.status == AUTHENTIC
    assert [pathlib.Path(line["input"]).relative_to(tmp_path).as_posix() for line in ended.lines] == [
        "a.pdf", "b.pdf", "inner/c.pdf"]
    empty = tmp_path / "empty"
    empty.mkdir()
    ended = run("verify", empty, "--trust", issuer.folder)
    assert 64 <= ended.status <= 78 and error_code(ended) == "file.folder-empty"


def test_missing_file_among_others(stamped, tmp_path):
    file, issuer, _ = stamped
    ended = run("verify", file, tmp_path / "none.pdf", file, "--trust", issuer.folder, "--json")
    assert ended.status == NO_INPUT
    assert [line.get("outcome") for line in ended.lines] == ["authentic", None, "authentic"]
    assert ended.lines[1]["error"]["code"] == "file.not-found"


def test_progress_bar_on_a_terminal(stamped):
    file, issuer, _ = stamped
    ours, theirs = pty.openpty()
    process = subprocess.Popen([PROGRAM, "verify", file, file, file, "--trust", issuer.folder, "--json"],
                               stdout=subprocess.PIPE, stderr=theirs)
    out, _ = process.communicate(timeout=60)
    os.close(theirs)
    drawn = os.read(ours, 65536).decode()
    os.close(ours)
    assert process.returncode == AUTHENTIC and "3/3" in drawn and "#" in drawn
    assert len([json.loads(line) for line in out.splitlines()]) == 3


def test_worst_status_of_several(stamped):
    file, issuer, issued = stamped
    trust = ["--trust", issuer.folder]
    assert run("verify", file, issued["url"], *trust).status == CODE_GENUINE
    assert run("verify", file, issued["url"], issued["number"], *trust).status == UNDETERMINED


def test_typed_number(stamped):
    _, issuer, issued = stamped
    number = issued["number"]
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number.replace("-", ""))
    for typed in (number, number.replace("-", ""), number.lower(), wide):
        verdict = verify(typed, issuer.folder)
        assert verdict["outcome"] == "undetermined"
        assert parameters(verdict, "number.well-formed") == {"number": number}
        assert number in succeed("number", "check", typed).out


def test_mistyped_number(stamped):
    _, issuer, issued = stamped
    number = issued["number"]
    for place in (2, 7, 23):
        wrong = number[:place] + ("7" if number[place] != "7" else "8") + number[place + 1 :]
        ended = run("number", "check", wrong)
        assert ended.status == BAD_DATA and error_code(ended).startswith("number.")
        # It never guesses which number was meant.
        assert number not in ended.err + ended.out
        # Not a well-formed number: nothing that verify takes for a text.
        assert run("verify", wrong, "--trust", issuer.folder).status == NO_INPUT


def test_record_beside_the_file(registry, tmp_path):
    output, record = tmp_path / "stamped.pdf", tmp_path / "record"
    assert issuing(registry, output, "--record", record).status == 0
    issuer = registry.issuer("ed25519")
    assert verify(output, issuer.folder, "--record", record)["outcome"] == "authentic"
    record.write_bytes(record.read_bytes()[:-1])
    verdict = verify(report("dna"), issuer.folder, "--record", record)
    assert verdict["outcome"] == "undetermined"
    assert "record.not-of-this-code" in codes(verdict, "warn")


def test_original_alone_matches_its_record_but_is_undetermined(registry, tmp_path):
    record = tmp_path / "record"
    assert issuing(registry, tmp_path / "stamped.pdf", "--record", record).status == 0
    verdict = verify(report("dna"), registry.issuer("ed25519").folder, "--record", record)
    assert verdict["outcome"] == "undetermined"
    assert {"code.none", "record.not-vouched"} <= codes(verdict)


def test_help_and_version():
    for arguments in (["--help"], ["issue", "--help"], ["verify", "--help"], ["key", "new", "--help"], ["--version"]):
        ended = run(*arguments)
        assert ended.status == 0 and ended.out and not ended.err
    assert run().status == USAGE
    assert run("no-such-command").status == USAGE

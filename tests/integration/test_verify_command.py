"""`sjcode verify` and `number` as judges meet them: languages, trust, and every kind of input."""

import json
import os
import pathlib
import pty
import shutil
import subprocess

import pytest

from reports import report
from running import (AUTHENTIC, BAD_DATA, CODE_GENUINE, NO_INPUT, NOT_AUTHENTIC, PROGRAM, UNDETERMINED, USAGE, Issuer,
                     codes, error_code, issue, parameters, run, succeed, verify)


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
        # Addresses that no symbol of ours has, on what is no official host to the letter.
        (url.replace("https://", "https://user@"), {"not_authentic", "undetermined"}),
        (url.replace(issuer.hosts[0], issuer.hosts[0] + ":443"), {"not_authentic", "undetermined"}),
        (url.replace(issuer.hosts[0], issuer.hosts[0] + "."), {"not_authentic", "undetermined"}),
        (url.replace(issuer.hosts[0], issuer.hosts[0].upper()), {"not_authentic", "undetermined"}),
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
    for place in (1, 7, 23):
        wrong = number[:place] + ("7" if number[place] != "7" else "8") + number[place + 1 :]
        ended = run("number", "check", wrong)
        assert ended.status == BAD_DATA and error_code(ended).startswith("number.")
        # It never guesses which number was meant.
        assert number not in ended.err + ended.out
        # A number all the same for verify, which says so and finds nothing.
        verdict = verify(wrong, issuer.folder)
        assert verdict["outcome"] == "undetermined" and codes(verdict) == {error_code(ended)}


def test_record_beside_the_file(registry, tmp_path):
    output, record, issuer = tmp_path / "stamped.pdf", tmp_path / "record", registry.issuer("ed25519")
    issue(report("dna"), issuer, registry.facts_file(report("dna")), output, "--record", record)
    assert verify(output, issuer.folder, "--record", record)["outcome"] == "authentic"
    record.write_bytes(record.read_bytes()[:-1])
    verdict = verify(report("dna"), issuer.folder, "--record", record)
    assert verdict["outcome"] == "undetermined"
    assert "record.not-of-this-code" in codes(verdict, "warn")


def test_original_alone_matches_its_record_but_is_undetermined(registry, tmp_path):
    record, issuer = tmp_path / "record", registry.issuer("ed25519")
    issue(report("dna"), issuer, registry.facts_file(report("dna")), tmp_path / "stamped.pdf", "--record", record)
    verdict = verify(report("dna"), issuer.folder, "--record", record)
    assert verdict["outcome"] == "undetermined"
    assert {"code.none", "record.not-vouched"} <= codes(verdict)


def test_help_and_version():
    for arguments in (["--help"], ["issue", "--help"], ["verify", "--help"], ["key", "new", "--help"], ["--version"]):
        ended = run(*arguments)
        assert ended.status == 0 and ended.out and not ended.err
    assert run().status == USAGE
    assert run("no-such-command").status == USAGE

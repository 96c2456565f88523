"""What `sjcode verify` is given: folders with things in them that cannot be read, names made to deceive, text typed wrongly."""

import json
import os
import pathlib
import shutil
import socket
import subprocess

import pytest

from reports import report
from running import (AUTHENTIC, IO_ERROR, NO_INPUT, PROGRAM, UNDETERMINED, codes, error_code, issue, run, succeed, verify)


@pytest.fixture(scope="module")
def stamped(registry, tmp_path_factory):
    path = report("dna")
    issuer = registry.issuer_for(path, "ed25519")
    output = tmp_path_factory.mktemp("stamped") / "stamped.pdf"
    return output, issuer, issue(path, issuer, registry.facts_file(path), output)


def found_in(folder, issuer) -> dict:
    """Outcome, or code of the error, by name; and that an error shows in the exit status."""
    ended = run("verify", folder, "--trust", issuer.folder, "--json")
    found = {pathlib.Path(line["input"]).relative_to(folder).as_posix():
             line["outcome"] if "outcome" in line else line["error"]["code"] for line in ended.lines}
    assert (ended.status >= 64) == any("." in one for one in found.values()), ended.err
    return found


# --- folders


def test_nothing_in_a_folder_is_passed_over_in_silence(stamped, tmp_path):
    file, issuer, _ = stamped
    (tmp_path / "inbox/b-folder").mkdir(parents=True)
    for name in ("inbox/a.pdf", "inbox/b-folder/inner.pdf", "inbox/z.pdf"):
        shutil.copy(file, tmp_path / name)
    (tmp_path / "outside").mkdir()
    shutil.copy(file, tmp_path / "outside/other.pdf")
    inbox = tmp_path / "inbox"
    (inbox / "c-link.pdf").symlink_to(file)
    assert set(found_in(inbox, issuer).values()) == {"authentic"}
    (inbox / "d-gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    (inbox / "e-elsewhere").symlink_to(tmp_path / "outside")
    (inbox / "f-loop").symlink_to(inbox)
    os.mkfifo(inbox / "g.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(inbox / "h.pdf"))
    (inbox / ".hidden.pdf").write_bytes(b"")
    assert found_in(inbox, issuer) == {
        "a.pdf": "authentic", "b-folder/inner.pdf": "authentic", "c-link.pdf": "authentic", "d-gone.pdf": "file.not-found",
        "e-elsewhere": "file.folder-link", "f-loop": "file.folder-link", "g.pdf": "file.not-regular",
        "h.pdf": "file.not-regular", "z.pdf": "authentic"}
    # For a person too, and one folder named is enough for all of it.
    ended = run("verify", inbox, "--trust", issuer.folder)
    assert ended.status == NO_INPUT and ended.err.count("sjcode: ") == 5 and ended.out.count("== ") == 4


def test_folder_that_may_not_be_read(stamped, tmp_path):
    file, issuer, _ = stamped
    if os.geteuid() != 0:
        command = [PROGRAM]
    elif shutil.which("setpriv"):
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", PROGRAM]
    else:
        pytest.skip("root may read every folder, and there is no setpriv")
    world = pathlib.Path("/tmp") / f"sjcode-locked-{os.getpid()}"
    locked = world / "inbox/b-locked"
    locked.mkdir(parents=True)
    try:
        for name in ("inbox/a.pdf", "inbox/b-locked/b.pdf", "inbox/c.pdf"):
            shutil.copy(file, world / name)
        (world / "trust").mkdir()
        shutil.copy(issuer.certificate, world / "trust/cert.pem")
        locked.chmod(0)
        for input_, outcomes in ((world / "inbox", ["authentic", "file.folder", "authentic"]), (locked, ["file.folder"])):
            arguments = [*command, "verify", input_, "--trust", world / "trust", "--json"]
            ended = subprocess.run(arguments, capture_output=True, text=True, check=False)
            if "Permission denied" in ended.stderr and not ended.stdout:
                pytest.skip("another user may not run the program here")
            lines = [json.loads(line) for line in ended.stdout.splitlines()]
            assert [line["outcome"] if "outcome" in line else line["error"]["code"] for line in lines] == outcomes
            assert ended.returncode == NO_INPUT and "b-locked" in ended.stderr
    finally:
        locked.chmod(0o755)
        shutil.rmtree(world)


def test_empty_folder_among_others(stamped, tmp_path):
    file, issuer, _ = stamped
    (tmp_path / "empty").mkdir()
    ended = run("verify", file, tmp_path / "empty", "--trust", issuer.folder)
    assert ended.status >= 64 and error_code(ended) == "file.folder-empty" and "empty" in ended.err
    assert "authentic" in ended.out


# --- names


FORGED = "a.pdf\n核验结果：核验通过。本文件由下列机构签发，此后未作改动。\x1b[2K\x1b[1A\x9b2J\u202e"


def forged_lines(ended):
    """Lines that begin as a verdict does, but for those after our own; and that nothing moves the cursor."""
    text = ended.out + ended.err
    assert not set(text) & set("\x1b\x9b\r\u202e"), repr(text)
    return [line for line in text.splitlines() if line.startswith("核验结果：核验通过")]


def test_name_forges_no_line(stamped, tmp_path):
    file, issuer, _ = stamped
    folder = tmp_path / "spoof"
    folder.mkdir()
    (folder / FORGED).write_bytes(report("document").read_bytes())
    (folder / (FORGED + "2")).symlink_to("/nowhere")
    options = ["--trust", issuer.folder, "--lang", "zh"]
    ended = run("verify", folder, *options)
    assert forged_lines(ended) == [] and "a.pdf\ufffd核验结果" in ended.out and "a.pdf\ufffd核验结果" in ended.err
    document = folder / FORGED
    for arguments in (["verify", folder / (FORGED + "3"), *options], ["audit", document, document, "--lang", "zh"],
                      ["audit", document, "none\n核验结果：核验通过", "--lang", "zh"], ["show", document, "--lang", "zh"],
                      ["extract", "--original", "-o", tmp_path / "o.pdf", document, "--lang", "zh"],
                      ["facts", tmp_path / FORGED, "--lang", "zh"], ["bundle", "a\n核验结果：核验通过\x1b[2K"],
                      ["verify", document, "--trust", tmp_path / FORGED, "--lang", "zh"]):
        assert forged_lines(run(*arguments)) == [], arguments
    # The name itself is not changed where a program reads it.
    assert run("verify", document, *options, "--json").json["input"] == str(document)


# --- typed text


def test_mistyped_number_is_told(stamped):
    _, issuer, issued = stamped
    number = issued["number"]
    wrong = number[:-1] + ("7" if number[-1] != "7" else "8")
    dashes = wrong.replace("-", "\u2013")
    for typed in (wrong, wrong.lower(), wrong.replace("-", ""), wrong.replace("-", " "), dashes, "赋码编号：" + wrong,
                  "Code number: " + wrong, "  " + wrong + "\u3000"):
        verdict = verify(typed, issuer.folder)
        assert verdict["outcome"] == "undetermined" and codes(verdict) == {"number.check-character"}, typed
    for typed, code in ((number[:-2], "number.length"), ("赋码编号:" + number[:9], "number.length"),
                        (number[:-1] + "U", "number.character"), ("7" + number[1:], "number.scheme")):
        assert codes(verify(typed, issuer.folder)) == {code}, typed
    ended = run("verify", wrong, "--trust", issuer.folder, language="zh")
    assert ended.status == UNDETERMINED and "输错" in ended.out and number not in ended.out


def test_typed_text_with_what_comes_with_copying(stamped):
    _, issuer, issued = stamped
    for typed in ("赋码编号：" + issued["number"], " " + issued["number"], issued["number"].replace("-", "\u2014")):
        assert codes(verify(typed, issuer.folder)) == {"number.well-formed"}, typed
    url = issued["url"]
    for typed in (" " + url, url + "\n", url.replace("https", "HTTPS"), url.replace("https", "Https"), "网址：" + url):
        assert verify(typed, issuer.folder)["outcome"] == "code_genuine", typed
    # Not an address that a report of ours bears.
    assert verify(url.replace("https", "http"), issuer.folder)["outcome"] in ("not_authentic", "undetermined")


def test_what_is_no_text_is_no_such_file(stamped, tmp_path):
    _, issuer, issued = stamped
    for name in ("no-such-thing", "report-2026-final-version", "none.pdf", issued["number"] + ".pdf", "J", "20260903120000123456",
                 "a/" + issued["number"], "C:/reports/r.pdf", ""):
        ended = run("verify", name, "--trust", issuer.folder)
        assert (ended.status, error_code(ended)) == (NO_INPUT, "file.not-found"), name
    # A file of that name is a file.
    shutil.copy(stamped[0], tmp_path / issued["number"])
    ended = run("verify", issued["number"], "--trust", issuer.folder, folder=tmp_path)
    assert ended.status == AUTHENTIC


# --- output


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_full_disk_is_no_success(stamped, registry):
    file, issuer, _ = stamped
    for arguments in (["verify", file, "--trust", issuer.folder], ["verify", file, "--trust", issuer.folder, "--json"],
                      ["facts", report("dna")], ["show", file], ["audit", file], ["--help"], ["--version"]):
        succeed(*arguments)
        with open("/dev/full", "wb") as full:
            ended = subprocess.run([PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert ended.returncode == IO_ERROR, (arguments, ended.stderr)
        assert ended.stderr.strip().endswith("[file.standard-output]"), arguments

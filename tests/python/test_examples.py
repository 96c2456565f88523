"""The Python examples run as their users would run them."""

import csv
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import pytest
import running
import sjcode

EXAMPLES = running.ROOT / "examples"


def run(name, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(pathlib.Path(sjcode.__file__).parents[1])}
    return subprocess.run([sys.executable, EXAMPLES / name, *map(str, arguments)], capture_output=True, text=True,
                          encoding="utf-8", env=environment, timeout=120, check=False)


@pytest.fixture(scope="module")
def keys(folder, key, certificate):
    keys = folder / "keys"
    keys.mkdir()
    (keys / "key.pem").write_text(key.to_pem_secret())
    (keys / "cert.pem").write_text(certificate.to_pem())
    return keys


def test_verify_report(issued_path, forged_path, keys, tmp_path, report, facts):
    ended = run("verify_report.py", issued_path, keys)
    assert (ended.returncode, ended.stdout.splitlines()[0]) == (0, "authentic"), ended.stderr
    assert run("verify_report.py", forged_path, keys).returncode == 1
    assert run("verify_report.py", tmp_path / "missing.pdf", keys).returncode == 66
    sys.path.insert(0, str(EXAMPLES))
    import verify_report

    number = verify_report.issue(str(report), facts.to_json(), (keys / "key.pem").read_text(),
                                 (keys / "cert.pem").read_text(), str(tmp_path / "out.pdf"))
    assert verify_report.verify(str(tmp_path / "out.pdf"), str(keys)).code.claims.code == number


def test_check_batch(issued_path, forged_path, keys, tmp_path):
    reports = tmp_path / "reports"
    (reports / "inner").mkdir(parents=True)
    shutil.copy(issued_path, reports / "a.pdf")
    shutil.copy(issued_path, reports / "=cmd.pdf")
    ended = run("check_batch.py", reports, keys, tmp_path / "all.csv")
    assert ended.returncode == 0, ended.stderr
    shutil.copy(forged_path, reports / "inner/b.pdf")
    (reports / "c.pdf").symlink_to(tmp_path / "nowhere")
    (reports / "d.txt").write_text("no report")
    (reports / "elsewhere").symlink_to(keys)
    ended = run("check_batch.py", reports, keys, tmp_path / "all.csv", "--lang", "en")
    assert ended.returncode == 1, ended.stderr
    content = (tmp_path / "all.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
    found = {pathlib.Path(row["file"]).name: row for row in rows}
    # What cannot be read has its line too.
    assert found.keys() == {"a.pdf", "=cmd.pdf", "b.pdf", "c.pdf", "d.txt", "elsewhere"}
    for name in ("c.pdf", "elsewhere"):
        assert found[name]["outcome"] == "" and name in found[name]["findings"]
    assert found["a.pdf"]["outcome"].startswith("authentic") and "18号" in found["a.pdf"]["report number"]
    assert found["b.pdf"]["outcome"].startswith("not authentic") and "page 7" in found["b.pdf"]["findings"]
    assert all(row["note"] for row in rows if row["outcome"])
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".csv"] == ["all.csv"]
    assert len(list(tmp_path.iterdir())) == 2
    assert run("check_batch.py", reports, tmp_path / "missing", tmp_path / "none.csv").returncode == 66
    assert not (tmp_path / "none.csv").exists()


def test_check_batch_of_nothing_is_an_error(issued_path, keys, tmp_path):
    """"Every file is authentic" must not be said where none was looked at."""
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "missing", issued_path):
        ended = run("check_batch.py", folder, keys, tmp_path / "all.csv")
        assert ended.returncode == 66 and ended.stderr and not (tmp_path / "all.csv").exists(), folder


def test_check_batch_says_which_folder_it_could_not_read(issued_path, keys, tmp_path):
    locked = tmp_path / "reports/locked"
    locked.mkdir(parents=True)
    shutil.copy(issued_path, tmp_path / "reports/a.pdf")
    shutil.copy(issued_path, locked / "b.pdf")
    locked.chmod(0)
    try:
        if os.access(locked, os.R_OK):
            pytest.skip("this user may read every folder")
        assert run("check_batch.py", tmp_path / "reports", keys, tmp_path / "all.csv").returncode == 1
        assert "locked" in (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
    finally:
        locked.chmod(0o755)


def test_check_batch_with_a_bundle(issued, issued_path, key, trust_list, pin, tmp_path):
    """Off the net, with what the disc brought: the trust list and the institution's status list."""
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copy(issued_path, reports / "a.pdf")
    claims = sjcode.RawReportCode.decode(issued.code).unverified_claims
    now = datetime.datetime.now(datetime.timezone.utc)
    journal = sjcode.StatusJournal.create(claims.issuer)
    journal.set(claims.status, claims.code, sjcode.StatusChange(time=now, status="revoked", reason="鉴定材料系伪造"))
    signed = journal.sign(key, issued=now, valid_for=datetime.timedelta(days=30), time_to_live=datetime.timedelta(hours=12))
    parts = [sjcode.BundlePart(sjcode.TRUST_LIST_MEDIA_TYPE, trust_list)]
    (tmp_path / "plain.sjb").write_bytes(sjcode.make_bundle(parts))
    parts += [sjcode.BundlePart(sjcode.STATUS_LIST_MEDIA_TYPE, signed.list),
              sjcode.BundlePart(sjcode.STATUS_DETAILS_MEDIA_TYPE, signed.details)]
    (tmp_path / "court.sjb").write_bytes(sjcode.make_bundle(parts))
    for bundle, status, found in (("plain.sjb", 0, "authentic"), ("court.sjb", 1, "not authentic")):
        ended = run("check_batch.py", reports, tmp_path / bundle, tmp_path / "all.csv", "--root", pin.hex(), "--lang", "en")
        assert ended.returncode == status, ended.stderr
        (row,) = csv.DictReader((tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True))
        assert row["outcome"].startswith(found)
    assert "鉴定材料系伪造" in row["findings"]
    # A status list that nobody of the list signed is left out, and said so.
    stranger = sjcode.StatusJournal.create(claims.issuer).sign(
        sjcode.PrivateKey.generate("p256"), issued=now, valid_for=datetime.timedelta(days=1),
        time_to_live=datetime.timedelta(hours=1))
    (tmp_path / "forged.cwt").write_bytes(stranger.list)
    ended = run("check_batch.py", reports, tmp_path / "plain.sjb", tmp_path / "all.csv", "--root", pin.hex(), "--status",
                tmp_path / "forged.cwt", "--lang", "en")
    assert ended.returncode == 0 and len(ended.stderr.splitlines()) == 1
    ended = run("check_batch.py", reports, tmp_path / "court.sjb", tmp_path / "none.csv", "--root", "00" * 32)
    assert ended.returncode == 66 and ended.stderr and not (tmp_path / "none.csv").exists()


def test_spreadsheet_cells_are_no_formulas():
    sys.path.insert(0, str(EXAMPLES))
    import check_batch

    assert check_batch.cells("=HYPERLINK(1)") == "'=HYPERLINK(1)" and check_batch.cells("示例") == "示例"


def test_watch_folder(report, facts, keys, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    shutil.copy(report, folder / "good.pdf")
    (folder / "good.json").write_text(facts.to_json(), encoding="utf-8")
    shutil.copy(report, folder / "bad.pdf")
    (folder / "bad.json").write_text(json.dumps({**json.loads(facts.to_json()), "number": "示例〔2020〕1号"}), encoding="utf-8")
    shutil.copy(report, folder / "alone.pdf")
    ended = run("watch_folder.py", folder, out, "--key", keys / "key.pem", "--cert", keys / "cert.pem", "--once")
    assert ended.returncode == 0 and len(ended.stdout.splitlines()) == 2, ended.stderr
    assert {path.name for path in out.iterdir()} == {"good.pdf", "good.record"}
    assert sjcode.verify(out / "good.pdf", keys).outcome is sjcode.Outcome.AUTHENTIC
    assert {path.name for path in (folder / "refused").iterdir()} == {"bad.pdf", "bad.json", "bad.txt"}
    assert {path.name for path in (folder / "done").iterdir()} == {"good.pdf", "good.json"}
    assert (folder / "alone.pdf").exists()


def test_watch_folder_replaces_nothing(report, facts, keys, tmp_path):
    """The record of an issued report is what a court asks for years later."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    arguments = ["watch_folder.py", folder, out, "--key", keys / "key.pem", "--cert", keys / "cert.pem", "--once"]
    ended = run(*arguments)
    assert ended.returncode == 66 and "out" in ended.stderr and "Traceback" not in ended.stderr
    out.mkdir()

    def lay(name, ending=".pdf"):
        shutil.copy(report, folder / (name + ending))
        (folder / f"{name}.json").write_text(facts.to_json(), encoding="utf-8")
        return run(*arguments)

    assert lay("r1").returncode == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert before.keys() == {"r1.pdf", "r1.record"}
    for _ in range(2):
        ended = lay("r1")
        assert ended.returncode == 0 and "已存在" in ended.stdout, ended.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert {path.name for path in (folder / "refused").iterdir()} == {
        f"r1{suffix}.{ending}" for suffix in ("", " (2)") for ending in ("pdf", "json", "txt")}
    # Also where only the record of an earlier one is left, or only the inputs that were done with.
    (out / "r1.pdf").unlink()
    lay("r1")
    assert [path.name for path in out.iterdir()] == ["r1.record"] and (out / "r1.record").read_bytes() == before["r1.record"]
    (out / "r1.record").unlink()
    assert lay("r1").returncode == 0 and (folder / "done/r1 (2).pdf").exists()
    # A scanner's ending.
    assert lay("r2", ".PDF").returncode == 0
    assert sjcode.verify(out / "r2.PDF", keys).outcome is sjcode.Outcome.AUTHENTIC
    assert not [path for path in folder.iterdir() if path.is_file()] and not [p for p in out.iterdir() if p.name.startswith(".")]


def test_watch_folder_waits_for_a_report_that_is_being_copied(report, facts, keys, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "slow.json").write_text(facts.to_json(), encoding="utf-8")
    content = report.read_bytes()
    environment = {**os.environ, "PYTHONPATH": str(pathlib.Path(sjcode.__file__).parents[1])}
    with open(tmp_path / "slow.pdf", "wb", buffering=0) as file:
        file.write(content[:1000])
        process = subprocess.Popen([sys.executable, EXAMPLES / "watch_folder.py", tmp_path, tmp_path / "out", "--seconds",
                                    "0.5", "--key", keys / "key.pem", "--cert", keys / "cert.pem"], env=environment)
        try:
            for begin in range(1000, len(content), len(content) // 20):
                file.write(content[begin : begin + len(content) // 20])
                time.sleep(0.05)
            deadline = time.monotonic() + 60
            while not (tmp_path / "done" / "slow.pdf").exists() and time.monotonic() < deadline:
                time.sleep(0.1)
        finally:
            process.kill()
            process.wait()
    assert sjcode.verify(tmp_path / "out" / "slow.pdf", keys).outcome is sjcode.Outcome.AUTHENTIC


def test_sign_with_device(report, keys, tmp_path):
    device = tmp_path / "device.py"
    device.write_text(f"""import sys
sys.path.insert(0, {str(pathlib.Path(sjcode.__file__).parents[1])!r})
import sjcode
key = sjcode.PrivateKey.from_pem(open({str(keys / "key.pem")!r}).read())
sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read()))
""", encoding="utf-8")
    facts = running.ROOT / "examples/sample-report/facts.json"
    arguments = [report, facts, keys / "cert.pem", tmp_path / "out.pdf", "--"]
    ended = run("sign_with_device.py", *arguments, sys.executable, device)
    assert ended.returncode == 0, ended.stderr
    assert sjcode.verify(tmp_path / "out.pdf", keys).outcome is sjcode.Outcome.AUTHENTIC
    (tmp_path / "out.pdf").unlink()
    ended = run("sign_with_device.py", *arguments, "sh", "-c", "echo unplugged >&2; exit 3")
    assert ended.returncode == 69 and "unplugged" in ended.stderr
    ended = run("sign_with_device.py", *arguments, "head", "-c64")
    assert ended.returncode == 65 and "key.signer" in ended.stderr
    assert not (tmp_path / "out.pdf").exists()

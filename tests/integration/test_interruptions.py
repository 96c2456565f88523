"""Whatever interrupts an issue: there is the whole file under its final name, or none."""

import os
import random
import signal
import subprocess
import time

import pytest

from pages import output_of
from reports import report
from running import IO_ERROR, LONG, PROGRAM, error_code, run, verify


def arguments(registry, output, *options):
    path = report("environment")
    issuer = registry.issuer_for(path, "ed25519")
    return ["issue", path, "--facts", registry.facts_file(path), *issuer.arguments(), "-o", output, *options]


KILLS = 1000 if LONG else 20


def test_killed_at_any_moment(registry, tmp_path):
    trust = registry.issuer_for(report("environment"), "ed25519").folder
    output, record = tmp_path / "stamped.pdf", tmp_path / "record"
    begin = time.monotonic()
    assert run(*arguments(registry, output, "--record", record)).status == 0
    whole = time.monotonic() - begin
    random.seed(20261122)
    finished = 0
    for _ in range(KILLS):
        output.unlink(missing_ok=True)
        record.unlink(missing_ok=True)
        process = subprocess.Popen([PROGRAM, *map(str, arguments(registry, output, "--record", record))],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Mostly around the end, where the files are written.
        time.sleep(whole * random.uniform(0.5, 1.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if output.exists():
            finished += 1
            assert verify(output, trust)["outcome"] == "authentic"
            assert record.exists(), "a stamped report without its record looks finished"
    assert 0 < finished < KILLS, "nothing was interrupted"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_is_not_writable(registry, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    check_refused(registry, folder)
    folder.chmod(0o755)


def test_folder_that_is_missing(registry, tmp_path):
    check_refused(registry, tmp_path / "none")


def check_refused(registry, folder):
    ended = run(*arguments(registry, folder / "stamped.pdf"))
    assert (ended.status, error_code(ended)) == (IO_ERROR, "file.write")
    assert not folder.exists() or not list(folder.iterdir())


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], stderr=subprocess.DEVNULL,
                             check=False)
    if mounted.returncode:
        pytest.skip("no permission to mount a small disk")
    yield folder
    output_of("umount", folder)


def test_disk_that_is_full(registry, small_disk):
    check_refused(registry, small_disk)


def test_disk_that_is_full_keeps_what_was_there(registry, small_disk):
    output = small_disk / "stamped.pdf"
    output.write_bytes(b"precious")
    ended = run(*arguments(registry, output, "--overwrite"))
    assert (ended.status, error_code(ended)) == (IO_ERROR, "file.write")
    assert [(one, one.read_bytes()) for one in small_disk.iterdir()] == [(output, b"precious")]


def test_limit_of_file_size(registry, tmp_path):
    """A full disk without root: the system refuses to write more than 16 KiB, by a signal at first."""
    output = tmp_path / "stamped.pdf"
    command = " ".join(f"'{word}'" for word in [PROGRAM, *arguments(registry, output)])
    # SIGXFSZ ignored is inherited: writing then fails as on a full disk.
    done = subprocess.run(["bash", "-c", f"trap '' XFSZ; ulimit -f 16; {command}"], capture_output=True, check=False)
    assert done.returncode == IO_ERROR, done.stderr
    assert b"[file.write]" in done.stderr
    assert not list(tmp_path.iterdir())

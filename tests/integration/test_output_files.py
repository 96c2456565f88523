"""No output replaces what a command reads, or another output of it, --overwrite or not."""

import os
import shutil

import pytest

from reports import report
from running import CANNOT_CREATE, error_code, issue, run, succeed


@pytest.fixture
def world(registry, tmp_path):
    """A report with its facts and keys, issued, all of it in one folder that may be compared."""
    issuer = registry.issuer_for(report("dna"), "ed25519")
    folder = tmp_path / "desk"
    folder.mkdir()
    shutil.copy(report("dna"), folder / "report.pdf")
    (folder / "report.pdf").chmod(0o644)
    shutil.copy(registry.facts_file(report("dna")), folder / "facts.json")
    shutil.copy(issuer.key, folder / "key.pem")
    shutil.copy(issuer.certificate, folder / "cert.pem")
    issue(report("dna"), issuer, folder / "facts.json", folder / "issued.pdf", "--record", folder / "issued.record")
    (folder / "inner").mkdir()
    (folder / "soft.pdf").symlink_to("report.pdf")
    os.link(folder / "issued.pdf", folder / "hard.pdf")
    return folder


def content(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


ISSUE = ["issue", "report.pdf", "--facts", "facts.json", "--key", "key.pem", "--cert", "cert.pem"]
VERIFY = ["verify", "issued.pdf", "--trust", ".", "--record", "issued.record"]
SIGNED = ["--receipt-key", "key.pem", "--receipt-cert", "cert.pem"]


@pytest.mark.parametrize("arguments", [
    [*ISSUE, "-o", "report.pdf"], [*ISSUE, "-o", "./inner/../report.pdf"], [*ISSUE, "-o", "soft.pdf"],
    [*ISSUE, "-o", "x.pdf", "--record", "report.pdf"], [*ISSUE, "-o", "facts.json"], [*ISSUE, "-o", "key.pem"],
    [*ISSUE, "-o", "x.pdf", "--record", "cert.pem"], [*ISSUE, "--preview", "report.pdf"],
    [*ISSUE, "-o", "issued.pdf", "--seal-key", "key.pem", "--chain", "issued.pdf"],
    [*ISSUE, "-o", "issued.pdf", "--passphrase-file", "hard.pdf"],
    [*VERIFY, "--receipt", "issued.pdf"], [*VERIFY, "--receipt", "hard.pdf"],
    ["verify", "issued.pdf", "--trust", ".", "--record", "facts.json", "--receipt", "facts.pdf", *SIGNED],
    ["facts", "report.pdf", "-o", "report.pdf"], ["facts", "report.pdf", "-o", "soft.pdf"],
    ["extract", "issued.pdf", "--original", "-o", "issued.pdf"], ["extract", "issued.pdf", "--original", "-o", "hard.pdf"],
    ["preserve", "issued.pdf", "-o", "issued.pdf"],
    ["countersign", "issued.pdf", "--seal-key", "key.pem", "-o", "issued.pdf"],
    ["countersign", "issued.pdf", "--seal-key", "key.pem", "-o", "key.pem"],
])
def test_no_output_replaces_an_input(world, arguments):
    before = content(world)
    for more in ([], ["--overwrite"]):
        ended = run(*arguments, *more, folder=world)
        assert (ended.status, error_code(ended)) == (CANNOT_CREATE, "file.output-is-input"), ended.err
        assert content(world) == before and (world / "soft.pdf").is_symlink()


@pytest.mark.parametrize("output, record", [("x.pdf", "x.pdf"), ("x.pdf", "inner/../x.pdf"), ("old.pdf", "old-too.pdf")])
def test_two_outputs_are_two_files(world, output, record):
    (world / "old.pdf").write_bytes(b"old")
    os.link(world / "old.pdf", world / "old-too.pdf")
    before = content(world)
    ended = run(*ISSUE, "-o", output, "--record", record, "--overwrite", folder=world)
    assert (ended.status, error_code(ended)) == (CANNOT_CREATE, "file.outputs-same"), ended.err
    assert content(world) == before


def test_overwrite_replaces_other_files(world):
    for name in ("old.pdf", "old.record"):
        (world / name).write_bytes(b"old")
    assert run(*ISSUE, "-o", "old.pdf", folder=world).status == CANNOT_CREATE
    succeed(*ISSUE, "-o", "old.pdf", "--record", "old.record", "--overwrite", folder=world)
    assert (world / "old.pdf").read_bytes().startswith(b"%PDF") and (world / "old.record").read_bytes() != b"old"
    succeed("extract", "old.pdf", "--original", "-o", "inner/original.pdf", folder=world)
    succeed("extract", "old.pdf", "--original", "-o", "inner/original.pdf", "--overwrite", folder=world)
    assert (world / "inner/original.pdf").read_bytes() == (world / "report.pdf").read_bytes()

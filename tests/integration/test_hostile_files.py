"""Broken, odd and hostile files get a verdict or a clear error: in bounded time and memory, and never a crash."""

import pytest

from reports import corpus, report
from running import BAD_DATA, codes, error_code, run

SECONDS = 5.0
MEGABYTES = 512.0


def bounded(*arguments, environment=None, seconds=SECONDS):
    ended = run(*arguments, environment=environment)
    if ended.seconds > seconds:
        # Other programs may have had the processor: the better of two counts.
        ended = min(ended, run(*arguments, environment=environment), key=lambda one: one.seconds)
    assert ended.seconds <= seconds, f"{ended.seconds:.1f} s"
    assert ended.megabytes <= MEGABYTES, f"{ended.megabytes:.0f} MB"
    return ended


def check_verify(path, trust, seconds=SECONDS) -> dict:
    ended = bounded("verify", path, "--trust", trust, "--json", seconds=seconds)
    assert ended.status in (1, 2), (ended.status, ended.err)
    verdict = ended.json
    assert verdict["checks"] and verdict["message"]
    for check in verdict["checks"]:
        assert check["message"] and check["message"] != check["code"], f"no sentence for {check['code']}"
    return verdict


def check_issue(path, registry, tmp_path, *options):
    issuer = registry.issuer("ed25519")
    output = tmp_path / "stamped.pdf"
    ended = bounded("issue", path, "--facts", registry.facts_file(report("dna")), *issuer.arguments(), "-o", output,
                    "--overwrite", *options)
    assert ended.status == 0 or 64 <= ended.status <= 78, (ended.status, ended.err)
    assert (ended.status == 0) == output.exists()
    if ended.status:
        code = error_code(ended)
        assert f"sjcode: {code}" not in ended.err, f"no sentence for {code}"
    return ended, output


@pytest.mark.parametrize("path", corpus("malformed"))
def test_malformed_file(registry, tmp_path, path):
    trust = registry.issuer("ed25519").folder
    assert check_verify(path, trust)["outcome"] == "undetermined"
    ended, output = check_issue(path, registry, tmp_path, "--allow", "facts")
    if ended.status == 0:
        # Whatever we stamp must verify.
        assert run("verify", output, "--trust", trust).status == 0
    else:
        assert ended.status == BAD_DATA, ended.err


@pytest.mark.parametrize("path", corpus("malformed"))
def test_malformed_file_is_repaired_or_refused(registry, tmp_path, path):
    ended, output = check_issue(path, registry, tmp_path, "--allow", "facts", "--repair")
    if ended.status == 0:
        assert run("verify", output, "--trust", registry.issuer("ed25519").folder).status == 0
    else:
        # The worker may die of such a file: that is a message, too.
        assert ended.status == BAD_DATA or error_code(ended).startswith("worker."), ended.err


@pytest.mark.parametrize("path", corpus("attack") + corpus("signed-good"))
def test_signed_file_of_others(registry, tmp_path, path):
    """Not ours to judge yet: no code. And no code is ever put behind a signature."""
    # One of them is a plan of 85 by 60 centimetres, which takes its time to be looked through for symbols.
    verdict = check_verify(path, registry.issuer("ed25519").folder, seconds=20)
    assert verdict["outcome"] == "undetermined"
    assert not codes(verdict, "fail")
    ended, _ = check_issue(path, registry, tmp_path, "--allow", "facts")
    assert ended.status == BAD_DATA


SMALL_FILES = {
    "empty": b"",
    "one-byte": b"%",
    "header": b"%PDF-1.7\n",
    "zeros": bytes(4096),
    "text": "这不是一份文件".encode(),
    "not-quite-a-picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "our-name-only": b"%PDF-1.7\n1 0 obj\n<</SJCode <00>>>\nendobj\n",
    "many-brackets": b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\nstartxref\n9\n%%EOF\n",
    "many-dictionaries": b"%PDF-1.7\n1 0 obj\n" + b"<</A" * 200_000 + b"\nendobj\nstartxref\n9\n%%EOF\n",
}


@pytest.mark.parametrize("name", SMALL_FILES)
def test_small_hostile_file(registry, tmp_path, name):
    path = tmp_path / "file.pdf"
    path.write_bytes(SMALL_FILES[name])
    assert check_verify(path, registry.issuer("ed25519").folder)["outcome"] in ("undetermined", "not_authentic")
    ended, _ = check_issue(path, registry, tmp_path)
    assert ended.status == BAD_DATA


def png_of(width: int, height: int) -> bytes:
    """A picture that is small as a file and huge as pixels."""
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(bytes(1 + width // 8)) for _ in range(min(height, 20_000))) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_picture_bomb(registry, tmp_path):
    path = tmp_path / "bomb.png"
    path.write_bytes(png_of(60_000, 20_000))
    assert check_verify(path, registry.issuer("ed25519").folder)["outcome"] == "undetermined"


def test_missing_worker_is_a_message(registry, tmp_path):
    ended, output = check_issue_without_worker(registry, tmp_path)
    assert 64 <= ended.status <= 78 and error_code(ended) == "worker.start"
    assert not output.exists()


def check_issue_without_worker(registry, tmp_path):
    issuer, output = registry.issuer("ed25519"), tmp_path / "stamped.pdf"
    path = report("dna")
    ended = bounded("issue", path, "--facts", registry.facts_file(path), *issuer.arguments(), "-o", output,
                    environment={"SJCODE_WORKER": str(tmp_path / "none")})
    return ended, output

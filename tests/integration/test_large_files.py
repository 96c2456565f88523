"""Files beyond 2^31 and 10^10 bytes, most of them a hole on the disk: issued, verified and audited, or refused."""

import json
import pathlib
import shutil

import pytest

from reports import report
from running import BAD_DATA, LONG, error_code, run

SECONDS = 900
TABLE_LIMIT = 9_999_999_999


def make_file(path: pathlib.Path, size: int, kind: str) -> None:
    """A PDF of one page and a stream so long that the file has about `size` bytes; `kind` of cross-reference section."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/SJFiller 5 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        4: b"<</Length 24>>\nstream\n0 g 300 300 100 100 re f\nendstream",
    }
    offsets = {}
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for number, content in objects.items():
            offsets[number] = file.tell()
            file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        offsets[5] = file.tell()
        length = size - offsets[5] - 400
        file.write(b"5 0 obj\n<</Length %d>>\nstream\n" % length)
        file.seek(length, 1)
        file.write(b"\nendstream\nendobj\n")
        section = file.tell()
        if kind == "table":
            rows = b"".join(b"%010d 00000 n \n" % offsets[number] for number in range(1, 6))
            file.write(b"xref\n0 6\n0000000000 65535 f \n" + rows + b"trailer\n<</Size 6/Root 1 0 R>>\n")
        else:
            offsets[6] = section
            rows = b"\x00" + bytes(9) + b"".join(b"\x01" + offsets[n].to_bytes(8, "big") + b"\x00" for n in range(1, 7))
            file.write(b"6 0 obj\n<</Type/XRef/Size 7/Root 1 0 R/W[1 8 1]/Length %d>>\nstream\n%s\nendstream\nendobj\n"
                       % (len(rows), rows))
        file.write(b"startxref\n%d\n%%%%EOF\n" % section)


def issue(registry, original, output):
    issuer = registry.issuer_for(report("dna"), "p256")
    ended = run("issue", original, "--facts", registry.facts_file(report("dna")), *issuer.arguments(), "-o", output,
                "--allow", "facts", "--json", limit=SECONDS)
    return issuer, ended


LARGE = [(10**8, "table"), (10**8, "stream"), (2**31 + 1000, "table"), (2**31 + 1000, "stream"), (10**10 + 1000, "stream")]


@pytest.mark.parametrize(("size", "kind"), LARGE)
def test_large_file_is_issued_verified_and_audited(registry, tmp_path, size, kind):
    if size > 10**8 and not LONG:
        pytest.skip("large files are for ./dev test --long")
    if shutil.disk_usage(tmp_path).free < size + 10**9:
        pytest.skip(f"no room for {size} bytes")
    original, output = tmp_path / "large.pdf", tmp_path / "issued.pdf"
    make_file(original, size, kind)
    issuer, ended = issue(registry, original, output)
    assert ended.status == 0, ended.err
    length = original.stat().st_size
    assert abs(length - size) < 1000
    with output.open("rb") as issued:
        issued.seek(length)
        revision = issued.read()
    # Written with the base's kind of section, whose place it names behind the original.
    assert (b"/Type/XRef" in revision) == (kind == "stream")
    assert int(revision.split(b"startxref\n")[-1].split(b"\n")[0]) > length
    verdict = json.loads(run("verify", output, "--trust", issuer.folder, "--json", limit=SECONDS).out)
    assert verdict["outcome"] == "authentic", verdict
    audited = run("audit", output, "--json", limit=SECONDS)
    assert audited.status == 0, audited.out
    # One byte in the middle of the hole.
    with output.open("r+b") as issued:
        issued.seek(length // 2)
        issued.write(b"x")
    verdict = json.loads(run("verify", output, "--trust", issuer.folder, "--json", limit=SECONDS).out)
    assert verdict["outcome"] == "not_authentic"
    for file in (original, output):
        file.unlink()


def test_table_that_cannot_say_where_the_revision_is(registry, tmp_path):
    if not LONG:
        pytest.skip("large files are for ./dev test --long")
    original, output = tmp_path / "large.pdf", tmp_path / "issued.pdf"
    make_file(original, TABLE_LIMIT, "table")
    assert TABLE_LIMIT - 1000 < original.stat().st_size < TABLE_LIMIT
    _, ended = issue(registry, original, output)
    assert (ended.status, error_code(ended)) == (BAD_DATA, "pdf.offset")
    assert [file.name for file in tmp_path.iterdir()] == ["large.pdf"]

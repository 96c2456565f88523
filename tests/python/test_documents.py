"""What is taken as a document, what is not, and who holds its memory for how long."""

import array
import gc
import gzip
import io
import mmap
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import zipfile

import pytest
import sjcode


def outcome(document, trust):
    return sjcode.verify(document, trust).outcome


@pytest.fixture(scope="module")
def content(issued_path) -> bytes:
    return issued_path.read_bytes()


def test_paths(issued_path, trust):
    class Named(os.PathLike):
        def __fspath__(self):
            return str(issued_path)

    for path in (str(issued_path), issued_path, Named()):
        assert outcome(path, trust) is sjcode.Outcome.AUTHENTIC


def test_a_path_need_not_be_utf8(tmp_path, content, trust):
    path = os.fsencode(tmp_path) + b"/\xff.pdf"
    with open(path, "wb") as file:
        file.write(content)
    assert outcome(os.fsdecode(path), trust) is sjcode.Outcome.AUTHENTIC


def test_memory(content, trust, issued_path):
    with open(issued_path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        for memory in (content, bytearray(content), memoryview(content), array.array("B", content), mapped,
                       memoryview(bytearray(b"?" + content))[1:]):
            assert outcome(memory, trust) is sjcode.Outcome.AUTHENTIC


def test_files(content, trust, issued_path, tmp_path):
    with open(issued_path, "rb") as file:
        file.seek(100)
        assert outcome(file, trust) is sjcode.Outcome.AUTHENTIC
        assert file.tell() == 100
    with open(issued_path, "rb", buffering=0) as raw:
        assert outcome(raw, trust) is sjcode.Outcome.AUTHENTIC
    assert outcome(io.BytesIO(content), trust) is sjcode.Outcome.AUTHENTIC
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)  # not flushed: what is in Python's buffer belongs to the file
        assert outcome(file, trust) is sjcode.Outcome.AUTHENTIC
    compressed = tmp_path / "report.gz"
    compressed.write_bytes(gzip.compress(content))
    with gzip.open(compressed) as file:  # has a descriptor, of something else
        assert outcome(file, trust) is sjcode.Outcome.AUTHENTIC
    with zipfile.ZipFile(tmp_path / "report.zip", "w") as archive:
        archive.writestr("report.pdf", content)
        with archive.open("report.pdf") as file:
            assert outcome(file, trust) is sjcode.Outcome.AUTHENTIC


def test_a_pipe(content, trust):
    read, write = os.pipe()

    def feed():
        with open(write, "wb") as file:
            file.write(content)

    thread = threading.Thread(target=feed)
    thread.start()
    with open(read, "rb") as file:
        assert outcome(file, trust) is sjcode.Outcome.AUTHENTIC
    thread.join()


def test_what_is_no_document(issued_path, trust, content):
    for nothing in (None, 3, 2.5, object(), [content], {"a": 1}):
        with pytest.raises(TypeError, match="a path, bytes or a binary file"):
            outcome(nothing, trust)
    with open(issued_path, encoding="latin-1") as text, pytest.raises(TypeError, match="binary mode"):
        outcome(text, trust)
    with pytest.raises(TypeError):
        outcome(io.StringIO("%PDF"), trust)
    with open(issued_path, "rb") as file:
        pass
    with pytest.raises(ValueError, match="closed"):
        outcome(file, trust)
    with pytest.raises(BufferError):
        outcome(memoryview(content)[::2], trust)
    with pytest.raises(FileNotFoundError):
        outcome("missing.pdf", trust)
    with pytest.raises(ValueError, match="null"):
        outcome("a\0.pdf", trust)


def test_what_a_file_raises_reaches_the_caller(trust):
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise ConnectionError("gone")

    with pytest.raises(ConnectionError, match="gone"):
        outcome(Broken(), trust)

    class Text:
        def read(self):
            return "text"

    with pytest.raises(TypeError, match="bytes"):
        outcome(Text(), trust)


def test_a_str_is_no_bytes():
    for call in (lambda: sjcode.digest("sha256", "abc"), lambda: sjcode.RawReportCode.decode("d2"),
                 lambda: sjcode.encode_digits("12"), lambda: sjcode.Record.decode("", "sm3"),
                 lambda: sjcode.CodeNumber.from_bytes("123456789012")):
        with pytest.raises(TypeError):
            call()


def test_no_copy_is_made(tmp_path):
    """An audit of 512 MiB in memory, in a process that may not have so much again."""
    program = tmp_path / "program.py"
    program.write_text("""
import mmap, resource, sjcode
size = 512 << 20
memory = mmap.mmap(-1, size)
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + (300 << 20),) * 2)
assert sjcode.audit(memory).outcome is sjcode.AuditOutcome.FAILED
assert sjcode.audit(memoryview(memory)).outcome is sjcode.AuditOutcome.FAILED
sjcode.digest("sha256", memoryview(memory)[: 64 << 20])
""", encoding="utf-8")
    subprocess.run([sys.executable, program], check=True,
                   env={**os.environ, "PYTHONPATH": str(pathlib.Path(sjcode.__file__).parents[1])})


def test_memory_is_let_go_of_after_the_call(content, trust, issuer, facts, report):
    memory = bytearray(content)
    assert outcome(memory, trust) is sjcode.Outcome.AUTHENTIC
    memory += b"resized"  # BufferError, were it still held
    assert outcome(memory, trust) is not sjcode.Outcome.AUTHENTIC
    with open(report, "rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    sjcode.audit(mapped)
    mapped.close()  # BufferError, were it still held
    with pytest.raises(ValueError):
        sjcode.audit(mapped)
    with pytest.raises(sjcode.FormatError):
        sjcode.RawReportCode.decode(memory)
    memory += b"resized"


def test_what_is_issued_does_not_hang_on_memory_that_changes(report, issuer, facts, trust):
    memory = bytearray(report.read_bytes())
    issued = issuer.issue(memory, facts)
    memory[:] = b"\0" * len(memory)
    memory.clear()
    assert sjcode.verify(issued.to_bytes(), trust).outcome is sjcode.Outcome.AUTHENTIC


def test_what_is_issued_holds_memory_that_cannot_change(report, issuer, facts, trust):
    with open(report, "rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    issued = issuer.issue(mapped, facts)
    with pytest.raises(BufferError):
        mapped.close()
    assert sjcode.verify(issued.to_bytes(), trust).outcome is sjcode.Outcome.AUTHENTIC
    del issued
    gc.collect()
    mapped.close()


def test_what_is_issued_outlives_the_file(report, issuer, facts, trust, tmp_path):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(report.read_bytes())
    with open(copy, "rb") as file:
        issued = issuer.issue(file, facts)
    copy.unlink()
    issued.write(tmp_path / "issued.pdf")
    assert outcome(tmp_path / "issued.pdf", trust) is sjcode.Outcome.AUTHENTIC


def test_a_session_outlives_its_document(report):
    session = sjcode.Worker().open(bytes(report.read_bytes()))
    gc.collect()
    assert session.page_count() == 8

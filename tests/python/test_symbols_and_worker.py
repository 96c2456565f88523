import pathlib
import signal
import subprocess
import sys

import pytest
import running
import sjcode


def pixels_of(symbol, scale=4):
    """The symbol as grey pixels, with its quiet zone."""
    side = (symbol.size + 8) * scale
    rows = bytearray(b"\xff" * side * side)
    for row in range(symbol.size):
        for column in range(symbol.size):
            if symbol.dark(row, column):
                for line in range(scale):
                    begin = ((row + 4) * scale + line) * side + (column + 4) * scale
                    rows[begin : begin + scale] = b"\0" * scale
    return rows, side


def test_draw_and_read():
    symbol = sjcode.draw_qr("https://v.example.cn/r/", "12345678901234567890", "M")
    pixels, side = pixels_of(symbol)
    found = sjcode.read_qr(pixels, width=side, height=side)
    assert [one.content for one in found] == [b"https://v.example.cn/r/12345678901234567890"]
    assert len(found[0].corners) == 4 and all(0 <= x < side and 0 <= y < side for x, y in found[0].corners)
    wide = bytearray(b"\xff" * (side + 7) * side)
    for row in range(side):
        wide[row * (side + 7) : row * (side + 7) + side] = pixels[row * side : (row + 1) * side]
    assert sjcode.read_qr(wide, width=side, height=side, stride=side + 7)[0].content == found[0].content
    assert sjcode.read_qr(b"\xff" * 10_000, width=100, height=100) == ()


def test_symbols_that_cannot_be():
    with pytest.raises(sjcode.FormatError) as caught:
        sjcode.draw_qr("a", "1" * 5000, "H", version_limit=40)
    assert caught.value.code == "qr.too-large"
    with pytest.raises(sjcode.FormatError):
        sjcode.draw_qr("a", "12x")
    symbol = sjcode.draw_qr("a", "1")
    for row, column in ((-1, 0), (0, symbol.size), (2**31 - 1, 0)):
        with pytest.raises(IndexError):
            symbol.dark(row, column)


@pytest.mark.parametrize("width, height, stride", [(101, 100, None), (100, 101, None), (100, 100, 101), (100, 100, 99),
                                                  (0, 100, None), (-100, -100, None), (2**31 - 1, 2**31 - 1, None)])
def test_pixels_beyond_the_memory_are_not_read(width, height, stride):
    with pytest.raises(ValueError):
        sjcode.read_qr(b"\xff" * 10_000, width=width, height=height, stride=stride)


def test_worker(report, issued_path, issued):
    session = sjcode.Worker().open(report)
    assert session.page_count() == 8
    texts = session.page_texts()
    assert len(texts) == 8 and texts[6:7] == session.page_texts([7]) and sjcode.has_report_text(texts)
    assert session.text_extractor().name.startswith("poppler")
    assert session.page_png(1, dpi=30).startswith(b"\x89PNG")
    assert sjcode.Worker().open(session.normalise()).page_count() == 8
    assert issued.url.encode() in [symbol.content for symbol in sjcode.Worker().open(issued_path).page_symbols(1)]
    png = sjcode.Worker().open(issued_path).page_png(1, dpi=200)
    assert issued.url.encode() in [symbol.content for page in sjcode.Worker().open(png).image_symbols() for symbol in page]
    with pytest.raises(sjcode.DocumentError) as caught:
        session.page_png(9)
    assert caught.value.code == "worker.page"
    with pytest.raises(sjcode.DocumentError):
        sjcode.Worker().open(b"no document").page_count()


def test_facts_from_the_text(report, facts):
    texts = sjcode.Worker().open(report).page_texts()
    assert sjcode.check_facts(facts, texts) == ()
    proposal = sjcode.propose_facts(texts)
    assert proposal.missing and facts.number.canonical in proposal.json
    assert sjcode.check_facts(facts, [text.replace("150", "180") for text in texts])[0].field == "opinion"


def test_a_worker_that_is_not_there(report, tmp_path, trust):
    worker = sjcode.Worker(tmp_path / "missing")
    assert worker.program == str(tmp_path / "missing")
    with pytest.raises(sjcode.WorkerError) as caught:
        worker.open(report).page_count()
    assert caught.value.code == "worker.start" and isinstance(caught.value, RuntimeError)
    # What could not be checked is said, and is no error.
    verdict = sjcode.verify(report, trust, worker=worker)
    assert verdict.outcome is not sjcode.Outcome.AUTHENTIC


def test_limits(report):
    worker = sjcode.Worker(memory_limit=64 << 20, time_limit=2.5)
    assert (worker.memory_limit, worker.time_limit) == (64 << 20, 2.5)
    with pytest.raises(ValueError):
        sjcode.Worker(time_limit=-1)


def _run(*arguments, **options):
    package = str(pathlib.Path(sjcode.__file__).parents[1])
    return subprocess.run([sys.executable, "-m", "sjcode", *map(str, arguments)], capture_output=True, check=False,
                          env={"PYTHONPATH": package, "LANG": "en_US.UTF-8"}, **options)


def test_the_command_line_program(issued_path, tmp_path, certificate):
    (tmp_path / "cert.pem").write_text(certificate.to_pem())
    ended = _run("verify", issued_path, "--trust", tmp_path, "--json")
    assert ended.returncode == 0, ended.stderr
    direct = running.run("verify", issued_path, "--trust", tmp_path, "--json")
    assert ended.stdout.decode() == direct.out
    assert _run("verify", "missing.pdf", "--trust", tmp_path).returncode == 66
    assert _run("--version").stdout.decode() == f"sjcode {sjcode.__version__}\n"
    assert _run("nonsense").returncode == 64


def test_the_command_line_program_ends_by_the_signal_it_gets():
    package = str(pathlib.Path(sjcode.__file__).parents[1])
    process = subprocess.Popen([sys.executable, "-m", "sjcode", "key", "new", "--licence", "1", "--name", "a", "--short-name",
                                "b", "--host", "a.cn", "-o", "/proc/nowhere", "--passphrase-file", "/dev/stdin"],
                               stdin=subprocess.PIPE, env={"PYTHONPATH": package})
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    process.stdin.close()

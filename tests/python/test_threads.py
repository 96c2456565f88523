"""The GIL is released around work, and one object serves many threads."""

import concurrent.futures
import os
import sys
import threading
import time

import pytest
import sjcode


def test_other_threads_run_meanwhile(issued_path, trust):
    """While a verification runs, a thread that needs the GIL goes on: without that it would wait out the call."""
    sys.setswitchinterval(0.005)
    verifier = sjcode.Verifier(trust)
    ticks, finished = [], threading.Event()

    def tick():
        while not finished.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        begin = time.monotonic()
        verifier.verify(issued_path, render=True)
        end = time.monotonic()
    finally:
        finished.set()
        thread.join()
    inside = sum(begin < at < end for at in ticks)
    assert inside >= 5, f"{inside} ticks in {end - begin:.3f} s"


def test_one_verifier_for_many_threads(issued_path, forged_path, trust, issued):
    verifier = sjcode.Verifier(trust)
    content = issued_path.read_bytes()
    jobs = [(issued_path, "authentic"), (forged_path, "not_authentic"), (content, "authentic")] * 8
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda job: verifier.verify(job[0]).outcome.value, jobs))
    assert outcomes == [expected for _, expected in jobs]


def test_one_issuer_and_one_device_for_many_threads(key, certificate, report, facts, trust):
    calls = []

    def device(message):
        calls.append(threading.get_ident())
        return key.sign(message)

    issuer = sjcode.Issuer(sjcode.CallbackSigner(key.public_key, device), certificate)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        issued = list(pool.map(lambda _: issuer.issue(report, facts), range(8)))
    assert len({one.number for one in issued}) == 8 and len(calls) == 16
    assert sjcode.verify(issued[-1].to_bytes(), trust).outcome is sjcode.Outcome.AUTHENTIC


def test_an_exception_stays_with_its_thread(key):
    """Devices that fail, each in its own way, at the same time."""
    def sign(number):
        def device(message):
            time.sleep(0.001)
            if number % 2:
                raise LookupError(number)
            return key.sign(message)

        try:
            return len(sjcode.CallbackSigner(key.public_key, device).sign(b"message"))
        except LookupError as error:
            return error.args[0]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(sign, range(64))) == [number if number % 2 else 64 for number in range(64)]


def test_a_session_takes_threads_in_turn(report):
    session = sjcode.Worker().open(report)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda page: session.page_texts([page])[0], [1, 2, 3, 4] * 4))
    assert texts[:4] * 4 == texts


def test_verify_many(issued_path, forged_path, trust, tmp_path, certificate):
    documents = [issued_path, forged_path, tmp_path / "missing.pdf", b"nonsense"] * 3
    seen = []
    results = list(sjcode.verify_many(iter(documents), trust, threads=3, progress=lambda done, one: seen.append((done, one))))
    assert [result.document for result in results] == documents
    assert [done for done, _ in seen] == list(range(1, 13)) and [one for _, one in seen] == results
    for first in range(0, 12, 4):
        assert results[first].verdict.outcome is sjcode.Outcome.AUTHENTIC
        assert results[first + 1].verdict.outcome is sjcode.Outcome.NOT_AUTHENTIC
        assert results[first + 2].verdict is None and results[first + 2].error.code == "file.not-found"
        assert results[first + 3].verdict is not None
    (tmp_path / "cert.pem").write_text(certificate.to_pem())
    assert [one.verdict.outcome.value for one in sjcode.verify_many([issued_path], tmp_path)] == ["authentic"]
    assert list(sjcode.verify_many([], trust)) == []


def test_verify_many_reads_only_some_ahead(trust):
    asked = []

    def endless():
        while True:
            asked.append(len(asked))
            yield b"nonsense"

    results = sjcode.verify_many(endless(), trust, threads=2, page_scan_time=0)
    for _ in range(3):
        next(results)
    assert len(asked) <= 3 + 8
    results.close()
    assert threading.active_count() < 20


def test_verify_many_ends_with_what_goes_wrong(trust, issued_path):
    def broken():
        yield issued_path
        raise LookupError("list ends here")

    results = sjcode.verify_many(broken(), trust, threads=1)
    with pytest.raises(LookupError):
        list(results)

    def stop(done, one):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(sjcode.verify_many([issued_path] * 4, trust, progress=stop))
    with pytest.raises(TypeError):
        list(sjcode.verify_many([issued_path, None], trust))
    with pytest.raises(ValueError):
        sjcode.verify_many([], trust, threads=0)


def test_threads_of_their_own_end_with_the_program(tmp_path, issued_path, certificate):
    """A program that leaves in the middle of its work ends all the same."""
    import subprocess

    (tmp_path / "cert.pem").write_text(certificate.to_pem())
    program = tmp_path / "program.py"
    program.write_text(f"""
import sjcode
for one in sjcode.verify_many([{str(issued_path)!r}] * 100, {str(tmp_path)!r}, threads=4):
    break
print("done")
""", encoding="utf-8")
    package = os.path.dirname(os.path.dirname(sjcode.__file__))
    ended = subprocess.run([sys.executable, program], env={"PYTHONPATH": package}, capture_output=True, timeout=60, check=True)
    assert ended.stdout == b"done\n"

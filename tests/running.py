"""Runs the command line program as a person or a script does, and reads what it says.

The program is the one that SJCODE_PROGRAM names (`./dev test` sets it), else build/release/bin/sjcode.
"""

import dataclasses
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = pathlib.Path(os.environ.get("SJCODE_PROGRAM") or ROOT / "build/release/bin/sjcode")
CORPUS = ROOT.parent / "shared" / "corpus"
LONG = os.environ.get("SJCODE_LONG_TESTS") == "1"

# Exit status: `verify`, and sysexits.
AUTHENTIC, NOT_AUTHENTIC, UNDETERMINED, CODE_GENUINE = range(4)
USAGE, BAD_DATA, NO_INPUT, UNAVAILABLE, SOFTWARE, CANNOT_CREATE, IO_ERROR = 64, 65, 66, 69, 70, 73, 74


@dataclasses.dataclass(frozen=True)
class Ended:
    """How a run ended. A negative status is the signal that killed the program."""

    status: int
    out: str
    err: str
    seconds: float
    # The most resident memory of one process, the program or its worker; at least that of pytest, from which it forks.
    megabytes: float

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments, language="en", environment=None, folder=None, limit=60.0) -> Ended:
    """Runs the program to its end; kills it, and fails, after `limit` seconds."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "SJCODE_P"))}
    variables["LANG"] = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}[language]
    variables.update(environment or {})
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.monotonic()
        process = subprocess.Popen([str(PROGRAM), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=err, env=variables, cwd=folder)
        late = threading.Event()
        timer = threading.Timer(limit, lambda: (late.set(), process.kill()))
        timer.start()
        try:
            # wait4 counts the program's own children too, once it has waited for them.
            _, status, usage = os.wait4(process.pid, 0)
        finally:
            timer.cancel()
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        assert not late.is_set(), f"still running after {limit} s: {arguments}"
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8"))
    return Ended(process.returncode, *texts, seconds, usage.ru_maxrss / 1024)


def succeed(*arguments, **options) -> Ended:
    ended = run(*arguments, **options)
    assert ended.status == 0, f"status {ended.status}: {ended.err}"
    return ended


def verify(document, trust, *options, **more) -> dict:
    """The verdict of one input. The exit status is checked against it."""
    ended = run("verify", document, "--trust", trust, "--json", *options, **more)
    assert ended.status in range(4), f"status {ended.status}: {ended.err}"
    verdict = ended.json
    outcomes = ["authentic", "not_authentic", "undetermined", "code_genuine"]
    assert verdict["outcome"] == outcomes[ended.status]
    return verdict


def codes(verdict: dict, *results: str) -> set[str]:
    """Codes of the findings with one of these results; all findings, where none is given."""
    return {check["code"] for check in verdict["checks"] if not results or check["result"] in results}


def parameters(verdict: dict, code: str) -> dict:
    found = [check["parameters"] for check in verdict["checks"] if check["code"] == code]
    assert found, f"no finding {code} but {sorted(codes(verdict))}"
    return found[0]


def error_code(ended: Ended) -> str:
    """The code that stands in brackets at the end of an error's message."""
    last = ended.err.strip().splitlines()[-1] if ended.err.strip() else ""
    assert last.startswith("sjcode: ") and last.endswith("]") and "[" in last, f"no message: {ended.err!r}"
    return last[last.rindex("[") + 1 : -1]


@dataclasses.dataclass(frozen=True)
class Issuer:
    """An institution with a key, as `key new` makes it. Its folder serves as --trust."""

    folder: pathlib.Path
    algorithm: str
    licence: str = "440100001"
    institution: str = "示例司法鉴定中心"
    short_name: str = "示例司鉴中心"
    hosts: tuple[str, ...] = ("v.example.org.cn",)

    @property
    def key(self):
        return self.folder / "key.pem"

    @property
    def certificate(self):
        return self.folder / "cert.pem"

    def make(self):
        hosts = [argument for host in self.hosts for argument in ("--host", host)]
        succeed("key", "new", "--alg", self.algorithm, "--licence", self.licence, "--name", self.institution,
                "--short-name", self.short_name, *hosts, "-o", self.folder)
        return self

    def arguments(self):
        return ["--key", self.key, "--cert", self.certificate]


def issue(document, issuer: Issuer, facts, output, *options, **more) -> dict:
    """Issues, and gives what --json says."""
    return succeed("issue", document, "--facts", facts, *issuer.arguments(), "-o", output, "--json", *options,
                   **more).json

"""The help, the manual pages and the completion: complete, laid out well, and their examples work."""

import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
import unicodedata

import pytest

import desk
import running

REFERENCE = running.ROOT / "cli" / "reference"


def definition(language: str) -> dict:
    return running.succeed("--definition", "--lang", language).json


def commands_of(command: dict):
    yield command
    for one in command["commands"]:
        yield from commands_of(one)


def leaves(language: str) -> list[dict]:
    return [one for one in commands_of(definition(language)) if not one["commands"]]


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, REFERENCE / "manual.py", running.PROGRAM, folder / "man"], check=True)
    subprocess.run([sys.executable, REFERENCE / "completion.py", running.PROGRAM, folder], check=True)
    return folder


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_fits_a_terminal_and_tells_everything(language):
    for command in commands_of(definition(language)):
        text = running.succeed(*command["name"].split()[1:], "--help", "--lang", language).out
        assert [line for line in text.splitlines() if width(line) > 80] == []
        for option in command["options"]:
            for name in option["names"]:
                assert (name.upper() if option["positional"] else name) in text, command["name"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_has_an_example_that_works(language, made_desk, tmp_path):
    """In the order of the help, on one desk: what an example makes, those behind it may use."""
    folder = desk.copy(made_desk, tmp_path / "desk")
    for command in leaves(language):
        assert command["examples"], f"{command['name']}: no example"
        for example in command["examples"]:
            assert example["about"], f"{command['name']}: an example that says nothing of itself"
            words = shlex.split(example["command"])
            assert words[0] == "sjcode" and " ".join(words).startswith(command["name"] + " ")
            for option, word in zip(words, words[1:]):  # what the desk has already is what the example makes
                makes = option in ("-o", "--output", "--delta") or (option == "--record" and words[1] == "issue")
                if makes and (folder / word).is_file():
                    (folder / word).unlink()
            ended = running.run(*words[1:], folder=folder)
            if "http://tsa.example/" in words:  # an authority that there is none of; all that comes before it was right
                assert ended.status == running.UNAVAILABLE and running.error_code(ended) == "timestamp.unreachable", ended
                continue
            assert ended.status <= 3 and "[" not in ended.err, f"{example['command']}: {ended.status} {ended.err}"


def test_both_languages_have_the_same_commands_and_examples():
    def skeleton(command):
        return (command["name"], [one["names"] for one in command["options"]],
                [one["command"] for one in command["examples"]], [skeleton(one) for one in command["commands"]])

    assert skeleton(definition("en")) == skeleton(definition("zh"))


@pytest.mark.parametrize("language, folder", [("en", "man/man1"), ("zh", "man/zh_CN/man1")])
def test_manual_pages(reference, language, folder):
    if not shutil.which("groff"):
        pytest.skip("no groff")
    for command in leaves(language):
        page = reference / folder / f"{command['name'].replace(' ', '-')}.1"
        done = subprocess.run(["groff", "-K", "utf8", "-T", "utf8", "-man", "-ww", "-rLL=100n", page], capture_output=True,
                              check=True, env={**os.environ, "GROFF_NO_SGR": "1"})
        assert done.stderr == b"", done.stderr.decode()
        text = re.sub(".\b", "", done.stdout.decode()).replace("\u2010", "-")
        for option in command["options"]:
            for name in option["names"]:
                assert (name.upper() if option["positional"] else name) in text, f"{page.name}: {name}"


def bash_completion(reference, *words, folder) -> list[str]:
    script = (f"source {shlex.quote(str(reference / 'bash' / 'sjcode'))}\n"
              f"COMP_WORDS=({shlex.join(words)})\nCOMP_CWORD={len(words) - 1}\n_sjcode\n"
              'printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "--norc", "-c", script], cwd=folder, capture_output=True, check=True, text=True)
    assert done.stderr == ""
    return sorted(line for line in done.stdout.splitlines() if line)


def test_bash_completes_commands_options_values_and_files(reference, made_desk):
    def complete(*words):
        return bash_completion(reference, "sjcode", *words, folder=made_desk)

    program = definition("en")
    assert complete("") == sorted([one["name"].split()[1] for one in program["commands"]] +
                                  [name for one in program["options"] for name in one["names"]])
    assert complete("ver") == ["verify"]
    assert complete("key", "n") == ["new"]
    assert complete("issue", "--se") == sorted(
        name for command in leaves("en") if command["name"] == "sjcode issue"
        for one in command["options"] for name in one["names"] if name.startswith("--se"))
    assert {"B-B", "B-T", "none"} <= set(complete("issue", "--seal", ""))
    assert complete("issue", "--seal", "=", "n") == ["none"]
    assert complete("--lang", "") == ["en", "zh"]
    assert complete("verify", "x.pdf", "--lang", "z") == ["zh"]
    assert complete("issue", "report.pdf", "--facts", "fac") == ["facts.json"]
    assert complete("verify", "--trust", "k") == ["key"]
    assert complete("verify", "iss") == ["issued.pdf", "issued.record"]
    assert complete("key", "new", "--alg", "") == ["ed25519", "p256", "sm2"]
    assert complete("key", "new", "--years", "") == []


def zsh_completion(reference, line: str, folder, language) -> str:
    """What an interactive zsh shows after the line and a tab."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.environ.update(TERM="dumb", LC_ALL=language, COLUMNS="200", LINES="200")
        os.execvp("zsh", ["zsh", "-f", "-i"])
    shown = b""

    def read_until(mark: bytes, limit: float, quiet: float = 60) -> bool:
        """Until the mark is shown, the time is over, or nothing more comes behind what has come."""
        nonlocal shown
        end = time.monotonic() + limit
        while mark not in shown and time.monotonic() < end:
            if select.select([terminal], [], [], quiet if shown else limit)[0]:
                try:
                    shown += os.read(terminal, 65536)
                except OSError:
                    break
            elif shown:
                break
        return mark in shown

    try:
        functions = shlex.quote(str(reference / "zsh"))
        os.write(terminal, (f"PS1='' PS2=''; fpath=({functions} $fpath); autoload -U compinit; compinit -u -D; "
                            "setopt no_list_beep list_rows_first; LISTMAX=500; unsetopt auto_menu; "
                            "print REA''DY\n").encode())
        assert read_until(b"READY", 20), shown
        shown = b""
        os.write(terminal, line.encode() + b"\t\t")
        read_until(b"\0never", 3, quiet=0.8)
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", shown.decode("utf-8", errors="replace"))
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


@pytest.mark.parametrize("language, about", [("en_US.UTF-8", "put a signed code into a PDF"), ("C", "put a signed code")])
def test_zsh_completes(reference, made_desk, language, about):
    if not shutil.which("zsh"):
        pytest.skip("no zsh")
    assert subprocess.run(["zsh", "-n", reference / "zsh" / "_sjcode"], check=False).returncode == 0
    shown = zsh_completion(reference, "sjcode ", made_desk, language)
    assert about in shown and "verify" in shown, shown
    assert "issue " in zsh_completion(reference, "sjcode iss", made_desk, language)
    shown = zsh_completion(reference, "sjcode issue --seal ", made_desk, language)
    assert "B-B" in shown and "none" in shown, shown
    assert "facts.json" in zsh_completion(reference, "sjcode issue report.pdf --facts fac", made_desk, language)
    assert "issued.pdf" in zsh_completion(reference, "sjcode verify iss", made_desk, language)


def test_zsh_speaks_chinese(reference, made_desk):
    if not shutil.which("zsh"):
        pytest.skip("no zsh")
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout
    if "zh_CN.utf8" in known:
        assert "赋码" in zsh_completion(reference, "sjcode ", made_desk, "zh_CN.UTF-8")
    # Without that locale zsh shows the bytes in another form; the functions are called all the same.
    text = (reference / "zsh" / "_sjcode").read_text(encoding="utf-8")
    assert "_sjcode_zh_verify()" in text and "zh*) _sjcode_zh" in text

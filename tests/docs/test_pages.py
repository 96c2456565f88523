"""The pages of docs/: their snippets work, their links lead somewhere, and both languages have the same ones.

What stands above a block of code says how it is tested; docs/development.md, Documentation, tells the marks.
"""

import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

import desk
import readme
import running

sys.path.insert(0, str(running.ROOT / "docs-site"))
import code_pages  # noqa: E402

DOCS = running.ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
BLOCK = re.compile(r"(?P<marks>(?:^[ \t]*<!-- [^\n]* -->\n)*)^(?P<indent>[ \t]*)```(?P<language>\w*)\n(?P<text>.*?)^[ \t]*```$",
                   re.DOTALL | re.MULTILINE)
RUN = ("sh", "python")
KNOWN = ("", "text", "json", "cpp", "c", *RUN)


@dataclasses.dataclass(frozen=True)
class Block:
    where: str
    language: str
    text: str
    marks: tuple[str, ...]

    def mark(self, name: str) -> str | None:
        """What stands behind `NAME:` in a mark; "" for a mark that is the name alone."""
        for mark in self.marks:
            if mark == name or mark.startswith(name + ":"):
                return mark[len(name) + 1 :].strip()
        return None


def blocks_of(page: pathlib.Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = []
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start("text"))
        marks = tuple(re.findall(r"<!-- (.*?) -->", block["marks"]))
        content = "".join(row.removeprefix(block["indent"]) for row in block["text"].splitlines(keepends=True))
        found.append(Block(f"{page.name}:{line}", block["language"], content, marks))
    return found


def run_block(block: Block, folder: pathlib.Path) -> str:
    """Runs a block, holds its status, and gives what it printed."""
    environment = {**os.environ, "PATH": f"{running.PROGRAM.parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
                   "PYTHONPATH": str(running.PROGRAM.parents[1] / "python")}
    command = {"sh": ["bash", "-eu", "-c", block.text], "python": [sys.executable, "-c", block.text]}[block.language]
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, timeout=120, check=False)
    printed = done.stdout.decode("utf-8")
    wanted = int(block.mark("status") or 0)
    assert done.returncode == wanted, f"{block.where}: status {done.returncode}, not {wanted}:\n{printed}"
    return printed


def test_both_languages_have_the_same_pages():
    english = {page.relative_to(DOCS).as_posix() for page in PAGES if not page.name.endswith(".zh.md")}
    chinese = {page.relative_to(DOCS).as_posix().replace(".zh.md", ".md") for page in PAGES if page.name.endswith(".zh.md")}
    assert english == chinese
    assert len(english) > 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_snippets(page, made_desk, tmp_path):
    folder, printed = None, None
    for block in blocks_of(page):
        if block.mark("not run") is not None:
            assert len(block.mark("not run")) > 5, f"{block.where}: not run, and why?"
            continue
        assert block.language in KNOWN, f"{block.where}: nothing tests a block of {block.language}"
        if block.language in RUN:
            folder = folder or desk.copy(made_desk, tmp_path / "desk")
            printed = run_block(block, folder)
        elif block.language == "json":
            json.loads(block.text)
        elif block.language in ("cpp", "c"):
            path, _, name = next((mark for mark in block.marks if mark.startswith("examples/")), "").partition(": ")
            source = running.ROOT / path
            assert path and source.is_file(), f"{block.where}: no example stands behind this"
            assert block.text == readme.region(source.read_text(encoding="utf-8"), name), f"{block.where}: differs from {path}"
        elif block.mark("output") is not None:
            assert printed is not None, f"{block.where}: output of no command"
            # Column widths change with what else is in a verdict.
            assert " ".join(block.text.split()) in " ".join(printed.split()), f"{block.where}: the command prints\n{printed}"
        if block.language in ("", "text") and block.text.startswith("sjcode "):
            synopsis = re.search(r"\[[^\]]+\]", block.text)
            assert synopsis, f"{block.where}: no synopsis, but a command that nothing runs; mark it sh"


def code_blocks(page: pathlib.Path) -> list[str]:
    """What must be the same in both languages: the commands, but for their language and comments."""
    texts = []
    for block in blocks_of(page):
        if block.language in ("sh", "cpp", "c", "json"):
            text = readme.SHELL_COMMENT.sub("", block.text) if block.language == "sh" else block.text
            texts.append(re.sub(r" --lang (?:zh|en)", "", text))
    return texts


@pytest.mark.parametrize("page", [page for page in PAGES if not page.name.endswith(".zh.md")], ids=lambda page: page.name)
def test_both_languages_run_the_same_commands(page):
    other = page.with_name(page.name.removesuffix(".md") + ".zh.md")
    assert code_blocks(page) == code_blocks(other)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name.endswith(".zh.md")], ids=lambda page: page.name)
def test_chinese_pages_are_chinese_and_stay_chinese(page):
    prose = BLOCK.sub("", page.read_text(encoding="utf-8"))
    assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > 40
    half_width = re.findall(r"[\u4e00-\u9fff][,;?!](?=[\u4e00-\u9fff\s])", re.sub(r"`[^`]*`", "", prose))
    assert half_width == [], "half-width punctuation in Chinese"
    for text, link in re.findall(r"\[([^\]]*)\]\(([^)\s]+?\.md)(?:#[^)]*)?\)", prose):
        target = (page.parent / link).resolve()
        translated = target.with_name(target.name.removesuffix(".md") + ".zh.md")
        if target.parent == DOCS and not target.name.endswith(".zh.md") and translated.exists():
            assert "英文" in text, f"{page.name}: “{text}” leads to the English {link}"


def test_every_code_has_an_entry():
    assert code_pages.complaints() == []


def test_codes_page_has_every_code_in_both_languages():
    for language in ("en", "zh"):
        text = code_pages.codes(language)
        for code in code_pages.messages(language):
            assert f"`{code}`" in text, f"{code} ({language})"


def test_a_code_without_an_entry_is_found(monkeypatch):
    real = code_pages.messages
    monkeypatch.setattr(code_pages, "messages", lambda language: {**real(language), "unheard-of.thing": "…"})
    found = code_pages.complaints()
    assert [line for line in found if line.startswith("unheard-of.thing:")] and len(found) == 2, found

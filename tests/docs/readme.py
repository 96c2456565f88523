#!/usr/bin/env python3
"""Holds the READMEs to the truth.

usage: readme.py [ROOT]

 1. Each C++ and Python snippet is, letter for letter, the region of an example that the comment above it names; the examples are
    built and run by the tests.
 2. README.md and README.zh-CN.md have the same sections, the same blocks of code and the same links, in the same order.
 3. What a document links to in this project is there.
"""

import pathlib
import re
import sys
import textwrap

READMES = ("README.md", "README.zh-CN.md")
LANGUAGES = {"cpp": "C++", "python": "Python"}
BLOCK = re.compile(r"(?:<!-- (?P<source>[^>]*?) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)\s]*)?\)")
TRANSLATED = re.compile(r"\.zh(?:-CN)?\.md$")
HEADING = re.compile(r"^#+ ", re.MULTILINE)
SHELL_COMMENT = re.compile(r"[ \t]*(?:^|(?<=\s))#.*$", re.MULTILINE)


def region(source: str, name: str) -> str | None:
    """What stands between `// [name]` and `// [/name]` (`#` in Python), without common indentation."""
    mark = re.escape(name)
    found = re.search(rf"^[ \t]*(?://|#) \[{mark}\]\n(.*?)^[ \t]*(?://|#) \[/{mark}\]$", source,
                      re.DOTALL | re.MULTILINE)
    return textwrap.dedent(found.group(1)) if found else None


def snippet_complaints(root: pathlib.Path, name: str, text: str):
    snippets = [block for block in BLOCK.finditer(text) if block["language"] in LANGUAGES]
    for language in LANGUAGES.keys() - {block["language"] for block in snippets}:
        yield f"{name}: no {LANGUAGES[language]} snippet at all"
    for block in snippets:
        line = text.count("\n", 0, block.start("text"))
        if not block["source"]:
            yield f"{name}:{line}: a {LANGUAGES[block['language']]} snippet that no example stands behind"
            continue
        path, _, marker = block["source"].partition(": ")
        source = root / path
        wanted = region(source.read_text(encoding="utf-8"), marker) if source.is_file() else None
        if wanted is None:
            yield f"{name}:{line}: {path} has no region [{marker}]"
        elif wanted != block["text"]:
            yield f"{name}:{line}: differs from region [{marker}] of {path}"


def skeleton(text: str) -> dict[str, list[str]]:
    """What must be the same in both languages."""
    blocks = [block["language"] + "\n" + SHELL_COMMENT.sub("", block["text"]) for block in BLOCK.finditer(text)
              if block["language"] != "text"]
    prose = BLOCK.sub("", text)
    return {
        "headings": HEADING.findall(prose),
        "blocks of code": blocks,
        # The Chinese README leads to Chinese pages where there are some.
        "links": [TRANSLATED.sub(".md", link) for link in LINK.findall(prose) if link not in READMES],
    }


def link_complaints(root: pathlib.Path, path: pathlib.Path):
    text = BLOCK.sub("", path.read_text(encoding="utf-8"))
    for link in LINK.findall(text):
        if not re.match(r"[a-z]+:", link) and not (path.parent / link).exists():
            yield f"{path.relative_to(root)}: links to {link}, which is not there"


def complaints(root: pathlib.Path) -> list[str]:
    texts = {name: (root / name).read_text(encoding="utf-8") for name in READMES}
    found = []
    for name, text in texts.items():
        found += snippet_complaints(root, name, text)
    english, chinese = (skeleton(texts[name]) for name in READMES)
    for what in english:
        for number, (first, second) in enumerate(zip(english[what], chinese[what]), 1):
            if first != second:
                found.append(f"{what}: number {number} differs between the READMEs:\n{first}\n{second}")
        if len(english[what]) != len(chinese[what]):
            found.append(f"{what}: {len(english[what])} in {READMES[0]}, {len(chinese[what])} in {READMES[1]}")
    for path in [*root.glob("*.md"), *(root / "docs").glob("**/*.md")]:
        found += link_complaints(root, path)
    return found


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    found = complaints(root)
    print("\n".join(found) or "documents: snippets are tested code, both READMEs agree, links lead somewhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

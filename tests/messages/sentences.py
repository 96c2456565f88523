#!/usr/bin/env python3
"""Holds messages/ and the sources together: each code has its sentence, in both languages, and each sentence its code.

usage: sentences.py [ROOT]

The rules:
 1. zh-CN.json and en.json have the same codes, and each sentence the same {gaps} in both.
 2. What is passed to fail("…") or Error{"…"} is a code with a sentence. Where the code is put together
    ("hygiene." + rule), some sentence begins with that part.
 3. Any other literal that looks like a code, and begins as some code does, is one with a sentence: so the codes of
    checks are found wherever they are written.
 4. Each sentence is used: its code stands in the sources as a literal, or begins with a literal that ends in a dot.
 5. Where the parameters stand beside the code, as in fail("…", {{"page", n}}), they fill every gap of its sentence.
 6. Chinese sentences are Chinese, with full-width punctuation; English ones are not.
"""

import collections
import json
import pathlib
import re
import sys

from cpp_strings import Literal, string_literals
from ts_strings import template_beginnings, ts_literals

CODE = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*(?:\.[a-z0-9]+(?:[-_][a-z0-9]+)*)+")
# {name}, or {fact:name} where the value is itself the last part of a code with a sentence ("fact." + value).
GAP = re.compile(r"\{(?:[a-z][a-z-]*:)?([^{}]*)\}")
GAP_NAME = re.compile(r"[a-z][a-z0-9_]*")
CHINESE = re.compile(r"[\u3400-\u9fff]")
HALF_WIDTH = re.compile(r"[\u3400-\u9fff][,;:?!()]|[,;?!()][\u3400-\u9fff]")

# Literals that look like codes and are none, each with the reason.
NO_CODES = {
    "key.pem": "a file name",
    "cert.pem": "a file name",
    "trust-store.json": "a file name",
    "commissioner.kind": "a path in FACTS.json",
    "commissioner.name": "a path in FACTS.json",
}

Sources = dict[str, list[Literal]]


def read_sources(root: pathlib.Path) -> Sources:
    sources = {}
    for folder in ("libsjcode/include", "libsjcode/src", "bindings/c", "cli"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".h"):
                literals = string_literals(path.read_text(encoding="utf-8"))
                sources[path.relative_to(root).as_posix()] = literals
    for path in sorted((root / "web/src").rglob("*")):
        if path.suffix in (".ts", ".tsx"):
            text = path.read_text(encoding="utf-8")
            sources[path.relative_to(root).as_posix()] = ts_literals(text) + template_beginnings(text)
    return sources


def read_sentences(root: pathlib.Path) -> dict[str, dict[str, str]]:
    return {name: json.loads((root / f"messages/{name}.json").read_text(encoding="utf-8")) for name in ("zh-CN", "en")}


def is_error_code(literal: Literal) -> bool:
    # findings.fail("check", …) is another thing: its first argument is the name of a check.
    return re.search(r"(?<![.>])\b(?:fail\(|Error\{)$", literal.before) is not None


def language_complaints(zh: dict[str, str], en: dict[str, str]):
    for code in sorted(zh.keys() ^ en.keys()):
        yield f"{code}: has no sentence in {'en' if code in zh else 'zh-CN'}.json"
    for code in sorted(zh.keys() & en.keys()):
        gaps = {name: collections.Counter(GAP.findall(text)) for name, text in (("zh-CN", zh[code]), ("en", en[code]))}
        if gaps["zh-CN"].keys() != gaps["en"].keys():
            yield f"{code}: the gaps differ: zh-CN {sorted(gaps['zh-CN'])}, en {sorted(gaps['en'])}"
        for gap in gaps["zh-CN"]:
            if not GAP_NAME.fullmatch(gap):
                yield f"{code}: {{{gap}}} is no name of a gap"
    for code, text in sorted(zh.items()):
        if not CHINESE.search(text) and re.search(r"\w", GAP.sub("", text)):
            yield f"{code}: the Chinese sentence is not Chinese"
        if found := HALF_WIDTH.search(GAP.sub("", text)):
            yield f"{code}: half-width punctuation in Chinese: {found.group()}"
    for code, text in sorted(en.items()):
        # An example may be in Chinese, as 张某; a sentence may not.
        if 3 * len(CHINESE.findall(text)) > len(text):
            yield f"{code}: the English sentence is Chinese"
        if not text.strip():
            yield f"{code}: empty"


def source_complaints(sources: Sources, codes: set[str]):
    beginnings = {code.partition(".")[0] for code in codes}
    for path, literals in sources.items():
        for literal in literals:
            text, where = literal.text, f"{path}:{literal.line}"
            if is_error_code(literal):
                if literal.after == "+":
                    if not any(code.startswith(text) for code in codes):
                        yield f'{where}: no sentence begins with "{text}"'
                elif text not in codes:
                    yield f'{where}: "{text}" has no sentence'
            elif CODE.fullmatch(text) and text.partition(".")[0] in beginnings:
                if text not in codes and text not in NO_CODES:
                    yield f'{where}: "{text}" looks like a code and has no sentence'


def gap_complaints(sources: Sources, zh: dict[str, str]):
    for path, literals in sources.items():
        # error.parameters["rules"] = … may fill a gap later.
        added = {literal.text for literal in literals if literal.before.endswith("parameters[")}
        for literal in literals:
            names = literal.parameters
            if names is None and is_error_code(literal) and literal.after == ")":
                names = []
            if names is None or literal.text not in zh:
                continue
            for gap in sorted(set(GAP.findall(zh[literal.text])) - set(names) - added):
                yield f'{path}:{literal.line}: "{literal.text}" is given no {{{gap}}}'


def unused_complaints(sources: Sources, codes: set[str]):
    literals = {literal.text for found in sources.values() for literal in found}
    prefixes = tuple(text for text in literals if re.fullmatch(r"[a-z][a-z0-9._-]*\.", text))
    for code in sorted(codes - literals):
        if not code.startswith(prefixes or ("\0",)):
            yield f"{code}: no source uses this sentence"


def complaints(root: pathlib.Path) -> list[str]:
    sources, sentences = read_sources(root), read_sentences(root)
    zh, en = sentences["zh-CN"], sentences["en"]
    codes = zh.keys() | en.keys()
    return [*language_complaints(zh, en), *source_complaints(sources, codes),
            *gap_complaints(sources, zh), *unused_complaints(sources, codes)]


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    found = complaints(root)
    count = len(read_sentences(root)["zh-CN"])
    if count == 0:
        found.append("messages/zh-CN.json: no sentence at all")
    print("\n".join(found) or f"messages: {count} sentences in two languages, each used")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

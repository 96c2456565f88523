"""String literals of the site's TypeScript sources, as cpp_strings has them for C++."""

import re

from cpp_strings import Literal

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"((?:[^"\\\n]|\\.)*)"', re.DOTALL)
# `check.${name}`: the beginning of a code that is put together.
TEMPLATE = re.compile(r"`([a-z][a-z0-9._-]*\.)\$\{")


def ts_literals(source: str) -> list[Literal]:
    found = []
    for match in TOKEN.finditer(source):
        if match.group(1) is None:
            continue
        line = source.count("\n", 0, match.start()) + 1
        # fail("…") is the library's there as here: its first argument is a code with a sentence.
        before = re.search(r"(?<![.>\w])(fail\()\s*$", source[max(0, match.start() - 40):match.start()])
        found.append(Literal(match.group(1), line, before.group(1) if before else ""))
    return found


def template_beginnings(source: str) -> list[Literal]:
    return [Literal(match.group(1), source.count("\n", 0, match.start()) + 1, "") for match in TEMPLATE.finditer(source)]

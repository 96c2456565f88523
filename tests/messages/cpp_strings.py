"""String literals of C++ sources, with what stands before them. Comments are passed over."""

import dataclasses
import re

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      |(?P<include>^[ \t]*\#[ \t]*include[^\n]*)
      |(?P<raw>R"(?P<mark>[^()\\\s]{0,16})\((?P<body>.*?)\)(?P=mark)")
      |(?P<string>"(?:[^"\\\n]|\\.)*")
      |(?P<character>'(?:[^'\\\n]|\\.)+')
      |(?P<digits>\d[\d']*)
      |(?P<word>[A-Za-z_][A-Za-z_0-9]*)
      |(?P<space>\s+)
      |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE)


@dataclasses.dataclass
class Literal:
    text: str
    line: int
    before: str  # the tokens before it on the same call, joined, e.g. "fail(" or "Error{"
    after: str   # the next token


def string_literals(source: str) -> list[Literal]:
    found: list[Literal] = []
    before: list[str] = []
    waiting: Literal | None = None
    for match in TOKEN.finditer(source):
        kind = match.lastgroup if match.lastgroup not in ("mark", "body") else "raw"
        if kind in ("comment", "space", "include"):
            continue
        text = match.group()
        if kind in ("string", "raw"):
            body = match.group("body") if kind == "raw" else text[1:-1]
            if waiting:  # adjacent literals are one
                waiting.text += body
                continue
            line = source.count("\n", 0, match.start()) + 1
            waiting = Literal(body, line, "".join(before[-3:]), "")
            found.append(waiting)
            before.append('"…"')
            continue
        if waiting:
            waiting.after = text
            waiting = None
        before.append(text)
    return found

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
    before: str  # the tokens before it, joined, e.g. "returnfail("
    after: str = ""  # the token after it
    # The names in {{"name", …}, …} right after it; None where there is no such list, or one with other things in it.
    parameters: list[str] | None = None


def tokens_of(source: str) -> list[tuple[str, str, int]]:
    """Kind, text (of a string: what it says) and line of each token; adjacent strings are one."""
    found: list[tuple[str, str, int]] = []
    for match in TOKEN.finditer(source):
        kind, text = match.lastgroup, match.group()
        if kind in ("comment", "space", "include"):
            continue
        line = source.count("\n", 0, match.start()) + 1
        if kind in ("raw", "mark", "body"):
            kind, text = "string", match.group("body")
        elif kind == "string":
            text = text[1:-1]
        if kind == "string" and found and found[-1][0] == "string":
            found[-1] = ("string", found[-1][1] + text, found[-1][2])
        else:
            found.append((kind, text, line))
    return found


def parameter_names(tokens: list[tuple[str, str, int]]) -> list[str] | None:
    """Of `, {{"a", …}, {"b", …}}` at the beginning of the tokens."""
    if [text for _, text, _ in tokens[:2]] != [",", "{"]:
        return None
    names, depth = [], 0
    for at, (kind, text, _) in enumerate(tokens[1:], 1):
        if kind != "string" and text in "{}":
            depth += 1 if text == "{" else -1
            if depth == 0:
                return names
            if depth == 2 and text == "{":
                if tokens[at + 1][0] != "string":
                    return None
                names.append(tokens[at + 1][1])
        elif depth == 1 and text != ",":
            return None
    return None


def string_literals(source: str) -> list[Literal]:
    tokens = tokens_of(source)
    found = []
    for at, (kind, text, line) in enumerate(tokens):
        if kind == "string":
            before = "".join(before_text for _, before_text, _ in tokens[max(0, at - 3):at])
            after = tokens[at + 1][1] if at + 1 < len(tokens) else ""
            found.append(Literal(text, line, before, after, parameter_names(tokens[at + 1:at + 400])))
    return found

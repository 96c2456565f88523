"""The list of public headers, each with what it says of itself and a link to what Doxygen made of it; and the Python
interface, from its stubs."""

import ast
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[1]
HEADERS = ROOT / "libsjcode" / "include" / "sjcode"
C_HEADERS = ROOT / "bindings" / "c" / "include" / "sjcode"
STUBS = ROOT / "bindings" / "python"


def doxygen_name(header: pathlib.Path) -> str:
    """The page of a header, as Doxygen names it."""
    return header.name.replace("_", "__").replace(".", "_8") + ".html"


def headers(language: str, folder: pathlib.Path = HEADERS) -> str:
    rows = []
    for header in sorted(folder.glob("*.h")):
        comment = re.match(r"(?://.*\n)+|/\*.*\n", header.read_text(encoding="utf-8"))
        about = " ".join(line.strip("/* ") for line in comment[0].splitlines()) if comment else ""
        first = re.match(r".*?[.:](?=\s|$)", about)
        about = (first[0] if first else about).replace("|", "\\|").replace("<", "&lt;").rstrip(":")
        rows.append(f'| <a href="../api/{doxygen_name(header)}"><code>{header.name}</code></a> | {about} |')
    head = "| 头文件 | 内容（英文） |" if language == "zh" else "| header | what it has |"
    return "\n".join([head, "| --- | --- |", *rows]) + "\n"


def c_headers(language: str) -> str:
    return headers(language, C_HEADERS)


def signature(node: ast.FunctionDef) -> str:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    marks = "".join(f"@{ast.unparse(mark)}\n" for mark in node.decorator_list if ast.unparse(mark) != "overload")
    return f"{marks}def {node.name}({ast.unparse(node.args)}){returns}: ..."


def member_lines(node):
    if isinstance(node, ast.FunctionDef):
        yield "```python", signature(node), "```"
    elif isinstance(node, ast.AnnAssign):
        yield "```python", ast.unparse(node), "```"


def documented(body: list, level: int):
    """Classes and functions with their docstrings; a text below an attribute is the attribute's."""
    for index, node in enumerate(body):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            bases = ", ".join(ast.unparse(base) for base in node.bases)
            yield f"{'#' * level} {node.name}" + (f" ({bases})" if bases else "") + f" {{#python-{node.name.lower()}}}\n"
            yield (ast.get_docstring(node) or "") + "\n"
            yield from documented(node.body, level + 1)
        elif isinstance(node, (ast.FunctionDef, ast.AnnAssign)):
            name = node.name if isinstance(node, ast.FunctionDef) else ast.unparse(node.target)
            if name.startswith("_") and name != "__init__":
                continue
            for lines in member_lines(node):
                yield "\n".join(lines) + "\n"
            text = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
            after = body[index + 1] if index + 1 < len(body) else None
            if text is None and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                text = str(after.value.value)
            if text:
                yield re.sub(r"\s*\n\s*", " ", text.strip()) + "\n"


def exported() -> set[str]:
    """The names that the package gives to everybody."""
    for node in ast.parse((STUBS / "sjcode" / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    raise ValueError("bindings/python/sjcode/__init__.py has no __all__")


def name_of(node) -> str:
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.target)
    return getattr(node, "name", "")


def public(body: list, names: set[str]) -> list:
    """What is exported, each with the text below it."""
    kept, previous = [], None
    for node in body:
        text = isinstance(node, ast.Expr) and kept and kept[-1] is previous
        if name_of(node) in names or text:
            kept.append(node)
        previous = node
    return kept


def python(language: str) -> str:
    stub = STUBS / "sjcode" / "_core.pyi"
    if not stub.exists():
        return "本版本没有 Python 接口。\n" if language == "zh" else "This version has no Python interface.\n"
    body = public(ast.parse(stub.read_text(encoding="utf-8")).body, exported())
    about = "说明是英文的，取自存根文件。" if language == "zh" else "From the stubs."
    return about + "\n\n" + "\n".join(documented(body, 3))

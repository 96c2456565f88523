"""The package as a whole: its names, its types, and that the stubs describe what is there."""

import ast
import importlib
import os
import pathlib
import re
import subprocess
import sys

import pytest
import running
import sjcode
from conftest import PACKAGE
from sjcode import _core

STUB = pathlib.Path(sjcode.__file__).with_name("_core.pyi")


def test_every_public_name_is_there_and_nothing_else():
    for name in sjcode.__all__:
        assert hasattr(sjcode, name)
    public = {name for name in vars(sjcode) if not name.startswith("_")}
    modules = {name for name in public if isinstance(getattr(sjcode, name), type(sys))}
    assert public - modules == set(sjcode.__all__) - {"__version__"}
    core = {name for name in vars(_core) if not name.startswith("_")}
    assert core - set(sjcode.__all__) == {"error_sentence", "installed_programs", "version"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", sjcode.__version__)
    assert STUB.with_name("py.typed").exists()


def _module(name, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "MYPYPATH": ""}
    return subprocess.run([sys.executable, "-m", name, *arguments], env=environment, capture_output=True, text=True,
                          cwd=running.ROOT / "build", check=False)


def test_stubs_describe_what_is_there():
    ended = _module("mypy.stubtest", "sjcode", "--ignore-positional-only", "--concise")
    assert "Traceback" not in ended.stderr and "build errors" not in ended.stdout, ended.stdout + ended.stderr
    # pybind11's own: its classes have a metaclass without a module, and an __init__ that says that there is none.
    own = re.compile(r"sjcode\._core\.\w+ is inconsistent, metaclass differs|"
                     r'sjcode\._core\.\w+\.__init__ is inconsistent, stub does not have \*args parameter "args"')
    assert not [line for line in ended.stdout.splitlines() if not own.match(line) and not line.startswith("Found")]


def test_types_hold(tmp_path):
    examples = sorted((running.ROOT / "examples").glob("*.py"))
    ended = _module("mypy", "--strict", "--python-version", "3.10", "--cache-dir", str(tmp_path), "-p", "sjcode")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import sjcode\nsjcode.CodeNumber.parse(3)\nsjcode.verify('a.pdf', 'key').outcome = 1\n"
                     "sjcode.digest('sm3x', b'')\n", encoding="utf-8")
    ended = _module("mypy", "--strict", "--cache-dir", str(tmp_path), str(wrong))
    assert ended.returncode == 1 and ended.stdout.count("error:") == 4, ended.stdout
    typed = [str(path) for path in examples if "import sjcode" in path.read_text(encoding="utf-8")]
    if typed:
        ended = _module("mypy", "--strict", "--cache-dir", str(tmp_path), *typed)
        assert ended.returncode == 0, ended.stdout


def _stub_functions():
    """(qualified name, parameters) of each function of the stub that has a runtime docstring to compare with."""
    def parameters(function, skip):
        names = [argument.arg for argument in function.args.posonlyargs + function.args.args][skip:]
        return names, [argument.arg for argument in function.args.kwonlyargs]

    for node in ast.parse(STUB.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, *parameters(node, 0)
        elif isinstance(node, ast.ClassDef):
            for member in node.body:
                if not isinstance(member, ast.FunctionDef):
                    continue
                decorators = {decorator.id for decorator in member.decorator_list if isinstance(decorator, ast.Name)}
                is_special = member.name.startswith("__") and member.name != "__init__"
                if "property" in decorators or is_special:
                    continue
                yield f"{node.name}.{member.name}", *parameters(member, 0 if "staticmethod" in decorators else 1)


@pytest.mark.parametrize("name, positional, keyword", list(_stub_functions()),
                         ids=lambda value: value if isinstance(value, str) else "")
def test_stub_has_the_parameters_that_the_function_has(name, positional, keyword):
    target = _core
    for part in name.split("."):
        target = getattr(target, part)
    signature = target.__doc__.splitlines()[0]
    inside = signature[signature.index("(") + 1 : signature.rindex(")")]
    # Defaults may hold brackets and commas: only what stands before a colon at the outer level is a name.
    names, depth, current = [], 0, ""
    quote = False
    for character in inside + ",":
        quote ^= character == "'"
        depth += 0 if quote else character in "([{<"
        depth -= 0 if quote else character in ")]}>"
        if character == "," and depth == 0 and not quote:
            names.append(re.split(r"[:=]", current.strip())[0].strip())
            current = ""
        else:
            current += character
    names = [found for found in names if found and found != "self"]
    star = names.index("*") if "*" in names else len(names)
    assert names[:star] == positional
    assert names[star + 1 :] == keyword


def test_modules_import_alone():
    for name in ("_enums", "_errors", "_batch", "_programs"):
        importlib.import_module(f"sjcode.{name}")


def test_docstrings():
    for name in sjcode.__all__:
        if name not in ("__version__", "Buffer", "Document"):
            assert getattr(sjcode, name).__doc__, name

"""The vectors are what the generator writes, and each does what it says.

Also that the check itself works: it has to fail when anything is altered.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Dict

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "test-vectors"


def run_generator(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """generate.py as a person runs it."""
    return subprocess.run(
        [sys.executable, str(FOLDER / "generate.py"), *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """generate.py as a module."""
    specification = importlib.util.spec_from_file_location("generate", FOLDER / "generate.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The vectors in a folder that a test may spoil."""
    for path in FOLDER.glob("*/*.json"):
        target = tmp_path / path.relative_to(FOLDER)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    return tmp_path


def read(name: str) -> Dict[str, Any]:
    """A vector by its name."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def test_check_passes() -> None:
    """Every file is what would be written, and does what it says."""
    result = run_generator("--check")
    assert result.returncode == 0, result.stderr


def test_writing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """Keys, salts and nonces are not random."""
    assert run_generator("--folder", str(tmp_path)).returncode == 0
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.glob("*/*.json")}
    present = {path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.glob("*/*.json")}
    assert written == present


def test_altered_byte_is_seen(copy: Path) -> None:
    """One byte of one file."""
    path = copy / "report-code" / "sm2.json"
    data = bytearray(path.read_bytes())
    position = data.index(b"d284") + 100
    data[position] ^= 1
    path.write_bytes(data)
    result = run_generator("--check", "--folder", str(copy))
    assert result.returncode == 1
    assert "report-code/sm2.json" in result.stderr


def test_removed_and_added_files_are_seen(copy: Path) -> None:
    """A file that is missing, and one that nobody generates."""
    (copy / "cbor" / "null.json").rename(copy / "cbor" / "nil.json")
    result = run_generator("--check", "--folder", str(copy))
    assert result.returncode == 1
    assert "cbor/null.json: missing" in result.stderr
    assert "cbor/nil.json: not one of ours" in result.stderr


def test_changed_line_ending_is_seen(copy: Path) -> None:
    """The same JSON in other bytes."""
    path = copy / "cbor" / "null.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run_generator("--check", "--folder", str(copy)).returncode == 1


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("report-code/ed25519", "hex"), ("report-code/p256", "hex"), ("report-code/sm2", "hex"),
        ("record/usual", "hex"), ("record/usual-sm3", "hex"), ("disclosure/opinion", "hex"),
        ("claims/usual", "hex"), ("number/decode", "hex"), ("digits/report-code", "digits"),
        ("url/report-host-12", "text"), ("symbol/sm2", "text"), ("number/plain", "text"),
    ],
)
def test_altered_input_does_not_verify(generator: ModuleType, name: str, field: str) -> None:
    """The last character of an input is another one: the vector no longer
    gives what it says, whatever the generator would write."""
    vector = read(name)
    assert generator.verify(json.dumps(vector)) == ""
    text = vector["input"][field]
    vector["input"][field] = text[:-1] + ("1" if text[-1] != "1" else "2")
    assert generator.verify(json.dumps(vector)) != ""


@pytest.mark.parametrize("name", ["cbor/trailing-byte", "number/wrong-check-character", "report-code/p256-other-key"])
def test_other_reason_does_not_verify(generator: ModuleType, name: str) -> None:
    """A negative vector has to fail for the reason that it names."""
    vector = read(name)
    assert generator.verify(json.dumps(vector)) == ""
    vector["error"] = "claims.missing"
    assert generator.verify(json.dumps(vector)) != ""
    vector["expect"], vector["output"] = "ok", {}
    assert generator.verify(json.dumps(vector)) != ""


def test_altered_output_does_not_verify(generator: ModuleType) -> None:
    """A positive vector has to give every field of its output."""
    vector = read("record/usual")
    vector["output"]["leaves"][3] = "00" * 32
    assert generator.verify(json.dumps(vector)) != ""


def test_half_at_least_are_negative() -> None:
    """Readers fail by what they accept."""
    outcomes = [json.loads(path.read_text(encoding="utf-8"))["expect"] for path in FOLDER.glob("*/*.json")]
    assert outcomes.count("error") >= len(outcomes) / 2


def test_every_reason_and_kind_is_in_the_readme() -> None:
    """Who writes a reader finds each name explained."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in FOLDER.glob("*/*.json"):
        vector = json.loads(path.read_text(encoding="utf-8"))
        assert f"`{vector['kind']}`" in text, vector["kind"]
        if vector["expect"] == "error":
            family, reason = vector["error"].split(".")
            assert f"`{vector['error']}`" in text or f"`.{reason}`" in text, (family, reason)

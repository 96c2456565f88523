#!/usr/bin/env python3
"""Writes the test vectors, or checks the ones that are there.

    python3 generate.py             writes every vector file
    python3 generate.py --check     changes nothing: compares every file with
                                    what would be written, and runs every file
                                    as another implementation would

The vectors are the same bytes on every run: keys, salts and code numbers are
derived from labels, ECDSA and SM2 nonces as RFC 6979 derives them.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Dict, List

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

# ruff: noqa: E402
from reference.errors import FormatError
from reference.operations import OPERATIONS, run
from scenarios import ALL
from scenarios.vectors import Vectors

FOLDER = Path(__file__).resolve().parent


def serialise(vector: Dict[str, Any]) -> str:
    """The text of a file: two spaces, UTF-8 as it is, one line feed at the end."""
    return json.dumps(vector, ensure_ascii=False, indent=2) + "\n"


def generate() -> Dict[str, str]:
    """The text of every file by its name."""
    vectors = Vectors()
    for module in ALL:
        module.add(vectors)
    return {name: serialise(vectors.files[name]) for name in vectors.names()}


def verify(text: str) -> str:
    """Runs one vector from its text; returns what is wrong, or nothing."""
    vector = json.loads(text)
    if vector["kind"] not in OPERATIONS:
        return f"unknown kind {vector['kind']}"
    try:
        output = run(vector["kind"], vector["input"])
    except FormatError as error:
        if vector["expect"] == "error" and error.code == vector["error"]:
            return ""
        return f"failed with {error}"
    if vector["expect"] != "ok":
        return f"passed, and should fail with {vector['error']}"
    # Through JSON once, so that tuples and lists compare alike.
    if json.loads(json.dumps(output)) != vector["output"]:
        return f"gave {output}"
    return ""


def check(folder: Path) -> List[str]:
    """Everything that is wrong with the vectors in a folder."""
    problems = []
    expected = generate()
    present = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.json")}
    problems += [f"{name}: missing" for name in expected if name not in present]
    problems += [f"{name}: not one of ours" for name in sorted(present) if name not in expected]
    for name in sorted(present & set(expected)):
        # Bytes, so that a changed line ending is seen on every system.
        data = (folder / name).read_bytes()
        if data != expected[name].encode("utf-8"):
            problems.append(f"{name}: differs from what the generator writes")
        try:
            problem = verify(data.decode("utf-8"))
        except Exception as error:  # A changed file may break anything, and must be reported.
            problem = f"not a vector: {error!r}"
        if problem:
            problems.append(f"{name}: {problem}")
    return problems


def write(folder: Path) -> int:
    """Writes every file, and removes those of earlier versions."""
    expected = generate()
    for path in folder.glob("*/*.json"):
        if path.relative_to(folder).as_posix() not in expected:
            path.unlink()
    for name, text in expected.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return len(expected)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Write or check the test vectors.")
    parser.add_argument("--check", action="store_true", help="change nothing, compare and verify")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the vectors are")
    arguments = parser.parse_args()
    if not arguments.check:
        print(f"{write(arguments.folder)} vectors written")
        return 0
    problems = check(arguments.folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    print("the vectors differ" if problems else "the vectors are right")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Runs clang-tidy over our own sources, on all cores. What passed before is not run again: a source is known by its
preprocessed text, comments kept (they may hold NOLINT), its flags and .clang-tidy.
usage: clang_tidy.py BUILD_FOLDER [PART_OF_A_PATH]…"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

from source_files import ROOT

CONFIGURATION = ROOT / ".clang-tidy"
# Tests are left out: their macros say little that is worth the minutes.
FOLDERS = ("libsjcode", "cli", "examples")


def program(name: str) -> str:
    for candidate in (f"{name}-14", name):
        if found := shutil.which(candidate):
            return found
    sys.exit(f"{name} is missing")


def without_precompiled_header(command: str) -> str:
    """clang cannot read what GCC precompiled; the sources include all that they need themselves."""
    words = shlex.split(command)
    kept = [word for at, word in enumerate(words) if not (word == "-Winvalid-pch" or word.endswith("cmake_pch.hxx")
            or word == "-include" and words[at + 1].endswith("cmake_pch.hxx"))]
    return shlex.join(kept)


def copy_commands(build: pathlib.Path, to: pathlib.Path) -> None:
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    for command in commands:
        command["command"] = without_precompiled_header(command["command"])
    (to / "compile_commands.json").write_text(json.dumps(commands), encoding="utf-8")


def our_commands(build: pathlib.Path, parts: list[str]) -> list[dict]:
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    ours = {}
    for command in commands:
        source = pathlib.Path(command["file"]).resolve()
        if source.suffix != ".cpp" or not any(source.is_relative_to(ROOT / folder) for folder in FOLDERS):
            continue
        if not parts or any(part in str(source) for part in parts):
            ours.setdefault(str(source), command)
    return [ours[source] for source in sorted(ours)]


def state_of(command: dict, clang: str) -> str | None:
    """A digest of all that the result depends on; nothing where it does not even preprocess."""
    words = [word for word in shlex.split(command["command"]) if not word.endswith("ccache")][1:]
    arguments = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-c"):
            skip = word == "-o"
        else:
            arguments.append(word)
    answer = subprocess.run([clang, *arguments, "-Wno-everything", "-E", "-C", "-o", "-"],
                            cwd=command["directory"], capture_output=True, check=False)
    if answer.returncode != 0:
        return None
    digest = hashlib.sha256(answer.stdout)
    digest.update("\0".join(arguments).encode())
    digest.update(CONFIGURATION.read_bytes())
    return digest.hexdigest()


def check(command: dict, build: pathlib.Path, passed: pathlib.Path, clang: str, tidy: str) -> str | None:
    state = state_of(command, clang)
    mark = passed / state if state else None
    if mark and mark.exists():
        mark.touch()
        return None
    answer = subprocess.run([tidy, "--quiet", f"-p={build}", command["file"]],
                            capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        if mark:
            mark.touch()
        return None
    return answer.stdout + "\n".join(line for line in answer.stderr.splitlines() if "error" in line)


def main() -> int:
    passed = ROOT / "build/lint/clang-tidy"
    passed.mkdir(parents=True, exist_ok=True)
    build = passed.parent
    copy_commands(pathlib.Path(sys.argv[1]).resolve(), build)
    clang, tidy = program("clang++"), program("clang-tidy")
    commands = our_commands(build, sys.argv[2:])
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda command: check(command, build, passed, clang, tidy), commands)
        complaints = [text for text in results if text]
    print("\n".join(complaints) or f"clang-tidy: {len(commands)} sources are clean")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

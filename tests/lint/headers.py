#!/usr/bin/env python3
"""Compiles every header alone, public ones with the public include path only."""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import sysconfig

from source_files import ROOT, source_files

PUBLIC = ROOT / "libsjcode/include"
PRIVATE = ROOT / "libsjcode/src"
PYTHON = ROOT / "bindings/python"
C = ROOT / "bindings/c"
COMPILER = os.environ.get("CXX", "g++")
# Exactly the flags that a user of the public headers may have on.
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wsign-conversion", "-Werror"]

# What tests/CMakeLists.txt gives every test program.
TEST_DEFINITIONS = ["SJCODE_SOURCE_DIR", "SJCODE_WORKER"]


def include_paths(header: pathlib.Path) -> list[pathlib.Path]:
    if header.is_relative_to(PUBLIC):
        return [PUBLIC]
    if header.is_relative_to(C):
        return [PUBLIC, C / "include"]
    return [PUBLIC, PRIVATE, C / "include", ROOT / "tests"]


def package_flags() -> list[str]:
    """Where the libraries' headers are, for private headers that include one."""
    answer = subprocess.run(
        ["pkg-config", "--cflags", "libpodofo", "zxing", "libqrencode", "libqpdf", "vips", "poppler-cpp"],
        capture_output=True, text=True, check=False)
    return [flag for flag in answer.stdout.split() if flag.startswith("-I")]


def complaint(header: pathlib.Path, libraries: list[str]) -> str | None:
    includes = [f"-I{path}" for path in include_paths(header)]
    if not header.is_relative_to(PUBLIC):
        includes += [flag.replace("-I", "-isystem", 1) for flag in libraries]
    if header.is_relative_to(PYTHON):
        includes += ["-isystem", sysconfig.get_path("include")]
    if header.is_relative_to(ROOT / "tests"):
        includes += [f'-D{name}=""' for name in TEST_DEFINITIONS]
    answer = subprocess.run(
        [COMPILER, "-std=c++20", "-fsyntax-only", *WARNINGS, *includes, "-x", "c++", "-include", str(header), os.devnull],
        capture_output=True, text=True, check=False)
    return None if answer.returncode == 0 else f"{header.relative_to(ROOT)} does not compile alone:\n{answer.stderr}"


def main() -> int:
    headers = source_files(".h")
    libraries = package_flags()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = [text for text in pool.map(lambda header: complaint(header, libraries), headers) if text]
    print("\n".join(complaints) or f"headers: all {len(headers)} compile alone")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

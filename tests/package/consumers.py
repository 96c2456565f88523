#!/usr/bin/env python3
"""The library as somebody else's project finds it: installed with all, or only with what verifies, and as a folder of sources; by CMake and by pkg-config. A component that is not there is a clear configure error.

usage: consumers.py installed BUILD WORK | verify-only WORK | sources WORK    (WORK: a folder to work in)
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONSUMER = ROOT / "tests/package/consumer"
QUIET = {**os.environ, "CMAKE_CXX_COMPILER_LAUNCHER": shutil.which("ccache") or "", "CMAKE_GENERATOR": "Ninja"}


def run(*command, status=0, **options) -> str:
    ended = subprocess.run([str(part) for part in command], env={**QUIET, **options}, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, text=True, check=False)
    if (ended.returncode == 0) != (status == 0):
        sys.exit(f"{' '.join(map(str, command))} ended with {ended.returncode}:\n{ended.stdout}")
    return ended.stdout


def build_library(work: pathlib.Path, *options: str) -> pathlib.Path:
    """Configured, built and installed as a packager does it."""
    build, prefix = work / "build", work / "prefix"
    run("cmake", "-S", ROOT, "-B", build, "-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DSJCODE_BUILD_TESTS=OFF",
        "-DSJCODE_BUILD_CLI=OFF", *options)
    run("cmake", "--build", build)
    return install(build, prefix)


def install(build: pathlib.Path, prefix: pathlib.Path) -> pathlib.Path:
    shutil.rmtree(prefix, ignore_errors=True)
    for component in ("development", "worker"):
        run("cmake", "--install", build, "--prefix", prefix, "--component", component)
    return prefix


def try_consumer(work: pathlib.Path, name: str, component: str, *options: str) -> None:
    build = work / name
    shutil.rmtree(build, ignore_errors=True)
    run("cmake", "-S", CONSUMER, "-B", build, f"-DCOMPONENT={component}", *options)
    run("cmake", "--build", build, "--target", "consumer")
    said = run(build / "consumer")
    assert "not" in said or "undetermined" in said, said
    print(f"{name}: built and run")


def try_missing(work: pathlib.Path, prefix: pathlib.Path, component: str) -> None:
    build = work / f"missing-{component}"
    shutil.rmtree(build, ignore_errors=True)
    said = run("cmake", "-S", CONSUMER, "-B", build, f"-DCOMPONENT={component}", f"-DCMAKE_PREFIX_PATH={prefix}", status=1)
    assert f'without the component "{component}"' in " ".join(said.split()), said
    print(f"{component}: a configure error that says so")


def try_pkg_config(work: pathlib.Path, prefix: pathlib.Path) -> None:
    found = next(prefix.rglob("sjcode.pc")).parent
    flags = run("pkg-config", "--cflags", "--libs", "--static", "sjcode",
                PKG_CONFIG_PATH=str(found)).split()
    # The installed file names the prefix it was configured for.
    configured = run("pkg-config", "--variable=prefix", "sjcode", PKG_CONFIG_PATH=str(found)).strip()
    flags = [flag.replace(configured, str(prefix), 1) for flag in flags]
    run("g++", "-std=c++20", CONSUMER / "consumer.cpp", "-o", work / "by-pkg-config", *flags)
    run(work / "by-pkg-config")
    print("pkg-config: built and run")


def linked(program: pathlib.Path) -> set[str]:
    return set(re.findall(r"NEEDED.*\[(lib[^\]]*?)\.so", run("readelf", "-d", program)))


def main() -> int:
    form, work = sys.argv[1], pathlib.Path(sys.argv[-1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    if form == "sources":
        for component in ("verify", "issue"):
            try_consumer(work, f"sources-{component}", component, f"-DSOURCES={ROOT}", "-DCMAKE_BUILD_TYPE=RelWithDebInfo",
                         "-DSJCODE_WARNINGS_AS_ERRORS=ON")  # as the release build, whose objects ccache has
        return 0
    if form == "installed":
        prefix = install(pathlib.Path(sys.argv[2]), work / "prefix")
        try_consumer(work, "all-verify", "verify", f"-DCMAKE_PREFIX_PATH={prefix}")
        try_consumer(work, "all-issue", "issue", f"-DCMAKE_PREFIX_PATH={prefix}")
    else:
        prefix = build_library(work, "-DSJCODE_ISSUE=OFF", "-DSJCODE_WORKER=OFF")
        try_consumer(work, "verify-only", "verify", f"-DCMAKE_PREFIX_PATH={prefix}", "-DWHOLE=ON")
        found = linked(work / "verify-only" / "consumer")
        assert "libcrypto" in found, found
        unwanted = {"libpodofo", "libqrencode", "libpoppler-cpp", "libqpdf", "libvips", "libseccomp", "libcurl"}
        assert not found & unwanted, found
        assert not list(prefix.rglob("issue.h")) and not list(prefix.rglob("sjcode-worker"))
        try_missing(work, prefix, "issue")
        try_missing(work, prefix, "worker")
    try_missing(work, prefix, "registry")
    try_pkg_config(work, prefix)
    return 0


if __name__ == "__main__":
    sys.exit(main())

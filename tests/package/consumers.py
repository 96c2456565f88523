#!/usr/bin/env python3
"""The library as somebody else's project finds it, in C++ and in C: installed with all, static and shared, or only with what verifies, and as a folder of sources; by CMake and by pkg-config. A component that is not there is a clear configure error. And the Python package, as pip builds and installs it.

usage: consumers.py installed BUILD WORK | verify-only WORK | sources WORK | wheel WORK    (WORK: a folder to work in)
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


def install(build: pathlib.Path, prefix: pathlib.Path, *forms: str) -> pathlib.Path:
    """The parts that a packager would choose for those forms of the library, and the worker where it was built."""
    shutil.rmtree(prefix, ignore_errors=True)
    parts = ["development", "worker"]
    for form in forms or ("static",):
        parts += ["runtime", "shared"] if form == "shared" else [form]
    for part in parts:
        run("cmake", "--install", build, "--prefix", prefix, "--component", part)
    return prefix


def try_consumer(work: pathlib.Path, name: str, component: str, *options: str) -> pathlib.Path:
    build = work / name
    shutil.rmtree(build, ignore_errors=True)
    run("cmake", "-S", CONSUMER, "-B", build, f"-DCOMPONENT={component}", *options)
    run("cmake", "--build", build, "--target", "consumer")
    said = run(build / "consumer")
    assert "not" in said or "undetermined" in said, said
    print(f"{name}: built and run")
    return build / "consumer"


def try_missing(work: pathlib.Path, prefix: pathlib.Path, component: str) -> None:
    build = work / f"missing-{component}"
    shutil.rmtree(build, ignore_errors=True)
    said = run("cmake", "-S", CONSUMER, "-B", build, f"-DCOMPONENT={component}", f"-DCMAKE_PREFIX_PATH={prefix}", status=1)
    assert f'without the component "{component}"' in " ".join(said.split()), said
    print(f"{component}: a configure error that says so")


def try_pkg_config(work: pathlib.Path, prefix: pathlib.Path, form: str = "static") -> None:
    package = "sjcode" if form == "static" else "sjcode-c"
    found = next(prefix.rglob(f"{package}.pc")).parent
    static = ["--static"] if form == "static" else []
    flags = run("pkg-config", "--cflags", "--libs", *static, package, PKG_CONFIG_PATH=str(found)).split()
    # The installed file names the prefix it was configured for.
    configured = run("pkg-config", "--variable=prefix", package, PKG_CONFIG_PATH=str(found)).strip()
    flags = [flag.replace(configured, str(prefix), 1) for flag in flags]
    compilers = [["cc", "-std=c11", CONSUMER / "consumer.c"]]
    if form == "static":  # the C++ interface is
        compilers.append(["g++", "-std=c++20", CONSUMER / "consumer.cpp"])
    for compiler in compilers:
        run(*compiler, "-o", work / "by-pkg-config", *flags)
        run(work / "by-pkg-config", LD_LIBRARY_PATH=str(next(prefix.rglob("libsjcode.*")).parent))
    print(f"pkg-config, {form}: built and run")


def linked(program: pathlib.Path, kind: str = "NEEDED") -> set[str]:
    return set(re.findall(kind + r".*\[(lib[^\]]*?)\.so", run("readelf", "-d", program)))


def try_exports(prefix: pathlib.Path) -> None:
    """Exactly what the headers declare in C is exported: nothing of C++, nothing of a dependency."""
    library = next(path for path in prefix.rglob("libsjcode.so.*") if not path.is_symlink())
    lines = [line.split() for line in run("nm", "-D", "--defined-only", library).splitlines()]
    exported = {line[-1].partition("@")[0] for line in lines if line[-2] != "A"}
    headers = "\n".join(path.read_text(encoding="utf-8") for path in prefix.rglob("include/sjcode/sjcode*.h"))
    declared = set(re.findall(r"^[a-z][\w *]*[ *](sjcode_[a-z0-9_]+)\(", headers, re.MULTILINE))
    assert len(declared) > 50
    assert exported == declared, f"only declared: {declared - exported}; only exported: {sorted(exported - declared)[:20]}"
    assert linked(library, "SONAME") == {"libsjcode"}
    print(f"exports: {len(exported)}, all in C")


def try_installed(build: pathlib.Path, work: pathlib.Path) -> None:
    static = install(build, work / "static")
    found = [f"-DCMAKE_PREFIX_PATH={static}"]
    for component in ("verify", "issue", "c"):
        try_consumer(work, f"static-{component}", component, *found)
    try_missing(work, static, "registry")
    try_missing(work, static, "shared")
    try_pkg_config(work, static)

    shared = install(build, work / "shared", "shared")
    # A project in C without C++, which has none of the dependencies: they are the library's own affair.
    consumer = try_consumer(work, "shared-c", "c", "-DFORM=shared", "-DISSUES=ON", f"-DCMAKE_PREFIX_PATH={shared}")
    assert "libsjcode" in linked(consumer) and not linked(consumer) & {"libstdc++", "libcrypto"}, linked(consumer)
    for component in ("verify", "issue", "static"):
        try_missing(work, shared, component)
    try_pkg_config(work, shared, "shared")
    try_exports(shared)

    both = install(build, work / "both", "shared", "static")
    for form, is_shared in (("", True), ("shared", True), ("static", False)):
        consumer = try_consumer(work, f"both-{form}", "c", f"-DFORM={form}", f"-DCMAKE_PREFIX_PATH={both}")
        assert ("libsjcode" in linked(consumer)) == is_shared, form
    try_pkg_config(work, both)
    try_pkg_config(work, both, "shared")


def try_wheel(work: pathlib.Path) -> None:
    environment = work / "environment"
    run(sys.executable, "-m", "venv", "--clear", environment)
    run(environment / "bin/pip", "install", ROOT)
    print(run(environment / "bin/python", ROOT / "tests/package/wheel.py"), end="")
    assert "sjcode" in run(environment / "bin/sjcode", "--version")


def main() -> int:
    form, work = sys.argv[1], pathlib.Path(sys.argv[-1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    if form == "sources":
        # As the release build, whose objects ccache has.
        common = [f"-DSOURCES={ROOT}", "-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DSJCODE_WARNINGS_AS_ERRORS=ON"]
        for component in ("verify", "issue", "c"):
            try_consumer(work, f"sources-{component}", component, *common)
        consumer = try_consumer(work, "sources-shared", "c", "-DBUILD_SHARED_LIBS=ON", *common)
        assert "libsjcode" in linked(consumer)
        return 0
    if form == "wheel":
        try_wheel(work)
        return 0
    if form == "installed":
        try_installed(pathlib.Path(sys.argv[2]).resolve(), work)
        return 0
    prefix = build_library(work, "-DSJCODE_ISSUE=OFF", "-DSJCODE_WORKER=OFF", "-DSJCODE_SHARED=OFF")
    try_consumer(work, "verify-only", "verify", f"-DCMAKE_PREFIX_PATH={prefix}", "-DWHOLE=ON")
    found = linked(work / "verify-only" / "consumer")
    assert "libcrypto" in found, found
    unwanted = {"libpodofo", "libqrencode", "libpoppler-cpp", "libqpdf", "libvips", "libseccomp", "libcurl"}
    assert not found & unwanted, found
    assert not list(prefix.rglob("*issue.h")) and not list(prefix.rglob("sjcode-worker"))
    try_missing(work, prefix, "issue")
    try_missing(work, prefix, "worker")
    try_missing(work, prefix, "registry")
    try_pkg_config(work, prefix)
    return 0


if __name__ == "__main__":
    sys.exit(main())

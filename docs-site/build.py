#!/usr/bin/env python3
"""Builds the documentation into build/documentation: zh/ and en/ by MkDocs, api/ by Doxygen; then checks every link in it.

usage: build.py             in an environment with requirements.txt, doxygen, and a built sjcode (SJCODE_PROGRAM, else
                            build/release/bin/sjcode)
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import check_site

ROOT = pathlib.Path(__file__).resolve().parents[1]
SITE = ROOT / "build" / "documentation"
START = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>sjcode</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>location.replace(/^zh/i.test(navigator.language || "zh") ? "zh/index.html" : "en/index.html")</script></head>
<body><p><a href="zh/index.html">中文文档</a></p><p lang="en"><a href="en/index.html">Documentation in English</a></p></body>
</html>
"""


def run(*command: str) -> None:
    """Runs a command, which must neither fail nor warn; its output is shown where it does."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    if done.returncode != 0 or re.search(r"\bwarning\b", done.stdout, re.IGNORECASE):
        sys.exit(f"{done.stdout}\ndocs: {' '.join(command)} failed")


def main() -> int:
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.mkdir(parents=True)
    run("doxygen", "docs-site/Doxyfile")
    for language in ("zh", "en"):
        run(sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", f"docs-site/{language}.yml")
    (SITE / "index.html").write_text(START, encoding="utf-8")
    found = check_site.complaints(SITE)
    print("\n".join(found) or f"documentation: {SITE.relative_to(ROOT)}/index.html, every link leads somewhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

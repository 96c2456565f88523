#!/usr/bin/env python3
"""Runs the commands of the README's tour, in order, in an empty folder; then changes one digit of the issued report, and
holds the verdict to the excerpt that the README shows.

usage: tour.py PROGRAMS README LANGUAGE    (PROGRAMS: the folder with sjcode, its worker and make_sample_report)
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

EXCERPT = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TOUR = re.compile(r"^<!-- tour -->\n```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def verdict_on_edited(folder: str, language: str, environment: dict[str, str]) -> str:
    subprocess.run([sys.executable, "examples/edit_copies.py", "--only", "in-place", "issued.pdf", "."], cwd=folder,
                   check=True)
    answer = subprocess.run(["sjcode", "verify", "in-place.pdf", "--trust", "key", "--lang", language], cwd=folder,
                            env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    return answer.stdout if answer.returncode == 1 else f"status {answer.returncode}: {answer.stdout}{answer.stderr}"


def main() -> int:
    programs, readme = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    text = readme.read_text(encoding="utf-8")
    steps, excerpts = TOUR.findall(text), EXCERPT.findall(text)
    if len(steps) < 5 or len(excerpts) != 1:
        print(f"{readme.name}: {len(steps)} steps of a tour, {len(excerpts)} excerpts of a verdict")
        return 1
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(readme.parent / "examples", pathlib.Path(folder, "examples"))
        for step in steps:
            print(step, end="", flush=True)
            status = subprocess.run(["sh", "-eu", "-c", step], cwd=folder, env=environment, check=False).returncode
            if status != 0:
                print(f"ended with status {status}")
                return 1
        verdict = verdict_on_edited(folder, sys.argv[3], environment)
        if not verdict.startswith(excerpts[0]):
            print(f"{readme.name} shows:\n{excerpts[0]}\nand the verdict is:\n{verdict}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

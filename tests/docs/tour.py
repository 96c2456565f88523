#!/usr/bin/env python3
"""Runs the commands of the README's tour, in order, in an empty folder.

usage: tour.py PROGRAMS README    (PROGRAMS: the folder with sjcode, its worker and make_sample_report)
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOUR = re.compile(r"^<!-- tour -->\n```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def main() -> int:
    programs, readme = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    steps = TOUR.findall(readme.read_text(encoding="utf-8"))
    if len(steps) < 5:
        print(f"{readme.name}: only {len(steps)} steps of a tour")
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
    return 0


if __name__ == "__main__":
    sys.exit(main())

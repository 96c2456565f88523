"""The folder in which the commands of the documentation are run: what a clerk and a judge have before them.

report.pdf, facts.json    the sample report and its facts
key/                      key and certificate of the example's institution; serves as trust records, too
issued.pdf                the report, issued; issued.record is its record
edited.pdf                the issued report with one figure of the opinion changed
scan.png                  its first page as a scanner would give it
inbox/                    both of them
site/                     the verification site, with empty pages
"""

import os
import pathlib
import shutil
import subprocess
import sys

import running

EXAMPLES = running.ROOT / "examples"
ISSUE = ("issue", "report.pdf", "--facts", "facts.json", "--key", "key/key.pem", "--cert", "key/cert.pem")


def make(folder: pathlib.Path) -> pathlib.Path:
    subprocess.run([running.PROGRAM.parent / "make_sample_report", folder / "report.pdf"], check=True)
    shutil.copy(EXAMPLES / "sample-report" / "facts.json", folder)
    os.symlink(EXAMPLES, folder / "examples")
    running.succeed("key", "new", "--alg", "sm2", "--licence", "440100001", "--name", "示例司法鉴定中心", "--short-name",
                    "示例司鉴中心", "--host", "v.example.cn", "-o", folder / "key")
    running.succeed(*ISSUE, "--record", "issued.record", "-o", "issued.pdf", folder=folder)
    subprocess.run([sys.executable, EXAMPLES / "edit_copies.py", "--only", "in-place", "issued.pdf", "."], cwd=folder,
                   check=True)
    (folder / "in-place.pdf").rename(folder / "edited.pdf")
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", "-f", "1", "-l", "1", "issued.pdf", "scan"], cwd=folder,
                   check=True)
    (folder / "inbox").mkdir()
    for name in ("issued.pdf", "scan.png"):
        shutil.copy(folder / name, folder / "inbox")
    for form in ("", "r", "e", "n"):
        (folder / "site" / form).mkdir(exist_ok=True, parents=True)
        (folder / "site" / form / "index.html").write_text("<!doctype html>\n")
    return folder


def copy(made: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copytree(made, target, symlinks=True))

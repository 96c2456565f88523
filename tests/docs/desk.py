"""The folder in which the commands of the documentation are run: what a clerk and a judge have before them.

report.pdf, facts.json    the sample report and its facts
authority/                key and certificate of the authority that makes licence documents
key/                      key and certificate of the example's institution; serves as trust records, too
issued.pdf                the report, issued; issued.record is its record
edited.pdf                the issued report with one figure of the opinion changed
scan.png                  its first page as a scanner would give it
inbox/                    both of them
site/                     the verification site, with empty pages
register.json, root.pem   a regulator's register and root key; new.pem is a root key to come
institutions.csv          two institutions as a spreadsheet exports them, one of them new
old.sjt, list.sjt         two lists signed from it; update.sjd leads from the first to the second
trust/                    a store that holds the first
"""

import os
import pathlib
import shutil
import subprocess
import sys

import running

EXAMPLES = running.ROOT / "examples"
ISSUE = ("issue", "report.pdf", "--facts", "facts.json", "--key", "key/key.pem", "--cert", "key/cert.pem")


# TEST KEYS, so that the fingerprint in the examples is always the same.
ROOT_KEY = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
NEXT_KEY = "MC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
ROOT_FINGERPRINT = "a050837d85070582ccf7394b0988847cc312cb88259b894899f6f239cf1791a5"


def make_trust(folder: pathlib.Path) -> None:
    for name, key in (("root.pem", ROOT_KEY), ("new.pem", NEXT_KEY)):
        (folder / name).write_text(f"-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n", encoding="ascii")

    (folder / "institutions.csv").write_text(INSTITUTIONS, encoding="utf-8")

    def trust(*arguments):
        running.succeed("trust", *arguments, folder=folder)

    trust("init", "--id", "cn.example.gd", "--publisher", "示例省司法厅", "--region", "44", "-o", "register.json")
    trust("add", "authority", "register.json", "--id", "44-justice", "--name", "示例省司法厅", "--cert", "authority/cert.pem",
          "--host", "licence.example.cn", "--from", "2020-01-01")
    trust("add", "institution", "register.json", "--licence", "440100001", "--cert", "key/cert.pem", "--category",
          "FY0202", "--signer", "44-justice", "--from", "2020-01-01", "--until", "2030-12-31")
    trust("sign", "register.json", "--key", "root.pem", "-o", "old.sjt")
    trust("import", "old.sjt", "--trust", "trust", "--root", ROOT_FINGERPRINT)
    for licence, name in (("440100001001", "甲某"), ("440100001002", "乙某")):
        trust("add", "appraiser", "register.json", "--licence", licence, "--name", name, "--institution", "440100001",
              "--category", "FY0202", "--from", "2020-01-01", "--until", "2030-12-31")
    trust("sign", "register.json", "--key", "root.pem", "-o", "list.sjt", "--delta-from", "old.sjt", "--delta", "update.sjd")


# With the byte order mark that spreadsheets write.
INSTITUTIONS = """\ufeff许可证号,机构名称,机构简称,业务范围,有效期起,有效期止
440100001,示例司法鉴定中心,示例司鉴中心,FY0202,2020-01-01,2030-12-31
440100002,南海司法鉴定所,南海司鉴所,FY0202、WZ0100,2024/3/1,2029/2/28
"""


def make(folder: pathlib.Path) -> pathlib.Path:
    subprocess.run([running.PROGRAM.parent / "make_sample_report", folder / "report.pdf"], check=True)
    shutil.copy(EXAMPLES / "sample-report" / "facts.json", folder)
    os.symlink(EXAMPLES, folder / "examples")
    running.succeed("key", "new", "--alg", "sm2", "--licence", "440100001", "--name", "示例司法鉴定中心", "--short-name",
                    "示例司鉴中心", "--host", "v.example.cn", "-o", folder / "key")
    running.succeed("key", "new", "--alg", "sm2", "--licence", "44-justice", "--name", "示例省司法厅", "--short-name",
                    "示例省司法厅", "--host", "licence.example.cn", "-o", folder / "authority")
    running.succeed(*ISSUE, "--record", "issued.record", "-o", "issued.pdf", folder=folder)
    subprocess.run([sys.executable, EXAMPLES / "edit_copies.py", "--only", "in-place", "issued.pdf", "."], cwd=folder,
                   check=True)
    (folder / "in-place.pdf").rename(folder / "edited.pdf")
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", "-f", "1", "-l", "1", "issued.pdf", "scan"], cwd=folder,
                   check=True)
    make_trust(folder)
    (folder / "inbox").mkdir()
    for name in ("issued.pdf", "scan.png"):
        shutil.copy(folder / name, folder / "inbox")
    for form in ("", "r", "e", "n"):
        (folder / "site" / form).mkdir(exist_ok=True, parents=True)
        (folder / "site" / form / "index.html").write_text("<!doctype html>\n")
    return folder


def copy(made: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copytree(made, target, symlinks=True))

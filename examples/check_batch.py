"""A judge's check of many reports: each file of a folder is verified, and a spreadsheet says what came of it.

usage: check_batch.py FOLDER TRUST OUT.csv [--root FINGERPRINT] [--status FILE]... [--lang zh|en]

TRUST is a folder of certificates or a store of trust lists; with --root it is a bundle, the one file that comes into a closed
network on a disc, and FINGERPRINT that of the regulator's root key. Status lists come in the bundle, or as files. What is too
old or not good is left out, and said so.

The spreadsheet is CSV with a byte order mark, which Excel and WPS open as UTF-8. Each file has a line, also one that could not
be read, so has a folder in it that could not, and a link to another folder, which is not followed. The exit status is 0 where
every file is authentic, 66 where there is no such folder or no file in it, else 1.
"""

from __future__ import annotations

import argparse
import csv
import os
import pathlib
import sys
import tempfile
from typing import Literal, Optional

import sjcode

Language = Literal["zh", "en"]
COLUMNS = {
    "zh": ["文件", "结果", "文书编号", "鉴定机构", "赋码编号", "发现", "说明"],
    "en": ["file", "outcome", "report number", "institution", "code number", "findings", "note"],
}


def cells(text: str) -> str:
    """A spreadsheet would run what begins like a formula: names in a forged document are not ours."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def row(one: sjcode.Verified[pathlib.Path], language: Language) -> list[str]:
    if one.verdict is None:
        sentence = one.error.sentence(language) if one.error else ""
        return [str(one.document), "", "", "", "", sentence, ""]
    verdict = one.verdict
    facts = {fact.name: fact.value for fact in verdict.facts}
    findings = [check.sentence(language) for check in verdict.checks if check.result is not sjcode.CheckResult.PASS]
    return [str(one.document), sjcode.sentence(f"outcome.{verdict.outcome.value}", language=language),
            facts.get("report_number", ""), facts.get("institution", ""),
            str(verdict.code.claims.code) if verdict.code else "", "\n".join(findings),
            sjcode.sentence(f"disclaimer.{verdict.outcome.value}", language=language)]


def documents(folder: pathlib.Path) -> list[pathlib.Path]:
    """All that lies in the folder but hidden files. What cannot be read is among it: verifying it says so."""
    if not folder.is_dir():
        raise sjcode.SjcodeError("file.not-found", {"file": str(folder)})
    found: list[pathlib.Path] = []

    def unread(error: OSError) -> None:
        found.append(pathlib.Path(error.filename))

    for inner, folders, files in os.walk(folder, onerror=unread):
        found += (pathlib.Path(inner, name) for name in folders if os.path.islink(os.path.join(inner, name)))
        found += (pathlib.Path(inner, name) for name in files if not name.startswith("."))
    if not found:
        raise sjcode.SjcodeError("file.folder-empty", {"file": str(folder)})
    return sorted(found)


def shown(name: str) -> str:
    """A name as a terminal may show it: control characters in it could forge a line."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)


def believed(trust: str, root: Optional[str], status_lists: list[str], language: Language) -> sjcode.OpenedTrust:
    """What the check believes; what is left out goes to the error output, since a person should know."""
    if root is None:
        opened = sjcode.open_trust(trust, status_lists=status_lists)
    else:
        opened = sjcode.open_trust(bundle=trust, root=root, status_lists=status_lists)
    for error in opened.refused:
        print(shown(error.sentence(language)), file=sys.stderr)
    return opened


def check(folder: pathlib.Path, trust: sjcode.OpenedTrust, out: pathlib.Path, language: Language) -> bool:
    """Writes the spreadsheet whole or not at all. True if every file is authentic."""
    files = documents(folder)

    def progress(done: int, one: sjcode.Verified[pathlib.Path]) -> None:
        print(f"\r{done} {shown(one.document.name)}\033[K", end="", file=sys.stderr, flush=True)

    authentic = True
    with tempfile.NamedTemporaryFile("w", encoding="utf-8-sig", newline="", dir=out.parent, delete=False) as file:
        try:
            writer = csv.writer(file)
            writer.writerow(COLUMNS[language])
            watched = progress if sys.stderr.isatty() else None
            for one in sjcode.verify_many(files, trust, progress=watched):
                writer.writerow([cells(cell) for cell in row(one, language)])
                authentic = authentic and one.verdict is not None and one.verdict.outcome is sjcode.Outcome.AUTHENTIC
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, out)
        except BaseException:
            os.unlink(file.name)
            raise
    return authentic


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("trust")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--root", metavar="FINGERPRINT")
    parser.add_argument("--status", metavar="FILE", action="append", default=[])
    parser.add_argument("--lang", choices=["zh", "en"], default="zh")
    arguments = parser.parse_args()
    try:
        trust = believed(arguments.trust, arguments.root, arguments.status, arguments.lang)
        return 0 if check(arguments.folder, trust, arguments.out, arguments.lang) else 1
    except sjcode.SjcodeError as error:
        print(shown(error.sentence(arguments.lang)), file=sys.stderr)
        return 66


if __name__ == "__main__":
    sys.exit(main())

"""A clerk's folder: reports laid into it with their facts beside them come out issued.

usage: watch_folder.py IN OUT --key KEY.pem --cert CERT.pem [--once] [--seconds 2]

For each REPORT.pdf in IN with the facts REPORT.json beside it, OUT gets REPORT.pdf issued and its record REPORT.record, and
both inputs are moved to IN/done. Where that is refused, IN/refused gets them, with the reason in REPORT.txt, in Chinese.
Nothing that is in one of these folders is ever replaced: a report of the same name is refused, and what is moved gets a number
behind its name. A report is taken when its size and time have not changed since the last look, so one that is still being
copied waits. IN and OUT must be there.
"""

from __future__ import annotations

import argparse
import itertools
import os
import pathlib
import sys
import tempfile
import time
from typing import Optional

import sjcode

Seen = tuple[int, int, int, int]


def state(report: pathlib.Path, facts: pathlib.Path) -> Optional[Seen]:
    try:
        a, b = report.stat(), facts.stat()
    except FileNotFoundError:
        return None
    return a.st_size, a.st_mtime_ns, b.st_size, b.st_mtime_ns


def free_suffix(folder: pathlib.Path, paths: list[pathlib.Path]) -> str:
    """Nothing, or a number, behind the names, so that they replace nothing in the folder."""
    for number in itertools.count(1):
        suffix = "" if number == 1 else f" ({number})"
        if not any(os.path.lexists(folder / f"{path.stem}{suffix}{path.suffix}") for path in paths):
            return suffix
    raise AssertionError


def move(paths: list[pathlib.Path], folder: pathlib.Path, suffix: str) -> None:
    for path in paths:
        os.rename(path, folder / f"{path.stem}{suffix}{path.suffix}")


def write_whole(path: pathlib.Path, content: bytes) -> None:
    """Writes the file whole, or raises; never in the place of another."""
    number, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(number)
        os.chmod(part, 0o644)
        try:
            os.link(part, path)
        except OSError:
            # The name is taken, or the file system (FAT, some network shares) has no hard links.
            if os.path.lexists(path):
                raise sjcode.SjcodeError("file.exists", {"file": str(path)}) from None
            os.rename(part, path)
    finally:
        if os.path.exists(part):
            os.unlink(part)


def shown(name: str) -> str:
    """A name as a terminal may show it: control characters in it could forge a line."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)


def take(issuer: sjcode.Issuer, report: pathlib.Path, facts: pathlib.Path, out: pathlib.Path) -> str:
    """Issues one report; gives a line for the clerk."""
    done, refused = report.parent / "done", report.parent / "refused"
    record = out / f"{report.stem}.record"
    try:
        for path in (record, out / report.name):
            if os.path.lexists(path):
                raise sjcode.SjcodeError("file.exists", {"file": str(path)})
        issued = issuer.issue(report, sjcode.Facts.from_json(facts.read_bytes()))
        # The record first: an issued report without its record beside it would look finished.
        write_whole(record, issued.record)
        try:
            issued.write(out / report.name)
        except BaseException:
            record.unlink()
            raise
    except sjcode.SjcodeError as error:
        refused.mkdir(exist_ok=True)
        suffix = free_suffix(refused, [report, facts, report.with_suffix(".txt")])
        write_whole(refused / f"{report.stem}{suffix}.txt", (error.sentence("zh") + "\n").encode())
        move([report, facts], refused, suffix)
        return shown(f"{report.name}: {error.sentence('zh')}")
    done.mkdir(exist_ok=True)
    move([report, facts], done, free_suffix(done, [report, facts]))
    return shown(f"{report.name}: {issued.number}")


def reports_in(folder: pathlib.Path) -> list[tuple[pathlib.Path, pathlib.Path]]:
    """Each report with its facts, which may not be there yet. Endings count in either case: scanners write .PDF."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    facts = {path.stem: path for path in files if path.suffix.lower() == ".json"}
    return [(path, facts.get(path.stem, path.with_suffix(".json"))) for path in files if path.suffix.lower() == ".pdf"]


def look(issuer: sjcode.Issuer, folder: pathlib.Path, out: pathlib.Path, before: dict[pathlib.Path, Seen],
         settled: bool) -> dict[pathlib.Path, Seen]:
    """One look at the folder. Gives what was there, to be compared at the next."""
    now: dict[pathlib.Path, Seen] = {}
    for report, facts in reports_in(folder):
        seen = state(report, facts)
        if seen is None:
            if settled:
                print(shown(f"{report.name}: 没有文书信息 {facts.name}，未赋码"), file=sys.stderr)
            continue
        if settled or before.get(report) == seen:
            print(take(issuer, report, facts, out), flush=True)
        else:
            now[report] = seen
    return now


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--key", type=pathlib.Path, required=True)
    parser.add_argument("--cert", type=pathlib.Path, required=True)
    parser.add_argument("--once", action="store_true", help="take what is there and end")
    parser.add_argument("--seconds", type=float, default=2.0, help="between two looks")
    arguments = parser.parse_args()
    for path in (arguments.folder, arguments.out):
        if not path.is_dir():
            print(shown(f"没有文件夹“{path}”，请先建立"), file=sys.stderr)
            return 66
    try:
        key = sjcode.PrivateKey.from_pem(arguments.key.read_bytes())
        issuer = sjcode.Issuer(key, sjcode.Certificate.parse(arguments.cert.read_bytes()))
    except (sjcode.SjcodeError, OSError) as error:
        print(error, file=sys.stderr)
        return 66
    seen: dict[pathlib.Path, Seen] = {}
    while True:
        try:
            seen = look(issuer, arguments.folder, arguments.out, seen, settled=arguments.once)
        except OSError as error:
            # A full disk, a folder that is no longer there: a clerk must see to it, and no report is lost meanwhile.
            print(shown(str(error)), file=sys.stderr)
            return 74
        if arguments.once:
            return 0
        time.sleep(arguments.seconds)


if __name__ == "__main__":
    sys.exit(main())

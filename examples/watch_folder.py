"""A clerk's folder: reports laid into it with their facts beside them come out issued.

usage: watch_folder.py IN OUT --key KEY.pem --cert CERT.pem [--once] [--seconds 2]

For each REPORT.pdf in IN with the facts REPORT.json beside it, OUT gets REPORT.pdf issued and its record REPORT.record, and
both inputs are moved to IN/done. Where that is refused, IN/refused gets them, with the reason in REPORT.txt, in Chinese.
A report is taken when its size and time have not changed since the last look, so one that is still being copied waits.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
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


def move(paths: list[pathlib.Path], folder: pathlib.Path) -> None:
    folder.mkdir(exist_ok=True)
    for path in paths:
        os.replace(path, folder / path.name)


def write_whole(path: pathlib.Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with open(part, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def take(issuer: sjcode.Issuer, report: pathlib.Path, facts: pathlib.Path, out: pathlib.Path) -> str:
    """Issues one report; gives a line for the clerk."""
    done, refused = report.parent / "done", report.parent / "refused"
    try:
        issued = issuer.issue(report, sjcode.Facts.from_json(facts.read_bytes()))
        # The record first: an issued report without its record beside it would look finished.
        write_whole(out / f"{report.stem}.record", issued.record)
        issued.write(out / report.name)
    except sjcode.SjcodeError as error:
        refused.mkdir(exist_ok=True)
        write_whole(refused / f"{report.stem}.txt", (error.sentence("zh") + "\n").encode())
        move([report, facts], refused)
        return f"{report.name}: {error.sentence('zh')}"
    move([report, facts], done)
    return f"{report.name}: {issued.number}"


def look(issuer: sjcode.Issuer, folder: pathlib.Path, out: pathlib.Path, before: dict[pathlib.Path, Seen],
         settled: bool) -> dict[pathlib.Path, Seen]:
    """One look at the folder. Gives what was there, to be compared at the next."""
    now: dict[pathlib.Path, Seen] = {}
    for report in sorted(folder.glob("*.pdf")):
        facts = report.with_suffix(".json")
        seen = state(report, facts)
        if seen is None:
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
    try:
        key = sjcode.PrivateKey.from_pem(arguments.key.read_bytes())
        issuer = sjcode.Issuer(key, sjcode.Certificate.parse(arguments.cert.read_bytes()))
    except (sjcode.SjcodeError, OSError) as error:
        print(error, file=sys.stderr)
        return 66
    seen: dict[pathlib.Path, Seen] = {}
    while True:
        seen = look(issuer, arguments.folder, arguments.out, seen, settled=arguments.once)
        if arguments.once:
            return 0
        time.sleep(arguments.seconds)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Checks of files that no compiler reads: JSON parses without duplicate keys, no file is too long, text is tidy."""

import json
import sys

from source_files import ROOT, source_files

LINE_LIMIT = 600
# Files over the limit, each with the reason.
LONG_FILES: dict[str, str] = {}

TEXT_SUFFIXES = (".cpp", ".h", ".py", ".cmake", ".txt", ".json", ".sh", ".md", ".in")
COUNTED_SUFFIXES = (".cpp", ".h", ".py", ".cmake", ".sh", ".ts", ".css", ".html")


def without_duplicates(pairs):
    keys = [key for key, _ in pairs]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"duplicate keys: {', '.join(sorted(twice))}")
    return dict(pairs)


def findings():
    for path in source_files(".json"):
        try:
            json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=without_duplicates)
        except ValueError as error:
            yield path, str(error)
    for path in source_files(*TEXT_SUFFIXES):
        data = path.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            yield path, f"is no UTF-8: {error}"
        if b"\r" in data and path.suffix != ".txt":
            yield path, "has a carriage return"
        if data and not data.endswith(b"\n"):
            yield path, "does not end with a line end"
    for path in source_files(*COUNTED_SUFFIXES):
        lines = path.read_bytes().count(b"\n")
        listed = str(path.relative_to(ROOT)) in LONG_FILES
        if lines > LINE_LIMIT and not listed:
            yield path, f"has {lines} lines; over {LINE_LIMIT} needs a reason in tests/lint/data_files.py"
    for name in LONG_FILES:
        path = ROOT / name
        if not path.is_file() or path.read_bytes().count(b"\n") <= LINE_LIMIT:
            yield path, "is listed as long in tests/lint/data_files.py and is not"


def main() -> int:
    found = [f"{path.relative_to(ROOT)}: {what}" for path, what in findings()]
    print("\n".join(found) or "data files: fine")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

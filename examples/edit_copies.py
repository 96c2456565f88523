#!/usr/bin/env python3
"""Makes copies of an issued sample report in which one digit of the opinion is changed, as a forger would: with a byte
editor and with QPDF, never with our own writer. Each copy opens without complaint in a viewer.

usage: edit_copies.py [--only NAME] ISSUED.pdf FOLDER

  in-place.pdf      the digit changed in the file's bytes; the length stays
  re-saved.pdf      the same, then written anew by QPDF: other offsets, other object numbers
  incremental.pdf   the changed page appended as an incremental update; every issued byte is still there
  without-code.pdf  the same change, written anew by QPDF without the annotation that holds the code

The sample report's page contents are not compressed, so the digits can be found as they stand: <313530> is "150".
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

# 误工期150日 becomes 误工期180日.
GENUINE, FORGED = b"<313530> Tj", b"<313830> Tj"


def qpdf(*arguments: str | pathlib.Path) -> None:
    # Status 3 is success with warnings.
    status = subprocess.run(["qpdf", *map(str, arguments)], check=False).returncode
    if status not in (0, 3):
        sys.exit(f"qpdf ended with status {status}")


def changed(pdf: bytes) -> bytes:
    if pdf.count(GENUINE) != 1:
        sys.exit(f"the file has {pdf.count(GENUINE)} places to change, not one: is it the issued sample report?")
    return pdf.replace(GENUINE, FORGED)


def in_place(issued: pathlib.Path, out: pathlib.Path) -> None:
    out.write_bytes(changed(issued.read_bytes()))


def re_saved(issued: pathlib.Path, out: pathlib.Path) -> None:
    edited = out.with_suffix(".tmp")
    in_place(issued, edited)
    qpdf(edited, out)
    edited.unlink()


def incremental(issued: pathlib.Path, out: pathlib.Path) -> None:
    """Appends the page's contents once more, changed, under the same object number, with a classic xref section."""
    pdf = issued.read_bytes()
    place = pdf.index(GENUINE)
    heads = list(re.finditer(rb"\b(\d+) 0 obj\b", pdf[:place]))
    start, number = heads[-1].start(), int(heads[-1].group(1))
    end = pdf.index(b"endobj", place) + len(b"endobj")
    root = re.findall(rb"/Root\s+(\d+ 0 R)", pdf)[-1]
    size = re.findall(rb"/Size\s+(\d+)", pdf)[-1]
    identifier = re.findall(rb"/ID\s*\[.*?\]", pdf, re.DOTALL)[-1]
    previous = re.findall(rb"startxref\s+(\d+)", pdf)[-1]

    update = bytearray(b"\n")
    offset = len(pdf) + len(update)
    update += changed(pdf[start:end]) + b"\n"
    xref = len(pdf) + len(update)
    update += b"xref\n%d 1\n%010d 00000 n \n" % (number, offset)
    update += b"trailer\n<< /Size %s /Root %s %s /Prev %s >>\n" % (size, root, identifier, previous)
    update += b"startxref\n%d\n%%%%EOF\n" % xref
    out.write_bytes(pdf + update)


def without_code(issued: pathlib.Path, out: pathlib.Path) -> None:
    """Through QPDF's JSON: the annotations that carry a code are taken off their pages, and QPDF leaves them out."""
    edited, listing = out.with_suffix(".tmp"), out.with_suffix(".json")
    in_place(issued, edited)
    qpdf("--json-output", edited, listing)
    document = json.loads(listing.read_text(encoding="utf-8"))
    objects = document["qpdf"][1]

    def value_of(thing):
        if isinstance(thing, str) and re.fullmatch(r"\d+ \d+ R", thing):
            return objects.get(f"obj:{thing}", {}).get("value")
        return thing

    removed = 0
    for thing in objects.values():
        page = thing.get("value")
        if not isinstance(page, dict) or page.get("/Type") != "/Page" or "/Annots" not in page:
            continue
        kept = [annotation for annotation in value_of(page["/Annots"]) if "/SJCode" not in value_of(annotation)]
        removed += len(value_of(page["/Annots"])) - len(kept)
        page["/Annots"] = kept
    if not removed:
        sys.exit("the file has no annotation with a code")
    listing.write_text(json.dumps(document), encoding="utf-8")
    qpdf("--json-input", listing, out)
    edited.unlink()
    listing.unlink()


COPIES = {"in-place": in_place, "re-saved": re_saved, "incremental": incremental, "without-code": without_code}


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes edited copies of an issued sample report.")
    parser.add_argument("issued", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", choices=COPIES)
    arguments = parser.parse_args()
    for name, make in COPIES.items():
        if arguments.only in (None, name):
            make(arguments.issued, arguments.folder / f"{name}.pdf")


if __name__ == "__main__":
    main()

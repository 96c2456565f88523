#!/usr/bin/env python3
"""Makes the seed corpora of the code_* targets from test-vectors/, named as the vectors are.

Of each kind and reason code only a few are taken: a fuzzer wants different seeds, not many.
"""

import collections
import json
import pathlib
import shutil

HERE = pathlib.Path(__file__).resolve().parent
VECTORS = HERE.parent.parent / "test-vectors"

# target: [(kind, field, how the field holds the bytes)]
SOURCES = {
    "code_cbor": [("cbor.decode", "hex", "hex")],
    "code_report_code": [("report-code.open", "hex", "hex"), ("claims.decode", "hex", "hex"), ("entry.open", "hex", "hex")],
    "code_record": [("record.open", "hex", "hex")],
    "code_url": [("url.parse", "text", "text"), ("symbol.open", "text", "text"), ("digits.decode", "digits", "text")],
    "code_number": [("number.read", "text", "text"), ("number.decode", "hex", "hex"),
                    ("report-number.canonical", "text", "text")],
}
LARGEST = 4096
OF_A_SORT = 3
CATEGORIES = ["FY0202", "FY010101", "QT0001"]
PAGE_TEXTS = {"letters": "鉴定 意见\n第 1 页", "accents": "e\u0301 \u200b\u00ad", "empty": " \t"}


def main() -> None:
    vectors = [json.loads(path.read_text("utf-8")) for path in sorted(VECTORS.glob("*/*.json"))]
    for target, sources in SOURCES.items():
        folder = HERE / "corpus" / target
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        taken: collections.Counter = collections.Counter()
        for vector in vectors:
            for kind, field, form in sources:
                if vector["kind"] != kind or field not in vector["input"]:
                    continue
                value = vector["input"][field]
                data = bytes.fromhex(value) if form == "hex" else value.encode("utf-8", "surrogatepass")
                sort = (kind, vector.get("error", "ok"))
                if len(data) <= LARGEST and taken[sort] < OF_A_SORT:
                    taken[sort] += 1
                    (folder / vector["name"].replace("/", "-")).write_bytes(data)
    for code in CATEGORIES:
        (HERE / "corpus" / "code_number" / f"category-{code}").write_text(code)
    for name, text in PAGE_TEXTS.items():
        (HERE / "corpus" / "code_number" / f"page-{name}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

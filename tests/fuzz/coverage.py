#!/usr/bin/env python3
"""Which lines of each parser the seeds of its fuzz targets run. `./dev coverage` builds what it needs.

usage: coverage.py BUILD    (the folder of the preset "coverage")

The report codes' room (code/) and the strict PDF reader must reach 90 percent; less ends the program with status 1.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

LEAST = 90.0
SEEDS = Path(__file__).parent / "corpus"
SOURCES = Path(__file__).parents[2] / "libsjcode" / "src"

# Parser: its fuzz targets, its sources (patterns below libsjcode/src), and whether it must reach the bar.
PARSERS = {
    "report codes, records, numbers, URLs": (
        ["code_cbor", "code_number", "code_record", "code_report_code", "code_url", "trust_status"], ["code/*.cpp"], True),
    "strict PDF reader": (
        ["pdf_reader"], [f"pdf/{name}.cpp" for name in ("accounting", "cross_reference", "document", "filters", "lexer", "object",
                                                        "object_walk", "page_tree")], True),
    "rule H1 (hygiene)": (["pdf_reader"], ["pdf/hygiene.cpp"], False),
    "the stamp's content stream": (["pdf_stamp_content"], ["pdf/stamp_content.cpp"], False),
    "audit": (["pdf_audit"], ["pdf/audit/*.cpp"], False),
    "signed data (CMS)": (["crypto_signed_data"], ["crypto/signed_data_read.cpp", "crypto/signed_element.cpp",
                                                   "crypto/der.cpp"], False),
    "OCSP responses, revocation lists": (["crypto_revocation"], ["crypto/ocsp.cpp", "crypto/revocation_list.cpp"], False),
    "certificates": (["crypto_certificate"], ["crypto/certificate.cpp"], False),
    "trust lists": (["trust_list"], ["trust/trust_list.cpp", "trust/trust_list_block.cpp", "trust/trust_list_head.cpp",
                                     "trust/trust_record_cbor.cpp"], False),
    "updates of trust lists": (["trust_delta"], ["trust/trust_delta.cpp"], False),
    "registers (JSON)": (["trust_register"], ["trust/trust_register_json.cpp"], False),
    "tables (CSV)": (["trust_table"], ["trust/csv_*.cpp", "trust/trust_table*.cpp"], False),
    "status lists, details, journals": (["trust_status"], ["trust/status_array.cpp", "trust/status_list.cpp",
                                                           "trust/status_details.cpp", "trust/status_journal*.cpp"], False),
}


def lines_run(build: Path, targets: list[str], sources: list[str]) -> tuple[int, int, list[tuple[str, float]]]:
    """Lines run, lines there are, and each file's percentage."""
    profiles = []
    for target in targets:
        profile = build / f"{target}.profraw"
        subprocess.run([build / "bin" / f"fuzz_{target}", "-runs=0", SEEDS / target], check=True, stderr=subprocess.DEVNULL,
                       env=os.environ | {"LLVM_PROFILE_FILE": str(profile)})
        profiles.append(profile)
    merged = build / f"{targets[0]}.profdata"
    subprocess.run(["llvm-profdata-14", "merge", "-sparse", "-o", merged, *profiles], check=True)
    # All programs: one target alone may not even link what it never calls.
    programs = sorted(map(str, (build / "bin").glob("fuzz_*")))
    objects = [programs[0], *(f"-object={program}" for program in programs[1:])]
    files = sorted(str(path.resolve()) for pattern in sources for path in SOURCES.glob(pattern))
    told = subprocess.run(["llvm-cov-14", "export", "-summary-only", *objects, f"-instr-profile={merged}", *files], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    each = {Path(one["filename"]).name: one["summary"]["lines"] for one in json.loads(told.stdout)["data"][0]["files"]}
    assert len(each) == len(files), f"in no program: {', '.join({Path(file).name for file in files} - set(each))}"
    return (sum(one["covered"] for one in each.values()), sum(one["count"] for one in each.values()),
            [(name, one["percent"]) for name, one in sorted(each.items())])


def main() -> int:
    build, short = Path(sys.argv[1]), False
    print("| parser | fuzz targets | seeds | lines | run |\n| --- | --- | --- | --- | --- |")
    details = []
    for parser, (targets, sources, must) in PARSERS.items():
        run, count, files = lines_run(build, targets, sources)
        seeds = sum(1 for target in targets for path in (SEEDS / target).rglob("*") if path.is_file())
        percent = 100 * run / count
        short = short or (must and percent < LEAST)
        print(f"| {parser} | {', '.join(f'`{target}`' for target in targets)} | {seeds} | {count:,} | {percent:.1f} %"
              f"{' (too few)' if must and percent < LEAST else ''} |", flush=True)
        details += [f"  {parser}: {name} {part:.1f} %" for name, part in files if part < LEAST]
    print("\nfiles below 90 percent:", *details, sep="\n")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())

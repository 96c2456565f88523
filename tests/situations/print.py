#!/usr/bin/env python3
"""Prints the table of situations for people: docs/situations.md.

usage: print.py           writes the page
       print.py --check   changes nothing; fails where the page is not what would be written
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "situations.md"
OUTCOMES = {"authentic": "核验通过", "not_authentic": "核验不通过", "undetermined": "无法得出结论",
            "code_genuine": "赋码属实"}
RESULTS = {"pass": "通过", "fail": "不通过", "warn": "注意", "unchecked": "未检查"}

HEAD = """# Situations · 各种情形的核验结论

What the verification says where licences, appraisers, keys, lists and codes are not simply in order. The table is data
([situations.json](../tests/situations/situations.json)), a test runs every line of it, and this page is printed from it by
`tests/situations/print.py`. A report on paper is verified, with its record at hand unless the line says otherwise: so the best outcome is *code genuine*;
a file as issued gives *authentic* in its place. All names are invented.

下表列出许可、鉴定人、密钥、名单和赋码出现各种情形时的核验结论。表中每一行都由测试逐条执行。除另有说明外，核验的是纸质文书并持有文书记录，
因此最好的结论是“赋码属实”；核验签发的原文件时，相应的结论是“核验通过”。名称均为虚构。

Unless a line says otherwise · 除另有说明外：list 名单 2026-07-20, report 文书 2026-06-10, verified 核验 2026-08-01.

| # | 情形 · situation | 结论 · outcome | 提示 · sentence |
| --- | --- | --- | --- |
"""

IMPORTS = """
## Lists offered to a store · 导入名单

Number 7 is held, issued on 2026-07-20. · 现有第 7 号名单，2026-07-20 发布。

| # | 情形 · situation | 结论 · outcome | 提示 · sentence |
| --- | --- | --- | --- |
"""


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def page() -> str:
    table = json.loads((ROOT / "tests/situations/situations.json").read_text(encoding="utf-8"))
    lines = [HEAD]
    for number, situation in enumerate(table["situations"], 1):
        title, expect = situation["title"], situation["expect"]
        outcome = f"{OUTCOMES[expect['outcome']]} · {expect['outcome'].replace('_', ' ')}"
        found = f"**{RESULTS[expect['result']]} · {expect['result']}** (`{expect['code']}`)"
        lines.append(f"| {number} | {cell(title['zh'])}<br>{cell(title['en'])} | {outcome} | "
                     f"{found} {cell(expect['zh'])}<br>{cell(expect['en'])} |\n")
    lines.append(IMPORTS)
    for number, situation in enumerate(table["imports"], 1):
        title, expect = situation["title"], situation["expect"]
        if expect["code"] == "accepted":
            outcome, found = "导入 · taken in", ""
        else:
            outcome = "不导入，原名单不变 · refused"
            found = f"(`{expect['code']}`) {cell(expect['zh'])}<br>{cell(expect['en'])}"
        lines.append(f"| {number} | {cell(title['zh'])}<br>{cell(title['en'])} | {outcome} | {found} |\n")
    return "".join(lines)


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        if PAGE.read_text(encoding="utf-8") == page():
            return 0
        print("docs/situations.md is not what tests/situations/print.py prints: run it", file=sys.stderr)
        return 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

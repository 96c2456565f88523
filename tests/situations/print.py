#!/usr/bin/env python3
"""Prints the table of situations for people: docs/situations.md and docs/situations.zh.md.

usage: print.py           writes the pages
       print.py --check   changes nothing; fails where a page is not what would be written
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTCOMES = {"zh": {"authentic": "核验通过", "not_authentic": "核验不通过", "undetermined": "无法得出结论", "code_genuine": "赋码属实"},
            "en": {"authentic": "authentic", "not_authentic": "not authentic", "undetermined": "undetermined",
                   "code_genuine": "code genuine"}}
RESULTS = {"zh": {"pass": "通过", "fail": "不通过", "warn": "注意", "unchecked": "未检查"},
           "en": {"pass": "passed", "fail": "failed", "warn": "note", "unchecked": "not checked"}}
TAKEN = {"zh": "导入", "en": "taken in"}
REFUSED = {"zh": "不导入，原名单不变", "en": "refused; the list held stays"}

HEAD = {
    "en": """# Situations

What verification says where licences, appraisers, keys, lists and codes are in order or not. The table is data
([situations.json](../tests/situations/situations.json)), a test runs every line of it, and this page is printed from it by
`tests/situations/print.py`. A report on paper is verified, with its record at hand unless the line says otherwise: so the best outcome is *code
genuine*; a file as issued gives *authentic* in its place. All names are invented.

Unless a line says otherwise the list is of 2026-07-20, the report of 2026-06-10, and the verification of 2026-08-01.

| | situation | outcome | what is said |
| --- | --- | --- | --- |
""",
    "zh": """# 各种情形的核验结论

下表列出许可、鉴定人、密钥、名单和赋码正常或者出现问题时的核验结论。表中数据在 [situations.json](../tests/situations/situations.json)，每一行都由测试逐条执行，
本页由 `tests/situations/print.py` 据此印出。除另有说明外，核验的是纸质文书并持有文书记录，因此最好的结论是“赋码属实”；核验签发的原文件时，
相应的结论是“核验通过”。名称均为虚构。

除另有说明外，名单发布于 2026 年 7 月 20 日，文书签发于 2026 年 6 月 10 日，核验日期为 2026 年 8 月 1 日。

| | 情形 | 结论 | 提示 |
| --- | --- | --- | --- |
"""}
IMPORTS = {
    "en": """
## Lists offered to a store

Number 7 is held, issued on 2026-07-20.

| | what is offered | outcome | what is said |
| --- | --- | --- | --- |
""",
    "zh": """
## 导入名单

现有第 7 号名单，2026 年 7 月 20 日发布。

| | 导入的文件 | 结果 | 提示 |
| --- | --- | --- | --- |
"""}


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def page(language: str) -> str:
    table = json.loads((ROOT / "tests/situations/situations.json").read_text(encoding="utf-8"))
    lines = [HEAD[language]]
    for number, situation in enumerate(table["situations"], 1):
        expect = situation["expect"]
        lines.append(f"| {number} | {cell(situation['title'][language])} | {OUTCOMES[language][expect['outcome']]} | "
                     f"{RESULTS[language][expect['result']]} (`{expect['code']}`): {cell(expect[language])} |\n")
    lines.append(IMPORTS[language])
    for number, situation in enumerate(table["imports"], 1):
        expect = situation["expect"]
        taken = expect["code"] == "accepted"
        said = "" if taken else f"(`{expect['code']}`) {cell(expect[language])}"
        lines.append(f"| {number} | {cell(situation['title'][language])} | {(TAKEN if taken else REFUSED)[language]} | {said} |\n")
    return "".join(lines)


def main() -> int:
    status = 0
    for language, name in (("en", "situations.md"), ("zh", "situations.zh.md")):
        path = ROOT / "docs" / name
        if sys.argv[1:] != ["--check"]:
            path.write_text(page(language), encoding="utf-8")
        elif path.read_text(encoding="utf-8") != page(language):
            print(f"docs/{name} is not what tests/situations/print.py prints: run it", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())

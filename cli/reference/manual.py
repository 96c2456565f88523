#!/usr/bin/env python3
"""Makes the manual pages from what the program says of itself.

usage: manual.py SJCODE FOLDER      writes FOLDER/man1/*.1 and FOLDER/zh_CN/man1/*.1
"""

import json
import pathlib
import re
import subprocess
import sys

WORDS = json.loads(pathlib.Path(__file__).with_name("manual.json").read_text(encoding="utf-8"))
BREAK = re.compile(r"[\u2e80-\u9fff，。；：、）”](?![，。；：、！？）”’」》\s]|$)")
FOLDERS = {"en": "man1", "zh": "zh_CN/man1"}


def definition(program: str, language: str) -> dict:
    done = subprocess.run([program, "--definition", "--lang", language], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def all_commands(command: dict):
    yield command
    for one in command["commands"]:
        yield from all_commands(one)


def page_name(command: dict) -> str:
    return command["name"].replace(" ", "-")


def roff(text: str) -> str:
    """Text as roff takes it: no line begins with a control character, a hyphen is the one that is typed, and a line may
    end behind each Chinese character but before a closing mark."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    text = BREAK.sub(r"\g<0>\\:", text)
    return "\n".join(r"\&" + line if line.startswith(".") else line for line in text.split("\n"))


def option_term(option: dict) -> str:
    names = ", ".join(rf"\fB{roff(name)}\fR" for name in option["names"])
    if option["positional"]:
        return rf"\fI{roff(option['names'][0].upper())}\fR" + ("…" if option["repeatable"] else "")
    value = "|".join(option["choices"]) or option["value"]
    return names + (rf" \fI{roff(value)}\fR" if value else "")


def option_text(option: dict, words: dict) -> str:
    text = option["about"]
    text += "" if text.endswith(("。", ".", "？", "?")) else ("。" if words is WORDS["zh"] else ".")
    parts = [text]
    if option["required"] and not option["positional"]:
        parts.append(words["required"])
    if option["repeatable"]:
        parts.append(words["repeatable"])
    if option["range"]:
        parts.append(words["range"].format(option["range"]))
    if option["default"]:
        parts.append(words["default"].format(option["default"]))
    return (" " if words is WORDS["en"] else "").join(parts)


def option_lines(command: dict, words: dict, positional: bool):
    options = [option for option in command["options"] if option["positional"] == positional]
    if not options:
        return
    yield f".SH {words['arguments' if positional else 'options']}"
    for option in options:
        yield ".TP"
        yield option_term(option)
        yield roff(option_text(option, words))


def page(command: dict, program: dict, language: str) -> str:
    words = WORDS[language]
    name = page_name(command)
    lines = [r".\" Made from the program's own definition by cli/reference/manual.py.",
             f'.TH {roff(name.upper())} 1 "" "sjcode {program["version"]}" "{roff(words["manual"])}"',
             ".ad l", f".SH {words['name']}", rf"{roff(name)} \- {roff(command['about'].removeprefix('sjcode: ').removeprefix('sjcode：'))}",
             f".SH {words['synopsis']}", rf"\fB{roff(command['usage'])}\fR"]
    if command["notes"]:
        lines.append(f".SH {words['description']}")
        for note in command["notes"]:
            lines += [".PP", roff(note)]
    if command["commands"]:
        lines.append(f".SH {words['commands']}")
        for one in command["commands"]:
            lines += [".TP", rf"\fB{roff(one['name'])}\fR", roff(one["about"])]
    lines += option_lines(command, words, True)
    lines += option_lines(command, words, False)
    if command is not program:
        language_option = next(one for one in program["options"] if "--lang" in one["names"])
        lines += [".TP", option_term(language_option), roff(option_text(language_option, words))]
    if command["examples"]:
        lines.append(f".SH {words['examples']}")
        for example in command["examples"]:
            command_text = example["command"].replace(" --", " \\\n    --")
            lines += [".PP", roff(example["about"]), ".PP", ".RS 4", ".nf", roff(command_text), ".fi", ".RE"]
    for key, rows in (("environment", "variables"), ("exit", "statuses")):
        lines.append(f".SH {words[key]}")
        for term, text in words[rows]:
            lines += [".TP", rf"\fB{roff(term)}\fR", roff(text)]
    others = [one for one in all_commands(program) if one is not command and not (one["commands"] and one is not program)]
    see = [rf".BR {roff(page_name(one))} (1)" for one in others]
    lines += [f".SH {words['see']}", *(line + "," for line in see[:-1]), see[-1], ".PP", roff(words["see_text"])]
    return "\n".join(lines) + "\n"


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 64
    for language, folder in FOLDERS.items():
        target = pathlib.Path(sys.argv[2], folder)
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("sjcode*.1"):
            old.unlink()
        program = definition(sys.argv[1], language)
        for command in all_commands(program):
            if command["commands"] and command is not program:
                continue  # "key" by itself does nothing; "key new" has its page
            (target / f"{page_name(command)}.1").write_text(page(command, program, language), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The reference of commands, from what the program says of itself."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
WORDS = {
    "en": {"usage": "Usage", "option": "option", "value": "value", "about": "what it does", "required": "required",
           "default": "default", "repeatable": "repeatable", "examples": "Examples"},
    "zh": {"usage": "用法", "option": "选项", "value": "取值", "about": "说明", "required": "必填", "default": "默认",
           "repeatable": "可重复", "examples": "示例"},
}


def definition(language: str) -> dict:
    program = os.environ.get("SJCODE_PROGRAM") or str(ROOT / "build/release/bin/sjcode")
    done = subprocess.run([program, "--definition", "--lang", language], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def option_row(option: dict, words: dict) -> str:
    names = "<br>".join(f"`{name.upper() if option['positional'] else name}`" for name in option["names"])
    value = " · ".join(f"`{choice}`" for choice in option["choices"]) or (option["value"] and f"`{option['value']}`")
    if option["range"]:
        value += f" ({option['range']})"
    notes = [words[word] for word in ("required", "repeatable") if option[word]]
    if option["default"]:
        notes.append(f"{words['default']} `{option['default']}`")
    about = cell(option["about"]) + (f" *({'; '.join(notes)})*" if notes else "")
    return f"| {names} | {value} | {about} |"


def in_lines(command: str) -> str:
    """As one types it, in several lines where it is long."""
    if len(command) <= 76:
        return command
    lines, line = [], ""
    for part in command.replace(" -", "\n-").split("\n"):
        if line and len(line) + len(part) > 72:
            lines.append(line + " \\")
            line = "    " + part
        else:
            line = f"{line} {part}" if line else part
    return "\n".join([*lines, line])


def section(command: dict, words: dict):
    yield f"## {command['name']}\n"
    yield command["about"] + ("" if command["about"].endswith(("。", ".")) else "。" if words is WORDS["zh"] else ".") + "\n"
    yield f"```text\n{command['usage']}\n```\n"
    for note in command["notes"]:
        yield note + "\n"
    yield f"| {words['option']} | {words['value']} | {words['about']} |\n| --- | --- | --- |"
    for option in command["options"]:
        yield option_row(option, words)
    yield ""
    if command["examples"]:
        yield f"**{words['examples']}**\n"
    for example in command["examples"]:
        yield f"{example['about']}\n\n```sh\n{in_lines(example['command'])}\n```\n"


def leaves(command: dict):
    if not command["commands"]:
        yield command
    for one in command["commands"]:
        yield from leaves(one)


def commands(language: str) -> str:
    program, words = definition(language), WORDS[language]
    lines = []
    for command in (program, *leaves(program)):
        lines += section(command, words)
    return "\n".join(lines)

#!/usr/bin/env python3
"""Makes the completion for bash and zsh from what the program says of itself.

usage: completion.py SJCODE FOLDER      writes FOLDER/bash/sjcode and FOLDER/zsh/_sjcode
"""

import pathlib
import sys

from manual import all_commands, definition

BASH = r"""# Completion of sjcode for bash. Made from the program's own definition by cli/reference/completion.py.
_sjcode() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command='' words='' kind='' i
    if [[ $cur == '=' ]]; then
        cur=''
    elif [[ $prev == '=' ]] && ((COMP_CWORD > 1)); then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$command ${COMP_WORDS[i]}" in
@path@
        esac
    done
    COMPREPLY=()
    case "$command $prev" in
@values@
    esac
    if [[ -z $kind ]]; then
        case "$command" in
@commands@
        esac
        if [[ $cur == -* ]]; then kind=words; fi
    fi
    case "$kind" in
        words) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
        file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
        folder) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    esac
}
complete -F _sjcode sjcode
"""


def kind_of(option: dict) -> str:
    if option["choices"]:
        return "words"
    return {"FILE": "file", "DIR": "folder"}.get(option["value"], "text")


def own_path(command: dict) -> str:
    """"key new" for "sjcode key new", nothing for the program itself."""
    return command["name"].partition(" ")[2]


def named(command: dict, program: dict) -> list[dict]:
    """The options of a command, those of the program that go everywhere with them."""
    everywhere = [] if command is program else [one for one in program["options"] if "--lang" in one["names"]]
    return [one for one in command["options"] + everywhere if not one["positional"]]


def arguments(command: dict) -> list[dict]:
    return [one for one in command["options"] if one["positional"]]


def bash(program: dict) -> str:
    path, values, commands = [], [], []
    for command in all_commands(program):
        own = own_path(command)
        for one in command["commands"]:
            name = one["name"].rpartition(" ")[2]
            path.append(f"            '{own} {name}') command='{own_path(one)}' ;;")
        for option in named(command, program):
            if not option["value"]:
                continue
            patterns = " | ".join(f"'{own} {name}'" for name in option["names"])
            kind = kind_of(option)
            words = f" words='{' '.join(option['choices'])}'" if option["choices"] else ""
            values.append(f"        {patterns}) kind={kind}{words} ;;")
        words = [name for option in named(command, program) for name in option["names"]]
        words += [one["name"].rpartition(" ")[2] for one in command["commands"]]
        kind = kind_of(arguments(command)[0]) if arguments(command) else "words"
        commands.append(f"            '{own}') words='{' '.join(words)}' kind={kind} ;;")
    return (BASH.replace("@path@", "\n".join(path)).replace("@values@", "\n".join(values))
            .replace("@commands@", "\n".join(commands)))


def zsh_text(text: str) -> str:
    """A description within single quotes: what _arguments reads as its own marks is escaped."""
    for mark in ("\\", "[", "]", ":"):
        text = text.replace(mark, "\\" + mark)
    return text.replace("'", "’")


def zsh_action(option: dict) -> str:
    return {"words": f"({' '.join(option['choices'])})", "file": "_files", "folder": "_files -/",
            "text": " "}[kind_of(option)]


def zsh_specs(command: dict, program: dict):
    for option in named(command, program):
        text = zsh_text(option["about"])
        value = f":{option['value']}:{zsh_action(option)}" if option["value"] else ""
        for name in option["names"]:
            others = "*" if option["repeatable"] else f"({' '.join(option['names'])})"
            equals = "=" if value and name.startswith("--") else ""
            yield f"'{others}{name}{equals}[{text}]{value}'"
    for option in arguments(command):
        many = "*" if option["repeatable"] else ""
        yield f"'{many}:{zsh_text(option['about'])}:{zsh_action(option)}'"


def zsh_function(command: dict, program: dict, language: str):
    yield f"_sjcode_{language}{''.join('_' + word for word in own_path(command).split())}() {{"
    if command["commands"]:
        yield "    local -a commands"
        yield "    local curcontext=$curcontext state line"
        yield "    commands=("
        for one in command["commands"]:
            yield f"        '{one['name'].rpartition(' ')[2]}:{zsh_text(one['about'])}'"
        yield "    )"
        yield "    _arguments -C \\"
        for spec in zsh_specs(command, program):
            yield f"        {spec} \\"
        yield "        '1:command:{_describe command commands}' '*::argument:->argument'"
        yield "    [[ $state == argument ]] || return"
        yield "    case $words[1] in"
        for one in command["commands"]:
            name = one["name"].rpartition(" ")[2]
            yield f"        {name}) _sjcode_{language}_{'_'.join(own_path(one).split())} ;;"
        yield "    esac"
    else:
        specs = list(zsh_specs(command, program))
        yield "    _arguments -s \\"
        yield from (f"        {spec} \\" for spec in specs[:-1])
        yield f"        {specs[-1]}"
    yield "}"


def zsh(programs: dict[str, dict]) -> str:
    lines = ["#compdef sjcode", "# Made from the program's own definition by cli/reference/completion.py."]
    for language, program in programs.items():
        for command in all_commands(program):
            lines += ["", *zsh_function(command, program, language)]
    lines += ["", "case ${LC_ALL:-${LC_MESSAGES:-$LANG}} in", "    zh*) _sjcode_zh \"$@\" ;;", "    *) _sjcode_en \"$@\" ;;",
              "esac"]
    return "\n".join(lines) + "\n"


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 64
    programs = {language: definition(sys.argv[1], language) for language in ("en", "zh")}
    for path, text in (("bash/sjcode", bash(programs["en"])), ("zsh/_sjcode", zsh(programs))):
        target = pathlib.Path(sys.argv[2], path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

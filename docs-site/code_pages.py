"""The page on every message: its sentence from messages/, its cause and what to do from codes.json."""

import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[1]
FILES = {"en": "en.json", "zh": "zh-CN.json"}
WORDS = {
    "en": {"cause": "Cause", "action": "What to do", "nothing": "Nothing.", "words": "Words of the program",
           "words_about": "Names of checks and facts, headings and help: no messages, so they have neither cause nor remedy.",
           "code": "code", "text": "text", "result": "result", "pass": "passed", "fail": "failed", "warn": "note", "unchecked": "not checked"},
    "zh": {"cause": "原因", "action": "怎么办", "nothing": "不需要处理。", "words": "界面用语",
           "words_about": "检查和事项的名称、标题和帮助，不是提示，没有原因和处理办法。",
           "code": "代码", "text": "文字", "result": "结果", "pass": "通过", "fail": "不通过", "warn": "注意", "unchecked": "未检查"},
}
# A page can be built before every code has its entry; complaints() names those, and a test holds that there are none.
NO_ENTRY = {"en": {"cause": "As the message says.", "action": "As the message says."},
            "zh": {"cause": "见提示。", "action": "见提示。"}}


def data() -> dict:
    return json.loads(pathlib.Path(__file__).with_name("codes.json").read_text(encoding="utf-8"))


def messages(language: str) -> dict[str, str]:
    return json.loads((ROOT / "messages" / FILES[language]).read_text(encoding="utf-8"))


def entry_of(code: str, entries: dict) -> dict | None:
    """The entry of a code, else of the longest beginning of it that has one."""
    found = [name for name in entries if code == name or (code.startswith(name) and name not in (code,))]
    return entries[max(found, key=len)] if found else None


def family_of(code: str, families: list[str]) -> str | None:
    found = [name for name in families if code == name or code.startswith(name + ".")]
    return max(found, key=len) if found else None


def is_word(code: str, content: dict) -> bool:
    """A heading or a name, and no message: by its family, unless a longer beginning of it stands in a group."""
    families = [family for group in content["groups"] for family in group["families"]]
    return code.partition(".")[0] in content["words"] and family_of(code, families) is None


def results() -> dict[str, list[str]]:
    """What a check with this code comes to, as docs/verdict.md states it in its tables."""
    rows = re.findall(r"^\| `([a-z0-9.-]+)` \| ((?:pass|fail|warn|unchecked)[^|]*) \|",
                      (ROOT / "docs" / "verdict.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {code: re.findall(r"pass|fail|warn|unchecked", text) for code, text in rows}


def complaints() -> list[str]:
    """Codes without an entry, and entries that are not whole."""
    content, codes = data(), messages("zh").keys()
    families = [family for group in content["groups"] for family in group["families"]]
    found = []
    for code in sorted(codes):
        if is_word(code, content):
            continue
        if family_of(code, families) is None:
            found.append(f"{code}: its family stands in no group of docs-site/codes.json")
        entry = entry_of(code, content["entries"])
        if entry is None:
            found.append(f"{code}: has no entry in docs-site/codes.json, nor has its family")
    for name, entry in content["entries"].items():
        for language in ("zh", "en"):
            if not entry[language]["cause"]:
                found.append(f"{name}: no cause ({language})")
        if bool(entry["zh"]["action"]) != bool(entry["en"]["action"]):
            found.append(f"{name}: what to do is told in one language only")
    return found


def shown(sentence: str) -> str:
    """A sentence as Markdown takes it, with its gaps as they are."""
    return re.sub(r"([\\*_\[\]<|`#])", r"\\\1", sentence).replace("\n", " ").replace("\\<", "&lt;")


def codes(language: str) -> str:
    content, sentences, words, kinds = data(), messages(language), WORDS[language], results()
    families = [family for group in content["groups"] for family in group["families"]]
    lines = []
    for group in content["groups"]:
        lines += [f"## {group['name'][language]}", "", group["about"][language], ""]
        for family in group["families"]:
            members = [code for code in sentences if family_of(code, families) == family and not is_word(code, content)]
            if not members:
                continue
            title = sentences.get("check." + family) if group is content["groups"][0] else None
            lines += [f"### {family}" + (f" · {title}" if title else ""), ""]
            for code in sorted(members):
                entry = (entry_of(code, content["entries"]) or NO_ENTRY)[language]
                marks = " ".join(f"*{words[kind]}*" for kind in kinds.get(code, []))
                lines += [f"#### `{code}` {marks} {{#{code}}}", "", f"> {shown(sentences[code])}", "",
                          f"**{words['cause']}** {entry['cause']}", "",
                          f"**{words['action']}** {entry['action'] or words['nothing']}", ""]
    lines += [f"## {words['words']}", "", words["words_about"], "", f"| {words['code']} | {words['text']} |", "| --- | --- |"]
    for code, sentence in sorted(sentences.items()):
        if is_word(code, content):
            lines.append(f"| `{code}` | {shown(sentence)} |")
    return "\n".join(lines) + "\n"


def checks(family: str, language: str) -> str:
    """The findings of one check, in the order of docs/verdict.md."""
    content, texts, words, kinds = data(), messages(language), WORDS[language], results()
    families = [name for group in content["groups"] for name in group["families"]]
    lines = [f"| {words['code']} | {words['result']} | {words['text']} | {words['cause']} |", "| --- | --- | --- | --- |"]
    for code, found in kinds.items():
        if code in texts and family_of(code, families) == family:
            cause = (entry_of(code, content["entries"]) or NO_ENTRY)[language]["cause"]
            result = " / ".join(words[kind] for kind in found)
            page = "codes.zh.md" if language == "zh" else "codes.md"
            lines.append(f"| [`{code}`]({page}#{code}) | {result} | {shown(texts[code])} | {cause} |")
    if len(lines) == 2:
        raise ValueError(f"docs/verdict.md has no findings of {family}")
    return "\n".join(lines) + "\n"


def sentences(language: str) -> str:
    """All codes with their sentences in both languages, for the page on messages."""
    english, chinese = messages("en"), messages("zh")
    order = (chinese, english) if language == "zh" else (english, chinese)
    head = "| 代码 | 中文 | English |" if language == "zh" else "| code | English | 中文 |"
    rows = [f"| `{code}` | {shown(order[0][code])} | {shown(order[1][code])} |" for code in sorted(english)]
    return "\n".join([head, "| --- | --- | --- |", *rows]) + "\n"

"""What MkDocs does not do by itself for these pages: two languages side by side (page.md, page.zh.md), generated parts,
and links to files that stand outside docs/.

A page takes a generated part in where it has a comment `<!-- site: NAME -->`.
"""

import os
import pathlib
import re
import sys

from mkdocs.structure.files import File, Files, InclusionLevel

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import api_page
import code_pages
import command_pages

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
ASSETS = pathlib.Path(__file__).parent / "assets"
OTHER = {"en": ("zh", "中文"), "zh": ("en", "English")}
SELF = {"en": "English", "zh": "中文"}
MARK = re.compile(r"<!-- site: ([a-z-]+) -->")
LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\])\(([^)\s#]+)(#[^)\s]*)?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.DOTALL | re.MULTILINE)
LANGUAGES = {".h": "cpp", ".cpp": "cpp", ".py": "python", ".json": "json", ".sh": "sh", ".c": "c", ".ts": "typescript"}

# In which file each page that is shown stands; filled by on_files, read by on_page_markdown.
sources: dict[str, pathlib.Path] = {}


def page_of(path: pathlib.Path, language: str) -> str | None:
    """The page that shows a file of the project, as MkDocs names it; None for a folder."""
    if path.is_dir():
        return None
    if path.is_relative_to(DOCS):
        return path.relative_to(DOCS).as_posix().replace(".zh.md", ".md")
    translated = path.with_name(path.name.removesuffix(".md") + ".zh-CN.md")
    if language == "zh" and path.suffix == ".md" and translated.exists():
        path = translated
    name = "project/" + path.relative_to(ROOT).as_posix().replace(".zh-CN.md", ".md")
    return name if path.suffix == ".md" else name + ".md"


def local_links(text: str, folder: pathlib.Path):
    for match in LINK.finditer(FENCE.sub("", text)):
        if not re.match(r"[a-z]+:", match[2]):
            yield pathlib.Path(os.path.normpath(folder / match[2]))


def as_page(path: pathlib.Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text
    name = path.relative_to(ROOT).as_posix()
    return f"# {name}\n\n````{LANGUAGES.get(path.suffix, 'text')}\n{text.rstrip()}\n````\n"


def on_files(files: Files, config):
    language = config.extra["language"]
    shown = Files([])
    sources.clear()
    for file in files:
        uri = file.src_uri
        if uri.endswith(".md"):
            if uri.endswith(".zh.md") != (language == "zh"):
                continue
            path = pathlib.Path(file.abs_src_path)
            file = File.generated(config, uri.replace(".zh.md", ".md"), abs_src_path=str(path))
            sources[file.src_uri] = path
        shown.append(file)
    for asset in ASSETS.iterdir():
        shown.append(File.generated(config, f"assets/{asset.name}", abs_src_path=str(asset)))
    # Files of the project that pages link to become pages, too, and what these link to.
    waiting = [link for path in sources.values() for link in local_links(path.read_text(encoding="utf-8"), path.parent)]
    while waiting:
        path = waiting.pop()
        name = page_of(path, language) if path.exists() and path.is_relative_to(ROOT) else None
        if name is None or not name.startswith("project/") or name in sources:
            continue
        if path.suffix in (".png", ".jpg", ".svg") or (language == "en" and path.name.endswith(".zh-CN.md")):
            continue
        translated = path.with_name(path.name.removesuffix(".md") + ".zh-CN.md")
        source = translated if language == "zh" and path.suffix == ".md" and translated.exists() else path
        sources[name] = source
        shown.append(File.generated(config, name, content=as_page(source), inclusion=InclusionLevel.NOT_IN_NAV))
        if source.suffix == ".md":
            waiting += local_links(source.read_text(encoding="utf-8"), source.parent)
    return shown


def resolved(match: re.Match, page: str, language: str) -> str:
    text, target, anchor = match[1], match[2], match[3] or ""
    if re.match(r"[a-z]+:", target):
        return match[0]
    path = pathlib.Path(os.path.normpath(sources[page].parent / target))
    if not path.exists():
        return match[0]  # MkDocs complains
    name = page_of(path, language)
    if path.suffix in (".png", ".jpg", ".svg"):
        name = path.relative_to(DOCS).as_posix()
    if name is None:
        return text.strip("[]")
    if language == "en" and target.endswith(".zh-CN.md") or language == "zh" and sources.get(name) == sources[page]:
        return text.strip("[]")  # the switch of languages does that
    return f"{text}({os.path.relpath(name, os.path.dirname(page) or '.')}{anchor})"


def on_page_markdown(markdown: str, page, config, files):
    language = config.extra["language"]
    makers = {"codes": code_pages.codes, "messages": code_pages.sentences, "commands": command_pages.commands,
              "api": api_page.headers, "c": api_page.c_headers, "python": api_page.python}

    def made(mark: re.Match) -> str:
        name, _, part = mark[1].partition("-")
        return code_pages.checks(part, language) if name == "checks" else makers[mark[1]](language)

    markdown = MARK.sub(made, markdown)
    parts, end = [], 0
    for fence in FENCE.finditer(markdown):
        parts += [LINK.sub(lambda m: resolved(m, page.file.src_uri, language), markdown[end : fence.start()]), fence[0]]
        end = fence.end()
    parts.append(LINK.sub(lambda m: resolved(m, page.file.src_uri, language), markdown[end:]))
    return "".join(parts)


def on_page_context(context, page, config, nav):
    other, name = OTHER[config.extra["language"]]
    own = config.extra["language"]
    config.extra["alternate"] = [{"name": SELF[own], "link": page.url, "lang": own},
                                 {"name": name, "link": f"../{other}/{page.url}", "lang": other}]
    return context

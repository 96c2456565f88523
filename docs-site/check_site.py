#!/usr/bin/env python3
"""Checks a built site: every link leads to a page and a place that is there, nothing is loaded from elsewhere, both
languages have the same pages.

usage: check_site.py FOLDER
"""

import html.parser
import pathlib
import re
import sys
import urllib.parse

# What a browser loads by itself; <a href> is a link that a person follows.
LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("link", "href"), ("source", "src"), ("object", "data")}
NOT_LOADED = {"canonical", "prev", "next", "alternate", "edit"}


class Page(html.parser.HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.places: set[str] = {"", "top"}
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        for name in ("id", "name"):
            if attributes.get(name):
                self.places.add(attributes[name])
        for name in ("href", "src", "data"):
            target = attributes.get(name)
            if not target:
                continue
            if (tag, name) in LOADED and not (tag == "link" and attributes.get("rel") in NOT_LOADED):
                self.loaded.append(target)
            if (tag, name) in LOADED or (tag, name) == ("a", "href"):
                self.links.append(target)


def target_of(page: pathlib.Path, link: str) -> tuple[pathlib.Path, str] | None:
    """The file and the place in it; None for what is elsewhere."""
    parts = urllib.parse.urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = page if not parts.path else page.parent / urllib.parse.unquote(parts.path)
    path = path.resolve()
    return (path / "index.html" if path.is_dir() else path), urllib.parse.unquote(parts.fragment)


def elsewhere(link: str) -> bool:
    return bool(re.match(r"(?:[a-z]+:)?//", link)) and not link.startswith("data:")


def complaints(site: pathlib.Path) -> list[str]:
    pages = {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        name = path.relative_to(site.resolve())
        found += [f"{name}: loads {link} from elsewhere" for link in page.loaded if elsewhere(link)]
        if path.name == "404.html":
            continue  # its links are for the root of a server
        for link in page.links:
            if link.startswith(("javascript:", "data:")):
                continue
            target = target_of(path, link)
            if target is None:
                continue
            file, place = target
            if not file.exists():
                found.append(f"{name}: links to {link}, which is not there")
            elif name.parts[0] == "api":
                continue  # Doxygen 1.9 links to sections of a page that it leaves out
            elif place and file in pages and place not in pages[file].places and not place.startswith("__"):
                found.append(f"{name}: links to {link}, and the page has no such place")
    for path in sorted(site.rglob("*.css")):
        for link in re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", path.read_text(encoding="utf-8")):
            if elsewhere(link[0] or link[1]):
                found.append(f"{path.relative_to(site)}: loads {link[0] or link[1]} from elsewhere")
    own = {language: {path.relative_to(site / language) for path in (site / language).rglob("*.html")}
           for language in ("zh", "en")}
    found += [f"{path}: is there in one language only" for path in sorted(own["zh"] ^ own["en"])]
    if not pages:
        found.append(f"{site}: no page at all")
    return sorted(set(found))


def main() -> int:
    found = complaints(pathlib.Path(sys.argv[1]))
    print("\n".join(found) or "site: every link leads somewhere, nothing is loaded from elsewhere, both languages have the same pages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

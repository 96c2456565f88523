"""The check of the built site finds each kind of fault when one is planted; the pieces that make the site do their part."""

import sys

import pytest

import running

sys.path.insert(0, str(running.ROOT / "docs-site"))
import api_page  # noqa: E402
import check_site  # noqa: E402
import command_pages  # noqa: E402

GOOD = '<a id="here"></a><a href="#here">here</a><a href="b.html#there">there</a><img src="a.png"><a href="https://e.org">e</a>'


@pytest.fixture
def site(tmp_path):
    for language in ("zh", "en"):
        folder = tmp_path / language
        folder.mkdir()
        (folder / "a.html").write_text(GOOD)
        (folder / "b.html").write_text('<h2 id="there">there</h2>')
        (folder / "a.png").write_bytes(b"")
    return tmp_path


def test_a_good_site_passes(site):
    assert check_site.complaints(site) == []


@pytest.mark.parametrize("text, complaint", [
    ('<a href="gone.html">x</a>', "which is not there"),
    ('<img src="gone.png">', "which is not there"),
    ('<a href="b.html#nowhere">x</a>', "no such place"),
    ('<a href="#nowhere">x</a>', "no such place"),
    ('<script src="https://cdn.example.org/x.js"></script>', "from elsewhere"),
    ('<link rel="stylesheet" href="//fonts.example.org/x.css">', "from elsewhere"),
    ('<img src="http://example.org/x.png">', "from elsewhere"),
])
def test_faults_are_found(site, text, complaint):
    (site / "zh" / "a.html").write_text(GOOD + text)
    found = check_site.complaints(site)
    assert len(found) == 1 and complaint in found[0], found


def test_a_font_from_elsewhere_is_found(site):
    (site / "zh" / "a.css").write_text("@font-face { src: url('https://fonts.example.org/x.woff2') }")
    assert ["from elsewhere" in line for line in check_site.complaints(site)] == [True]


def test_a_page_in_one_language_is_found(site):
    (site / "en" / "c.html").write_text("")
    assert check_site.complaints(site) == ["c.html: is there in one language only"]


def test_no_site_is_no_good_site(tmp_path):
    assert check_site.complaints(tmp_path)


def test_every_public_header_is_in_the_list():
    for folder in (api_page.HEADERS, api_page.C_HEADERS):
        text, found = api_page.headers("en", folder), sorted(folder.glob("*.h"))
        assert len(found) > 1
        for header in found:
            assert f"<code>{header.name}</code></a> | " in text and "| |" not in text, header.name


def test_every_command_is_in_the_reference():
    for language in ("en", "zh"):
        text = command_pages.commands(language)
        for command in command_pages.leaves(command_pages.definition(language)):
            assert f"## {command['name']}\n" in text
            for option in command["options"]:
                for name in option["names"]:
                    assert f"`{name.upper() if option['positional'] else name}`" in text

"""Every report, and every plain PDF of other producers, is stamped: the original's bytes stay, other programs see the
same pages outside the stamp and nothing wrong, and the file verifies.

What is refused is listed by name with its reason, so that a new refusal, or a lost one, fails.
"""

import re

import pytest

from pages import box_of, dark_share, page_count, qpdf_check, render, same_outside
from reports import corpus, report
from running import BAD_DATA, Issuer, codes, error_code, issue, run, verify

ALGORITHMS = ["ed25519", "p256", "sm2"]
DPI = 60
# Antialiasing at the stamp's edge.
EDGE = 2

TOO_SMALL = {"py-pdf--imagemagick-ASCII85Decode", "py-pdf--imagemagick-CCITTFaxDecode", "py-pdf--imagemagick-images",
             "py-pdf--imagemagick-lzw"}
# What the first refusal names, other than too small a page: rule H1, or that no default place is free.
REFUSED_FOR = {
    "embedded-files": """
        py-pdf--with-attachment qpdf--annotations-foreign-file.out qpdf--annotations-no-acroform-with-p.out
        qpdf--annotations-no-acroform-with-p qpdf--annotations-no-acroform qpdf--annotations-rotated-270
        qpdf--annotations-rotated-90 qpdf--annotations-same-file.out qpdf--fields-pages-out
        qpdf--fields-two-pages qpdf--form-fields-and-annotations qpdf--json-changed-form-fields-and-annotations
        qpdf--overlay-copy-annotations-p1 qpdf--overlay-copy-annotations-p2 qpdf--overlay-copy-annotations-p5
        qpdf--rotated-shared-annotations-1 qpdf--rotated-shared-annotations-2
    """,
    "place.none-free": """
        py-pdf--cmyk-image py-pdf--grayscale-image qpdf--really-shared-images-pages-out
        qpdf--shared-font-xobject-split-1 qpdf--shared-images-errors-1-3-out qpdf--shared-images-errors-1-out
        qpdf--shared-split-01-04 qpdf--shared-split-05-08 veraPDF--veraPDF_test_suite_6-3-2-t01-pass-a
    """,
    "revisions": """
        qpdf--reuse-xref-stream veraPDF--7.18.1-t02-pass-h
    """,
    "hidden-content": "py-pdf--base64image",
    "form-over-content": "py-pdf--pdflatex-forms",
}
REFUSED = {name: reason for reason, names in REFUSED_FOR.items() for name in names.split()}
# pdftoppm takes no notice of /UserUnit: its picture of this page is half as large as the page.
USER_UNIT = {"qpdf--overlay-copy-annotations-p2": 2}


def check_stamped(original, stamped, issued: dict, issuer: Issuer, covers: bool) -> None:
    before, after = original.read_bytes(), stamped.read_bytes()
    assert after.startswith(before) and len(after) > len(before)
    pages = page_count(original)
    assert page_count(stamped) == pages
    status, warnings = qpdf_check(stamped)
    status_before, warnings_before = qpdf_check(original)
    assert status <= status_before and warnings <= warnings_before

    assert issued["stamps"]
    boxes = {}
    scale = DPI / USER_UNIT.get(original.stem, 1)
    for stamp in issued["stamps"]:
        page = stamp["page"]
        plain, drawn = render(original, page, DPI), render(stamped, page, DPI)
        boxes[page] = box_of(stamp, drawn, scale, EDGE)
        assert same_outside(plain, drawn, boxes[page]), f"page {page} changed outside the stamp"
        # The symbol is there, and what it covers was free.
        inside = box_of(stamp, drawn, scale)
        assert dark_share(drawn, inside) > 0.15
        assert covers or dark_share(plain, inside) < 0.005
    others = [page for page in range(1, pages + 1) if page not in boxes]
    if others:
        other = others[len(others) // 2]
        assert same_outside(render(original, other, DPI), render(stamped, other, DPI), None), f"page {other} changed"

    verdict = verify(stamped, issuer.folder)
    assert verdict["outcome"] == "authentic", codes(verdict, "fail", "unchecked")
    assert {"signature.verified", "original.unchanged", "revision.exact", "symbol.matches"} <= codes(verdict, "pass")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("path", corpus("reports"))
def test_report_is_stamped_at_once(registry, tmp_path, path, algorithm):
    issuer = registry.issuer_for(path, algorithm)
    stamped = tmp_path / "stamped.pdf"
    issued = issue(path, issuer, registry.facts_file(path), stamped)
    check_stamped(path, stamped, issued, issuer, covers=False)
    warned = {warning["code"] for warning in issued["warnings"]}
    assert ("warning.no-text" in warned) == (path.stem == "dna-scanned")


def permissions_named(message: str) -> list[str]:
    """The options that a refusal's sentence offers."""
    rules = re.findall(r"--allow ([a-z,-]+[a-z])", message)
    if rules:
        return ["--allow", rules[-1]]
    return ["--force-place"] if "--force-place" in message else []


@pytest.mark.parametrize("path", corpus("plain"))
def test_plain_pdf_is_stamped_or_refused_with_the_permission_that_works(registry, tmp_path, path):
    # The facts are another document's; what they are compared with is tested elsewhere.
    facts = registry.facts_file(report("dna"))
    issuer = registry.issuer("ed25519")
    stamped = tmp_path / "stamped.pdf"
    arguments = ["issue", path, "--facts", facts, *issuer.arguments(), "-o", stamped, "--json", "--allow", "facts"]
    permission: list[str] = []
    ended = run(*arguments)
    if path.stem in TOO_SMALL:
        assert (ended.status, error_code(ended)) == (BAD_DATA, "place.too-small")
        assert run(*arguments, "--force-place").status == BAD_DATA and not stamped.exists()
        return
    if path.stem in REFUSED:
        assert ended.status == BAD_DATA and not stamped.exists()
        assert error_code(ended).removeprefix("hygiene.") == REFUSED[path.stem]
        permission = permissions_named(ended.err)
        ended = run(*arguments, *permission)
    assert ended.status == 0, ended.err
    check_stamped(path, stamped, ended.json, issuer, covers="--force-place" in permission)

"""Copies of a stamped report that someone changed: none is ever authentic.

Where something of ours is left, a copy is not_authentic, and the finding says what was done; where nothing is left, it
is undetermined. Which page differs is named as long as the record is at hand: in the file, or beside it (--record).
"""

import dataclasses
import json
import pathlib
import re
import subprocess

import pytest

from editing import Structure, append_update, change_digit, pdf_text, replace_stream
from pages import output_of, page_count, qpdf
from reports import report
from running import Issuer, codes, issue, parameters, verify

# Page 12 gives the opinion: 依照《人体损伤致残程度分级》第5.10.6条之规定，评定为十级伤残.
PAGE, TEXT, PLACE = 12, "5.10.6条之规定", 5
PAGES = 13


@dataclasses.dataclass
class Case:
    """A stamped report, and the same with one digit of the opinion changed in its bytes, the length kept."""

    issuer: Issuer
    original: pathlib.Path
    stamped: pathlib.Path
    record: pathlib.Path
    edited: pathlib.Path

    def verdict(self, copy, *options) -> dict:
        result = verify(copy, self.issuer.folder, *options)
        assert result["outcome"] not in ("authentic", "code_genuine"), codes(result)
        return result


def text_of(pdf, page: int) -> str:
    return output_of("pdftotext", "-f", page, "-l", page, pdf, "-").decode()


@pytest.fixture(scope="module", params=["classic", "xref-stream", "linearized"])
def case(request, registry, tmp_path_factory) -> Case:
    folder = tmp_path_factory.mktemp(request.param)
    source = report("injury-xref-stream" if request.param == "xref-stream" else "injury")
    original = source
    if request.param == "linearized":
        original = folder / "injury.pdf"
        qpdf("--linearize", "--object-streams=generate", source, original)
    issuer = registry.issuer_for(source, "sm2")
    stamped, record, edited = folder / "stamped.pdf", folder / "record", folder / "edited.pdf"
    issue(original, issuer, registry.facts_file(source), stamped, "--record", record)
    result = verify(stamped, issuer.folder)
    assert result["outcome"] == "authentic", codes(result)

    structure = Structure(stamped)
    content = change_digit(structure, PAGE, TEXT, PLACE)
    edited.write_bytes(replace_stream(stamped.read_bytes(), structure.offset(structure.content(PAGE)), content))
    # The forger is content: another digit, everything else as it was, and no viewer complains.
    assert edited.stat().st_size == stamped.stat().st_size
    assert text_of(edited, PAGE) != text_of(stamped, PAGE)
    pairs = zip(text_of(edited, PAGE), text_of(stamped, PAGE), strict=True)
    differences = [pair for pair in pairs if len(set(pair)) > 1]
    assert len(differences) == 1 and "".join(differences[0]).isdigit()
    assert subprocess.run(["qpdf", "--check", edited], stdout=subprocess.DEVNULL, check=False).returncode == 0
    return Case(issuer, original, stamped, record, edited)


def names_only_page(verdict: dict, page: int, result: str = "fail") -> None:
    assert "pages.differ" in codes(verdict, result)
    assert parameters(verdict, "pages.differ") == {"pages": str(page)}


def test_digit_changed_in_place(case):
    verdict = case.verdict(case.edited)
    assert verdict["outcome"] == "not_authentic"
    assert "original.changed" in codes(verdict, "fail")
    names_only_page(verdict, PAGE)
    names_only_page(case.verdict(case.edited, "--record", case.record), PAGE)


REWRITES = {
    "re-saved": [],
    "object-streams": ["--object-streams=generate"],
    "no-object-streams": ["--object-streams=disable"],
    "uncompressed": ["--qdf"],
    "linearized": ["--linearize"],
    "other-version": ["--force-version=2.0"],
}


@pytest.mark.parametrize("name", REWRITES)
def test_digit_changed_and_re_saved(case, tmp_path, name):
    copy = tmp_path / "copy.pdf"
    qpdf(*REWRITES[name], case.edited, copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert codes(verdict, "fail") & {"original.changed", "original.shorter"}
    assert "signature.verified" in codes(verdict, "pass")
    names_only_page(verdict, PAGE)
    names_only_page(case.verdict(copy, "--record", case.record), PAGE)


@pytest.mark.parametrize("name", REWRITES)
def test_re_saved_without_any_change(case, tmp_path, name):
    """The text is what was issued, and the verdict says so; but the file is another one."""
    copy = tmp_path / "copy.pdf"
    qpdf(*REWRITES[name], case.stamped, copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert codes(verdict, "fail") & {"original.changed", "original.shorter"}
    assert "pages.same" in codes(verdict, "pass")


def test_encrypted_copy_that_opens_without_a_password(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    qpdf("--encrypt", "", "owner", "256", "--", case.edited, copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert "structure.encrypted" in codes(verdict, "fail")
    names_only_page(verdict, PAGE)


def test_encrypted_copy_that_needs_a_password(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    qpdf("--encrypt", "user", "owner", "256", "--", case.edited, copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "undetermined"
    assert "pdf.encrypted" in codes(verdict, "unchecked")


def incremental(case: Case) -> bytes:
    """The changed page content appended once more; every issued byte is still there."""
    structure = Structure(case.stamped)
    reference = structure.content(PAGE)
    content = change_digit(structure, PAGE, TEXT, PLACE)
    stream = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    return append_update(case.stamped.read_bytes(), {int(reference.split()[0]): stream})


def test_digit_changed_by_an_incremental_update(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(incremental(case))
    assert copy.read_bytes().startswith(case.stamped.read_bytes())
    assert text_of(copy, PAGE) == text_of(case.edited, PAGE)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert {"original.unchanged", "signature.verified"} <= codes(verdict, "pass")
    assert "revision.later" in codes(verdict, "fail")
    assert parameters(verdict, "revision.later")["revisions"] == "1"
    names_only_page(verdict, PAGE)


def test_update_of_the_information_dictionary_only(case, tmp_path):
    """Nothing that a page shows changes; still it is not what was issued."""
    stamped = case.stamped.read_bytes()
    number = int(re.findall(rb"/Size\s+(\d+)", stamped)[-1])
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(append_update(stamped, {number: b"<</Title (Another)>>"}, b"/Info %d 0 R" % number))
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert "revision.later" in codes(verdict, "fail")
    assert "pages.same" in codes(verdict, "pass")


def test_empty_update(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(append_update(case.stamped.read_bytes(), {0: None}))
    assert "revision.later" in codes(case.verdict(copy), "fail")


def test_update_that_frees_our_annotation(case, tmp_path):
    structure = Structure(case.stamped)
    annotation = our_annotations(structure)[0]
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(append_update(case.stamped.read_bytes(), {int(annotation.split()[0]): None}))
    verdict = case.verdict(copy)
    # Our code still lies in the file, though no page names it any more.
    assert verdict["outcome"] == "not_authentic", codes(verdict)
    assert codes(verdict, "fail") & {"revision.code-removed", "revision.later"}


def our_annotations(structure: Structure) -> list[str]:
    found = [name.removeprefix("obj:") for name, thing in structure.objects.items()
             if isinstance(thing.get("value"), dict) and "/SJCode" in thing["value"]]
    assert found
    return found


def test_update_that_takes_our_annotation_off_the_page(case, tmp_path):
    structure = Structure(case.stamped)
    reference = structure.page(1)
    page = dict(structure.value(reference))
    del page["/Annots"]
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(append_update(case.stamped.read_bytes(), {int(reference.split()[0]): pdf_text(page)}))
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic", codes(verdict)
    assert "revision.code-removed" in codes(verdict, "fail")


def without_annotation(pdf: pathlib.Path, output: pathlib.Path, folder: pathlib.Path) -> None:
    """Through qpdf's JSON: our annotations come off their pages, and qpdf leaves out what nothing names."""
    listing = folder / "listing.json"
    qpdf("--json-output", pdf, listing)
    document = json.loads(listing.read_text(encoding="utf-8"))
    objects = document["qpdf"][1]
    ours = set(our_annotations(Structure(pdf)))
    taken = 0
    for thing in objects.values():
        page = thing.get("value")
        if isinstance(page, dict) and page.get("/Type") == "/Page" and "/Annots" in page:
            names = page["/Annots"]
            names = objects[f"obj:{names}"]["value"] if isinstance(names, str) else names
            page["/Annots"] = [name for name in names if name not in ours]
            taken += len(names) - len(page["/Annots"])
    assert taken == len(ours)
    listing.write_text(json.dumps(document), encoding="utf-8")
    qpdf("--json-input", listing, output)
    assert b"/SJCode" not in output.read_bytes()


def test_digit_changed_and_our_annotation_taken_off(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    without_annotation(case.edited, copy, tmp_path)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "undetermined"
    assert "code.none" in codes(verdict, "unchecked")
    assert "pages.differ" not in codes(verdict)
    # Nothing of ours is left to vouch for the record beside the file, so a difference warns.
    verdict = case.verdict(copy, "--record", case.record)
    assert verdict["outcome"] == "undetermined"
    names_only_page(verdict, PAGE, "warn")


def test_pages_swapped(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    qpdf(case.stamped, "--pages", ".", "1,2,4,3,5-z", "--", copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert parameters(verdict, "pages.differ") == {"pages": "3-4"}


def test_page_removed(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    qpdf(case.stamped, "--pages", ".", f"1-{PAGE - 1},{PAGE + 1}-z", "--", copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert parameters(verdict, "pages.count") == {"issued": str(PAGES), "here": str(PAGES - 1)}
    assert parameters(verdict, "pages.differ") == {"pages": str(PAGE)}


def test_page_added(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    qpdf(case.stamped, "--pages", ".", "1-z", report("dna"), "2", "--", copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert parameters(verdict, "pages.count") == {"issued": str(PAGES), "here": str(PAGES + 1)}


def test_stamped_page_moved_to_another_document(case, tmp_path):
    """The true symbol on another institution's, or the forger's, text."""
    copy = tmp_path / "copy.pdf"
    other = report("dna")
    qpdf("--empty", "--pages", case.stamped, "1", other, "2-z", "--", copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert parameters(verdict, "pages.count")["here"] == str(page_count(other))
    assert "pages.differ" in codes(verdict, "fail")


def test_two_stamped_reports_in_one_file(case, registry, tmp_path):
    source = report("dna")
    other, copy = tmp_path / "other.pdf", tmp_path / "copy.pdf"
    issue(source, case.issuer, registry.facts_file(source), other)
    qpdf("--empty", "--pages", case.stamped, "1-z", other, "1-z", "--", copy)
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert "code.several-embedded" in codes(verdict, "fail")


def test_code_of_another_report_in_our_annotation(case, registry, tmp_path):
    """Both codes are genuine and both revisions well formed; the one is put in the other's place, in its bytes."""
    other = tmp_path / "other.pdf"
    source = report("injury-xref-stream" if "xref" in case.original.stem else "injury")
    facts = registry.facts_file(source)
    for _ in range(20):
        issue(case.original, case.issuer, facts, other, "--overwrite")
        a, b = case.stamped.read_bytes(), other.read_bytes()
        if len(a) == len(b):
            break
    length = case.original.stat().st_size
    copy = tmp_path / "copy.pdf"
    # The other revision's second half behind our first half.
    middle = length + (len(a) - length) // 2
    copy.write_bytes(a[:middle] + b[middle:])
    assert case.verdict(copy)["outcome"] == "not_authentic"
    # The other revision as a second one behind ours.
    copy.write_bytes(a + b[length:])
    assert case.verdict(copy)["outcome"] == "not_authentic"


APPENDED = {
    "line-end": b"\n",
    "blank": b" ",
    "zero": b"\0",
    "comment": b"% nothing\n",
    "end-mark": b"%%EOF\n",
    "kilobyte": bytes(1024),
    "object": b"999 0 obj\n<</Type /Page>>\nendobj\n",
    "startxref": b"startxref\n0\n%%EOF\n",
    "picture": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
}


@pytest.mark.parametrize("name", APPENDED)
def test_bytes_appended(case, tmp_path, name):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(case.stamped.read_bytes() + APPENDED[name])
    verdict = case.verdict(copy)
    assert verdict["outcome"] == "not_authentic"
    assert "signature.verified" in codes(verdict, "pass")


PREFIXES = {"line-end": b"\n", "header": b"%PDF-1.4\n", "gif": b"GIF89a", "zeros": bytes(100)}


@pytest.mark.parametrize("name", PREFIXES)
def test_bytes_put_before(case, tmp_path, name):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(PREFIXES[name] + case.stamped.read_bytes())
    assert case.verdict(copy)["outcome"] == "not_authentic"


def test_bytes_put_between_original_and_revision(case, tmp_path):
    data, length = case.stamped.read_bytes(), case.original.stat().st_size
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(data[:length] + b" " + data[length:])
    assert case.verdict(copy)["outcome"] == "not_authentic"


def test_truncated(case, tmp_path):
    data, length = case.stamped.read_bytes(), case.original.stat().st_size
    copy = tmp_path / "copy.pdf"
    added = len(data) - length
    places = [length // 3, length - 1, length, length + added // 20, length + added // 2, data.rindex(b"startxref"),
              len(data) - 7, len(data) - 2, len(data) - 1]
    outcomes = {}
    for place in places:
        copy.write_bytes(data[:place])
        outcomes[place] = case.verdict(copy)["outcome"]
    # Without the revision it is the original, which never had a code.
    assert outcomes[length] == "undetermined"
    assert outcomes[len(data) - 1] == outcomes[len(data) - 2] == "not_authentic"


def test_file_put_behind_itself(case, tmp_path):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(case.stamped.read_bytes() * 2)
    assert case.verdict(copy)["outcome"] == "not_authentic"


def test_line_ends_converted(case, tmp_path):
    """What a mail program in text mode does."""
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(case.stamped.read_bytes().replace(b"\n", b"\r\n"))
    case.verdict(copy)


def test_record_of_another_report(case, registry, tmp_path):
    source = report("dna")
    other = tmp_path / "other.record"
    issue(source, case.issuer, registry.facts_file(source), tmp_path / "other.pdf", "--record", other)
    verdict = case.verdict(case.edited, "--record", other)
    names_only_page(verdict, PAGE)
    copy = tmp_path / "copy.pdf"
    without_annotation(case.edited, copy, tmp_path)
    verdict = case.verdict(copy, "--record", other)
    assert verdict["outcome"] == "undetermined"
    assert "pages.same" not in codes(verdict)

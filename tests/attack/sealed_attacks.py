"""Attacks on our own sealed reports: a table of forgeries, each made from a sealed report's bytes.

The rules are those of the audit (docs/audit.md). Each attack has the code that `audit` must give, and the one of
`verify`, where that is another. Some are caught by `verify` alone, which rebuilds what issuing wrote or looks into the
record: then `audit` says NO_FAILURE or NOTHING_SIGNED, since it knows no institution and no record.
"""

import dataclasses
import io
import re
import subprocess
import tempfile
import zlib
from collections.abc import Callable

from asn1crypto import cms
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from forging import (WHITE, Revision, Sealed, add_field, dictionary, fill_signature, forger, form, join_seal, pdf,
                     private_info, seal_objects, sealed_again, signature_dictionary, signature_of, signed_revision,
                     stream, timestamp_of, without_seal)

NO_FAILURE, NOTHING_SIGNED = "no failure", "nothing signed"
ANY = "any failure"


@dataclasses.dataclass(frozen=True)
class Attack:
    name: str
    rule: str
    forge: Callable[[Sealed], bytes]
    audit: str
    verify: str
    classic_only: bool = False


ATTACKS: list[Attack] = []


def attack(rule: str, audit: str, verify: str | None = None, **more):
    """Puts a forgery into the table. What `audit` finds in a later revision `verify` tells too."""

    def register(forge):
        name = forge.__name__.strip("_").replace("_", "-")
        ATTACKS.append(Attack(name, rule, forge, audit, verify or audit, **more))
        return forge

    return register


def attacks(rule: str, audit: str, forgeries: dict[str, Callable[[Sealed], bytes]], verify: str | None = None, **more):
    for name, forge in forgeries.items():
        ATTACKS.append(Attack(name, rule, forge, audit, verify or audit, **more))


LATER, DAMAGED, DIFFERS = "revision.later", "structure.damaged", "revision.differs"
UNREADABLE, APPENDED = "audit.unreadable-signed", "audit.appended"


# B1: what the signature says that it covers. Each changes signed bytes, so that the seal itself fails besides.


def byte_range(make: Callable[[list[int]], bytes]) -> Callable[[Sealed], bytes]:
    """Another ByteRange in the bytes of the old one, the rest of it filled by taking from the entry behind it."""

    def forge(sealed: Sealed) -> bytes:
        new = make(sealed.numbers)
        room = sealed.byte_range[1] - sealed.byte_range[0]
        # What is longer takes its room from the filter's name, so that no offset changes.
        begin, end = sealed.byte_range
        while len(new) > end - begin:
            end += 1
        behind = sealed.data[sealed.byte_range[1] : end]
        assert not behind or sealed.data[sealed.byte_range[1] :].startswith(b"/Filter/Adobe.PPKLite")
        if behind:
            end = sealed.byte_range[1] + len(b"/Filter/Adobe.PPKLite")
            new = new.ljust(end - begin)
        return sealed.replaced((begin, end), new.ljust(room))

    return forge


attacks("B1", "audit.byte-range-start", {
    "range-not-from-zero": byte_range(lambda n: b"[9 %d %d %d]" % (n[1] - 9, n[2], n[3])),
}, DIFFERS)
attacks("B1", "audit.byte-range-gap", {
    "range-with-a-larger-gap": byte_range(lambda n: b"[0 %d %d %d]" % (n[1] - 10, n[2] + 10, n[3] - 10)),
    "range-with-a-smaller-first-part": byte_range(lambda n: b"[0 %d %d %d]" % (n[1] - 1, n[2], n[3])),
}, DIFFERS)
attacks("B1", "audit.byte-range-end", {
    "range-that-stops-before-the-end": byte_range(lambda n: b"[0 %d %d %d]" % (n[1], n[2], n[3] - 6)),
    "range-of-the-first-bytes-only": byte_range(lambda n: b"[0 %d %d 0]" % (n[1], n[2])),
}, DIFFERS)
attacks("B1", "audit.byte-range-beyond", {
    "range-overlapping-itself": byte_range(lambda n: b"[0 %d %d %d]" % (n[2], n[1], n[3])),
    "range-beyond-the-end": byte_range(lambda n: b"[0 %d %d %d]" % (n[1], n[2], n[3] + 1)),
    "range-wild": byte_range(lambda n: b"[0 9999999999 9999999999 0]"),
}, DIFFERS)
attacks("B1", "audit.byte-range-form", {
    "range-negative": byte_range(lambda n: b"[0 %d %d -%d]" % (n[1], n[2], n[3])),
    "range-of-three": byte_range(lambda n: b"[0 %d %d]" % (n[1], n[2])),
    "range-of-five": byte_range(lambda n: b"[0 %d %d %d 0]" % (n[1], n[2], n[3])),
    "range-of-two": byte_range(lambda n: b"[0 %d]" % n[1]),
    "range-with-a-real-number": byte_range(lambda n: b"[0 %d %d %d.]" % (n[1], n[2], n[3])),
    "range-of-names": byte_range(lambda n: b"[/a /b /c /d]"),
    "range-empty": byte_range(lambda n: b"[]"),
    "range-that-is-a-reference": byte_range(lambda n: b" 1 0 R"),
    "range-with-a-reference": byte_range(lambda n: b"[0 %d 1 0 R]" % n[1]),
}, DIFFERS)


attacks("B1", "audit.byte-range-missing", {"range-null": byte_range(lambda n: b" null")}, DIFFERS)


@attack("B1", "audit.byte-range-missing", DIFFERS)
def range_missing(sealed):
    return sealed.data.replace(b"/ByteRange[", b"/ByteRangf[")


@attack("B1", "audit.byte-range-overlap", LATER)
def range_overlapping_another_signature(sealed):
    """The forger's signature leaves out our gap and so covers what ours covers."""
    revision = Revision(sealed)
    value = revision.add(b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[%s]/Contents<%s>>>"
                         % (b" ".join(b"%d" % number for number in sealed.numbers), b"30" * 20))
    add_field(revision, b"<</FT/Sig/T(Later)/V %d 0 R/Rect[0 0 0 0]>>" % value)
    return revision.write()


# B2: the gap, universal signature forgery.


def contents(make: Callable[[bytes], bytes]) -> Callable[[Sealed], bytes]:
    def forge(sealed: Sealed) -> bytes:
        old = sealed.data[slice(*sealed.contents)]
        return sealed.replaced(sealed.contents, make(old).ljust(len(old)))

    return forge


attacks("B2", "audit.contents-empty", {
    "contents-empty": contents(lambda old: b"<>"),
    "contents-one-zero": contents(lambda old: b"<00>"),
}, DIFFERS)
attacks("B2", "audit.contents-empty", {
    "contents-zeros": contents(lambda old: b"<" + b"0" * (len(old) - 2) + b">"),
}, "cms.format")
attacks("B2", "audit.contents-missing", {
    "contents-null": contents(lambda old: b" null"),
    "contents-of-a-number": contents(lambda old: b" 0"),
    "contents-of-a-name": contents(lambda old: b"/None"),
    "contents-that-are-a-reference": contents(lambda old: b" 1 0 R"),
}, "revision.shape")
attacks("B2", "audit.contents-form", {
    "contents-with-a-space": contents(lambda old: old[:-3] + b" " + old[-2:]),
}, DIFFERS)
attacks("B2", "audit.byte-range-gap", {
    "contents-shorter-than-the-gap": contents(lambda old: old[:-5] + b">    "),
}, DIFFERS)
# The same value: whoever reads the value sees no difference, and the signature does not cover it.
attacks("B2", NO_FAILURE, {"contents-in-lower-case": contents(bytes.lower)}, DIFFERS)


@attack("B2", "audit.signature-unreadable", "revision.unreadable")
def contents_without_a_value(sealed):
    return sealed.replaced((sealed.contents[0], sealed.contents[1]), b" " * (sealed.contents[1] - sealed.contents[0]))


@attack("B2", "audit.contents-missing", "revision.shape")
def contents_missing(sealed):
    begin = sealed.contents[0] - len(b"/Contents")
    return sealed.data[:begin] + b"/Contentz" + sealed.data[sealed.contents[0] :]


@attack("B2", "audit.byte-range-gap", DIFFERS)
def wrapping_with_the_old_range_in_a_second_key(sealed):
    """Signature wrapping: the gap made larger, to hold something else besides the signature."""
    objects = seal_objects(sealed)
    ours = objects[sealed.signature]
    wider = re.sub(rb"(/Contents<[^>]*>)", lambda found: found[1] + b"/Evil(" + b"x" * 200 + b")", ours)
    objects[sealed.signature] = wider
    data = join_seal(sealed, objects)
    begin = data.rindex(b"/Contents<", 0, data.rindex(b"/Evil(")) + len(b"/Contents")
    end = data.index(b"/ByteRange", begin)
    numbers = b"/ByteRange[0 %d %d %d]/Filter" % (begin, end, len(data) - end)
    return re.sub(rb"/ByteRange\[[ 0-9]*\]/Filter", numbers, data)


@attack("B2", "audit.signature-wrapped", DAMAGED)
def wrapping_with_the_signed_part_moved(sealed):
    """What was signed last is moved behind, and another revision put into the gap, as in the papers."""
    first, gap_end = sealed.numbers[1], sealed.numbers[2]
    moved = sealed.data[gap_end:]
    data = sealed.data[:gap_end]
    evil = b"/ByteRange[0 %d %d %d]>>\nendobj\n" % (first, gap_end + 4096, len(moved))
    evil += b"%d 0 obj\n%s\nendobj\n" % (sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180"))
    return data + evil.ljust(4096, b"\n") + moved


# B3: the signature itself.


@attack("B3", "cms.digest-differs", "original.changed")
def a_byte_of_the_original(sealed):
    at = sealed.data.index(b"stream", sealed.offset(sealed.content(sealed.opinion))) + 100
    return sealed.data[:at] + bytes([sealed.data[at] ^ 1]) + sealed.data[at + 1 :]


def edit_message(change: Callable[[cms.SignedData], None]) -> Callable[[Sealed], bytes]:
    """Our own signature with something in it exchanged; what stands around it changes place, and so the digest."""

    def forge(sealed: Sealed) -> bytes:
        message = cms.ContentInfo.load(bytes.fromhex(sealed.data[slice(*sealed.contents)][1:-1].decode()))
        change(message["content"])
        made = message.dump(force=True)
        return sealed_again(sealed, lambda digest: made)

    return forge


def add_certificate(data):
    data["certificates"] = [*data["certificates"], cms.CertificateChoices("certificate", forger()[1])]


def exchange_certificate(data):
    data["certificates"] = [cms.CertificateChoices("certificate", forger()[1])]


def two_signers(data):
    other = cms.ContentInfo.load(signature_of(bytes(32)))["content"]["signer_infos"][0]
    data["signer_infos"] = [data["signer_infos"][0], other]


def no_signer(data):
    data["signer_infos"] = []


def no_certificate(data):
    data["certificates"] = []


attacks("B3", "cms.several-signers", {"two-signers": edit_message(two_signers)})
attacks("B3", "cms.no-signer", {"no-signer": edit_message(no_signer)})
attacks("B3", "cms.no-certificate", {"certificate-exchanged": edit_message(exchange_certificate),
                                     "certificate-left-out": edit_message(no_certificate)})
attacks("B3", "cms.digest-differs", {"certificate-added": edit_message(add_certificate)})


@attack("B3", NO_FAILURE, "seal.other-certificate")
def seal_by_another_key(sealed):
    """The seal stripped, and the forger's in its place: a faultless signature, of nobody whom the code names."""
    return sealed_again(sealed)


@attack("B3", NOTHING_SIGNED, "seal.missing")
def seal_taken_off(sealed):
    """Exactly what issuing without a seal would have written; only the record knows that there was one."""
    return without_seal(sealed)


@attack("B3", "cms.format")
def seal_of_garbage(sealed):
    return sealed_again(sealed, lambda digest: b"\x04" * 1000)


@attack("B3", "cms.trailing")
def bytes_behind_the_message(sealed):
    return sealed_again(sealed, lambda digest: signature_of(digest) + b"hidden")


# B4: the same key twice.


@attack("B4", "audit.duplicate-key")
def key_twice_in_the_catalog(sealed):
    text = sealed.dictionary(sealed.root)
    return Revision(sealed).put(sealed.root, text[:-2] + b"/Pages 1 0 R>>").write()


@attack("B4", "audit.duplicate-key")
def key_twice_in_a_page(sealed):
    text = sealed.dictionary(sealed.opinion)
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    return revision.put(sealed.opinion, text[:-2] + b"/Contents %d 0 R>>" % content).write()


@attack("B4", "audit.duplicate-key")
def key_twice_in_the_form(sealed):
    return Revision(sealed).put(sealed.form, sealed.dictionary(sealed.form)[:-2] + b"/Fields[]>>").write()


@attack("B4", "audit.duplicate-key")
def key_twice_in_our_field(sealed):
    return Revision(sealed).put(sealed.field, sealed.dictionary(sealed.field)[:-2] + b"/Rect[0 0 595 842]>>").write()


@attack("B4", "audit.duplicate-key", DIFFERS)
def key_twice_in_the_seal(sealed):
    return sealed_again(sealed, edit=lambda objects: objects.update(
        {sealed.signature: objects[sealed.signature].replace(b"/Reference", b"/Filter/X/Reference")}))


# B5, and bytes that belong to nothing (T1, T2).


@attack("B5", "audit.byte-range-other-revision", DIFFERS)
def range_of_another_revision(sealed):
    """Our seal says to cover the forger's revision too."""
    revision = Revision(sealed).change(sealed.opinion, Rotate=b"180")
    first, gap_end = sealed.numbers[1:3]
    longer = byte_range(lambda n: b"[0 %d %d %d]" % (first, gap_end, len(revision.write()) - gap_end))(sealed)
    revision.base = longer
    return revision.write()


attacks("T1", UNREADABLE, {"bytes-before-the-header": lambda sealed: b"GIF89a" + sealed.data}, DAMAGED)
attacks("T1", "audit.unaccounted", {
    "bytes-behind-the-end": lambda sealed: sealed.data + b"hidden",
    "object-behind-the-end": lambda sealed: sealed.data + b"%d 0 obj\n<</Type/Page>>\nendobj\n" % sealed.opinion,
    "page-without-a-cross-reference": lambda sealed: sealed.data + b"%d 0 obj\n%s\nendobj\n%%%%EOF\n" % (
        sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180")),
    "page-with-a-copy-of-our-signature": lambda sealed: sealed.data + b"%d 0 obj\n%s\nendobj\n" % (
        sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180")) + seal_objects(sealed)[sealed.signature]
    + b"startxref\n%d\n%%%%EOF\n" % sealed.startxref,
    "nothing-but-a-trailer": lambda sealed: sealed.data + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    % (sealed.size, sealed.startxref),
}, DIFFERS)
attacks("T2", "audit.end-marks", {"second-end-mark": lambda sealed: sealed.data + b"%%EOF\n"}, DIFFERS)
attacks("T2", "audit.revision-end", {
    "second-startxref": lambda sealed: sealed.data + b"startxref\n%d\n%%%%EOF\n" % sealed.startxref,
}, DIFFERS)
attacks("T2", "audit.revision-end", {
    "startxref-of-the-original": lambda sealed: sealed.data + b"startxref\n%d\n%%%%EOF\n" % int(
        re.findall(rb"startxref\s+(\d+)", sealed.data)[-2]),
}, "revision.code-removed")
# A page and a trailer behind a file of another end: nothing that the strict reader can open.
attacks("T1", APPENDED, {
    "page-and-a-cross-reference-of-nothing": lambda sealed: sealed.data
    + b"%d 0 obj\n%s\nendobj\nstartxref\n0\n%%%%EOF\n" % (
        sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180")),
}, DAMAGED)


@attack("T1", UNREADABLE, DAMAGED)
def bytes_between_original_and_seal(sealed):
    at = sealed.original_size
    return sealed.data[:at] + b"%hidden\n" + sealed.data[at:]


@attack("T1", "audit.unaccounted")
def bytes_between_seal_and_revision(sealed):
    return Revision(sealed, sealed.data + b"99 0 obj\n(hidden)\nendobj\n").write()


@attack("T1", "audit.unaccounted")
def bytes_before_the_section(sealed):
    revision = Revision(sealed)
    revision.gap = b"hidden\n"
    return revision.write()


@attack("T1", "audit.unaccounted")
def long_comment_in_a_revision(sealed):
    revision = Revision(sealed)
    revision.gap = b"%" + b"hidden " * 30 + b"\n"
    return revision.write()


@attack("T2", "audit.end-marks")
def end_mark_within_a_revision(sealed):
    revision = Revision(sealed)
    revision.gap = b"%%EOF\n"
    return revision.write()


@attack("T3", "audit.unaccounted")
def object_that_no_entry_names(sealed):
    """A linear scan finds another opinion page than the cross-reference names."""
    revision = Revision(sealed)
    revision.gap = b"%d 0 obj\n%s\nendobj\n" % (sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180"))
    return revision.write()


@attack("T2", APPENDED, DAMAGED)
def loop_of_sections(sealed):
    data = Revision(sealed).write()
    section = data.rindex(b"xref", 0, data.rindex(b"startxref")) if sealed.classic else int(
        re.findall(rb"startxref\s+(\d+)", data)[-1])
    return Revision(sealed).set(Prev=b"%d" % section).write()


@attack("T2", APPENDED, DAMAGED)
def previous_section_is_none(sealed):
    return Revision(sealed).set(Prev=b"17").write()


@attack("T2", APPENDED, DAMAGED)
def previous_section_is_a_real_number(sealed):
    return Revision(sealed).set(Prev=b"%d.0" % sealed.startxref).write()


@attack("T2", NOTHING_SIGNED, "revision.code-removed")
def previous_section_is_the_originals(sealed):
    """The seal revision is leapt over, so that the report looks as before it was issued."""
    first = int(re.findall(rb"startxref\s+(\d+)", sealed.data)[-2])
    return Revision(sealed).set(Prev=b"%d" % first).write()


@attack("T2", NOTHING_SIGNED, "revision.code-removed")
def no_previous_section(sealed):
    """A whole new document behind ours, that shows other pages."""
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    tree = revision.next + 1
    page = revision.add(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R>>" % (tree, content))
    revision.add(b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % page)
    root = revision.add(b"<</Type/Catalog/Pages %d 0 R>>" % tree)
    return revision.set(Prev=None, Info=None, Root=b"%d 0 R" % root).write()


@attack("T4", "audit.revision-unreadable", DAMAGED)
def entry_in_the_wrong_place(sealed):
    """The entry points at another object: some programs repair the file then, and show what they find."""
    revision = Revision(sealed)
    page = sealed.dictionary(sealed.opinion, Rotate=b"180")
    revision.add(page)
    revision.row(sealed.root, len(sealed.data))
    return revision.write()


@attack("T4", APPENDED, DAMAGED)
def one_entry_twice(sealed):
    revision = Revision(sealed).change(sealed.opinion, Rotate=b"180")
    return revision.row(sealed.opinion, len(sealed.data)).write()


@attack("T4", APPENDED, DAMAGED)
def entry_of_another_kind(sealed):
    """A cross-reference stream with an entry of type 3, which is to be read as a reference to nothing."""
    revision = Revision(sealed)
    revision.classic = False
    return revision.row(sealed.opinion, 0, 0, 3).write()


@attack("T4", "audit.generation-changed", DAMAGED)
def generation_changed(sealed):
    return Revision(sealed).put(sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180"), 1).write()


@attack("T4", "audit.annotation-removed", "revision.code-removed", classic_only=True)
def entry_set_back_to_the_original(sealed):
    """Nothing but an entry: the stamped page as it was before issue."""
    offset = sealed.data.index(b"\n%d 0 obj" % sealed.stamped, 0, sealed.original_size) + 1
    return Revision(sealed).row(sealed.stamped, offset).write()


def hybrid(sealed: Sealed, revision: Revision) -> Revision:
    """A table whose /XRefStm names another opinion page."""
    at = len(sealed.data)
    evil = b"%d 0 obj\n%s\nendobj\n" % (sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180"))
    number = revision.next
    revision.next += 1
    row = b"\1" + at.to_bytes(4, "big") + b"\0\0"
    entries = b"/Type/XRef/Size %d/W[1 4 2]/Index[%d 1]" % (number + 1, sealed.opinion)
    revision.gap = evil + b"%d 0 obj\n%s\nendobj\n" % (number, stream(row, entries))
    return revision.set(XRefStm=b"%d" % (at + len(evil)))


@attack("T5", APPENDED, DAMAGED, classic_only=True)
def hybrid_that_shadows_a_page(sealed):
    """The table says that the page is as it was, the stream another; programs differ in which they believe."""
    return hybrid(sealed, Revision(sealed)).row(sealed.opinion, sealed.offset(sealed.opinion)).write()


@attack("T5", "audit.page-changed", classic_only=True)
def hybrid_that_hides_an_object(sealed):
    """Only the stream tells of the new page; programs of old show the signed one."""
    return hybrid(sealed, Revision(sealed)).write()


# U1: default deny. What a page shows, and what is behind it.


def changing(what: Callable[[Sealed], int], **changes: bytes | None) -> Callable[[Sealed], bytes]:
    return lambda sealed: Revision(sealed).change(what(sealed), **changes).write()


def opinion(sealed):
    return sealed.opinion


def stamped(sealed):
    return sealed.stamped


def catalog(sealed):
    return sealed.root


def other_content(sealed):
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    return revision.change(sealed.opinion, Contents=b"%d 0 R" % content).write()


def content_in_place(sealed):
    number = sealed.content(sealed.opinion)
    return Revision(sealed).put(number, stream(sealed.object(number).data + b"\n" + WHITE)).write()


def content_added(sealed):
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    both = b"[%d 0 R %d 0 R]" % (sealed.content(sealed.opinion), content)
    return revision.change(sealed.opinion, Contents=both).write()


attacks("U1", "audit.contents-changed", {"content-exchanged": other_content, "content-in-place": content_in_place,
                                         "content-added-over-it": content_added})


@attack("U1", "audit.contents-changed")
def digit_of_the_opinion(sealed):
    """Another grade in the opinion: one glyph for another, as the forgers of 2022 did by editor."""
    number = sealed.content(sealed.opinion)
    content = sealed.object(number).data
    glyphs = list(re.finditer(rb"<([0-9A-F]{2})([0-9A-F]{2})", content))
    at = glyphs[len(glyphs) // 2]
    return Revision(sealed).put(number, stream(content[: at.start(1)] + at[2] + content[at.end(1) :])).write()


@attack("U1", "audit.resources-changed")
def resources_exchanged(sealed):
    revision = Revision(sealed)
    fonts = revision.add(b"<</Font<<>>>>")
    return revision.change(sealed.opinion, Resources=b"%d 0 R" % fonts).write()


@attack("U1", "audit.font-changed")
def fonts_exchanged(sealed):
    """The same codes, drawn by another font: F1 and F2 change places."""
    entries = {key[1:]: pdf(sealed.object(sealed.fonts).raw_get(key)) for key in sealed.object(sealed.fonts)}
    names = sorted(entries)
    entries[names[0]], entries[names[1]] = entries[names[1]], entries[names[0]]
    return Revision(sealed).put(sealed.fonts, dictionary(entries)).write()


@attack("U1", "audit.font-changed")
def font_program_exchanged(sealed):
    font = sealed.object(sealed.fonts)
    number = font.raw_get(sorted(font)[0]).idnum
    return Revision(sealed).change(number, ToUnicode=None, BaseFont=b"/Other").write()


@attack("U1", "audit.appearance-changed")
def our_stamp_drawn_otherwise(sealed):
    """Our stamp's drawing: white."""
    return Revision(sealed).put(sealed.appearance, form(WHITE)).write()


@attack("U1", "audit.font-changed")
def font_of_our_stamp(sealed):
    resources = sealed.object(sealed.appearance)["/Resources"]["/Font"]
    number = resources.raw_get(sorted(resources)[0]).idnum
    return Revision(sealed).change(number, BaseFont=b"/Other").write()


def kids(sealed, pages) -> bytes:
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    page = revision.add(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R>>" % (
        sealed.page_tree, content))
    listed = [page if number is None else number for number in pages(list(sealed.pages))]
    kids_text = b"[" + b" ".join(b"%d 0 R" % number for number in listed) + b"]"
    return revision.change(sealed.page_tree, Kids=kids_text, Count=b"%d" % len(listed)).write()


attacks("U1", "audit.page-tree-changed", {
    "page-added": lambda sealed: kids(sealed, lambda pages: [*pages, None]),
    "page-removed": lambda sealed: kids(sealed, lambda pages: [*pages[:11], *pages[12:]]),
    "page-exchanged": lambda sealed: kids(sealed, lambda pages: [*pages[:11], None, *pages[12:]]),
    "pages-swapped": lambda sealed: kids(sealed, lambda pages: [*pages[:10], pages[11], pages[10], *pages[12:]]),
    "page-twice": lambda sealed: kids(sealed, lambda pages: [*pages[:11], pages[10], *pages[12:]]),
})
attacks("U1", "audit.page-tree-changed", {
    "inherited-size-of-pages": changing(lambda sealed: sealed.page_tree, MediaBox=b"[0 0 1 1]"),
})
attacks("U1", "audit.page-changed", {
    "media-box": changing(opinion, MediaBox=b"[0 0 1 1]"),
    "crop-box": changing(opinion, CropBox=b"[0 0 595 300]"),
    "rotation": changing(opinion, Rotate=b"180"),
    "user-unit": changing(opinion, UserUnit=b"10"),
    "transparency-group": changing(opinion, Group=b"<</S/Transparency/CS/DeviceCMYK>>"),
})
attacks("U1", "audit.action-changed", {
    "open-action-script": changing(catalog, OpenAction=b"<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    "open-action-launch": changing(catalog, OpenAction=b"<</S/Launch/F(evil.exe)>>"),
    "open-action-address": changing(catalog, OpenAction=b"<</S/URI/URI(http://evil.example)>>"),
    "open-action-hides-our-stamp": lambda sealed: Revision(sealed).change(
        sealed.root, OpenAction=b"<</S/Hide/T %d 0 R>>" % sealed.stamp).write(),
    "actions-of-the-document": changing(catalog, AA=b"<</WP<</S/JavaScript/JS(x)>>>>"),
    "actions-of-a-page": changing(opinion, AA=b"<</O<</S/JavaScript/JS(x)>>>>"),
    "actions-of-our-field": changing(lambda sealed: sealed.field, AA=b"<</E<</S/JavaScript/JS(x)>>>>"),
})


@attack("U1", "audit.names-changed")
def scripts_among_the_names(sealed):
    revision = Revision(sealed)
    script = revision.add(b"<</S/JavaScript/JS(app.alert\\(1\\))>>")
    return revision.change(sealed.root, Names=b"<</JavaScript<</Names[(a)%d 0 R]>>>>" % script).write()


@attack("U1", "audit.embedded-files-changed")
def file_embedded(sealed):
    revision = Revision(sealed)
    file = revision.add(stream(b"evil", b"/Type/EmbeddedFile"))
    specification = revision.add(b"<</Type/Filespec/F(a.exe)/EF<</F %d 0 R>>>>" % file)
    return revision.change(sealed.root, Names=b"<</EmbeddedFiles<</Names[(a)%d 0 R]>>>>" % specification).write()


attacks("U1", "audit.xfa-changed", {"second-form": changing(lambda sealed: sealed.form, XFA=b"(<xdp/>)")})
@attack("U1", "audit.object-rewritten")
def second_form_of_another_generation(sealed):
    """For programs that heed no generation the form has a second one."""
    revision = Revision(sealed)
    number = revision.add(stream(b"<xdp:xdp/>"))
    revision.change(sealed.root, DSS=b"<</Certs[%d 0 R]>>" % number)
    return revision.change(sealed.form, XFA=b"%d 1 R" % number).write()


attacks("U1", "audit.form-changed", {
    "appearances-regenerated": changing(lambda sealed: sealed.form, NeedAppearances=b"true"),
    "form-without-flags": changing(lambda sealed: sealed.form, SigFlags=b"0"),
    "form-taken-off": changing(catalog, AcroForm=None),
})
attacks("U1", "audit.outlines-changed", {"bookmarks": changing(catalog, Outlines=b"<</Type/Outlines>>")})
attacks("U1", "audit.structure-tree-changed", {"structure-tree": changing(catalog, StructTreeRoot=b"<<>>")})
attacks("U1", "audit.catalog-changed", {
    "viewer-preferences": changing(catalog, ViewerPreferences=b"<</HideToolbar true>>"),
    "version-of-the-catalog": changing(catalog, Version=b"/1.7"),
    "page-labels": changing(catalog, PageLabels=b"<</Nums[0<</S/r>>]>>"),
})


@attack("U1", "audit.optional-content-changed")
def layer_that_hides_our_stamp(sealed):
    revision = Revision(sealed)
    group = revision.add(b"<</Type/OCG/Name(hidden)>>")
    revision.change(sealed.root, OCProperties=b"<</OCGs[%d 0 R]/D<</OFF[%d 0 R]>>>>" % (group, group))
    return revision.change(sealed.stamp, OC=b"%d 0 R" % group).write()


@attack("U1", "audit.catalog-replaced", LATER)
def another_root(sealed):
    revision = Revision(sealed)
    root = revision.add(sealed.dictionary(sealed.root, Outlines=None))
    return revision.set(Root=b"%d 0 R" % root).write()


@attack("U1", "audit.catalog-replaced")
def root_of_other_pages(sealed):
    """Everything of ours stays in the file and in its place; the pages are others."""
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    tree = revision.next + 1
    page = revision.add(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Annots[%d 0 R]>>" % (
        tree, content, sealed.stamp))
    revision.add(b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % page)
    root = revision.add(sealed.dictionary(sealed.root, Pages=b"%d 0 R" % tree))
    return revision.set(Root=b"%d 0 R" % root).write()


attacks("U1", "audit.information-changed", {
    "title": changing(lambda sealed: sealed.info, Title=b"(Another)"),
    "producer": changing(lambda sealed: sealed.info, Producer=b"(Another)"),
    "information-left-out": lambda sealed: Revision(sealed).set(Info=None).write(),
})
attacks("U1", "audit.identifier-changed", {
    "first-identifier": lambda sealed: Revision(sealed).set(ID=b"[<00><00>]").write(),
    "identifier-left-out": lambda sealed: Revision(sealed).set(ID=None).write(),
})
attacks("U1", "audit.size-smaller", {"size-smaller": lambda sealed: sized(sealed, 20)})


def sized(sealed, size):
    """Old objects beyond /Size are none, for programs that heed it."""
    revision = Revision(sealed)
    revision.classic = True
    revision.size = size
    return revision.write()


@attack("U1", "audit.metadata-changed")
def metadata(sealed):
    revision = Revision(sealed)
    number = revision.add(stream(b"<x:xmpmeta/>", b"/Type/Metadata/Subtype/XML"))
    return revision.change(sealed.root, Metadata=b"%d 0 R" % number).write()


@attack("U1", "audit.object-orphan")
def object_that_nothing_uses(sealed):
    revision = Revision(sealed)
    revision.add(stream(WHITE))
    return revision.write()


@attack("U1", "audit.object-rewritten")
def font_written_again(sealed):
    return Revision(sealed).change(sealed.fonts).write()


@attack("U1", "audit.object-supplied")
def missing_object_supplied(sealed):
    """First a harmless revision that names a missing object, then one that brings it as a certificate."""
    missing = sealed.size + 50
    first = Revision(sealed).change(sealed.opinion, CropBox=b"%d 0 R" % missing).write()
    revision = Revision(sealed, first).put(missing, b"[0 0 9 9]")
    return revision.change(sealed.root, DSS=b"<</Certs[%d 0 R]>>" % missing).write()


# U2: the allowed revisions, with something else besides.


def with_proofs(revision: Revision) -> Revision:
    certificate = revision.add(stream(b"certificate"))
    return revision.change(revision.sealed.root, DSS=b"<</Type/DSS/Certs[%d 0 R]>>" % certificate)


attacks("U2", "audit.page-changed", {
    "proofs-and-a-page": lambda sealed: with_proofs(Revision(sealed)).change(sealed.opinion, Rotate=b"180").write(),
    "timestamp-and-a-page-size": lambda sealed: signed_revision(
        Revision(sealed).change(sealed.pages[3], MediaBox=b"[0 0 1 1]"), timestamp=True),
})
attacks("U2", "audit.contents-changed", {
    "timestamp-and-content": lambda sealed: signed_revision(
        Revision(sealed).put(sealed.content(sealed.opinion), stream(WHITE)), timestamp=True),
    "proof-that-is-the-page-content": lambda sealed: Revision(sealed).put(
        sealed.content(sealed.opinion), stream(b"certificate")).change(
            sealed.root, DSS=b"<</Certs[%d 0 R]>>" % sealed.content(sealed.opinion)).write(),
})
attacks("U2", "audit.validation-data-form", {
    "proofs-with-another-key": changing(catalog, DSS=b"<</Other 3>>"),
    "proofs-with-an-entry-of-another-form": changing(catalog, DSS=b"<</VRI<</AB<</Other 3>>>>>>"),
})
attacks("U2", "audit.extensions-changed", {
    "extensions-with-a-dictionary": changing(catalog, Extensions=b"<</ADBE<</BaseVersion<</S/URI>>>>>>"),
    "extensions-with-another-key": changing(catalog, Extensions=b"<</ADBE<</Evil(x)>>>>"),
})


@attack("U2", "audit.validation-data-replaced")
def proofs_overwritten(sealed):
    first = with_proofs(Revision(sealed)).write()
    return Revision(sealed, first).put(sealed.size, stream(b"other")).write()


@attack("U2", "audit.validation-data-removed")
def proofs_removed(sealed):
    first = with_proofs(Revision(sealed)).write()
    return Revision(sealed, first).change(sealed.root).write()


@attack("U2", "audit.timestamp-visible")
def timestamp_with_a_box(sealed):
    revision = Revision(sealed)
    look = revision.add(form(WHITE))
    return signed_revision(revision, timestamp=True, rectangle=b"0 0 595 842", field=b"/AP<</N %d 0 R>>" % look)


@attack("U2", "audit.javascript-changed")
def timestamp_with_a_script(sealed):
    return signed_revision(Revision(sealed), timestamp=True, field=b"/Next<</S/JavaScript/JS(x)>>")


@attack("U2", "audit.action-changed")
def timestamp_with_an_action(sealed):
    return signed_revision(Revision(sealed), timestamp=True, field=b"/A<</S/URI/URI(http://evil.example)>>")


@attack("U2", "audit.annotation-added")
def timestamp_and_an_annotation(sealed):
    revision = Revision(sealed)
    look = revision.add(form(WHITE))
    note = revision.add(b"<</Type/Annot/Subtype/Stamp/Rect[0 0 595 842]/F 4/AP<</N %d 0 R>>>>" % look)
    value = revision.add(signature_dictionary(b"/ETSI.RFC3161"))
    field = revision.next
    add_field(revision, b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Later)/V %d 0 R/Rect[0 0 0 0]>>" % value, field, note)
    return fill_signature(revision.write(), timestamp_of, len(sealed.data))


@attack("U2", "timestamp.imprint")
def timestamp_over_something_else(sealed):
    return signed_revision_by(sealed, lambda digest: timestamp_of(bytes(32)))


def signed_revision_by(sealed, make):
    revision = Revision(sealed)
    value = revision.add(signature_dictionary(b"/ETSI.RFC3161"))
    add_field(revision, b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Later)/V %d 0 R/Rect[0 0 0 0]/F 132>>" % value)
    return fill_signature(revision.write(), make, len(sealed.data))


# U2, sneaky signatures; U3, U4, U6.


attacks("U2", "audit.signature-forbidden", {
    "second-signature-invisible": lambda sealed: signed_revision(Revision(sealed)),
    "second-signature-over-the-opinion": lambda sealed: signature_over(sealed),
    "empty-signature-field": lambda sealed: empty_field(sealed),
    "second-signature-by-another-program": lambda sealed: signed_by_pyhanko(sealed, "Second"),
})


def signature_over(sealed):
    revision = Revision(sealed)
    look = revision.add(form(WHITE))
    return signed_revision(revision, rectangle=b"0 0 595 842", field=b"/AP<</N %d 0 R>>" % look)


def empty_field(sealed):
    revision = Revision(sealed)
    add_field(revision, b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Later)/Rect[0 0 595 842]/F 4>>")
    return revision.write()


def signed_by_pyhanko(sealed, name, **options):
    key, certificate = forger()
    signer = signers.SimpleSigner(certificate, private_info(key), SimpleCertificateStore())
    out = io.BytesIO()
    metadata_ = PdfSignatureMetadata(field_name=name, **options)
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(sealed.data)), metadata_, signer=signer, output=out)
    return out.getvalue()


@attack("U6", "audit.signature-shared", LATER)
def one_signature_in_two_fields(sealed):
    revision = Revision(sealed)
    value = revision.add(signature_dictionary(b"/ETSI.RFC3161"))
    other = revision.add(b"<</FT/Sig/T(Other)/V %d 0 R/Rect[0 0 0 0]>>" % value)
    add_field(revision, b"<</FT/Sig/T(Later)/V %d 0 R/Rect[0 0 0 0]>>" % value)
    revision.objects[sealed.form] = revision.objects[sealed.form].replace(b"]", b" %d 0 R]" % other, 1)
    return fill_signature(revision.write(), timestamp_of, len(sealed.data))


@attack("U6", "audit.signature-old", LATER)
def our_signature_in_a_field_of_the_forgers(sealed):
    revision = Revision(sealed)
    add_field(revision, b"<</FT/Sig/T(Later)/V %d 0 R/Rect[0 0 595 842]>>" % sealed.signature)
    return revision.write()


attacks("U2", "audit.signature-removed", {"signature-emptied": changing(lambda sealed: sealed.field, V=None)})
attacks("U2", "audit.field-removed", {"field-taken-off": changing(lambda sealed: sealed.form, Fields=b"[]")})


@attack("U2", "audit.signature-replaced", LATER)
def signature_exchanged(sealed):
    revision = Revision(sealed)
    value = revision.add(signature_dictionary(b"/ETSI.CAdES.detached"))
    revision.change(sealed.field, V=b"%d 0 R" % value)
    return fill_signature(revision.write(), signature_of, len(sealed.data))


@attack("U2", "audit.byte-range-elsewhere")
def signature_overwritten(sealed):
    """Incremental saving with a copy of our signature, in its place."""
    return Revision(sealed).change(sealed.signature, Name=b"(Another)").write()


attacks("U3", "audit.object-freed", {
    "our-appearance-freed": lambda sealed: Revision(sealed).free(sealed.appearance).write(),
    "content-freed": lambda sealed: Revision(sealed).free(sealed.content(sealed.opinion)).write(),
    "signature-freed": lambda sealed: Revision(sealed).free(sealed.signature).write(),
})
attacks("U3", "audit.object-freed", {
    "record-freed": lambda sealed: Revision(sealed).free(
        sealed.object(sealed.stamp).raw_get("/SJRecord").idnum).write(),
}, "record.missing")
attacks("U3", "audit.object-freed", {"our-stamp-freed": lambda sealed: Revision(sealed).free(sealed.stamp).write()},
        "revision.code-removed")
attacks("U4", "audit.type-changed", {
    "font-becomes-a-list": lambda sealed: Revision(sealed).put(sealed.fonts, b"[]").write(),
    "content-becomes-a-form": lambda sealed: Revision(sealed).put(
        sealed.content(sealed.opinion), b"<</Type/Annot>>").write(),
})


# U7 and evil annotations.


def annotated(annotation: bytes, page: Callable[[Sealed], int] = opinion, before: bool = False):
    def forge(sealed: Sealed) -> bytes:
        revision = Revision(sealed)
        # A drawing that nothing uses would be found for that alone.
        look = b"<</N %d 0 R>>" % revision.add(form(WHITE)) if b"LOOK" in annotation else b""
        number = revision.add(annotation.replace(b"LOOK", look))
        ours = b" ".join(sealed.annotations(page(sealed)))
        new = b"%d 0 R" % number
        both = b"%s %s" % ((new, ours) if before else (ours, new))
        return revision.change(page(sealed), Annots=b"[%s]" % both).write()

    return forge


AREA = b"/Rect[0 0 595 842]/F 4"
attacks("U7", "audit.annotation-added", {
    "free-text": annotated(b"<</Type/Annot/Subtype/FreeText%s/Contents(ten)/DA(/F1 12 Tf)/AP LOOK>>" % AREA),
    "stamp-annotation": annotated(b"<</Type/Annot/Subtype/Stamp%s/AP LOOK>>" % AREA),
    "white-square": annotated(b"<</Type/Annot/Subtype/Square%s/IC[1 1 1]/C[1 1 1]/AP LOOK>>" % AREA),
    "white-ink-without-a-box": annotated(b"<</Type/Annot/Subtype/Ink/Rect[0 0 0 0]/F 4/InkList[[0 421 595 421]]"
                                         b"/BS<</W 842>>/C[1 1 1]>>"),
    "redaction": annotated(b"<</Type/Annot/Subtype/Redact%s/IC[1 1 1]>>" % AREA),
    "link": annotated(b"<</Type/Annot/Subtype/Link%s/A<</S/URI/URI(http://evil.example)>>>>" % AREA),
    "over-our-stamp": annotated(b"<</Type/Annot/Subtype/Stamp%s/AP LOOK>>" % AREA, stamped),
    "under-our-stamp": annotated(b"<</Type/Annot/Subtype/Stamp%s/AP LOOK>>" % AREA, stamped, True),
    "widget-that-is-no-field's": annotated(b"<</Type/Annot/Subtype/Widget%s/AP LOOK>>" % AREA),
    "hidden-note": annotated(b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/F 2/Contents(x)>>"),
})
attacks("U7", "audit.annotation-changed", {
    "our-stamp-moved": changing(lambda sealed: sealed.stamp, Rect=b"[0 0 99 99]"),
    "our-stamp-hidden": changing(lambda sealed: sealed.stamp, F=b"2"),
    "our-stamp-of-another-appearance": lambda sealed: other_look(sealed),
    "text-of-our-stamp": changing(lambda sealed: sealed.stamp, Contents=b"(x)"),
}, LATER)
attacks("U7", "audit.annotation-changed", {
    "code-of-our-stamp": changing(lambda sealed: sealed.stamp, SJCode=b"(x)"),
}, "code.malformed")
attacks("U7", "audit.field-changed", {
    "widget-made-visible": changing(lambda sealed: sealed.field, Rect=b"[0 0 595 842]"),
    "widget-flags": changing(lambda sealed: sealed.field, F=b"4"),
    "name-of-our-field": changing(lambda sealed: sealed.field, T=b"(Other)"),
})
attacks("U7", "audit.appearance-changed", {
    "widget-given-a-drawing": lambda sealed: Revision(sealed).put(sealed.field + 1, form(WHITE)).write(),
})
attacks("U7", "audit.annotation-removed", {
    "our-stamp-taken-off": lambda sealed: Revision(sealed).change(
        sealed.stamped, Annots=b"[%s]" % sealed.annotations(sealed.stamped)[0]).write(),
    "annotations-taken-off": lambda sealed: Revision(sealed).change(sealed.stamped, Annots=b"[]").write(),
}, "revision.code-removed")
attacks("U7", "audit.annotation-removed", {
    "annotations-reordered": lambda sealed: Revision(sealed).change(
        sealed.stamped, Annots=b"[%s]" % b" ".join(reversed(sealed.annotations(sealed.stamped)))).write(),
})


def other_look(sealed):
    revision = Revision(sealed)
    look = revision.add(form(WHITE))
    return revision.change(sealed.stamp, AP=b"<</N %d 0 R>>" % look).write()


@attack("U7", "audit.field-added")
def form_field_added_and_filled(sealed):
    revision = Revision(sealed)
    look = revision.add(form(WHITE))
    add_field(revision, b"<</Type/Annot/Subtype/Widget/FT/Tx/T(grade)/V(9)%s/AP<</N %d 0 R>>>>" % (AREA, look))
    return revision.write()


@attack("U7", "audit.field-added")
def field_below_ours(sealed):
    revision = Revision(sealed)
    kid = revision.add(b"<</Type/Annot/Subtype/Widget/FT/Tx/T(grade)/V(9)%s/Parent %d 0 R>>" % (AREA, sealed.field))
    return revision.change(sealed.field, Kids=b"[%d 0 R]" % kid).write()


# P1: certification.


@attack("P1", "cms.digest-differs", DIFFERS)
def permission_in_place(sealed):
    at = sealed.data.rindex(b"/TransformParams/P 2/") + len(b"/TransformParams/P ")
    return sealed.data[:at] + b"3" + sealed.data[at + 1 :]


@attack("P1", NO_FAILURE, DIFFERS)
def permission_sealed_by_another(sealed):
    return sealed_again(sealed, edit=lambda objects: objects.update(
        {sealed.signature: objects[sealed.signature].replace(b"/P 2/V", b"/P 3/V")}))


@attack("P1", "audit.byte-range-elsewhere")
def permission_by_a_revision(sealed):
    reference = pdf(sealed.object(sealed.signature)["/Reference"]).replace(b"/P 2", b"/P 3")
    return Revision(sealed).change(sealed.signature, Reference=reference).write()


attacks("P1", "audit.certification-changed", {"permissions-removed": changing(catalog, Perms=None)})


@attack("P1", "audit.certification-changed")
def permissions_of_another_signature(sealed):
    revision = Revision(sealed)
    value = revision.add(signature_dictionary(b"/ETSI.CAdES.detached", b"/Reference[<</Type/SigRef/TransformMethod"
                                              b"/DocMDP/TransformParams<</Type/TransformParams/P 3/V/1.2>>>>]"))
    add_field(revision, b"<</FT/Sig/T(Later)/V %d 0 R/Rect[0 0 0 0]>>" % value)
    revision.change(sealed.root, Perms=b"<</DocMDP %d 0 R>>" % value)
    return fill_signature(revision.write(), signature_of, len(sealed.data))


@attack("P1", "audit.certification-several", LATER)
def second_certification(sealed):
    return signed_revision(Revision(sealed), signature=b"/Reference[<</Type/SigRef/TransformMethod/DocMDP"
                           b"/TransformParams<</Type/TransformParams/P 3/V/1.2>>>>]")


# S1: the seal revision, changed and sealed anew by the forger, whose signature is faultless.


def within_seal(number: Callable[[Sealed], int], old: bytes, new: bytes) -> Callable[[Sealed], bytes]:
    def forge(sealed: Sealed) -> bytes:
        def edit(objects):
            assert old in objects[number(sealed)]
            objects[number(sealed)] = objects[number(sealed)].replace(old, new, 1)

        return sealed_again(sealed, edit=edit)

    return forge


attacks("S1", NO_FAILURE, {
    "space-behind-the-catalog": within_seal(catalog, b"endobj", b" endobj"),
    "catalog-with-layers": within_seal(catalog, b"/AcroForm", b"/OCProperties<<>>/AcroForm"),
    "visible-widget": within_seal(lambda sealed: sealed.field, b"/Rect[0 0 0 0]", b"/Rect[0 0 595 842]"),
    "form-with-a-second-form": within_seal(lambda sealed: sealed.form, b"/SigFlags", b"/XFA(x)/SigFlags"),
    "sub-filter-with-more": within_seal(lambda sealed: sealed.signature, b"/M<", b"/Name(Court)/M<"),
}, DIFFERS)
attacks("S1", NO_FAILURE, {
    "rotation-of-the-stamped-page": within_seal(lambda sealed: sealed.stamped, b"/Contents", b"/Rotate 180/Contents"),
}, "revision.shape")


@attack("S1", NO_FAILURE, "stamp.moved")
def stamp_moved_among_the_sealed(sealed):
    """All of it moved up, as a layout would have it; only the record says where the stamp was."""

    def edit(objects):
        text = objects[sealed.stamp]
        left, bottom, right, top = re.search(rb"/Rect\[(\S+) (\S+) (\S+) ([^]]+)\]", text).groups()
        bottom, top = (b"%g" % (round(float(value) + 300, 3)) for value in (bottom, top))
        objects[sealed.stamp] = re.sub(rb"/Rect\[[^]]*\]", b"/Rect[%s %s %s %s]" % (left, bottom, right, top), text)

    return sealed_again(sealed, edit=edit)


@attack("S1", NO_FAILURE, "revision.shape")
def annotation_among_the_sealed(sealed):
    def edit(objects):
        objects[sealed.form + 1] = b"%d 0 obj\n<</Type/Annot/Subtype/Stamp/Rect[0 0 595 842]>>\nendobj\n" % (
            sealed.form + 1)
        page = objects[sealed.stamped]
        objects[sealed.stamped] = page.replace(b"/Annots[", b"/Annots[%d 0 R " % (sealed.form + 1))

    return sealed_again(sealed, edit=edit)


@attack("S1", NO_FAILURE, "stamp.content")
def white_over_the_sealed_stamp(sealed):
    def edit(objects):
        content = sealed.object(sealed.appearance).data + b"1 g\n0 0 999 999 re\nf\n"
        packed = zlib.compress(content, 9)
        head, _ = objects[sealed.appearance].split(b"\nstream\n", 1)
        head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head)
        objects[sealed.appearance] = head + b"\nstream\n" + packed + b"\nendstream\nendobj\n"

    return sealed_again(sealed, edit=edit)


@attack("S1", NO_FAILURE, "record.differs")
def record_among_the_sealed(sealed):
    """The record says that the report was issued without a seal; but the code's signature says which record."""
    number = sealed.object(sealed.stamp).raw_get("/SJRecord").idnum

    def edit(objects):
        head, rest = objects[number].split(b"\nstream\n", 1)
        objects[number] = head + b"\nstream\n" + rest[:40] + bytes([rest[40] ^ 1]) + rest[41:]

    return sealed_again(sealed, edit=edit)


# Forgeries that passed at first.


def other_pages(revision: Revision) -> int:
    """A catalog of another first page, grey all over; the other pages are ours."""
    sealed = revision.sealed
    content = revision.add(stream(b"0.5 g 0 0 595 842 re f"))
    tree = revision.next + 1
    page = revision.add(sealed.dictionary(sealed.stamped, Contents=b"%d 0 R" % content, Parent=b"%d 0 R" % tree))
    listed = b" ".join(b"%d 0 R" % number for number in [page, *sealed.pages[1:]])
    revision.add(b"<</Type/Pages/Kids[%s]/Count %d>>" % (listed, len(sealed.pages)))
    return revision.add(b"<</Type/Catalog/Pages %d 0 R>>" % tree)


@attack("B4", "audit.duplicate-key", ANY)
def root_twice(sealed):
    """poppler, MuPDF and PDFium show the forger's page."""
    revision = Revision(sealed)
    root = other_pages(revision)
    return revision.set(Root=b"%d 0 R/Root %d 0 R" % (sealed.root, root)).write()


@attack("B4", "audit.duplicate-key", ANY)
def previous_section_twice(sealed):
    """For some viewers the seal revision is leapt over."""
    first = int(re.findall(rb"startxref\s+(\d+)", sealed.data)[-2])
    return Revision(sealed).set(Prev=b"%d/Prev %d" % (sealed.startxref, first)).write()


@attack("B4", "audit.duplicate-key", ANY)
def object_stream_with_two_beginnings(sealed):
    """poppler shows the page turned."""
    revision = Revision(sealed)
    revision.classic = False
    head = b"%d 0 " % sealed.opinion
    good = sealed.dictionary(sealed.opinion) + b" "
    data = head + good + sealed.dictionary(sealed.opinion, Rotate=b"180")
    number = revision.add(stream(data, b"/Type/ObjStm/N 1/First %d/First %d" % (len(head), len(head + good))))
    return revision.row(sealed.opinion, number, 0, 2).write()


def timestamp_with_kids(sealed, kids_text: Callable[[Revision], tuple[bytes, int]]) -> bytes:
    """A document timestamp whose field has kids, one of which stands among the annotations of the opinion's page."""
    revision = Revision(sealed)
    listed, shown = kids_text(revision)
    value = revision.add(signature_dictionary(b"/ETSI.RFC3161"))
    add_field(revision, b"<</FT/Sig/T(Later)/V %d 0 R/Kids[%s]>>" % (value, listed), shown)
    return fill_signature(revision.write(), timestamp_of, len(sealed.data))


def timestamp_with_a_kid(entries: bytes, before: bytes = b"", generation: int = 0):
    def kid(revision: Revision):
        # A drawing that nothing uses would be found for that alone.
        look = b"<</N %d 0 R>>" % revision.add(form(WHITE)) if b"LOOK" in entries else b""
        number = revision.add(b"<</Type/Annot/F 4%s>>" % entries.replace(b"LOOK", look))
        return before + b"%d %d R" % (number, generation), number

    return lambda sealed: timestamp_with_kids(sealed, kid)


BOX = b"/Rect[0 0 595 842]/AP LOOK"
NO_BOX = b"/Rect[0 0 0 0]"
attacks("U7", "audit.signature-field-form", {
    # Black over the opinion in poppler, MuPDF and PDFium.
    "timestamp-with-a-highlight": timestamp_with_a_kid(
        b"/Subtype/Highlight%s/QuadPoints[0 842 595 842 0 0 595 0]/C[0 0 0]" % NO_BOX),
    # White over the opinion in poppler and MuPDF.
    "timestamp-with-a-polygon": timestamp_with_a_kid(
        b"/Subtype/Polygon%s/Vertices[0 0 595 0 595 842 0 842]/IC[1 1 1]/C[1 1 1]" % NO_BOX),
    "timestamp-with-ink": timestamp_with_a_kid(
        b"/Subtype/Ink%s/InkList[[0 421 595 421]]/BS<</W 842>>/C[1 1 1]" % NO_BOX),
    "timestamp-with-a-note": timestamp_with_a_kid(b"/Subtype/Text/Rect[300 400 300 400]/Open true/Contents(ten)"),
    "timestamp-with-a-text-field": timestamp_with_a_kid(b"/Subtype/Widget/FT/Tx/V(ten)%s" % NO_BOX),
}, ANY)
attacks("U2", "audit.signature-field-form", {
    # White over the opinion in poppler, MuPDF and PDFium.
    "timestamp-with-a-kid-of-another-generation": timestamp_with_a_kid(b"/Subtype/Stamp" + BOX, generation=1),
}, ANY)
attacks("U2", "audit.signature-field-form", {
    # White over the opinion in poppler, as the next ones.
    "timestamp-with-many-kids": timestamp_with_a_kid(b"/Subtype/Widget" + BOX, b"null " * 4100),
}, ANY)
attacks("B4", "audit.duplicate-key", {
    "timestamp-with-two-boxes": timestamp_with_a_kid(b"/Subtype/Widget/Rect[0 0 0 0]" + BOX),
}, ANY)


@attack("U2", "audit.signature-field-form", ANY)
def timestamp_with_a_kid_of_a_kid(sealed):
    def grandchild(revision):
        look = revision.add(form(WHITE))
        kid = revision.add(b"<</Type/Annot/Subtype/Widget/F 4/Rect[0 0 595 842]/AP<</N %d 0 R>>>>" % look)
        return b"%d 0 R" % revision.add(b"<</Kids[%d 0 R]>>" % kid), kid

    return timestamp_with_kids(sealed, grandchild)


@attack("P1", "audit.certification-second", ANY)
def timestamp_that_certifies(sealed):
    return signed_revision(Revision(sealed), timestamp=True, signature=b"/Reference[<</Type/SigRef"
                           b"/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 3/V/1.2>>>>]")


@attack("U2", "audit.field-added", ANY)
def timestamp_of_our_name(sealed):
    revision = Revision(sealed)
    value = revision.add(signature_dictionary(b"/ETSI.RFC3161"))
    add_field(revision, b"<</Type/Annot/Subtype/Widget/FT/Sig/T(SJSeal)/V %d 0 R/Rect[0 0 0 0]/F 132>>" % value)
    return fill_signature(revision.write(), timestamp_of, len(sealed.data))


def supplied_as_proof(sealed, value: Callable[[Revision], bytes], key: str) -> bytes:
    """An entry that refers to another generation of an object that is there, as a proof of nothing."""
    revision = Revision(sealed)
    number = revision.add(value(revision))
    revision.change(sealed.root, DSS=b"<</Certs[%d 0 R]>>" % number)
    return revision.change(sealed.opinion, **{key: b"%d 1 R" % number}).write()


@attack("U1", "audit.reference-missing", ANY)
def annotations_of_another_generation(sealed):
    """MuPDF and PDFium show the forger's stamp over the opinion."""

    def listed(revision):
        look = revision.add(form(WHITE))
        return b"[%d 0 R]" % revision.add(b"<</Type/Annot/Subtype/Stamp%s/AP<</N %d 0 R>>>>" % (AREA, look))

    return supplied_as_proof(sealed, listed, "Annots")


@attack("U1", "audit.reference-missing", ANY)
def crop_box_of_another_generation(sealed):
    """MuPDF and PDFium show an empty corner of the page."""
    return supplied_as_proof(sealed, lambda revision: b"[0 0 9 9]", "CropBox")


@attack("T5", "audit.hybrid-views", ANY, classic_only=True)
def hybrid_that_frees_the_opinion(sealed):
    """MuPDF shows an empty page."""
    revision = Revision(sealed)
    row = b"\1" + sealed.offset(sealed.opinion).to_bytes(4, "big") + b"\0\0"
    number = revision.next
    entries = b"/Type/XRef/Size %d/W[1 4 2]/Index[%d 1]" % (number + 1, sealed.opinion)
    revision.add(stream(row, entries))
    return revision.set(XRefStm=b"%d" % len(sealed.data)).row(sealed.opinion, 0, 65535, 0).write()


# Nothing of these is shown by any viewer tried; yet they are none of what a later revision may hold.


def in_object_stream(sealed, *objects: tuple[int, bytes]) -> Revision:
    """Objects in one object stream; the first is named by the cross-reference, the others are not."""
    revision = Revision(sealed)
    revision.classic = False
    head, body = b"", b""
    for number, content in objects:
        head += b"%d %d " % (number, len(body))
        body += content + b" "
    container = revision.add(stream(head + body, b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))))
    return revision.row(objects[0][0], container, 0, 2)


@attack("T3", "audit.object-hidden", ANY)
def object_stream_with_a_catalog_twice(sealed):
    evil = sealed.dictionary(sealed.root, Pages=b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % sealed.pages[1])
    return in_object_stream(sealed, (sealed.root, sealed.dictionary(sealed.root)), (sealed.root, evil)).write()


@attack("T3", "audit.object-hidden", ANY)
def object_stream_with_a_hidden_page(sealed):
    return in_object_stream(sealed, (sealed.root, sealed.dictionary(sealed.root)),
                            (sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180"))).write()


attacks("U1", "audit.object-rewritten", {
    "catalog-written-again": changing(catalog),
    "page-written-again": changing(opinion),
    "field-written-again": changing(lambda sealed: sealed.field),
}, ANY)
attacks("U1", "audit.reference-missing", {"catalog-that-names-a-missing-object": changing(catalog, AA=b"99999 0 R")}, ANY)


@attack("U1", "audit.trailer-changed", ANY)
def trailer_with_an_entry_more(sealed):
    revision = Revision(sealed)
    hidden = revision.add(stream(WHITE))
    return revision.set(Hidden=b"%d 0 R" % hidden).write()


@attack("U2", "audit.extensions-changed", ANY)
def extensions_with_a_page(sealed):
    revision = Revision(sealed)
    hidden = revision.add(sealed.dictionary(sealed.opinion, Rotate=b"180"))
    return revision.change(sealed.root, Extensions=b"<</Type %d 0 R>>" % hidden).write()


@attack("U2", "audit.validation-data-form", ANY)
def proof_that_is_a_page(sealed):
    revision = Revision(sealed)
    hidden = revision.add(sealed.dictionary(sealed.opinion, Rotate=b"180"))
    return revision.change(sealed.root, DSS=b"<</Certs[%d 0 R]>>" % hidden).write()


@attack("B4", "audit.duplicate-key", ANY)
def proofs_twice(sealed):
    return changing(catalog, DSS=b"<</Certs[]/Certs[1 0 R]>>")(sealed)


@attack("T1", "audit.white-space", ANY)
def white_space_without_end(sealed):
    revision = Revision(sealed)
    revision.gap = b" " * 100_000
    return revision.write()


@attack("T1", "audit.white-space", ANY)
def white_space_behind_the_end(sealed):
    """Viewers look for startxref in the last 1,024 bytes; one that repairs finds the page in the proof."""
    revision = Revision(sealed)
    page = b"\n%d 0 obj\n%s\nendobj\n" % (sealed.opinion, sealed.dictionary(sealed.opinion, Rotate=b"180"))
    number = revision.add(stream(page))
    return revision.change(sealed.root, DSS=b"<</Certs[%d 0 R]>>" % number).write() + b" " * 1500


# What may stand behind our seal, so that nobody closes a hole by refusing everything.


def with_second_identifier(sealed):
    revision = with_proofs(Revision(sealed))
    first = sealed.identifier[: sealed.identifier.index(b">") + 1]
    return revision.set(ID=first + b"<00>]").write()


LAWFUL = {
    "proofs": lambda sealed: with_proofs(Revision(sealed)).write(),
    "timestamp": lambda sealed: signed_revision(Revision(sealed), timestamp=True),
    "proofs-and-timestamp": lambda sealed: signed_revision(with_proofs(Revision(sealed)), timestamp=True),
    "extensions": changing(catalog, Extensions=b"<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>"),
    "second-identifier": with_second_identifier,
}


# The whole file written anew.


def by_qpdf(*arguments: str) -> Callable[[Sealed], bytes]:
    def forge(sealed: Sealed) -> bytes:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as source, tempfile.NamedTemporaryFile(suffix=".pdf") as made:
            source.write(sealed.data)
            source.flush()
            subprocess.run(["qpdf", *arguments, source.name, made.name], check=True)
            return made.read()

    return forge


attacks("S1", "audit.byte-range-elsewhere", {"linearized-copy": by_qpdf("--linearize")}, "original.changed")
attacks("S1", "audit.byte-range-beyond", {"copy-of-another-program": by_qpdf("--object-streams=generate")},
        "original.changed")
attacks("S1", "audit.byte-range-elsewhere", {
    "encrypted-copy": by_qpdf("--encrypt", "", "owner", "256", "--"),
}, "structure.encrypted")

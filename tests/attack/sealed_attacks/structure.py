"""B4, B5, and bytes that belong to nothing (T1, T2); the whole file written anew (S1)."""

import re
import subprocess
import tempfile
from collections.abc import Callable

from forging import WHITE, Revision, Sealed, seal_objects, sealed_again, stream
from .byte_range import byte_range
from .table import APPENDED, DAMAGED, DIFFERS, NOTHING_SIGNED, UNREADABLE, attack, attacks

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

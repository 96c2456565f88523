"""Forgeries that passed at first."""

import re
from collections.abc import Callable

from forging import (WHITE, Revision, add_field, fill_signature, form, signature_dictionary, signed_revision, stream,
                     timestamp_of)
from .annotations import AREA
from .table import ANY, attack, attacks


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

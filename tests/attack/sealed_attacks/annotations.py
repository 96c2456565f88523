"""U7 and evil annotations."""

from collections.abc import Callable

from forging import WHITE, Revision, Sealed, add_field, form
from .pages import changing, opinion, stamped
from .table import LATER, attack, attacks


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

"""S1: the seal revision, changed and sealed anew by the forger, whose signature is faultless."""

import re
import zlib
from collections.abc import Callable

from forging import Sealed, sealed_again
from .pages import catalog
from .table import DIFFERS, NO_FAILURE, attack, attacks


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

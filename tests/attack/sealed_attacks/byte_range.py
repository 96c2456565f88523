"""B1, B2: what the signature says that it covers, and the gap (universal signature forgery)."""

import re
from collections.abc import Callable

from forging import Revision, Sealed, add_field, join_seal, seal_objects
from .table import DAMAGED, DIFFERS, LATER, NO_FAILURE, attack, attacks

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

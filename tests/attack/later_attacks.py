"""Attacks on reports that have later revisions of ours: proofs, document timestamps, countersignatures.

Each is made from a file of level B-LTA, from the one of level B-LT before it, or from a countersigned one. The forger knows
the form that our revisions have, and keeps to it but for one thing.
"""

import dataclasses
import hashlib
import re
from collections.abc import Callable

from forging import (RANGE, ROOM, WHITE, Revision, Sealed, fill_signature, form, signature_dictionary,
                     signed_revision, stream, timestamp_of, with_revision)


@dataclasses.dataclass(frozen=True)
class Later:
    """A file at each step, and where its newest revision begins."""

    sealed: Sealed  # the whole
    ends: list[int]  # of its revisions, the original first

    @property
    def before(self) -> bytes:
        """Without the newest revision."""
        return self.sealed.data[: self.ends[-2]]

    @property
    def newest(self) -> bytes:
        return self.sealed.data[self.ends[-2] :]


def ends_of(data: bytes) -> list[int]:
    return [found.end() for found in re.finditer(rb"startxref\n\d+\n%%EOF\n", data)]


def rewritten(later: Later, edit: Callable[[dict[int, bytes]], None], resign: bool = False) -> bytes:
    """The newest revision taken apart, edited, and put together in our form; /ByteRange and a timestamp of the forger's
    made anew on request."""
    objects: dict[int, bytes] = {}
    for found in re.finditer(rb"(\d+) 0 obj\n(.*?)\nendobj\n", later.newest, re.DOTALL):
        objects[int(found[1])] = found[2]
    objects = {number: value for number, value in objects.items() if b"/Type/XRef" not in value}
    edit(objects)
    if resign:
        (number,) = [number for number, value in objects.items() if b"/ByteRange" in value]
        # Room and places for fill_signature().
        objects[number] = re.sub(rb"/Contents<[^>]*>/ByteRange\[[^]]*\]",
                                 b"/Contents<" + b"0" * ROOM + b">/ByteRange[" + RANGE + b"]", objects[number])
    data = joined(later, objects)
    return fill_signature(data, timestamp_of, len(later.before)) if resign else data


def joined(later: Later, objects: dict[int, bytes]) -> bytes:
    entries = re.findall(rb"(/Root \d+ 0 R.*?/Prev \d+)", later.newest, re.DOTALL)[-1]
    whole = {number: b"%d 0 obj\n%s\nendobj\n" % (number, value) for number, value in objects.items()}
    return with_revision(later.before, whole, entries, later.sealed.classic)


def editing(old: bytes, new: bytes, resign: bool = False) -> Callable[[Later], bytes]:
    """In the one object of the newest revision that has it."""

    def forge(later: Later) -> bytes:
        def edit(objects):
            numbers = [number for number, value in objects.items() if old in value]
            assert numbers, old
            objects[numbers[0]] = objects[numbers[0]].replace(old, new, 1)

        return rewritten(later, edit, resign)

    return forge


def adding(make: Callable[[Later], dict[int, bytes]], resign: bool = False) -> Callable[[Later], bytes]:
    """More objects within the newest revision."""
    return lambda later: rewritten(later, lambda objects: objects.update(make(later)), resign)


def behind(make: Callable[[Sealed], bytes]) -> Callable[[Later], bytes]:
    return lambda later: make(later.sealed)


def next_number(later: Later) -> int:
    return 1 + max(int(number) for number in re.findall(rb"\n(\d+) 0 obj\n", later.sealed.data))


def white_content(later: Later) -> dict[int, bytes]:
    return {later.sealed.content(later.sealed.opinion): stream(WHITE)}


def covered_by_stamp(later: Later) -> dict[int, bytes]:
    """The appearance of the stamp drawn white."""
    return {later.sealed.appearance: form(WHITE)}


def first_new(later: Later) -> int:
    return min(int(number) for number in re.findall(rb"\n(\d+) 0 obj\n", later.newest)
               if int(number) >= int(re.findall(rb"/Size (\d+)", later.before)[-1]))


def repeated(later: Later) -> bytes:
    """The newest revision once more behind itself."""
    return later.sealed.data + later.newest


def without_the_one_before(later: Later) -> bytes:
    return later.sealed.data[: later.ends[-3]] + later.newest


def token_over_too_little(later: Later) -> bytes:
    """/ByteRange of what was there before: the token is right about that, and the revision is not covered."""
    before = later.before
    forged = rewritten(later, lambda objects: None, True)
    begin = forged.index(b"/Contents<", len(before)) + len(b"/Contents")
    end = forged.index(b">", begin) + 1
    numbers = re.search(rb"/ByteRange\[([^]]*)\]", forged[end:])
    made = timestamp_of(hashlib.sha256(before).digest()).hex().encode()
    room = end - begin - 2
    forged = forged[: begin + 1] + made + b"0" * (room - len(made)) + forged[end - 1 :]
    short = b"0 %d %d 0" % (len(before), len(before))
    at = end + numbers.start(1)
    return forged[:at] + short.ljust(numbers.end(1) - numbers.start(1)) + forged[at + numbers.end(1) - numbers.start(1) :]


LATER, ANY = "revision.later", "any failure"

# name: on which file, how, what `audit` says, what `verify` says.
ON_PROOFS: dict[str, tuple] = {
    "proofs-and-an-object-of-nobody": (adding(lambda later: {next_number(later): b"(hidden)"}), "audit.object-orphan"),
    "proofs-and-a-form-of-nobody": (adding(lambda later: {next_number(later): form(WHITE)}), "audit.object-orphan"),
    "proofs-and-content": (adding(white_content), "audit.contents-changed"),
    "proofs-and-a-page": (adding(lambda later: {later.sealed.opinion: later.sealed.dictionary(
        later.sealed.opinion, Rotate=b"180")}), "audit.page-changed"),
    "proofs-and-information": (adding(lambda later: {later.sealed.info: b"<</Title(other)>>"}),
                               "audit.information-changed"),
    "a-store-with-another-key": (editing(b"/Type/DSS", b"/Type/DSS/Other 3"), "audit.validation-data-form"),
    "a-store-in-another-order": (editing(b"<</Type/DSS", b"<</Type /DSS"), None),
    "a-store-with-an-entry-of-no-signature": (editing(b"/VRI<<", b"/VRI<</" + b"AB" * 20 + b"<</Type/VRI>>"), None),
    "a-store-without-entries": (lambda later: rewritten(later, lambda objects: objects.update({
        number: re.sub(rb"/VRI<<.*?>>>>", b"/VRI<<>>", value) for number, value in objects.items()
        if b"/Type/DSS" in value})), None),
    "a-proof-that-is-a-drawing": (lambda later: rewritten(later, lambda objects: objects.update({
        first_new(later) + 1: form(WHITE)})), "audit.validation-data-form"),
    "a-proof-that-is-text": (lambda later: rewritten(later, lambda objects: objects.update({
        first_new(later) + 1: stream(b"no certificate")})), None),
    "a-proof-with-bytes-behind": (lambda later: rewritten(later, lambda objects: objects.update({
        number: stream(value[value.index(b"stream\n") + 7 : value.rindex(b"\nendstream")] + b"\0")
        for number, value in list(objects.items()) if number == first_new(later) + 1})), None),
    "a-proof-of-another-type": (editing(b"<</Length", b"<</Type/XObject/Length"), "audit.validation-data-form"),
    "a-catalog-with-a-script": (editing(b"/DSS ", b"/AA<</WC<</S/JavaScript/JS<78>>>>>/DSS "),
                                "audit.action-changed"),
    "a-catalog-without-its-form": (lambda later: rewritten(later, lambda objects: objects.update({
        number: re.sub(rb"/AcroForm \d+ 0 R", b"", value) for number, value in objects.items()
        if b"/AcroForm" in value})), None),
    "a-remark": (lambda later: later.sealed.data[:-6] + b"% x\n" + later.sealed.data[-6:], ANY),
    "proofs-and-white-space": (behind(lambda sealed: sealed.data + b"\n"), None),
    "proofs-twice": (repeated, None),
}
ON_TIMESTAMP: dict[str, tuple] = {
    "timestamp-and-content": (adding(white_content, True), "audit.contents-changed"),
    "timestamp-and-content-old-token": (adding(white_content), "audit.contents-changed"),
    "timestamp-and-an-object-of-nobody": (adding(lambda later: {next_number(later): b"(hidden)"}, True),
                                          "audit.object-orphan"),
    "timestamp-that-replaces-the-proofs": (adding(lambda later: {later.sealed.object(later.sealed.root).raw_get(
        "/DSS").idnum: b"<</Type/DSS/VRI<<>>>>"}, True), "audit.validation-data-removed"),
    "timestamp-that-shadows-a-certificate": (adding(lambda later: {later.sealed.object(later.sealed.root)["/DSS"][
        "/Certs"].raw_get(0).idnum: form(WHITE)}, True), "audit.validation-data-replaced"),
    "timestamp-with-a-box": (editing(b"/Rect[0 0 0 0]", b"/Rect[0 0 595 842]", True), "audit.timestamp-visible"),
    "timestamp-that-draws": (editing(b"/BBox[0 0 0 0]/Length 0>>\nstream\n\nendstream",
                                     b"/BBox[0 0 0 0]/Length 3>>\nstream\nf f\nendstream", True),
                             "audit.signature-field-form"),
    "timestamp-of-another-name": (editing(b"/T<534A54696D657374616D7031>", b"/T<4F74686572>", True), None),
    "timestamp-with-a-key-more": (editing(b"/FT/Sig", b"/FT/Sig/TU<41>", True), None),
    "timestamp-with-a-page-turned": (editing(b"/Type/Page/", b"/Type/Page/Rotate 90/", True), "audit.page-changed"),
    "timestamp-with-an-annotation-less": (lambda later: rewritten(later, lambda objects: objects.update({
        number: re.sub(rb"/Annots\[\d+ 0 R ", b"/Annots[", value) for number, value in objects.items()
        if b"/Annots" in value}), True), "audit.annotation-removed"),
    "timestamp-that-hides-an-appearance": (adding(covered_by_stamp, True), "audit.appearance-changed"),
    "timestamp-over-too-little": (token_over_too_little, ANY),
    "timestamp-with-a-range-not-from-zero": (editing(b"/ByteRange[0 ", b"/ByteRange[9 "), "audit.byte-range-start"),
    "timestamp-of-other-data": (lambda later: rewritten(later, lambda objects: None, True)[: -len(later.newest)]
                                + later.newest.replace(b"/F 132", b"/F 133"), ANY),
    "timestamp-twice": (repeated, ANY),
    "timestamp-without-the-proofs-before": (without_the_one_before, ANY),
    "a-form-filled-behind-the-timestamp": (behind(lambda sealed: Revision(sealed).change(
        sealed.form, NeedAppearances=b"true").write()), "audit.form-changed"),
    "an-annotation-behind-the-timestamp": (behind(lambda sealed: signed_revision(
        Revision(sealed), timestamp=True, rectangle=b"0 0 595 842")), "audit.timestamp-visible"),
    "the-timestamp-taken-off": (behind(lambda sealed: Revision(sealed).change(sealed.form, Fields=b"[" + b" ".join(
        b"%d 0 R" % one.idnum for one in list(sealed.object(sealed.form).raw_get("/Fields"))[:-1]) + b"]").write()), ANY),
}
ON_COUNTERSIGNATURE: dict[str, tuple] = {
    "countersigned-and-content": (adding(white_content), "audit.contents-changed"),
    "countersigned-and-an-object-of-nobody": (adding(lambda later: {next_number(later): b"(hidden)"}),
                                              "audit.object-orphan"),
    "countersigned-with-a-box": (editing(b"/Rect[0 0 0 0]", b"/Rect[0 0 595 842]"), "audit.field-changed"),
    "countersigned-with-a-look": (editing(b"/AP<<", b"/MK<</CA<41>>>/AP<<"), None),
    "countersigned-under-another-name": (editing(b"/T<534A436F756E7465727369676E31>", b"/T<4F74686572>"), None),
    "countersigned-with-a-lock": (editing(b"/FT/Sig", b"/FT/Sig/Lock<</Type/SigFieldLock/Action/All>>"),
                                  "audit.field-changed"),
    "countersigned-that-certifies": (editing(b"/M<", b"/Reference[<</Type/SigRef/TransformMethod/DocMDP"
                                             b"/TransformParams<</Type/TransformParams/P 3/V/1.2>>>>]/M<"), ANY),
    "countersigned-at-another-time": (editing(b"/M<443A3230", b"/M<443A3139"), ANY),
    "countersigned-twice": (repeated, ANY),
    "the-countersignature-emptied": (behind(lambda sealed: Revision(sealed).change(
        next(one.idnum for one in sealed.object(sealed.form).raw_get("/Fields")
             if b"Countersign1" in bytes(str(sealed.object(one.idnum)["/T"]), "ascii")), V=None).write()),
        "audit.signature-removed"),
    "somebody-else-signs-the-next-field": (behind(lambda sealed: fill_next(sealed)), None),
}


def fill_next(sealed: Sealed) -> bytes:
    """As any other program may: DocMDP allows it, and `audit` lets it pass; `verify` knows our own form only."""
    revision = Revision(sealed)
    value = revision.add(signature_dictionary(b"/ETSI.CAdES.detached"))
    number = next(one.idnum for one in sealed.object(sealed.form).raw_get("/Fields")
                  if str(sealed.object(one.idnum)["/T"]) == "SJCountersign2")
    revision.change(number, V=b"%d 0 R" % value)
    return fill_signature(revision.write(), start=len(sealed.data))

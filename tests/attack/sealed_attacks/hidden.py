"""Nothing of these is shown by any viewer tried; yet they are none of what a later revision may hold."""

from forging import WHITE, Revision, stream
from .pages import catalog, changing, opinion
from .table import ANY, attack, attacks


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

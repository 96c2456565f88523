"""U2: the allowed revisions, with something else besides."""

from forging import (WHITE, Revision, add_field, fill_signature, form, signature_dictionary, signed_revision, stream,
                     timestamp_of)
from .pages import catalog, changing
from .table import attack, attacks


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

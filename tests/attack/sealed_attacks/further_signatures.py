"""U2, sneaky signatures; U3, U4, U6."""

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from forging import (WHITE, Revision, add_field, fill_signature, forger, form, private_info, signature_dictionary,
                     signature_of, signed_revision, timestamp_of)
from .pages import changing
from .table import LATER, attack, attacks

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

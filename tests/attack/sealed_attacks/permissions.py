"""P1: certification."""

from forging import (Revision, add_field, fill_signature, pdf, sealed_again, signature_dictionary, signature_of,
                     signed_revision)
from .pages import catalog, changing
from .table import DIFFERS, LATER, NO_FAILURE, attack, attacks


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

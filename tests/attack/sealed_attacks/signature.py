"""B3: the signature itself."""

from collections.abc import Callable

from asn1crypto import cms

from forging import Sealed, forger, sealed_again, signature_of, without_seal
from .table import NOTHING_SIGNED, NO_FAILURE, attack, attacks


@attack("B3", "cms.digest-differs", "original.changed")
def a_byte_of_the_original(sealed):
    at = sealed.data.index(b"stream", sealed.offset(sealed.content(sealed.opinion))) + 100
    return sealed.data[:at] + bytes([sealed.data[at] ^ 1]) + sealed.data[at + 1 :]


def edit_message(change: Callable[[cms.SignedData], None]) -> Callable[[Sealed], bytes]:
    """Our own signature with something in it exchanged; what stands around it changes place, and so the digest."""

    def forge(sealed: Sealed) -> bytes:
        message = cms.ContentInfo.load(bytes.fromhex(sealed.data[slice(*sealed.contents)][1:-1].decode()))
        change(message["content"])
        made = message.dump(force=True)
        return sealed_again(sealed, lambda digest: made)

    return forge


def add_certificate(data):
    data["certificates"] = [*data["certificates"], cms.CertificateChoices("certificate", forger()[1])]


def exchange_certificate(data):
    data["certificates"] = [cms.CertificateChoices("certificate", forger()[1])]


def two_signers(data):
    other = cms.ContentInfo.load(signature_of(bytes(32)))["content"]["signer_infos"][0]
    data["signer_infos"] = [data["signer_infos"][0], other]


def no_signer(data):
    data["signer_infos"] = []


def no_certificate(data):
    data["certificates"] = []


attacks("B3", "cms.several-signers", {"two-signers": edit_message(two_signers)})
attacks("B3", "cms.no-signer", {"no-signer": edit_message(no_signer)})
attacks("B3", "cms.no-certificate", {"certificate-exchanged": edit_message(exchange_certificate),
                                     "certificate-left-out": edit_message(no_certificate)})
attacks("B3", "cms.digest-differs", {"certificate-added": edit_message(add_certificate)})


@attack("B3", NO_FAILURE, "seal.other-certificate")
def seal_by_another_key(sealed):
    """The seal stripped, and the forger's in its place: a faultless signature, of nobody whom the code names."""
    return sealed_again(sealed)


@attack("B3", NOTHING_SIGNED, "seal.missing")
def seal_taken_off(sealed):
    """Exactly what issuing without a seal would have written; only the record knows that there was one."""
    return without_seal(sealed)


@attack("B3", "cms.format")
def seal_of_garbage(sealed):
    return sealed_again(sealed, lambda digest: b"\x04" * 1000)


@attack("B3", "cms.trailing")
def bytes_behind_the_message(sealed):
    return sealed_again(sealed, lambda digest: signature_of(digest) + b"hidden")

"""What may stand behind our seal, so that nobody closes a hole by refusing everything."""

from forging import Revision, signed_revision
from .pages import catalog, changing
from .proofs_and_timestamps import with_proofs


def with_second_identifier(sealed):
    revision = with_proofs(Revision(sealed))
    first = sealed.identifier[: sealed.identifier.index(b">") + 1]
    return revision.set(ID=first + b"<00>]").write()


LAWFUL = {
    "proofs": lambda sealed: with_proofs(Revision(sealed)).write(),
    "timestamp": lambda sealed: signed_revision(Revision(sealed), timestamp=True),
    "proofs-and-timestamp": lambda sealed: signed_revision(with_proofs(Revision(sealed)), timestamp=True),
    "extensions": changing(catalog, Extensions=b"<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>"),
    "second-identifier": with_second_identifier,
}

"""What a verification believes, from files: a folder, a bundle, status lists."""

from __future__ import annotations

import dataclasses
import os
from typing import Callable, Iterable, Optional, Tuple, Union

from . import _core
from ._errors import SjcodeError
from ._types import Buffer, Document

Folder = Union[str, "os.PathLike[str]"]
# A status list; alone, a path has its details beside it: status-LICENCE.cwt, status-LICENCE.details.
StatusFiles = Union[Document, Tuple[Document, Optional[Document]]]


@dataclasses.dataclass(frozen=True)
class OpenedTrust:
    """Trust records and status lists, and what was left out."""

    trust: _core.TrustRecords
    statuses: _core.StatusLists
    refused: Tuple[SjcodeError, ...] = ()
    """What was offered and is not used, as errors that were not raised: an older list, a status list that nobody of the
    trust records signed. What is used is as good as without it; a person should know all the same."""


# Whatever verify() takes as trust records.
Trust = Union[_core.TrustRecords, _core.TrustStore, OpenedTrust, Folder]


def records_of(trust: Union[_core.TrustRecords, _core.TrustStore, Folder]) -> _core.TrustRecords:
    """The trust records themselves, of a store or folder those in it."""
    if isinstance(trust, _core.TrustRecords):
        return trust
    if isinstance(trust, _core.TrustStore):
        return trust.records()
    if _core.TrustStore.is_store(trust):
        return _core.TrustStore.open(trust).records()
    return _core.CertificateFolder.open(trust)


def verifier_of(trust: Trust, statuses: Optional[_core.StatusLists], *, worker: Optional[_core.Worker] = None,
                clock: Optional[Callable[[], float]] = None) -> _core.Verifier:
    """A verifier that believes this."""
    if not isinstance(trust, OpenedTrust):
        return _core.Verifier(records_of(trust), worker=worker, clock=clock, statuses=statuses)
    if statuses is not None:
        raise ValueError("statuses: an OpenedTrust has status lists of its own")
    return _core.Verifier(trust.trust, worker=worker, clock=clock, statuses=trust.statuses)


def open_trust(folder: Optional[Folder] = None, *, bundle: Optional[Document] = None,
               root: Union[str, Buffer, None] = None, status_lists: Iterable[StatusFiles] = ()) -> OpenedTrust:
    """Opens what a verification is to believe, as `sjcode verify` does: a folder of certificates or a store of trust lists,
    a bundle, and status lists.

    `root` is the fingerprint of the regulator's root key (32 bytes, or 64 hexadecimal digits), for a bundle without a
    store. With a store the bundle's lists are held to the store's pins: an older one is left out and the store's is used,
    and so is a status list that is not good; `refused` says which and why. A list that is forged, cut off, or signed with
    another root key is an error. TrustError: "trust.*", "trust-store.*", "bundle.*"; FileError."""
    if folder is None and (bundle is None or root is None):
        raise ValueError("a folder is wanted, or a bundle and the fingerprint of its root key")
    trust, statuses, refused = _core.open_trust(folder, bundle, root, [_with_details(files) for files in status_lists])
    return OpenedTrust(trust, statuses, refused)


def _with_details(files: StatusFiles) -> tuple[Document, Optional[Document]]:
    if isinstance(files, tuple):
        status_list, details = files
        return status_list, details
    if isinstance(files, (str, os.PathLike)):
        beside = os.path.splitext(os.fspath(files))[0] + ".details"
        if beside != os.fspath(files) and os.path.exists(beside):
            return files, beside
    return files, None

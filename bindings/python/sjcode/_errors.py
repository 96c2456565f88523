"""Exceptions. A bad document is never one when it is verified: that is a verdict."""

from __future__ import annotations

import errno
import types
from typing import Literal, Mapping, Optional

from . import _core


class SjcodeError(Exception):
    """What went wrong: a stable code, and what fills the gaps of its sentence."""

    def __init__(self, code: str, parameters: Optional[Mapping[str, str]] = None, file: str = "",
                 offset: Optional[int] = None, object_number: Optional[int] = None) -> None:
        super().__init__(code)
        self._code = code
        self._parameters = types.MappingProxyType(dict(parameters or {}))
        self._file = file
        self._offset = offset
        self._object_number = object_number

    @property
    def code(self) -> str:
        """Stable, as "pdf.encrypted"; messages/en.json has the list."""
        return self._code

    @property
    def parameters(self) -> Mapping[str, str]:
        """What fills the gaps of the sentence."""
        return self._parameters

    @property
    def file(self) -> str:
        """The file concerned; empty where there is none."""
        return self._file

    @property
    def offset(self) -> Optional[int]:
        """Byte offset in that file."""
        return self._offset

    @property
    def object_number(self) -> Optional[int]:
        """Number of the PDF object concerned."""
        return self._object_number

    def sentence(self, language: Literal["zh", "en"] = "en") -> str:
        """What is wrong and what to do, for a person."""
        return _core.error_sentence(self._code, dict(self._parameters), self._file, self._offset, self._object_number,
                                    language)

    def __str__(self) -> str:
        return f"{self.sentence()} [{self._code}]"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._code!r}, {dict(self._parameters)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return error_of, (self._code, dict(self._parameters), self._file, self._offset, self._object_number)


class FormatError(SjcodeError, ValueError):
    """A code, number, record, URL or symbol that is not as the format wants it, or that does not verify."""


class FactsError(SjcodeError, ValueError):
    """FACTS.json, or facts that the report's text does not bear out."""


class DocumentError(SjcodeError, ValueError):
    """A PDF that cannot be stamped, sealed, or taken apart."""


class KeyOrCertificateError(SjcodeError, ValueError):
    """A key, certificate or seal that cannot be used, or a signer whose signature does not fit its key."""


class TrustError(SjcodeError, ValueError):
    """Trust records, lists, registers or journals that cannot be used, or a change of one that is refused."""


class TimestampError(SjcodeError, RuntimeError):
    """A timestamp that could not be had, or that is not one for what was asked."""


class WorkerError(SjcodeError, RuntimeError):
    """The worker could not be started, or ended before it answered."""


class FileError(SjcodeError, OSError):
    """A file that cannot be read or written. `errno` and `filename` are set as OSError has them."""

    _errno: Optional[int] = None

    def __init__(self, code: str, parameters: Optional[Mapping[str, str]] = None, file: str = "",
                 offset: Optional[int] = None, object_number: Optional[int] = None) -> None:
        super().__init__(code, parameters, file, offset, object_number)
        self.errno = self._errno
        self.strerror = self.parameters.get("reason")
        self.filename = self.parameters.get("file", file) or None


class MissingFileError(FileError, FileNotFoundError):
    """There is no such file."""

    _errno = errno.ENOENT


class ExistingFileError(FileError, FileExistsError):
    """The file is there already, and was not to be overwritten."""

    _errno = errno.EEXIST


_EXACT: dict[str, type[SjcodeError]] = {
    "file.not-found": MissingFileError,
    "file.exists": ExistingFileError,
    "issue.facts": FactsError,
    "issue.key": KeyOrCertificateError,
    "worker.document": DocumentError,
    "worker.image": DocumentError,
    "worker.page": DocumentError,
    "worker.size": DocumentError,
}

_BY_FIRST_PART: dict[str, type[SjcodeError]] = {
    "bundle": TrustError,
    "category": FormatError,
    "cbor": FormatError,
    "certificate": KeyOrCertificateError,
    "chain": KeyOrCertificateError,
    "claims": FormatError,
    "cms": KeyOrCertificateError,
    "cose": FormatError,
    "crl": KeyOrCertificateError,
    "csv": FormatError,
    "cwt": FormatError,
    "digits": FormatError,
    "disclosure": FormatError,
    "extract": DocumentError,
    "facts": FactsError,
    "file": FileError,
    "font": DocumentError,
    "hygiene": DocumentError,
    "image": FormatError,
    "issue": DocumentError,
    "key": KeyOrCertificateError,
    "merkle": FormatError,
    "mod37-36": FormatError,
    "number": FormatError,
    "ocsp": KeyOrCertificateError,
    "pdf": DocumentError,
    "pkcs11": KeyOrCertificateError,
    "place": DocumentError,
    "qr": FormatError,
    "receipt": KeyOrCertificateError,
    "record": FormatError,
    "report-number": FormatError,
    "revocation": KeyOrCertificateError,
    "seal": KeyOrCertificateError,
    "stamp": DocumentError,
    "status-details": TrustError,
    "status-journal": TrustError,
    "status-list": TrustError,
    "status-lists": TrustError,
    "text": FormatError,
    "timestamp": TimestampError,
    "trust": TrustError,
    "trust-delta": TrustError,
    "trust-list": TrustError,
    "trust-record": TrustError,
    "trust-register": TrustError,
    "trust-store": TrustError,
    "trust-table": TrustError,
    "url": FormatError,
    "worker": WorkerError,
}


def error_of(code: str, parameters: Optional[Mapping[str, str]] = None, file: str = "", offset: Optional[int] = None,
             object_number: Optional[int] = None) -> SjcodeError:
    """The exception for a code, of the class that it belongs to."""
    kind = _EXACT.get(code) or _BY_FIRST_PART.get(code.partition(".")[0], SjcodeError)
    return kind(code, parameters, file, offset, object_number)

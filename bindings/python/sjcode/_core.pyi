"""The C++ library as Python sees it. Use these names from the package: `sjcode.Verifier`.

Every value class is frozen: fields are read-only, equal values are equal and hash alike. What may name a person or a
person's health is left out of `repr`, so that it does not get into logs. Errors are raised as SjcodeError; which class,
and which codes, each function says.
"""

import datetime
import os
from typing import Any, Callable, ClassVar, Iterable, Literal, Mapping, Optional, Sequence, Union, final

from ._enums import (
    Algorithm,
    Annotations,
    AuditOutcome,
    AuditSignatureKind,
    CategoryClass,
    CheckResult,
    CodeStatus,
    CommissionerKind,
    Corner,
    DigestAlgorithm,
    Outcome,
    Pages,
    QrLevel,
    RecordKey,
    ReportKind,
    SealAlgorithm,
    SealDigest,
    StatusEventKind,
    StatusListAge,
    TrustChange,
    TrustFileKind,
    TrustTableKind,
)
from ._errors import SjcodeError
from ._types import Buffer, Document

_Language = Literal["zh", "en"]
_Folder = Union[str, os.PathLike[str]]
# 32 bytes, or 64 hexadecimal digits; colons and spaces among them are passed over. Anything else is a ValueError.
_Fingerprint = Union[str, Buffer]

version: str
# Folders of the programs of a distribution's package, parted by ":"; empty in a wheel.
installed_programs: str

# --- messages

def sentence(code: str, parameters: Mapping[str, str] = ..., language: _Language = "en") -> str:
    """The sentence of a code, its gaps {name} filled. A code without a sentence gives the code itself."""

def has_sentence(code: str) -> bool:
    """Whether both languages have a sentence for this code."""

def error_sentence(code: str, parameters: Mapping[str, str], file: str, offset: Optional[int], object_number: Optional[int],
                   language: _Language) -> str:
    """The sentence of an error, with file, object and offset where it has them."""

# --- digests, numbers, categories, URLs

def digest(algorithm: DigestAlgorithm, data: Buffer) -> bytes:
    """SHA-256 or SM3 of the bytes: 32 bytes."""

@final
class CodeNumber:
    """The code number (赋码编号) of a report: `J`, 18 random characters, one check character (docs/code-format.md,
    section 2). Holding one means that its form is right; it says nothing of whether such a report exists."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def parse(text: str) -> CodeNumber:
        """As a person types it: lower case, full-width forms, spaces and hyphens are accepted, I and L are read as 1, O
        as 0. FormatError: "number.character" ({position} from 1), "number.length", "number.scheme",
        "number.check-character"."""
    @staticmethod
    def from_characters(characters: str) -> CodeNumber:
        """The 20 characters themselves, with no forgiving reading: as in a URL. FormatError as parse()."""
    @staticmethod
    def from_bytes(data: Buffer) -> CodeNumber:
        """From the 12 bytes of the CBOR form. FormatError: "number.encoding", "number.scheme",
        "number.check-character"."""
    @staticmethod
    def generate(*, random: Optional[Callable[[int], bytes]] = None) -> CodeNumber:
        """A fresh one: 90 random bits, of the operating system, or of `random(n)`, which gives n bytes."""
    @property
    def characters(self) -> str:
        """The 20 characters without hyphens."""
    @property
    def grouped(self) -> str:
        """`XXXX-XXXX-XXXX-XXXX-XXXX`; str() gives the same."""
    def to_bytes(self) -> bytes:
        """The 12 bytes of the CBOR form."""
    def __bytes__(self) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def mod_37_36_check_character(characters: str) -> str:
    """The check character of ISO/IEC 7064 MOD 37,36 over 0-9 and A-Z. FormatError: "mod37-36.character" ({position})."""

def verify_mod_37_36(characters: str) -> None:
    """That the last of these characters is the check character of those before it. FormatError: "mod37-36.length",
    "mod37-36.character", "mod37-36.check-character"."""

@final
class ReportNumberParts:
    """PREFIX〔year〕middle第serial号, taken apart."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def prefix(self) -> str:
        """The institution's short name."""
    @property
    def year(self) -> int: ...
    @property
    def middle(self) -> str:
        """As 临鉴字."""
    @property
    def serial(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class ReportNumber:
    """A report number (文号) in canonical form: year in 〔〕, half-width digits, no white space, no zero padding."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def parse(text: str) -> ReportNumber:
        """Reads any pair of 〔〕 [] ［］ () （） 【】 around the year. FormatError: "report-number.form"."""
    @property
    def canonical(self) -> str:
        """str() gives the same."""
    @property
    def parts(self) -> Optional[ReportNumberParts]:
        """The parts, where the number is of the usual form."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Category:
    """An appraisal category (执业类别) as class and item (docs/code-format.md, section 4)."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def parse(text: str) -> Category:
        """From "FY0202": two class letters, then four or six digits. FormatError: "category.form"."""
    @staticmethod
    def from_number(number: int) -> Category:
        """From class × 1,000,000 + item, as in claim 8. FormatError: "category.form" (0 included: "withheld")."""
    @property
    def code(self) -> str:
        """"FY0202"; str() gives the same."""
    @property
    def category_class(self) -> CategoryClass: ...
    @property
    def class_name(self) -> str:
        """In Chinese, e.g. 法医类."""
    @property
    def item(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def name(self) -> Optional[str]:
        """Its Chinese name in the table, where the table knows it."""
    @property
    def name_verified(self) -> bool:
        """Whether the table has number and name from a source that was read."""
    @property
    def sensitive(self) -> bool:
        """Mental illness, parentage, sexual assault: never in the public part of a code."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def category_table_version() -> str:
    """Version of the table of categories, e.g. "2020-1"."""

@final
class SymbolUrl:
    """A symbol's URL taken apart (docs/code-format.md, section 7)."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def parse(text: str) -> SymbolUrl:
        """FormatError: "url.scheme", "url.host", "url.path" (a newer format, or none of ours), "url.form", "digits.*",
        "number.*"."""
    @property
    def form(self) -> Literal["report", "entry", "number"]: ...
    @property
    def host(self) -> str:
        """As written; whether it is official, the trust records say."""
    @property
    def payload(self) -> Optional[bytes]:
        """A report's COSE_Sign1, an entry's Disclosure; None for a number."""
    @property
    def number(self) -> Optional[CodeNumber]:
        """Of the form "number"."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def encode_digits(data: Buffer) -> str:
    """Each 7 bytes, big-endian, as 17 decimal digits; a tail of 1–6 bytes as 3, 5, 8, 10, 13, 15."""

def decode_digits(digits: str) -> bytes:
    """FormatError: "digits.character", "digits.length", "digits.range", "digits.empty"."""

def report_url_prefix(host: str) -> str:
    """`https://HOST/r/`."""

def entry_url_prefix(host: str) -> str:
    """`https://HOST/e/#`."""

def number_url(host: str, number: CodeNumber) -> str:
    """`https://HOST/n/NUMBER`."""

def is_valid_host(host: str) -> bool:
    """A host as the format wants it: lower case, A-labels, no port, no trailing dot, at most 253 characters."""

# --- keys, certificates, seals

@final
class PublicKey:
    """A public key of one of the algorithms."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def from_der(subject_public_key_info: Buffer) -> PublicKey:
        """From a DER SubjectPublicKeyInfo (RFC 5280). KeyOrCertificateError: "key.format", "key.algorithm"."""
    def to_der(self) -> bytes:
        """DER SubjectPublicKeyInfo."""
    @property
    def der(self) -> bytes:
        """As to_der()."""
    @property
    def algorithm(self) -> Algorithm: ...
    def verify(self, message: Buffer, signature: Buffer) -> bool:
        """Whether `signature` (64 bytes: r‖s, or as RFC 8032) is this key's over `message`. Proves that the key's holder
        signed the message; says nothing of who that is."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

class Signer:
    """Whoever can sign with a private key: PrivateKey, or CallbackSigner for the caller's HSM. Not to be subclassed."""

    @property
    def algorithm(self) -> Algorithm: ...
    @property
    def public_key(self) -> PublicKey: ...
    def sign(self, message: Buffer) -> bytes:
        """Signs the message (not its digest): 64 bytes, r‖s with leading zeros kept, or as RFC 8032."""

@final
class PrivateKey(Signer):
    """A private key in memory, for tests and small institutions; wiped when destroyed, never printed or pickled.
    Production keys belong into hardware: see CallbackSigner."""

    @staticmethod
    def from_pem(pem: Union[str, Buffer], passphrase: Optional[str] = None) -> PrivateKey:
        """PKCS#8 (plain or encrypted) or SEC1. KeyOrCertificateError: "key.format", "key.algorithm",
        "key.passphrase" (encrypted and no passphrase, or a wrong one)."""
    @staticmethod
    def from_pkcs12(data: Buffer, passphrase: str) -> PrivateKey:
        """From PKCS#12 (RFC 7292). Errors as from_pem()."""
    @staticmethod
    def generate(algorithm: Algorithm) -> PrivateKey:
        """A new key from the operating system's randomness."""
    def to_pem_secret(self, passphrase: Optional[str] = None) -> str:
        """The key itself as PKCS#8 PEM, encrypted where there is a passphrase. Dangerous: keep it secret."""

@final
class CallbackSigner(Signer):
    """Hands the message to `callback`, whose HSM, USB key or service signs it: `callback(message: bytes) -> bytes`, 64
    bytes r‖s (or RFC 8032's form). For SM2 the device must use the user id "1234567812345678". What comes back is checked
    against the public key, so a device that signs with another key or user id is noticed at once
    (KeyOrCertificateError "key.signer"). What the callback raises reaches the caller as it is."""

    def __init__(self, public_key: PublicKey, callback: Callable[[bytes], Buffer]) -> None: ...

@final
class InstitutionIdentity:
    """What a certificate says of an institution."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, licence: str, name: str, short_name: str, hosts: Sequence[str]) -> None: ...
    @property
    def licence(self) -> str:
        """司法鉴定许可证号."""
    @property
    def name(self) -> str:
        """Full name."""
    @property
    def short_name(self) -> str:
        """As in its report numbers."""
    @property
    def hosts(self) -> tuple[str, ...]:
        """Official hosts of its codes; lower case A-labels."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Certificate:
    """A certificate (X.509, RFC 5280)."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def parse(pem_or_der: Union[str, Buffer]) -> Certificate:
        """The first certificate in a PEM text, or DER. Checks no signature and no date. KeyOrCertificateError:
        "certificate.format", "key.format", "key.algorithm"."""
    @staticmethod
    def from_pkcs12(data: Buffer, passphrase: str) -> Certificate:
        """The certificate in a PKCS#12 file. Errors as parse(), and "key.passphrase"."""
    @staticmethod
    def self_signed(key: PrivateKey, identity: InstitutionIdentity, *, not_before: datetime.datetime,
                    not_after: datetime.datetime, random: Optional[Callable[[int], bytes]] = None) -> Certificate:
        """A new self-signed certificate over the key. The times must have a time zone. KeyOrCertificateError:
        "certificate.identity" ({field}: empty, too long, or no such host), "certificate.validity"."""
    def to_pem(self) -> str: ...
    @property
    def identity(self) -> InstitutionIdentity: ...
    @property
    def not_before(self) -> datetime.datetime:
        """In UTC."""
    @property
    def not_after(self) -> datetime.datetime:
        """In UTC."""
    @property
    def fingerprint(self) -> bytes:
        """SHA-256 over the DER encoding."""
    @property
    def public_key(self) -> PublicKey: ...
    @property
    def der(self) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

class SealSigner:
    """Whoever can seal a PDF: SealKey, or CallbackSeal for the caller's HSM. Not to be subclassed."""

    @property
    def algorithm(self) -> SealAlgorithm: ...
    @property
    def digest(self) -> SealDigest: ...
    @property
    def certificates(self) -> tuple[bytes, ...]:
        """DER: the signer's own first, then what belongs to its chain."""
    def sign(self, signed_attributes: Buffer) -> bytes:
        """Signs the DER of the signed attributes. The signature value as CMS carries it: a DER Ecdsa-Sig-Value or SM2
        signature, 64 bytes of Ed25519, or an RSA block."""

@final
class SealKey(SealSigner):
    """A seal's key in memory. What is left out of the method follows the key: RSA signs PKCS #1 v1.5 unless its
    certificate says PSS, and SHA-256 is taken where there is a choice."""

    @staticmethod
    def from_pem(pem: Union[str, Buffer], certificates: Iterable[Buffer], passphrase: Optional[str] = None, *,
                 algorithm: Optional[SealAlgorithm] = None, digest: Optional[SealDigest] = None) -> SealKey:
        """PKCS#8, SEC1 or PKCS#1, and certificates as read_certificates() gives them. KeyOrCertificateError:
        "key.format", "key.algorithm", "key.passphrase", "seal.key-size" ({bits}), "seal.certificate" (none is the
        key's), "seal.algorithm" or "seal.digest" (the method does not fit the key)."""
    @staticmethod
    def from_pkcs12(data: Buffer, passphrase: str, *, algorithm: Optional[SealAlgorithm] = None,
                    digest: Optional[SealDigest] = None) -> SealKey:
        """From PKCS#12, which holds the certificates too. Errors as from_pem()."""

@final
class CallbackSeal(SealSigner):
    """Hands what is to be signed to `callback`, as SealSigner.sign() describes it; what comes back is checked under the
    first certificate before it is used ("key.signer"). What the callback raises reaches the caller as it is."""

    def __init__(self, certificates: Iterable[Buffer], callback: Callable[[bytes], Buffer], *,
                 algorithm: Optional[SealAlgorithm] = None, digest: Optional[SealDigest] = None) -> None: ...

def read_certificates(pem_or_der: Union[str, Buffer]) -> tuple[bytes, ...]:
    """The certificates of a PEM text, in its order, or the one of a DER file, each as DER. KeyOrCertificateError:
    "certificate.format" (also where there is none, or more than 64)."""

def seal_with_code_key(signer: Signer, certificate: Certificate, chain: Iterable[Buffer] = ()) -> CallbackSeal:
    """Seals with the key that signs the codes. KeyOrCertificateError: "seal.certificate" (of another key)."""

# --- report codes

@final
class ShortReportNumber:
    """Claim 4 in its array form: stands for PREFIX〔year〕middle第serial号, PREFIX being the issuer's short name."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, year: int, middle: str, serial: int) -> None: ...
    @property
    def year(self) -> int: ...
    @property
    def middle(self) -> str: ...
    @property
    def serial(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Claims:
    """The claims of docs/code-format.md, section 4. A plain value: says nothing of whether anybody signed them."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, issuer: str, issued: int, code: CodeNumber, number: Union[ShortReportNumber, str],
                 record: Buffer, entries: int, pages: int, category: int = 0, status: int = 0,
                 kind: ReportKind = ..., prior: Union[CodeNumber, str, None] = None) -> None: ...
    def report_number(self, short_name: str) -> str:
        """The report number in canonical form; `short_name` stands in for PREFIX."""
    @property
    def issuer(self) -> str:
        """Licence number of the institution."""
    @property
    def issued(self) -> int:
        """Seconds since 1970-01-01T00:00:00Z. A claim, no proof of time."""
    @property
    def issued_at(self) -> Optional[datetime.datetime]:
        """The same as a datetime in UTC; None beyond the year 9999."""
    @property
    def code(self) -> CodeNumber: ...
    @property
    def number(self) -> Union[ShortReportNumber, str]: ...
    @property
    def record(self) -> bytes:
        """Record digest, 32 bytes."""
    @property
    def entries(self) -> int:
        """Entries in the record."""
    @property
    def pages(self) -> int:
        """Page count, at least 1."""
    @property
    def category(self) -> int:
        """class × 1,000,000 + item; 0: withheld."""
    @property
    def status(self) -> int:
        """Index in the issuer's status list."""
    @property
    def kind(self) -> ReportKind: ...
    @property
    def prior(self) -> Union[CodeNumber, str, None]:
        """Of another kind than REPORT: a code number, or the report number of an uncoded report."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class RawReportCode:
    """A report code taken apart, nothing verified: only good for asking which keys to try, and for diagnosis."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def decode(cose_sign1: Buffer) -> RawReportCode:
        """FormatError: "cbor.*", "cose.structure", "cose.unprotected", "cose.protected", "cose.algorithm", "claims.*"
        (each with {claim}), "number.*", "claims.newer-format" ({key})."""
    @property
    def algorithm(self) -> Algorithm: ...
    @property
    def unverified_claims(self) -> Claims: ...
    @property
    def encoded(self) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class VerifiedReportCode:
    """A report code whose signature verifies under the key given: made by verify() only. Says that the key's holder
    signed these claims; whether the holder may, the trust records say; whether the opinion is right, nobody here says."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def verify(raw: RawReportCode, key: PublicKey) -> VerifiedReportCode:
        """FormatError: "cose.signature" (also where the key's algorithm is not the header's)."""
    @property
    def algorithm(self) -> Algorithm: ...
    @property
    def claims(self) -> Claims: ...
    @property
    def encoded(self) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def sign_report_code(claims: Claims, signer: Signer) -> bytes:
    """Signs claims: COSE_Sign1 with external_aad "sjcode/report/1". FormatError: those of RawReportCode.decode() for
    claims that it would refuse; and the signer's."""

# --- records and disclosures

@final
class Appraiser:
    """An appraiser (司法鉴定人)."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, name: str, licence: str) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def licence(self) -> str:
        """执业证号."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Commissioner:
    """Who commissioned the report."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, kind: CommissionerKind, name: str) -> None: ...
    @property
    def kind(self) -> CommissionerKind: ...
    @property
    def name(self) -> str:
        """Masked where it is a person (张某)."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TextExtractor:
    """What made the page entries of a record, e.g. poppler 22.12.0."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, name: str, version: str) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class RecordValues:
    """The values of a record (docs/code-format.md, section 5)."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, original: Buffer, original_length: int, institution: str, short_name: str,
                 appraisers: Sequence[Appraiser], categories: Sequence[int], accepted: datetime.date, opinion: str,
                 pages: Iterable[Optional[Buffer]], matter: Optional[str] = None,
                 commissioner: Optional[Commissioner] = None, case_code: Optional[Buffer] = None,
                 copies: Optional[int] = None, use: Optional[str] = None, text: Optional[TextExtractor] = None,
                 extensions: Mapping[int, Buffer] = ...) -> None: ...
    @property
    def original(self) -> bytes:
        """Digest of the whole PDF before stamping."""
    @property
    def original_length(self) -> int:
        """Its length in bytes."""
    @property
    def institution(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def appraisers(self) -> tuple[Appraiser, ...]:
        """At least two."""
    @property
    def categories(self) -> tuple[int, ...]:
        """At least one."""
    @property
    def matter(self) -> Optional[str]: ...
    @property
    def commissioner(self) -> Optional[Commissioner]: ...
    @property
    def accepted(self) -> datetime.date:
        """The day of acceptance, Chinese time."""
    @property
    def opinion(self) -> str: ...
    @property
    def case_code(self) -> Optional[bytes]: ...
    @property
    def copies(self) -> Optional[int]: ...
    @property
    def use(self) -> Optional[str]: ...
    @property
    def text(self) -> Optional[TextExtractor]: ...
    @property
    def extensions(self) -> dict[int, bytes]:
        """Key (64…999) → deterministic CBOR of the value."""
    @property
    def pages(self) -> tuple[Optional[bytes], ...]:
        """A digest a page; None for a page without text."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Record:
    """A record: its values, its bytes, its digest."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def make(values: RecordValues, algorithm: DigestAlgorithm, *,
             random: Optional[Callable[[int], bytes]] = None) -> Record:
        """Salts every entry anew. FormatError: "record.value" ({field}), "record.size"."""
    @staticmethod
    def decode(encoded: Buffer, algorithm: DigestAlgorithm) -> Record:
        """Checks its form; whose record it is, verify() says. FormatError: "cbor.*", "record.structure", "record.salt",
        "record.key", "record.null", "record.value" ({field})."""
    def entry(self, index: int) -> bytes:
        """Deterministic CBOR of an entry, from 0. IndexError where there is none."""
    def path(self, index: int) -> tuple[bytes, ...]:
        """RFC 9162 inclusion path of an entry, from 0."""
    def page_index(self, page: int) -> int:
        """Index of the entry of a page, from 1."""
    def verify(self, claims: Claims) -> None:
        """That this is the record of these claims. FormatError: "record.entries", "record.pages", "record.digest",
        "record.category", "claims.number"."""
    @property
    def values(self) -> RecordValues: ...
    @property
    def digest(self) -> bytes: ...
    @property
    def entries(self) -> int: ...
    @property
    def algorithm(self) -> DigestAlgorithm: ...
    @property
    def encoded(self) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def page_digest(algorithm: DigestAlgorithm, page: int, text: str) -> Optional[bytes]:
    """H(0x02 ‖ uint32be(page) ‖ text) over the text without White_Space, Cc and Cf characters, in NFC; None where no text
    is left. `page` counts from 1."""

def disclosed_entries(level: str, values: RecordValues) -> tuple[RecordKey, ...]:
    """The entries that a level ("public", "party") shows. SjcodeError: "disclosure.level" ({level})."""

@final
class Disclosure:
    """One entry of a record with its proof: what an entry symbol carries (docs/code-format.md, section 7)."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def make(record: Record, issuer: str, code: CodeNumber, index: int) -> Disclosure:
        """Entry `index` of the record of the report (issuer, code)."""
    @staticmethod
    def decode(encoded: Buffer) -> Disclosure:
        """FormatError: "cbor.*", "disclosure.structure", "disclosure.index", "disclosure.path", "number.*",
        "record.*"."""
    def encode(self) -> bytes: ...
    def verify(self, code: VerifiedReportCode) -> None:
        """That the entry belongs to the report with this code. By itself a disclosure proves nothing. FormatError:
        "disclosure.code", "disclosure.entries", "disclosure.index", "disclosure.path", "disclosure.digest"."""
    @property
    def issuer(self) -> str: ...
    @property
    def code(self) -> CodeNumber: ...
    @property
    def index(self) -> int: ...
    @property
    def key(self) -> int: ...
    @property
    def entry_name(self) -> str:
        """"opinion", "page 3", …"""
    @property
    def value_text(self) -> str:
        """The value for a person, in Chinese where words are needed."""
    @property
    def encoded(self) -> bytes: ...
    @property
    def entry(self) -> bytes:
        """Deterministic CBOR of the entry, `[salt, key, value]`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

# --- facts

@final
class Facts:
    """The facts of a report, as the clerk confirms them (docs/facts.schema.json)."""

    __match_args__: ClassVar[tuple[str, ...]]
    @staticmethod
    def from_json(json: Union[str, Buffer]) -> Facts:
        """Strict: nothing is guessed, dropped or trimmed. FactsError: "facts.*", with the JSON path as {field}."""
    @staticmethod
    def from_dict(facts: dict[str, Any]) -> Facts:
        """As from_json(), of the object that the JSON stands for."""
    def to_json(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def institution(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def number(self) -> ReportNumber: ...
    @property
    def categories(self) -> tuple[Category, ...]: ...
    @property
    def appraisers(self) -> tuple[Appraiser, ...]: ...
    @property
    def matter(self) -> Optional[str]: ...
    @property
    def commissioner(self) -> Optional[Commissioner]: ...
    @property
    def accepted(self) -> datetime.date: ...
    @property
    def opinion(self) -> str: ...
    @property
    def kind(self) -> ReportKind: ...
    @property
    def prior(self) -> Union[CodeNumber, str, None]: ...
    @property
    def case_code(self) -> Optional[bytes]: ...
    @property
    def copies(self) -> Optional[int]: ...
    @property
    def use(self) -> Optional[str]: ...
    @property
    def status(self) -> int: ...
    @property
    def warnings(self) -> tuple[SjcodeError, ...]:
        """Findings that do not stop an issue, as errors that were not raised."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class FactMismatch:
    """A fact that the report's text does not bear out."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def field(self) -> str:
        """JSON path in FACTS.json."""
    @property
    def expected(self) -> str: ...
    @property
    def found(self) -> str:
        """What the text has in its place; empty where nothing like it was found."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class FactsProposal:
    """Facts proposed from a report's text, for the clerk to check and complete."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def json(self) -> str:
        """FACTS.json; what was not found is null or empty, so that Facts.from_json() refuses it until it is filled in."""
    @property
    def missing(self) -> tuple[str, ...]:
        """JSON paths of the fields that the text did not give."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def has_report_text(pages: Sequence[str]) -> bool:
    """Whether the pages carry text to compare facts with: False for a scan."""

def check_facts(facts: Facts, pages: Sequence[str]) -> tuple[FactMismatch, ...]:
    """Looks for the facts in the text of the report, page by page (WorkerSession.page_texts), to catch the wrong file."""

def propose_facts(pages: Sequence[str]) -> FactsProposal:
    """Proposes facts from a report's text. Names of persons as commissioner are masked."""

# --- symbols

@final
class QrSymbol:
    """A symbol as modules, without its quiet zone of 4 modules on each side."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def version(self) -> int:
        """1–40."""
    @property
    def level(self) -> QrLevel: ...
    @property
    def size(self) -> int:
        """Modules a side: 17 + 4 × version."""
    @property
    def modules(self) -> bytes:
        """Row by row from the top, a byte each, 1 = dark."""
    def dark(self, row: int, column: int) -> bool:
        """IndexError outside the symbol."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class ReadSymbol:
    """A symbol found in an image."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def content(self) -> bytes:
        """As read."""
    @property
    def corners(self) -> tuple[tuple[int, int], ...]:
        """x, y in pixels: top left, top right, bottom right, bottom left."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def draw_qr(prefix: str, digits: str, level: QrLevel = ..., *, version_limit: int = 40) -> QrSymbol:
    """Draws `prefix` as one byte segment and `digits` as one numeric segment, in the smallest version that holds them.
    FormatError: "qr.too-large" ({version}, {limit}), "digits.character", "qr.empty"."""

def read_qr(pixels: Buffer, *, width: int, height: int, stride: Optional[int] = None) -> tuple[ReadSymbol, ...]:
    """All QR symbols in a grey image, a byte a pixel, row by row from the top, 0 is black; `stride` bytes from one row to
    the next. For a file use Worker.open(file).image_symbols(), which limits time and memory: the engine that reads
    symbols has been seen to loop on hostile images. FormatError: "image.size" ({width}, {height})."""

# --- the worker

@final
class WorkerSession:
    """One worker process over one document; threads take turns. WorkerError of every call: "worker.start", "worker.died"
    ({signal}), "worker.time" ({seconds}), "worker.memory" ({megabytes}), "worker.answer". DocumentError: "worker.document",
    "pdf.encrypted", "worker.page", "worker.size", "worker.image"."""

    def text_extractor(self) -> TextExtractor:
        """What extracts page text."""
    def page_count(self) -> int: ...
    def page_texts(self, pages: Optional[Sequence[int]] = None, *, annotations: Annotations = ...) -> tuple[str, ...]:
        """The text of each page in `pages` (from 1; of all, where none are named), in the order of the content stream."""
    def page_png(self, page: int, *, dpi: float = 150.0) -> bytes:
        """A page as seen, as an RGB PNG."""
    def page_symbols(self, page: int) -> tuple[ReadSymbol, ...]:
        """All QR symbols of a page; corners in pixels at 300 dpi."""
    def image_symbols(self) -> tuple[tuple[ReadSymbol, ...], ...]:
        """For a photograph or scan (PNG, JPEG, TIFF, WebP, GIF, BMP): the symbols of each of its pages."""
    def normalise(self) -> bytes:
        """The document written anew: one revision, no repair needed."""

@final
class Worker:
    """Starts worker processes, in which hostile input is taken apart under limits. `program`: path of sjcode-worker, the
    one installed with the package by default; `memory_limit` in bytes beyond the mapped input; `time_limit` in seconds for
    one request, after which the process is killed."""

    def __init__(self, program: Union[str, os.PathLike[str], None] = None, *, memory_limit: int = ...,
                 time_limit: float = 20.0) -> None: ...
    @property
    def program(self) -> str: ...
    @property
    def memory_limit(self) -> int: ...
    @property
    def time_limit(self) -> float: ...
    def open(self, document: Document) -> WorkerSession:
        """A session over one document; the process starts with the first request."""

# --- issuing

@final
class Placement:
    """Where on which page the stamp goes. `page` from 1 stands for one page; `position` is (x, y) of the stamp's lower
    left corner in millimetres from the lower left corner of the page as seen; `force` covers what is there."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, pages: Pages = ..., *, page: Optional[int] = None, corner: Optional[Corner] = None,
                 position: Optional[tuple[float, float]] = None, force: bool = False) -> None: ...
    @property
    def pages(self) -> Pages: ...
    @property
    def page(self) -> Optional[int]: ...
    @property
    def corner(self) -> Optional[Corner]: ...
    @property
    def position(self) -> Optional[tuple[float, float]]: ...
    @property
    def force(self) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class EntrySymbol:
    """An entry of the record to draw as a symbol of its own; `page` from 1, or 0: beside the main symbol."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, key: RecordKey, *, page: int = 0) -> None: ...
    @property
    def key(self) -> RecordKey: ...
    @property
    def page(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class PlacedStamp:
    """Where a stamp went, in millimetres from the lower left corner of the page as seen."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def page(self) -> int: ...
    @property
    def corner(self) -> Optional[Corner]: ...
    @property
    def x_mm(self) -> float: ...
    @property
    def y_mm(self) -> float: ...
    @property
    def width_mm(self) -> float: ...
    @property
    def height_mm(self) -> float: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class StampFonts:
    """The two typefaces of a stamp: TrueType files. The Latin one must be monospaced, as DejaVu Sans Mono is."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, chinese: Union[str, os.PathLike[str]], latin: Union[str, os.PathLike[str]]) -> None: ...
    @staticmethod
    def installed() -> StampFonts:
        """Where Debian's fonts-droid-fallback and fonts-dejavu-core put them."""
    @property
    def chinese(self) -> str: ...
    @property
    def latin(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class IssuedReport:
    """A report ready to be written: the stamped file is the original followed by `revision`."""

    def write(self, path: Union[str, os.PathLike[str]], *, overwrite: bool = False) -> None:
        """Writes the stamped file whole or not at all. ExistingFileError, FileError "file.write"."""
    def to_bytes(self) -> bytes:
        """The stamped file."""
    @property
    def revision(self) -> bytes:
        """What is appended to the original."""
    @property
    def record(self) -> bytes:
        """For safe keeping beside the file."""
    @property
    def code(self) -> bytes:
        """COSE_Sign1."""
    @property
    def url(self) -> str:
        """What the symbol says."""
    @property
    def number(self) -> CodeNumber: ...
    @property
    def stamps(self) -> tuple[PlacedStamp, ...]: ...
    @property
    def warnings(self) -> tuple[SjcodeError, ...]:
        """Findings that did not stop the issue, as errors that were not raised."""

@final
class Issuer:
    """Issues reports for one institution. `signer` signs the codes; `certificate` is of its key.

    `seal`: True seals with the code's key, a SealSigner with that one, False not at all. `timestamps` gets a DER
    TimeStampReq and returns the authority's answer (over HTTP: POST as application/timestamp-query); with it the seal
    carries a timestamp, and where none can be had nothing is issued. `clock` is called as time.time(), `random(n)` as
    os.urandom(). KeyOrCertificateError: "issue.key" (key and certificate differ)."""

    def __init__(self, signer: Signer, certificate: Certificate, *, seal: Union[SealSigner, bool] = True,
                 timestamps: Optional[Callable[[bytes], Buffer]] = None, worker: Optional[Worker] = None,
                 clock: Optional[Callable[[], float]] = None, random: Optional[Callable[[int], bytes]] = None,
                 fonts: StampFonts = ...) -> None: ...
    def issue(self, document: Document, facts: Facts, *, host: str = "", placement: Placement = ...,
              level: QrLevel = ..., entries: Sequence[EntrySymbol] = ..., allow: set[str] = ...,
              repair: bool = False) -> IssuedReport:
        """Signs, stamps, seals. Memory that its owner could write to (bytearray) is copied first: what is signed must not
        change underway. `host`: one of the certificate's, may be empty where it has only one; `level` M or Q; `allow`: names
        of rules that would refuse the document (docs/issue.md). DocumentError: "pdf.*", "hygiene.<rule>", "issue.licence",
        "issue.host", "place.*", "font.*"; FactsError "issue.facts" ({field}, {expected}, {found}); FormatError
        "qr.too-large"; KeyOrCertificateError "seal.*"; TimestampError; and what the caller's functions raise."""
    def preview(self, document: Document, facts: Facts, *, host: str = "", placement: Placement = ...,
                level: QrLevel = ..., entries: Sequence[EntrySymbol] = ..., allow: set[str] = ...,
                repair: bool = False, dpi: float = 150.0) -> bytes:
        """A PNG of the first page that would be stamped, with a symbol that verifies nowhere. Nothing is signed."""

# --- records of trust lists

@final
class Period:
    """From `begin` on, up to and without `until`; without `until`, for as long as nothing else is known."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, begin: datetime.datetime, until: Optional[datetime.datetime] = None) -> None:
        """Of aware datetimes. That `until` is after `begin` is checked where a record is taken in
        ("trust-record.period")."""
    @staticmethod
    def of_days(first: datetime.date, last: Optional[datetime.date] = None) -> Period:
        """From the first day to the last one, as registers and licences name them: days in Chinese time (+08:00)."""
    def covers(self, time: datetime.datetime) -> bool:
        """Whether an instant is in it."""
    @property
    def begin(self) -> datetime.datetime:
        """In UTC."""
    @property
    def until(self) -> Optional[datetime.datetime]:
        """The first instant that is no longer in it."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class DatedName:
    """A name with its time. Institutions are renamed; their old reports keep the old name."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, name: str, short_name: str = "", period: Period) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str:
        """As in report numbers (文号); empty for authorities and appraisers."""
    @property
    def period(self) -> Period: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class DatedCategory:
    """A registered category. Item NN00 stands for the whole field NN, a four-digit item for all its six-digit
    sub-items."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, category: Category, period: Period) -> None: ...
    def includes(self, other: Category) -> bool:
        """Whether it includes another category: itself, or something below it. Says nothing of the time."""
    @property
    def category(self) -> Category: ...
    @property
    def period(self) -> Period: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class DatedKey:
    """A key that signs report codes. A key whose period has ended is retired: what it signed before stays good."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, key: Buffer, period: Period, invalid_since: Optional[datetime.datetime] = None) -> None: ...
    @property
    def key(self) -> bytes:
        """DER SubjectPublicKeyInfo, as PublicKey.to_der() gives it."""
    @property
    def fingerprint(self) -> bytes:
        """SHA-256 over `key`."""
    @property
    def period(self) -> Period:
        """When it signed."""
    @property
    def invalid_since(self) -> Optional[datetime.datetime]:
        """From when on anybody may have had it: another thing than retired (docs/trust-list.md, section 4.4)."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class DatedHost:
    """An official host of an issuer's symbols, lower-case A-labels."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, host: str, period: Period) -> None: ...
    @property
    def host(self) -> str: ...
    @property
    def period(self) -> Period: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class DatedReference:
    """Another party by its identifier: the code authority that signs for an institution, the institution of an
    appraiser."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, id: str, period: Period) -> None: ...
    @property
    def id(self) -> str: ...
    @property
    def period(self) -> Period: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class StatusEvent:
    """What an authority decided about an institution or an appraiser (docs/trust-list.md, section 4.3)."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, kind: StatusEventKind, period: Period, authority: str, category: Optional[Category] = None,
                 document: str = "", keeper: str = "") -> None: ...
    @property
    def kind(self) -> StatusEventKind: ...
    @property
    def category(self) -> Optional[Category]:
        """Only this category and what is below it; None: everything."""
    @property
    def period(self) -> Period: ...
    @property
    def authority(self) -> str:
        """Who decided, by name."""
    @property
    def document(self) -> str:
        """文号 of the decision; may be empty."""
    @property
    def keeper(self) -> str:
        """Who keeps the archive from then on (接管单位); may be empty."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def forbids_practice(kind: StatusEventKind) -> bool:
    """Whether somebody of whom this holds must not practise: all but BLACKLISTED and COMMISSIONING_STOPPED."""

@final
class AuthorityRecord:
    """An authority (司法行政机关, 法院) or a province's code authority (赋码平台), which signs codes for institutions."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, id: str, names: Sequence[DatedName], keys: Sequence[DatedKey] = (),
                 hosts: Sequence[DatedHost] = ()) -> None: ...
    def to_json(self) -> str:
        """As it stands in a register."""
    @property
    def id(self) -> str:
        """Unique in the list."""
    @property
    def names(self) -> tuple[DatedName, ...]: ...
    @property
    def keys(self) -> tuple[DatedKey, ...]:
        """With which it signs codes for institutions that name it in `signers`."""
    @property
    def hosts(self) -> tuple[DatedHost, ...]:
        """Official hosts of the codes that it signs."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class InstitutionRecord:
    """An appraisal institution, with its history: nothing in it is overwritten, what ends gets an end."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, licence: str, uscc: str = "", names: Sequence[DatedName], licensed: Sequence[Period] = (),
                 categories: Sequence[DatedCategory] = (), keys: Sequence[DatedKey] = (),
                 hosts: Sequence[DatedHost] = (), signers: Sequence[DatedReference] = (),
                 seals: Sequence[Period] = (), events: Sequence[StatusEvent] = ()) -> None: ...
    def name_at(self, time: datetime.datetime) -> Optional[DatedName]:
        """The name that held at a time."""
    def licensed_at(self, time: datetime.datetime) -> bool:
        """Whether the licence ran at a time, whatever was decided: see events_at()."""
    def registered_at(self, category: Category, time: datetime.datetime) -> bool:
        """Whether a category, or one above it, was registered at a time."""
    def events_at(self, time: datetime.datetime) -> tuple[StatusEvent, ...]:
        """The decisions that were in force at a time, of a category perhaps. What they mean for a report, its verdict
        says."""
    def to_json(self) -> str:
        """As it stands in a register."""
    @property
    def licence(self) -> str:
        """司法鉴定许可证号: what a report code names as its issuer."""
    @property
    def uscc(self) -> str:
        """统一社会信用代码; may be empty."""
    @property
    def names(self) -> tuple[DatedName, ...]: ...
    @property
    def licensed(self) -> tuple[Period, ...]:
        """Validity of the licence, renewals included."""
    @property
    def categories(self) -> tuple[DatedCategory, ...]:
        """Registered categories (业务范围)."""
    @property
    def keys(self) -> tuple[DatedKey, ...]:
        """Its own."""
    @property
    def hosts(self) -> tuple[DatedHost, ...]:
        """Official hosts of its own codes."""
    @property
    def signers(self) -> tuple[DatedReference, ...]:
        """Authorities that sign codes for it."""
    @property
    def seals(self) -> tuple[Period, ...]:
        """When it seals its PDFs: then one without a seal was altered."""
    @property
    def events(self) -> tuple[StatusEvent, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class AppraiserRecord:
    """An appraiser (司法鉴定人)."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, licence: str, names: Sequence[DatedName], licensed: Sequence[Period] = (),
                 institutions: Sequence[DatedReference] = (), categories: Sequence[DatedCategory] = (),
                 events: Sequence[StatusEvent] = ()) -> None: ...
    def name_at(self, time: datetime.datetime) -> Optional[DatedName]:
        """The name that held at a time."""
    def licensed_at(self, time: datetime.datetime) -> bool:
        """Whether the licence ran at a time, whatever was decided: see events_at()."""
    def registered_at(self, category: Category, time: datetime.datetime) -> bool:
        """Whether a category, or one above it, was registered at a time."""
    def events_at(self, time: datetime.datetime) -> tuple[StatusEvent, ...]:
        """The decisions that were in force at a time, of a category perhaps. What they mean for a report, its verdict
        says."""
    def to_json(self) -> str:
        """As it stands in a register."""
    @property
    def licence(self) -> str:
        """司法鉴定人执业证号."""
    @property
    def names(self) -> tuple[DatedName, ...]: ...
    @property
    def licensed(self) -> tuple[Period, ...]: ...
    @property
    def institutions(self) -> tuple[DatedReference, ...]:
        """Licence numbers of the institutions where registered."""
    @property
    def categories(self) -> tuple[DatedCategory, ...]: ...
    @property
    def events(self) -> tuple[StatusEvent, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

# --- trust lists

BUNDLE_MEDIA_TYPE: str
"""Of a bundle."""
TRUST_LIST_MEDIA_TYPE: str
"""Of a trust list in it."""
STATUS_LIST_MEDIA_TYPE: str
"""Of a status list in it."""
STATUS_DETAILS_MEDIA_TYPE: str
"""Of details, which belong to the status list right before them."""

def fingerprint(key: PublicKey) -> bytes:
    """SHA-256 over the DER SubjectPublicKeyInfo: by this a root key is compared by eye and pinned."""

def trust_file_kind(file: Document) -> TrustFileKind:
    """What a file is by its first bytes; nothing of it is verified."""

@final
class TrustListInfo:
    """What the head of a list says of the list as a whole."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, id: str, publisher: str, regions: Sequence[str] = (), number: int = 0,
                 issued: Optional[datetime.datetime] = None, next_update: Optional[datetime.datetime] = None) -> None: ...
    @property
    def id(self) -> str:
        """Of the list, for ever the same, e.g. "cn.gov.moj.forensic"."""
    @property
    def publisher(self) -> str:
        """The regulator's name."""
    @property
    def regions(self) -> tuple[str, ...]:
        """First two digits of the licence numbers it answers for; empty: all."""
    @property
    def number(self) -> int:
        """Ascending; a higher one replaces a lower one. In a register, that of the list signed last; 0 before the
        first."""
    @property
    def issued(self) -> datetime.datetime:
        """In UTC. A register from JSON keeps neither time: 1970 then."""
    @property
    def next_update(self) -> datetime.datetime:
        """When the next one is due: a list is stale from then on."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class UnverifiedTrustList:
    """What a file says of itself, nothing verified."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def info(self) -> TrustListInfo: ...
    @property
    def root(self) -> PublicKey:
        """The key that it says it is signed with: see fingerprint()."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TrustListContent:
    """Everything that a list states. Its tuples are made anew at each access."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, info: TrustListInfo, authorities: Sequence[AuthorityRecord] = (),
                 institutions: Sequence[InstitutionRecord] = (), appraisers: Sequence[AppraiserRecord] = ()) -> None: ...
    @property
    def info(self) -> TrustListInfo: ...
    @property
    def authorities(self) -> tuple[AuthorityRecord, ...]: ...
    @property
    def institutions(self) -> tuple[InstitutionRecord, ...]: ...
    @property
    def appraisers(self) -> tuple[AppraiserRecord, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TrustListBlock:
    """A block of a list, as it can be looked up over a network."""

    @property
    def digest(self) -> bytes:
        """As the head states it: SHA-256, or SM3 where the root key is an SM2 key."""
    @property
    def content(self) -> bytes: ...

@final
class TrustList:
    """A list whose head is signed by a root key that the caller trusts (docs/trust-list.md). Opening reads the head and
    nothing else; a record is read when it is asked for, and the block that it stands in is then compared with the digest
    that was signed. memoryview() of it gives the file's bytes without a copy, and it is taken wherever a document is."""

    @staticmethod
    def open(file: Document, *, root: _Fingerprint) -> TrustList:
        """`root` is the pinned fingerprint. A list signed by another key passes where a chain of root changes leads from
        the pinned one to it. TrustError: "trust-list.format" ({reason}), "trust-list.newer-format", "trust-list.root"
        (the key is another, and no root change leads to it), "trust-list.root-change", "trust-list.signature",
        "trust-list.truncated"."""
    @staticmethod
    def unverified(file: Document) -> UnverifiedTrustList:
        """Reads the head and verifies nothing: for showing the root key's fingerprint to whoever is to pin it. TrustError:
        "trust-list.format", "trust-list.newer-format", "trust-list.truncated"."""
    @property
    def info(self) -> TrustListInfo: ...
    @property
    def root(self) -> PublicKey:
        """The key that signed this list."""
    @property
    def head_digest(self) -> bytes:
        """Two lists of one number are the same list if and only if it is the same."""
    @property
    def root_changes(self) -> tuple[bytes, ...]:
        """COSE_Sign1 each, since the first root key."""
    @property
    def authority_count(self) -> int: ...
    @property
    def institution_count(self) -> int: ...
    @property
    def appraiser_count(self) -> int: ...
    def authority(self, id: str) -> Optional[AuthorityRecord]:
        """By identifier; None where the list has none. TrustError: "trust-list.block" ({block}: it is not what was
        signed), "trust-record.*" (what was signed is no record)."""
    def institution(self, licence: str) -> Optional[InstitutionRecord]:
        """By licence number. Errors as authority()."""
    def appraiser(self, licence: str) -> Optional[AppraiserRecord]:
        """By licence number. Errors as authority()."""
    def is_official_host(self, host: str) -> bool:
        """Whether any issuer of the list has, or had, this official host. TrustError: "trust-list.block"."""
    def read_all(self) -> TrustListContent:
        """Reads everything: that every block is what was signed, and in order. TrustError: as of the single records, and
        "trust-list.order"."""
    def verify_all(self) -> None:
        """As read_all(), keeping nothing."""
    @property
    def head(self) -> bytes:
        """The COSE_Sign1."""
    @property
    def blocks(self) -> tuple[TrustListBlock, ...]:
        """Of all tables, in the order of the body; not compared with their digests, see verify_all()."""
    def to_bytes(self) -> bytes:
        """The whole file."""

# --- trust records

@final
class SigningKey:
    """A key that may sign codes of an issuer, with its time."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def key(self) -> PublicKey: ...
    @property
    def period(self) -> Period: ...
    @property
    def invalid_since(self) -> Optional[datetime.datetime]:
        """See DatedKey."""
    @property
    def signer(self) -> str:
        """The authority that signs for the issuer; empty: the issuer itself."""
    @property
    def certificate(self) -> Optional[Certificate]:
        """Where the records are certificates."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class KnownIssuer:
    """What trust records say of one issuer."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def record(self) -> InstitutionRecord:
        """Of a certificate folder: licence number only."""
    @property
    def keys(self) -> tuple[SigningKey, ...]:
        """Its own, and those of authorities while they sign for it."""
    @property
    def hosts(self) -> tuple[DatedHost, ...]:
        """Its own, and those of authorities while they sign for it."""
    @property
    def list(self) -> Optional[TrustListInfo]:
        """The list that says so; None for certificates, which say nothing of licences and status."""
    @property
    def lists_appraisers(self) -> bool:
        """Whether that list has appraisers at all."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

class TrustRecords:
    """What the verifier believes of issuers. Not to be subclassed."""

    def issuer(self, licence: str) -> Optional[KnownIssuer]:
        """By licence number; None where the records do not know it. TrustError: those of TrustList.institution(), where
        the records turn out to be damaged."""
    def appraiser(self, licence: str) -> Optional[AppraiserRecord]:
        """By licence number; None where the records do not know it."""
    def is_official_host(self, host: str) -> bool:
        """Whether a host is, or was, official for any issuer."""
    @property
    def timestamp_anchors(self) -> tuple[bytes, ...]:
        """DER certificates in which the chains of trusted timestamp authorities end."""
    @property
    def countersign_anchors(self) -> tuple[bytes, ...]:
        """The same for those who countersign reports."""

@final
class CertificateFolder(TrustRecords):
    """A folder of institution certificates (*.pem, *.crt, *.cer, *.der)."""

    @staticmethod
    def open(path: Union[str, os.PathLike[str]]) -> CertificateFolder:
        """All certificates of every file. Nothing broken is passed over in silence. TrustError: "trust.folder",
        "trust.empty", "trust.unreadable" ({file}, {reason}), "trust.identity" ({file})."""
    @staticmethod
    def of(certificates: Sequence[Certificate]) -> CertificateFolder:
        """From certificates at hand."""
    def certificates(self, issuer: str) -> tuple[Certificate, ...]:
        """The certificates of an issuer (licence number); empty where the records do not know it."""
    def __len__(self) -> int: ...

@final
class TrustLists(TrustRecords):
    """Trust lists as trust records. Where several know an issuer, the one that was issued last speaks; each speaks only
    for licence numbers of its own regions."""

    def __init__(self, lists: Sequence[TrustList]) -> None: ...
    @property
    def lists(self) -> tuple[TrustList, ...]:
        """The one issued last first."""
    def __len__(self) -> int: ...

@final
class TrustPin:
    """What a store holds to of one list, whatever is offered later."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def list_id(self) -> str: ...
    @property
    def root(self) -> bytes:
        """Fingerprint of the root key."""
    @property
    def regions(self) -> tuple[str, ...]:
        """As of the first import; a later list may answer for fewer, never for more."""
    @property
    def number(self) -> int:
        """Of the list accepted last."""
    @property
    def head(self) -> bytes:
        """Its head digest."""
    @property
    def issued(self) -> datetime.datetime: ...
    @property
    def file(self) -> str:
        """Its name in the folder."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TrustImport:
    """What an import takes in."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def info(self) -> TrustListInfo: ...
    @property
    def root(self) -> bytes:
        """Fingerprint of the root key."""
    @property
    def first(self) -> bool:
        """Nothing of this list was held before."""
    @property
    def unchanged(self) -> bool:
        """The very list that is held."""
    @property
    def root_changed(self) -> bool:
        """A new root key, by a change that the old one signed."""
    @property
    def previous(self) -> int:
        """The number held before; 0 where none was."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TrustCandidate:
    """A list that a store would accept."""

    @property
    def list(self) -> TrustList: ...
    @property
    def report(self) -> TrustImport: ...

@final
class TrustStore:
    """The folder in which a verifier keeps the lists that it accepted, with the root keys that it pinned (docs/trust.md,
    "The store"). A list that is forged, cut off, reordered, older, or signed anew under its number is never taken in; the
    one held stays. Not for several programs that write at once; readers are never disturbed by an import."""

    @staticmethod
    def is_store(folder: _Folder) -> bool: ...
    @staticmethod
    def open(folder: _Folder) -> TrustStore:
        """TrustError: "trust-store.none" ({folder}), "trust-store.state" ({file}: it is not what a store writes)."""
    @staticmethod
    def open_or_create(folder: _Folder) -> TrustStore:
        """Opens the store, or begins one: its folder is made by the first import_list(). Errors as open()."""
    @staticmethod
    def empty() -> TrustStore:
        """One that holds nothing and is kept nowhere: for lists that are examined under a root given for once."""
    @property
    def pins(self) -> tuple[TrustPin, ...]: ...
    def lists(self) -> tuple[TrustList, ...]:
        """All lists held, opened under their pins. TrustError: "trust-store.empty" ({folder}), "trust-store.list" ({file},
        {reason}: it is not the list that was accepted)."""
    def records(self) -> TrustLists:
        """The same as trust records."""
    def examine(self, file: Document, *, root: Optional[_Fingerprint] = None,
                accept_first_root: bool = False) -> TrustCandidate:
        """What would be accepted, changing nothing: the list that a file (a list or a delta) is or leads to. `root` is the
        fingerprint that the regulator published, for a list that is not held; `accept_first_root` pins whatever key it is
        signed with, after a person compared its fingerprint. TrustError: "trust-store.not-pinned" ({list},
        {fingerprint}), "trust-store.root" ({list}, {fingerprint}, {pinned}), "trust-store.rollback" ({number}, {held},
        {issued}), "trust-store.same-number", "trust-store.issued-earlier", "trust-store.regions", "trust-store.no-base"
        (a delta to a list that is not held), "trust-store.refused" ({why}: a code, {held}: broken or forged),
        "trust-store.refused-first", "trust-store.refused-unknown", "trust-store.kind" (neither list nor delta)."""
    def import_list(self, file: Document, *, root: Optional[_Fingerprint] = None,
                    accept_first_root: bool = False) -> TrustImport:
        """Examines, reads all of the list, writes it and then the state. Errors as examine(), and FileError
        "file.write"."""

# --- bundles

@final
class BundlePart:
    """One part of a bundle. memoryview() of it gives its bytes without a copy, and it is taken wherever a document is."""

    def __init__(self, type: str, content: Document) -> None: ...
    @property
    def type(self) -> str:
        """Media type: TRUST_LIST_MEDIA_TYPE and the like."""
    @property
    def content(self) -> bytes:
        """A copy."""
    def __len__(self) -> int: ...

def open_trust(folder: Optional[_Folder], bundle: Optional[Document], root: Optional[_Fingerprint],
               status_lists: Sequence[tuple[Document, Optional[Document]]]
               ) -> tuple[TrustRecords, StatusLists, tuple[SjcodeError, ...]]:
    """What sjcode.open_trust() is made of."""

def open_bundle(file: Document) -> tuple[BundlePart, ...]:
    """The parts of a bundle (*.sjb), in their order; what is in them is not looked at. A bundle has no signature of its
    own: everything in it has one. open_trust() does the rest. TrustError: "bundle.format" ({reason}),
    "bundle.newer-format", "bundle.limit" (over 1,024 parts)."""

def make_bundle(parts: Sequence[BundlePart]) -> bytes:
    """Writes the parts one after the other. TrustError: "bundle.type" (an empty or overlong type)."""

# --- registers

@final
class TrustDifference:
    """One record that differs between two lists."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def kind(self) -> str:
        """"authority", "institution" or "appraiser"."""
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def change(self) -> TrustChange: ...
    @property
    def history_lost(self) -> bool:
        """Whether something that the older one said is missing in the newer one. An end put to an open period is no
        loss."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def differences(older: TrustListContent, newer: TrustListContent) -> tuple[TrustDifference, ...]:
    """What differs between two versions of a list, by kind and identifier."""

@final
class TableFinding:
    """Something about one row of a table."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def line(self) -> int:
        """In the file, from 1."""
    @property
    def column(self) -> str:
        """As the table names it; empty where the row as a whole is meant."""
    @property
    def code(self) -> str: ...
    @property
    def parameters(self) -> dict[str, str]: ...
    def sentence(self, language: _Language = "en") -> str:
        """The finding in words, without line and column."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TrustTableImport:
    """What came of a table. With a fault, nothing of it was taken in."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def rows(self) -> int: ...
    @property
    def faults(self) -> tuple[TableFinding, ...]:
        """The first 100."""
    @property
    def fault_count(self) -> int: ...
    @property
    def warnings(self) -> tuple[TableFinding, ...]:
        """What is unusual: the first 100."""
    @property
    def warning_count(self) -> int: ...
    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns that say nothing to us."""
    @property
    def changes(self) -> tuple[TrustDifference, ...]:
        """What the register says otherwise than before."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TrustRegister:
    """What a regulator's clerk works on before it is signed as a trust list."""

    def __init__(self, content: TrustListContent, root_changes: Iterable[Buffer] = ()) -> None: ...
    @staticmethod
    def from_json(json: Union[str, Buffer]) -> TrustRegister:
        """docs/trust-register.schema.json. TrustError: "trust-register.json" (no JSON, or duplicate keys),
        "trust-register.field" ({path}: missing, unknown or of another form), "trust-register.version"."""
    @staticmethod
    def from_list(list: TrustList) -> TrustRegister:
        """With everything that a list states. Errors as TrustList.read_all()."""
    def to_json(self) -> str:
        """Indented, records sorted by identifier: so that two versions can be compared by eye."""
    @property
    def content(self) -> TrustListContent:
        """A copy."""
    @property
    def root_changes(self) -> tuple[bytes, ...]: ...
    def add(self, record: Union[AuthorityRecord, InstitutionRecord, AppraiserRecord]) -> None:
        """Takes a record in. Where one with its identifier is there, what the new one says is added to it: another name
        ends the one before, what is not known is added, nothing is taken away. TrustError: "trust-record.*"."""
    def add_event(self, licence: str, event: StatusEvent) -> None:
        """Adds an event to the institution or appraiser with this licence number. TrustError: "trust-register.unknown"
        ({licence}), "trust-record.*"."""
    def end_key(self, id: str, key_fingerprint: _Fingerprint, when: datetime.datetime, *,
                compromised: bool = False) -> None:
        """Ends a key of an institution or authority at a time: in order (retired), or since it may be in other hands.
        TrustError: "trust-register.unknown", "trust-register.no-key" ({fingerprint}), "trust-record.*"."""
    def add_root_change(self, change: Buffer) -> None:
        """What sign_root_change() gave, for the lists from now on, which the next key signs."""
    def import_table(self, table: Document, kind: TrustTableKind) -> TrustTableImport:
        """Takes in every row of a table (CSV of a spreadsheet, UTF-8 or GB18030; docs/trust.md names the columns), or,
        where a row has a fault, none. Takes nothing away. FormatError: "csv.*"; TrustError: "trust-table.column"
        ({column}: the table lacks it), "trust-table.empty" (no row below the names)."""
    def sign(self, root: Signer, *, issued: datetime.datetime, next_update: datetime.datetime) -> bytes:
        """Signs the next list; the register then has its number. Errors as sign_trust_list()."""

def check_trust_list(content: TrustListContent) -> None:
    """That every record says what it must and no two have one identifier. TrustError: "trust-record.*" ({record}: whose),
    "trust-list.info" ({field})."""

def sign_trust_list(content: TrustListContent, root: Signer, root_changes: Iterable[Buffer] = ()) -> bytes:
    """The file. `root_changes` are those since the first root key, in their order; each new list carries them all, so that
    who pinned an older root can follow. TrustError: those of check_trust_list(), "trust-list.limit" ({what}),
    "trust-list.root-change"; and what the signer raises."""

def sign_root_change(list_id: str, next: PublicKey, when: datetime.datetime, current: Signer) -> bytes:
    """A statement that the root key of a list is replaced by another, signed by the one that goes. TrustError:
    "trust-list.info" (the identifier is empty)."""

def make_trust_delta(older: TrustList, newer: TrustList) -> bytes:
    """What turns `older` into `newer`: the head of `newer`, and the blocks of it that `older` has not. Needs no signature
    of its own. TrustError: "trust-delta.other-list"."""

def apply_trust_delta(older: TrustList, delta: Document, *, limit: int = ...) -> bytes:
    """The file that the delta leads to, byte for byte; it is to be opened as any other. `limit` bounds its size: 1 GiB.
    TrustError: "trust-delta.format" ({reason}), "trust-delta.base" ({wanted}, {here}: it is for another list or number),
    "trust-delta.block" (a block is in neither), "trust-list.limit"."""

def trust_delta_base(delta: Document) -> str:
    """The identifier of the list that a delta is for. TrustError: "trust-delta.format"."""

# --- status lists

@final
class StatusArray:
    """Values of 1, 2, 4 or 8 bits, one an index, packed from the least significant bit on."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, bits: int, size: int, values: Mapping[int, int] = ...) -> None:
        """All zero but for `values`, by index. `size` is rounded up to whole bytes. TrustError: "status-list.bits",
        "status-list.size"; IndexError, ValueError: a value outside, or of more bits."""
    @staticmethod
    def decompress(bits: int, zlib: Buffer) -> StatusArray:
        """From the ZLIB data of a token, of 16 MiB at most. TrustError: "status-list.bits", "status-list.compression"
        (damaged, or bytes behind it), "status-list.size"."""
    def compress(self) -> bytes:
        """ZLIB data (RFC 1950) at the highest level."""
    def get(self, index: int) -> Optional[int]:
        """None where the index is not in the array."""
    def nonzero(self) -> tuple[tuple[int, int], ...]:
        """Each index with another value than 0, ascending, and the value."""
    @property
    def bits(self) -> int: ...
    @property
    def content(self) -> bytes: ...
    def __len__(self) -> int:
        """Indices."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def code_status_of(value: int) -> Optional[CodeStatus]:
    """The status that a value in a list stands for; None for one that this version does not know."""

def status_list_subject(licence: str) -> str:
    """The subject of the status list of an institution, by licence number."""

def licence_of_subject(subject: str) -> Optional[str]:
    """The licence number in such a subject; None for any other text."""

@final
class StatusListClaims:
    """What a status list says besides the values (docs/status-list.md)."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, subject: str, issued: datetime.datetime, expires: Optional[datetime.datetime] = None,
                 time_to_live: Optional[int] = None) -> None: ...
    @property
    def subject(self) -> str:
        """Claim 2, see status_list_subject()."""
    @property
    def issued(self) -> datetime.datetime:
        """Claim 6, in UTC."""
    @property
    def expires(self) -> Optional[datetime.datetime]:
        """Claim 4: not to be relied on from then on."""
    @property
    def time_to_live(self) -> Optional[int]:
        """Claim 65534: seconds after which a newer one should be fetched."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class RawStatusList:
    """A status list taken apart, nothing verified: only good for asking which keys to try, and for diagnosis."""

    @staticmethod
    def decode(list: Document) -> RawStatusList:
        """Of 4 MiB at most. FormatError: "cbor.*", "cose.*", "cwt.type", "cwt.critical"; TrustError: "status-list.claim"
        ({claim}: missing, or of another type), "status-list.bits", "status-list.compression", "status-list.size"."""
    @property
    def algorithm(self) -> Algorithm: ...
    @property
    def unverified_claims(self) -> StatusListClaims: ...
    @property
    def unverified_statuses(self) -> StatusArray: ...

@final
class VerifiedStatusList:
    """A status list that a key of the caller's signed, about the subject that the caller asked for: made by verify()
    only."""

    @staticmethod
    def verify(raw: RawStatusList, subject: str, keys: Sequence[PublicKey]) -> VerifiedStatusList:
        """`keys` are those that may sign for the subject at the time claimed: the trust records say which
        (TrustRecords.issuer()). TrustError: "status-list.subject" ({subject}: the list is about another institution),
        "status-list.signature" (none of the keys signed it)."""
    @property
    def claims(self) -> StatusListClaims: ...
    @property
    def statuses(self) -> StatusArray: ...
    @property
    def signer(self) -> PublicKey:
        """The key among those given that signed it."""
    def value(self, index: int) -> Optional[int]:
        """The value at a code's index (Claims.status), for code_status_of(). None where the list does not reach there:
        then it says nothing of that code, which must not be shown as valid."""
    def age(self, now: datetime.datetime) -> StatusListAge: ...

def may_replace(held: VerifiedStatusList, offered: VerifiedStatusList) -> None:
    """That a list may take the place of the one held: the same subject, issued later, not shorter. TrustError:
    "status-list.subject", "status-list.older" ({held}, {offered}), "status-list.shorter"."""

def sign_status_list(claims: StatusListClaims, statuses: StatusArray, signer: Signer) -> bytes:
    """Makes and signs a list. TrustError: "status-list.claim" ({claim}: an empty subject, a time before 1970, an end that
    is not after the beginning, a time to live of 0), "status-list.compression"; and what the signer raises."""

@final
class StatusChange:
    """One change of a code's status. Changes are kept for good."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, time: datetime.datetime, status: CodeStatus, reason: str = "",
                 successor: Union[CodeNumber, str, None] = None) -> None: ...
    @property
    def time(self) -> datetime.datetime:
        """In UTC."""
    @property
    def status(self) -> CodeStatus: ...
    @property
    def reason(self) -> str:
        """In the institution's words; may be empty."""
    @property
    def successor(self) -> Union[CodeNumber, str, None]:
        """What takes its place: a code number, or the report number of a report without a code."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def status_at(history: Sequence[StatusChange], time: datetime.datetime) -> CodeStatus:
    """The status at an instant by a history in ascending order of time: VALID before the first change."""

@final
class StatusDetailsEntry:
    """What to write about one code."""

    __match_args__: ClassVar[tuple[str, ...]]
    def __init__(self, *, index: int, code: CodeNumber, history: Sequence[StatusChange]) -> None: ...
    @property
    def index(self) -> int:
        """The code's index in the list."""
    @property
    def code(self) -> CodeNumber: ...
    @property
    def history(self) -> tuple[StatusChange, ...]:
        """Ascending by time."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class RawStatusDetails:
    """A details file taken apart, nothing verified."""

    @staticmethod
    def decode(details: Document) -> RawStatusDetails:
        """Of 64 MiB at most. FormatError: "cbor.*", "cose.*"; TrustError: "status-details.structure"."""
    @property
    def algorithm(self) -> Algorithm: ...
    @property
    def unverified_subject(self) -> str: ...
    @property
    def unverified_issued(self) -> Optional[datetime.datetime]:
        """None beyond the year 9999."""
    def __len__(self) -> int:
        """Entries."""

@final
class VerifiedStatusDetails:
    """A details file that belongs to a verified list: made by verify() only."""

    @staticmethod
    def verify(raw: RawStatusDetails, list: VerifiedStatusList) -> VerifiedStatusDetails:
        """TrustError: "status-details.other-list" (another subject or time of issue than the list's: what it says may be
        outdated), "status-details.signature" (not signed by the key that signed the list)."""
    def history(self, index: int, code: CodeNumber) -> tuple[StatusChange, ...]:
        """The history of a code; empty where the file has no entry for its index. TrustError: "status-details.number" (the
        entry is that of another code number), "status-details.structure"."""
    def __len__(self) -> int:
        """Entries."""

def sign_status_details(list: StatusListClaims, entries: Sequence[StatusDetailsEntry], signer: Signer, *,
                        random: Optional[Callable[[int], bytes]] = None) -> bytes:
    """Makes and signs the details file of a list. Claims and signer must be the list's. `entries` in any order, each index
    once. TrustError: "status-details.entry" ({index}: twice, no history, not in order of time, too long); and what the
    signer and `random` raise."""

@final
class HeldStatusList:
    """What the list of one institution says."""

    @property
    def list(self) -> VerifiedStatusList: ...
    @property
    def details(self) -> Optional[VerifiedStatusDetails]: ...
    @property
    def details_fault(self) -> str:
        """Code of what was wrong with the details that came with it; then there are none. "" where nothing was."""

@final
class StatusLists:
    """The newest status list of each institution, at hand while verifying."""

    def __init__(self) -> None: ...
    def add(self, list: Document, details: Optional[Document] = None, *, trust: TrustRecords) -> str:
        """Takes a list in, under the keys that the issuer's trust records name for the time that the list states; of two
        for one institution the newer one stays. `details` is the file beside it. Returns the institution's licence number.
        What is refused changes nothing; yet after an error of the details the list is held without them, since it is good
        by itself. TrustError: "status-lists.unknown-issuer" ({subject}), "status-lists.older"
        ({licence}: a newer one is held), and those of RawStatusList.decode(), VerifiedStatusList.verify(),
        RawStatusDetails.decode() and VerifiedStatusDetails.verify()."""
    def find(self, licence: str) -> Optional[HeldStatusList]:
        """None where none is held."""
    def refusal(self, licence: str) -> Optional[str]:
        """Why a list for this institution, or of nobody knows whom, was not taken in: a code; None where none was refused.
        A verdict without a list tells it."""
    def __len__(self) -> int: ...

@final
class SignedStatus:
    """A list and its details, signed together. Both must be published."""

    @property
    def list(self) -> bytes: ...
    @property
    def details(self) -> bytes: ...

@final
class StatusJournal:
    """The status journal (状态台账): an institution's own record of which index belongs to which code and what became of
    it. It keeps every change (docs/status-list.md, section 4), and holds code numbers: keep it where only the institution
    reads it. Not for several programs that change it at once."""

    @staticmethod
    def create(licence: str) -> StatusJournal:
        """A new one. TrustError: "status-journal.issuer" (empty)."""
    @staticmethod
    def from_json(json: Union[str, Buffer]) -> StatusJournal:
        """From the text of to_json(). TrustError: "status-journal.format" ({what}: the first thing that is wrong), and
        those of set() for changes that it would refuse."""
    def to_json(self) -> str: ...
    @property
    def issuer(self) -> str:
        """Licence number."""
    @property
    def size(self) -> int:
        """Codes that the next list has room for."""
    @property
    def last_signed(self) -> Optional[datetime.datetime]:
        """When the last list was issued; None before the first."""
    @property
    def entries(self) -> tuple[StatusDetailsEntry, ...]:
        """By index, each with its history."""
    @property
    def assigned(self) -> int:
        """How many indices were given."""
    def index_of(self, code: CodeNumber) -> Optional[int]:
        """The index of a code of which something is known."""
    def assign(self, *, random: Optional[Callable[[int], bytes]] = None) -> int:
        """A free index, drawn at random, which is not given again: Facts.status. TrustError: "status-journal.full"."""
    def set(self, index: int, code: CodeNumber, change: StatusChange, *, correction: bool = False) -> None:
        """Records a change. Only a correction leaves REVOKED and WITHDRAWN again. Take index and code from a code that the
        institution signed (VerifiedReportCode): else a forged report has another one revoked. TrustError:
        "status-journal.index", "status-journal.other-code", "status-journal.unchanged", "status-journal.final",
        "status-journal.earlier", "status-journal.reason", "status-journal.reason-length", "status-journal.reason-text",
        "status-journal.resident-id", "status-journal.successor", "status-journal.no-successor",
        "status-journal.own-successor"."""
    def sign(self, signer: Signer, *, issued: datetime.datetime, valid_for: datetime.timedelta,
             time_to_live: datetime.timedelta, random: Optional[Callable[[int], bytes]] = None) -> SignedStatus:
        """Signs list and details of what is recorded: the list expires `valid_for` after `issued`, and a newer one is due
        after `time_to_live`. TrustError: "status-journal.clock" ({last}: the last list was issued then or later), and
        those of sign_status_list() and sign_status_details()."""

# --- verdicts

@final
class Check:
    """One check: what was looked at, what came out, and why."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def check(self) -> str:
        """Stable name of what was looked at, e.g. "signature"; docs/verdict.md has the list."""
    @property
    def result(self) -> CheckResult: ...
    @property
    def code(self) -> str:
        """Stable code of the finding."""
    @property
    def parameters(self) -> dict[str, str]: ...
    @property
    def mandatory(self) -> bool:
        """Whether UNCHECKED leaves the outcome undetermined."""
    def sentence(self, language: _Language = "en") -> str:
        """The finding in words."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Fact:
    """A fact that the code or its record states, for a person to compare with the paper."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def name(self) -> str:
        """Stable name, e.g. "report_number"; its label is the sentence "fact.<name>"."""
    @property
    def value(self) -> str: ...
    @property
    def is_signed(self) -> bool:
        """False: from elsewhere, e.g. the short name from the certificate."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Verdict:
    """The answer of a verification: the checks, and the outcome that follows from them (docs/verdict.md)."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def outcome(self) -> Outcome: ...
    @property
    def checks(self) -> tuple[Check, ...]: ...
    @property
    def code(self) -> Optional[VerifiedReportCode]:
        """The claims, where a signature over them verified."""
    @property
    def facts(self) -> tuple[Fact, ...]:
        """What to compare by eye; empty where no signature verified."""
    def to_json(self, language: _Language = "en", *, input_name: str = "") -> str:
        """One line of JSON (docs/verdict.schema.json)."""
    def to_text(self, language: _Language = "en") -> str:
        """For a person: outcome, what to compare, each finding, and always that this does not vouch for the opinion."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class CarriedCode:
    """A code that a PDF carries, as it stands there: nothing of it is verified."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def page(self) -> int:
        """From 1."""
    @property
    def code(self) -> bytes:
        """COSE_Sign1."""
    @property
    def record(self) -> bytes:
        """Empty where there is none."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def carried_codes(pdf: Document) -> tuple[CarriedCode, ...]:
    """The codes on the annotations of a PDF. DocumentError: "pdf.no-pdf", "pdf.damaged", "pdf.limit",
    "pdf.encrypted"."""

@final
class Verifier:
    """Verifies PDFs, images, symbol texts and numbers against trust records. `clock` is called as time.time(). Of
    `statuses` it takes what is in them now: make a new one when newer lists were taken in. Without them the check
    "status" stays UNCHECKED."""

    def __init__(self, trust: TrustRecords, *, worker: Optional[Worker] = None,
                 clock: Optional[Callable[[], float]] = None, statuses: Optional[StatusLists] = None) -> None: ...
    def verify(self, document: Document, *, record: Optional[Buffer] = None, render: bool = False,
               page_scan_time: float = 3.0, as_of: Optional[datetime.datetime] = None) -> Verdict:
        """A PDF, photograph or scan, told apart by content. What is there and cannot be read is a verdict that says so;
        FileError where it is not there. `record`: one kept beside the report; `render`: also render the stamped page and
        read its symbol; `page_scan_time`: seconds to look for symbols on the pages of a PDF that carries no code;
        `as_of`: what counts as now for status and age, an aware datetime, instead of the clock's time."""
    def verify_text(self, text: str, *, record: Optional[Buffer] = None,
                    as_of: Optional[datetime.datetime] = None) -> Verdict:
        """The text of a symbol, or a code number as typed."""

# --- audit

@final
class AuditRevision:
    """One step of the file's growth (ISO 32000-2, 7.5.6)."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def number(self) -> int:
        """From 1, the oldest."""
    @property
    def begin(self) -> int:
        """Offset of its first byte."""
    @property
    def end(self) -> int:
        """Offset behind its end mark."""
    @property
    def added(self) -> tuple[int, ...]:
        """Numbers of objects, ascending."""
    @property
    def replaced(self) -> tuple[int, ...]: ...
    @property
    def freed(self) -> tuple[int, ...]: ...
    @property
    def signatures(self) -> tuple[str, ...]:
        """Names of the fields whose signatures cover the file up to here."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class AuditSignature:
    """A signature as the file has it. Names and times are what it says of itself."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def field(self) -> str: ...
    @property
    def kind(self) -> AuditSignatureKind: ...
    @property
    def object_number(self) -> int:
        """Number of the signature dictionary; 0 where it has none of its own."""
    @property
    def format(self) -> str:
        """/SubFilter, e.g. "ETSI.CAdES.detached"."""
    @property
    def claimed_name(self) -> str:
        """/Name."""
    @property
    def claimed_time(self) -> str:
        """/M."""
    @property
    def signer(self) -> str:
        """Name in the signer's certificate; whether that is to be trusted is not checked."""
    @property
    def issuer(self) -> str:
        """Who issued the certificate, by its own word (RFC 4514)."""
    @property
    def timestamp(self) -> Optional[datetime.datetime]:
        """Of the timestamp that this is, or that the signature carries and that holds, in UTC; the authority is not
        checked."""
    @property
    def level(self) -> str:
        """"B-B", "B-T", "B-LT" or "B-LTA" (ETSI EN 319 142-1) by what is there, whatever it proves; empty of other
        forms."""
    @property
    def revision(self) -> int:
        """The newest revision that it covers; 0 where it covers none rightly."""
    @property
    def valid(self) -> bool:
        """The bytes that it covers are those that were signed."""
    @property
    def covers_file(self) -> bool:
        """Nothing follows what it covers."""
    @property
    def removed(self) -> bool:
        """A later revision took it off."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class AuditReport:
    """What the signatures of a PDF cover, and what was changed after they were made (docs/audit.md)."""

    __match_args__: ClassVar[tuple[str, ...]]
    @property
    def outcome(self) -> AuditOutcome: ...
    @property
    def checks(self) -> tuple[Check, ...]: ...
    @property
    def revisions(self) -> tuple[AuditRevision, ...]:
        """Oldest first; empty where the file could not be read."""
    @property
    def signatures(self) -> tuple[AuditSignature, ...]: ...
    def to_json(self, language: _Language = "en", *, input_name: str = "") -> str: ...
    def to_text(self, language: _Language = "en") -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def audit(pdf: Document, *, revisions: int = 256) -> AuditReport:
    """Audits a signed PDF, ours or anybody's. Needs no trust records and says nothing about who signed. What cannot be
    read is a check that failed. A file that grew by more revisions than this fails."""

def original_part(pdf: Document) -> bytes:
    """The bytes that a report of ours had before it was stamped and sealed, as the record in it says. No signature is
    checked. DocumentError: "extract.no-code", "extract.changed", "pdf.*"; FormatError: "record.*", "cose.*"."""

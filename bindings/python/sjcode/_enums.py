"""Enumerations. Their values are the stable names that JSON, the command line and messages use."""

import enum


class _Named(enum.Enum):
    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


class Algorithm(_Named):
    """The signature algorithms of a report code (docs/code-format.md, section 6)."""

    ED25519 = "ed25519"
    P256 = "p256"
    SM2 = "sm2"


class DigestAlgorithm(_Named):
    """SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016): 32 bytes, both."""

    SHA256 = "sha256"
    SM3 = "sm3"


class SealAlgorithm(_Named):
    """The signature algorithms of a seal."""

    ED25519 = "ed25519"
    ECDSA_P256 = "ecdsa-p256"
    RSA_PKCS1 = "rsa-pkcs1"
    RSA_PSS = "rsa-pss"
    SM2 = "sm2"


class SealDigest(_Named):
    """The digest of the sealed bytes. Ed25519 goes with SHA-512, SM2 with SM3."""

    SHA256 = "sha256"
    SHA384 = "sha384"
    SHA512 = "sha512"
    SM3 = "sm3"


class CategoryClass(_Named):
    """The classes of appraisal (执业类别)."""

    FORENSIC_MEDICINE = 1
    PHYSICAL_EVIDENCE = 2
    AUDIO_VISUAL = 3
    ENVIRONMENT = 4
    OTHER = 9


class ReportKind(_Named):
    """Claim 10."""

    REPORT = "report"
    CORRECTION = "correction"
    SUPPLEMENTARY = "supplementary"
    REAPPRAISAL = "reappraisal"


class RecordKey(_Named):
    """The fixed entries of a record."""

    ORIGINAL = "original"
    INSTITUTION = "institution"
    APPRAISERS = "appraisers"
    CATEGORIES = "categories"
    MATTER = "matter"
    COMMISSIONER = "commissioner"
    ACCEPTED = "accepted"
    OPINION = "opinion"
    CASE = "case"
    COPIES = "copies"
    USE = "use"
    TEXT = "text"


class CommissionerKind(_Named):
    """Who commissioned a report."""

    COURT = "court"
    ORGAN = "organ"
    ORGANISATION = "organisation"
    PERSON = "person"
    JOINT = "joint"


class Outcome(_Named):
    """The outcome of a verification. None says that the opinion is right."""

    AUTHENTIC = "authentic"
    NOT_AUTHENTIC = "not_authentic"
    UNDETERMINED = "undetermined"
    CODE_GENUINE = "code_genuine"

    @property
    def exit_status(self) -> int:
        """The exit status of `sjcode verify`: 0 to 3."""
        return list(Outcome).index(self)


class CheckResult(_Named):
    """The result of one check."""

    PASS = "pass"
    FAIL = "fail"
    WARN = "warn"
    UNCHECKED = "unchecked"


class AuditOutcome(_Named):
    """The outcome of an audit."""

    NO_FAILURE = "no_failure"
    FAILED = "failed"
    NOTHING_SIGNED = "nothing_signed"

    @property
    def exit_status(self) -> int:
        """The exit status of `sjcode audit`: 0 to 2."""
        return list(AuditOutcome).index(self)


class AuditSignatureKind(_Named):
    """What a signature in a PDF is for."""

    APPROVAL = "approval"
    CERTIFICATION = "certification"
    TIMESTAMP = "timestamp"
    USAGE_RIGHTS = "usage_rights"


class QrLevel(_Named):
    """Error correction of a symbol, from the least."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


class Corner(_Named):
    """A corner of the page as it is seen."""

    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"
    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"


class Pages(_Named):
    """Which pages are stamped."""

    FIRST_FREE = "first-free"
    FIRST = "first"
    LAST = "last"
    ALL = "all"
    NUMBER = "number"


class Annotations(_Named):
    """What to leave out of a page before it is rendered or its text read."""

    KEEP = "keep"
    WITHOUT_OURS = "without-ours"
    NONE = "none"


class StatusEventKind(_Named):
    """What an authority decided about an institution or an appraiser. forbids_practice() says which forbid to practise."""

    SUSPENDED = "suspended"
    CLOSED = "closed"
    REGISTRATION_REVOKED = "registration-revoked"
    CANCELLED = "cancelled"
    LICENCE_REVOKED = "licence-revoked"
    BLACKLISTED = "blacklisted"
    COMMISSIONING_STOPPED = "commissioning-stopped"


class CodeStatus(_Named):
    """What became of a code. Says nothing of whether the opinion is right."""

    VALID = "valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REAPPRAISED = "reappraised"

    @property
    def number(self) -> int:
        """The value in a status list (docs/status-list.md, section 2)."""
        return (0, 1, 2, 0x0B, 0x0C, 0x0D)[list(CodeStatus).index(self)]


class StatusListAge(_Named):
    """How old a status list is. None makes a list unusable that says "revoked"."""

    CURRENT = "current"
    REFRESH_DUE = "refresh-due"
    EXPIRED = "expired"
    FUTURE = "future"


class TrustFileKind(_Named):
    """What a file is by its first bytes."""

    LIST = "list"
    DELTA = "delta"
    BUNDLE = "bundle"
    OTHER = "other"


class TrustChange(_Named):
    """How a record differs between two lists."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class TrustTableKind(_Named):
    """What each row of a table describes."""

    INSTITUTIONS = "institutions"
    APPRAISERS = "appraisers"
    EVENTS = "events"

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

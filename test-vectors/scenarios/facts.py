"""The invented report that most vectors are about, and the test keys."""

import hashlib
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional

from reference import cbor, keys, number, record, report_code
from reference.errors import FormatError
from reference.hashes import digest
from reference.page import page_digest

ISSUER = "440100001"
OTHER_ISSUER = "440100002"
INSTITUTION = "示例司法鉴定中心"
SHORT_NAME = "示例司鉴中心"
REPORT_NUMBER = "示例司鉴中心〔2026〕临鉴字第18号"
APPRAISERS = [["甲某", "440100001001"], ["乙某", "440100001002"]]
# Class 1, 法医类, and item 0202, 人体残疾等级.
CATEGORY = 1_000_202
MATTER = "对被鉴定人的伤残等级进行鉴定"
COURT = "某某市中级人民法院"
OPINION = "被鉴定人左膝关节功能部分丧失，评定为十级伤残。"
ACCEPTED = int(datetime(2026, 8, 9, 16, 0, tzinfo=timezone.utc).timestamp())
ISSUED = int(datetime(2026, 9, 3, 2, 15, tzinfo=timezone.utc).timestamp())
STATUS_INDEX = 17
PAGES = 12
PAGE_WITHOUT_TEXT = 11

HOST_SHORT = "v.example.cn"
HOST_15 = "sfjd.example.cn"
HOST_40 = "heyan.gonggong.falv.fuwu.sfjd.example.cn"

ED25519_KEY = keys.derive_test_key(keys.ED25519, "ed25519 1")
ED25519_OTHER = keys.derive_test_key(keys.ED25519, "ed25519 2")
P256_KEY = keys.derive_test_key(keys.ESP256, "p-256 1")
P256_OTHER = keys.derive_test_key(keys.ESP256, "p-256 2")
SM2_KEY = keys.derive_test_key(keys.SM2_SM3, "sm2 1")
SM2_OTHER = keys.derive_test_key(keys.SM2_SM3, "sm2 2")
KEYS = {
    "ed25519-1": ED25519_KEY, "ed25519-2": ED25519_OTHER,
    "p256-1": P256_KEY, "p256-2": P256_OTHER,
    "sm2-1": SM2_KEY, "sm2-2": SM2_OTHER,
}


def test_bytes(label: str, length: int) -> bytes:
    """Bytes that look random and are the same on every run."""
    stream = b"".join(
        hashlib.sha256(f"sjcode test bytes: {label}: {block}".encode()).digest() for block in range(length // 32 + 1))
    return stream[:length]


def code_number(label: str) -> str:
    """A code number, drawn again as section 2 says if it has to be."""
    for attempt in range(100):
        body = "J" + "".join(
            number.NUMBER_ALPHABET[byte & 31] for byte in test_bytes(f"number {label} {attempt}", 18))
        try:
            return number.check_canonical(body + number.check_character(body))
        except FormatError:
            continue
    raise AssertionError(label)


CODE = code_number("report")
OTHER_CODE = code_number("other report")


def page_text(page: int) -> str:
    """The text of a page; one page is a photograph and has none."""
    if page == PAGE_WITHOUT_TEXT:
        return ""
    return f"{INSTITUTION}\n司法鉴定意见书\n共 {PAGES} 页 第 {page} 页"


def record_entries(
    hash_name: str = "sha256",
    pages: int = PAGES,
    extensions: Optional[Dict[int, Any]] = None,
    values: Optional[Dict[int, Any]] = None,
) -> List[list]:
    """The entries of the record; `values` replaces some of them by key."""
    original = b"%PDF-1.7 the whole PDF before stamping, in a test vector"
    by_key = {
        1: [digest(hash_name, original), len(original)],
        2: [INSTITUTION, SHORT_NAME],
        3: APPRAISERS,
        4: [CATEGORY],
        5: MATTER,
        6: ["court", COURT],
        7: ACCEPTED,
        8: OPINION,
        9: test_bytes("case code", 12),
        10: 4,
        11: None,
        12: ["example-extractor", "1.0"],
        **(extensions or {}),
        **{1000 + page: page_digest(hash_name, page, page_text(page)) for page in range(1, pages + 1)},
        **(values or {}),
    }
    return [[test_bytes(f"salt {key}", record.SALT_LENGTH), key, by_key[key]] for key in sorted(by_key)]


def claims_map(entries: Optional[List[list]] = None, hash_name: str = "sha256", **changes: Any) -> Dict[int, Any]:
    """The claims that belong to a record; `changes` as claim_8=0, and
    `claim_9=MISSING` leaves a claim out."""
    entries = record_entries(hash_name) if entries is None else entries
    opened = record.decode(cbor.encode(entries), hash_name)
    claims = {
        1: ISSUER, 2: ISSUED, 3: number.encode(CODE), 4: [2026, "临鉴字", 18], 5: opened.digest,
        6: len(entries), 7: opened.pages, 8: CATEGORY, 9: STATUS_INDEX,
    }
    for name, value in changes.items():
        claims[int(name[len("claim_") :])] = value
    return {key: value for key, value in claims.items() if value is not MISSING}


MISSING = object()


def payload(**changes: Any) -> bytes:
    """The encoded claims of the usual record, with changes."""
    return cbor.encode(claims_map(**changes))


def report_code_for(private: keys.PrivateKey, **changes: Any) -> bytes:
    """The usual report code, signed with this key."""
    hash_name = keys.HASH_NAMES[private.algorithm]
    return report_code.sign(private, cbor.encode(claims_map(hash_name=hash_name, **changes)))


def public_fields(*private_keys: keys.PrivateKey) -> List[Dict[str, Any]]:
    """Public keys as the vectors hold them."""
    return [
        {"algorithm": key.algorithm, "raw": key.public().raw.hex(), "spki": keys.public_spki(key.public()).hex()}
        for key in private_keys
    ]

"""claims/ (section 4)."""

from typing import Any, Dict, List, Tuple

from reference import cbor, claims, number

from . import facts
from .code_numbers import encode_unchecked, number_with_check
from .facts import MISSING, payload
from .vectors import Vectors

OTHER = number.encode(facts.OTHER_CODE)


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    _add_right(vectors)
    _add_missing_and_types(vectors)
    _add_keys(vectors)
    _add_values(vectors)
    _add_kinds(vectors)
    _add_numbers(vectors)


def _error(vectors: Vectors, name: str, what: str, code: str, **changes: Any) -> None:
    vectors.error(f"claims/{name}", what, "claims.decode", {"hex": payload(**changes).hex()}, code)


def _add_right(vectors: Vectors) -> None:
    def ok(name: str, what: str, **changes: Any) -> None:
        vectors.ok(f"claims/{name}", what, "claims.decode", {"hex": payload(**changes).hex()})

    vectors.ok("claims/usual", "The claims of the usual report.", "claims.decode",
               {"hex": payload().hex(), "short_name": facts.SHORT_NAME},
               {"report_number": facts.REPORT_NUMBER, "code": facts.CODE, "category": facts.CATEGORY})
    ok("category-0", "Category 0 hides a sensitive class.", claim_8=0)
    ok("status-0", "The first place of the status list.", claim_9=0)
    ok("issued-after-2038", "A time of more than 32 bits.", claim_2=2**33)
    ok("correction", "A correction of a coded report.", claim_10=1, claim_11=OTHER)
    ok("supplement", "A supplementary appraisal.", claim_10=2, claim_11=OTHER)
    ok("re-appraisal", "A re-appraisal of a coded report.", claim_10=3, claim_11=OTHER)
    ok("re-appraisal-of-uncoded", "The prior report has no code, only a number.",
       claim_10=3, claim_11="别的司鉴中心〔2019〕临鉴字第229号")
    ok("key-24-ignored", "Keys from 24 on are ignored.", claim_24="a later addition")
    ok("key-1000-ignored", "Keys from 24 on are ignored, whatever they hold.", claim_1000=[1, None])
    ok("whole-number", "A report number of another form goes whole.", claim_4="示例司鉴所2016临鉴字第229号")
    ok("whole-number-of-usual-form", "Without a short name the whole text may be right.", claim_4=facts.REPORT_NUMBER)
    vectors.ok("claims/whole-number-other-short-name", "The prefix is not the short name: whole.", "claims.decode",
               {"hex": payload(claim_4="旧名司鉴中心〔2026〕临鉴字第18号").hex(), "short_name": facts.SHORT_NAME},
               {"report_number": "旧名司鉴中心〔2026〕临鉴字第18号"})


def _add_missing_and_types(vectors: Vectors) -> None:
    for key in range(1, 10):
        name = claims.NAMES[key]
        _error(vectors, f"missing-{name}", f"Claim {key}, {name}, is missing.", "claims.missing",
               **{f"claim_{key}": MISSING})
        _error(vectors, f"null-{name}", f"Claim {key}, {name}, is null.", "claims.type", **{f"claim_{key}": None})
    for name, what, key, value in [
        ("issuer-bytes", "Claim 1 is a byte string.", 1, b"440100001"),
        ("issuer-integer", "Claim 1 is an integer.", 1, 440100001),
        ("issued-negative", "Claim 2 is negative.", 2, -1),
        ("issued-text", "Claim 2 is a text.", 2, "2026-09-03"),
        ("code-11-bytes", "Claim 3 is too short.", 3, number.encode(facts.CODE)[1:]),
        ("code-13-bytes", "Claim 3 is too long.", 3, b"\x00" + number.encode(facts.CODE)),
        ("code-text", "Claim 3 is the number as text.", 3, facts.CODE),
        ("number-integer", "Claim 4 is an integer.", 4, 18),
        ("number-two-parts", "Claim 4 has two parts.", 4, [2026, "临鉴字"]),
        ("number-four-parts", "Claim 4 has four parts.", 4, [2026, "临鉴字", 18, 1]),
        ("number-year-text", "The year is a text.", 4, ["2026", "临鉴字", 18]),
        ("number-middle-bytes", "The middle is a byte string.", 4, [2026, b"x", 18]),
        ("number-serial-negative", "The serial is negative.", 4, [2026, "临鉴字", -1]),
        ("record-31-bytes", "Claim 5 is too short.", 5, bytes(31)),
        ("record-33-bytes", "Claim 5 is too long.", 5, bytes(33)),
        ("record-text", "Claim 5 is hexadecimal text.", 5, "00" * 32),
        ("entries-negative", "Claim 6 is negative.", 6, -24),
        ("pages-text", "Claim 7 is a text.", 7, "12"),
        ("category-text", "Claim 8 is the shown form.", 8, "FY0202"),
        ("status-negative", "Claim 9 is negative.", 9, -1),
        ("kind-text", "Claim 10 is a text.", 10, "1"),
        ("kind-null", "Claim 10 is null instead of absent.", 10, None),
        ("prior-integer", "Claim 11 is an integer.", 11, 18),
        ("prior-11-bytes", "Claim 11 is too short.", 11, OTHER[1:]),
        ("prior-null", "Claim 11 is null instead of absent.", 11, None),
    ]:
        _error(vectors, f"type-{name}", what, "claims.type", **{f"claim_{key}": value})
    vectors.error("claims/type-not-a-map", "An array instead of a map.", "claims.decode",
                  {"hex": cbor.encode([facts.ISSUER]).hex()}, "claims.type")
    vectors.error("claims/type-tagged", "A map in tag 18.", "claims.decode",
                  {"hex": "d2" + payload().hex()}, "claims.type")
    vectors.error("claims/missing-all", "An empty map.", "claims.decode", {"hex": "a0"}, "claims.missing")


def _add_keys(vectors: Vectors) -> None:
    for key in (0, 12, 13, 23):
        _error(vectors, f"newer-key-{key}", f"Key {key} is below 24 and unknown.", "claims.newer-format",
               **{f"claim_{key}": 1})
    usual: Dict[Any, Any] = facts.claims_map()
    wrong_keys: List[Tuple[str, str, Any]] = [
        ("negative", "Keys are unsigned.", -1), ("text", "Keys are no texts.", "issuer")]
    for name, what, wrong_key in wrong_keys:
        vectors.error(f"claims/key-{name}", what, "claims.decode",
                      {"hex": cbor.encode({**usual, wrong_key: 1}).hex()}, "claims.type")
    encoded = payload()
    # Claim 1 is first: a1 would be one pair, a9 are nine.
    first = bytes([encoded[0] + 1]) + encoded[1:12] + encoded[1:]
    vectors.error("claims/key-twice", "Claim 1 twice.", "claims.decode", {"hex": first.hex()}, "cbor.duplicate-key")
    last = encoded[-2:]
    vectors.error("claims/keys-unsorted", "Claim 9 before claim 1.", "claims.decode",
                  {"hex": (encoded[:1] + last + encoded[1:-2]).hex()}, "cbor.unsorted-keys")
    vectors.error("claims/trailing-byte", "A byte after the map.", "claims.decode",
                  {"hex": (encoded + b"\x00").hex()}, "cbor.trailing")
    vectors.error("claims/long-form-status", "The status index in a longer form.", "claims.decode",
                  {"hex": (encoded[:-1] + b"\x18" + encoded[-1:]).hex()}, "cbor.not-shortest")


def _add_values(vectors: Vectors) -> None:
    _error(vectors, "issuer-empty", "No issuer in claim 1.", "claims.value", claim_1="")
    _error(vectors, "pages-0", "A report has a page.", "claims.value", claim_7=0)
    _error(vectors, "entries-11", "Fewer entries than the fixed twelve.", "claims.value", claim_6=11)
    _error(vectors, "entries-less-than-pages", "Twelve entries and twelve pages are 24.", "claims.value", claim_6=23)
    code = number.encode(facts.CODE)
    _error(vectors, "code-top-bit", "The code number's top bit is set.", "number.encoding",
           claim_3=bytes([code[0] | 0x80]) + code[1:])
    _error(vectors, "code-other-scheme", "The code number begins with K.", "number.scheme",
           claim_3=encode_unchecked("K" + facts.CODE[1:19]))
    _error(vectors, "code-check-would-be-u", "The code number's check character would be U.", "number.check-character",
           claim_3=encode_unchecked(number_with_check("U")[:19]))


def _add_kinds(vectors: Vectors) -> None:
    _error(vectors, "kind-without-prior", "A correction of nothing.", "claims.kind", claim_10=1)
    _error(vectors, "prior-without-kind", "A prior report and no relation.", "claims.kind", claim_11=OTHER)
    _error(vectors, "kind-0", "Kind 0 is left out.", "claims.kind", claim_10=0)
    _error(vectors, "kind-0-with-prior", "Kind 0 is left out.", "claims.kind", claim_10=0, claim_11=OTHER)
    _error(vectors, "kind-4", "There is no kind 4 in version 1.", "claims.kind", claim_10=4, claim_11=OTHER)
    _error(vectors, "prior-top-bit", "The prior number's top bit is set.", "number.encoding",
           claim_10=1, claim_11=bytes([OTHER[0] | 0x80]) + OTHER[1:])
    _error(vectors, "prior-empty-text", "An empty report number.", "claims.number", claim_10=3, claim_11="")
    _error(vectors, "prior-not-canonical", "A prior report number with other brackets.", "claims.number",
           claim_10=3, claim_11="别的司鉴中心（2019）临鉴字第229号")


def _add_numbers(vectors: Vectors) -> None:
    for name, what, value in [
        ("middle-digit", "A digit in the middle.", [2026, "临1鉴字", 18]),
        ("middle-full-width-digit", "A full-width digit in the middle.", [2026, "临１鉴字", 18]),
        ("middle-bracket", "A bracket in the middle.", [2026, "临〔鉴字", 18]),
        ("middle-di", "第 in the middle.", [2026, "临鉴字第", 18]),
        ("middle-hao", "号 in the middle.", [2026, "号临鉴字", 18]),
        ("middle-space", "White space in the middle.", [2026, "临 鉴字", 18]),
        ("year-three-digits", "A year of three digits.", [202, "临鉴字", 18]),
        ("year-five-digits", "A year of five digits.", [20260, "临鉴字", 18]),
        ("whole-empty", "An empty whole text.", ""),
        ("whole-space", "White space in the whole text.", "示例司鉴所2016 临鉴字第229号"),
        ("whole-full-width-digits", "Full-width digits in the whole text.", "示例司鉴所２０１６临鉴字第229号"),
        ("whole-other-brackets", "Other brackets round the year.", "旧名司鉴中心[2026]临鉴字第18号"),
        ("whole-padding", "Zero padding in the whole text.", "旧名司鉴中心〔2026〕临鉴字第018号"),
    ]:
        _error(vectors, f"number-{name}", what, "claims.number", claim_4=value)
    vectors.error("claims/number-whole-must-be-parts", "The prefix is the short name, so it must stand in parts.",
                  "claims.decode",
                  {"hex": payload(claim_4=facts.REPORT_NUMBER).hex(), "short_name": facts.SHORT_NAME}, "claims.number")

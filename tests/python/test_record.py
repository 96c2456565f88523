"""Report codes, records and disclosures: made, taken apart, verified, and altered."""

import datetime

import pytest
import sjcode
from conftest import ALGORITHMS

VALUES = {
    "original": b"\x01" * 32, "original_length": 1000, "institution": "示例司法鉴定中心", "short_name": "示例司鉴中心",
    "appraisers": [sjcode.Appraiser(name="张三", licence="1"), sjcode.Appraiser(name="李四", licence="2")],
    "categories": [1000202], "accepted": datetime.date(2026, 3, 1), "opinion": "误工期150日",
    "pages": [b"\x02" * 32, None],
}


def record_of(algorithm=sjcode.DigestAlgorithm.SHA256, **changes):
    return sjcode.Record.make(sjcode.RecordValues(**{**VALUES, **changes}), algorithm)


def claims_of(record, **changes):
    return sjcode.Claims(**{"issuer": "440100001", "issued": 1_772_000_000, "code": sjcode.CodeNumber.generate(),
                            "number": sjcode.ShortReportNumber(year=2026, middle="临鉴字", serial=18),
                            "record": record.digest, "entries": record.entries, "pages": 2, "category": 1000202,
                            "status": 18, **changes})


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_code_and_record(algorithm):
    key = sjcode.PrivateKey.generate(algorithm)
    record = record_of("sm3" if algorithm is sjcode.Algorithm.SM2 else "sha256",
                       commissioner=sjcode.Commissioner(kind="court", name="示例法院"), copies=3, case_code=b"\x01\x02",
                       extensions={64: b"\x01"}, text=sjcode.TextExtractor(name="poppler", version="22"))
    claims = claims_of(record)
    assert claims.report_number("示例司鉴中心") == "示例司鉴中心〔2026〕临鉴字第18号"
    code = sjcode.sign_report_code(claims, key)
    raw = sjcode.RawReportCode.decode(code)
    assert raw.unverified_claims == claims and raw.algorithm is algorithm
    verified = sjcode.VerifiedReportCode.verify(raw, key.public_key)
    assert verified.claims.issued_at == datetime.datetime.fromtimestamp(claims.issued, datetime.timezone.utc)
    again = sjcode.Record.decode(record.encoded, record.algorithm)
    assert again == record and again.values == record.values and again.values.accepted == VALUES["accepted"]
    again.verify(verified.claims)
    index = next(i for i in range(record.entries)
                 if sjcode.Disclosure.make(record, claims.issuer, claims.code, i).entry_name == "opinion")
    disclosure = sjcode.Disclosure.decode(sjcode.Disclosure.make(record, claims.issuer, claims.code, index).encode())
    disclosure.verify(verified)
    assert disclosure.value_text == VALUES["opinion"] and disclosure.entry == record.entry(index)
    assert len(record.path(index)) >= 3 and record.page_index(1) == record.entries - 2

    altered = bytearray(code)
    altered[-1] ^= 1
    with pytest.raises(sjcode.FormatError) as caught:
        sjcode.VerifiedReportCode.verify(sjcode.RawReportCode.decode(altered), key.public_key)
    assert caught.value.code == "cose.signature"
    other = record_of(record.algorithm)
    with pytest.raises(sjcode.FormatError) as caught:
        other.verify(claims)
    assert caught.value.code in ("record.digest", "record.entries")
    with pytest.raises(sjcode.FormatError):
        sjcode.Disclosure.make(other, claims.issuer, claims.code, 1).verify(verified)


def test_verified_codes_are_made_by_verification_only():
    with pytest.raises(TypeError):
        sjcode.VerifiedReportCode()
    with pytest.raises(TypeError):
        sjcode.RawReportCode()
    record = record_of()
    raw = sjcode.RawReportCode.decode(sjcode.sign_report_code(claims_of(record), sjcode.PrivateKey.generate("sm2")))
    disclosure = sjcode.Disclosure.make(record, "1", sjcode.CodeNumber.generate(), 0)
    with pytest.raises(TypeError):
        disclosure.verify(raw)
    with pytest.raises(TypeError):
        disclosure.verify(raw.unverified_claims)


def test_a_time_beyond_datetime_is_still_a_claim(key):
    claims = claims_of(record_of(), issued=2**62)
    raw = sjcode.RawReportCode.decode(sjcode.sign_report_code(claims, key))
    assert raw.unverified_claims.issued == 2**62 and raw.unverified_claims.issued_at is None


def test_prior_reports(key):
    number = sjcode.CodeNumber.generate()
    for prior in (number, "示例〔2025〕1号"):
        claims = claims_of(record_of(), kind="correction", prior=prior)
        assert sjcode.RawReportCode.decode(sjcode.sign_report_code(claims, key)).unverified_claims.prior == prior
    with pytest.raises(sjcode.FormatError) as caught:
        sjcode.sign_report_code(claims_of(record_of(), prior=number), key)
    assert caught.value.code == "claims.kind"
    with pytest.raises(TypeError):
        claims_of(record_of(), prior=3)


@pytest.mark.parametrize("changes, error", [
    ({"appraisers": []}, sjcode.FormatError), ({"opinion": ""}, sjcode.FormatError),
    ({"original": b"short"}, ValueError), ({"pages": [b""]}, ValueError), ({"pages": b"\x02" * 32}, TypeError),
    ({"accepted": datetime.datetime(2026, 1, 1)}, TypeError), ({"original_length": -1}, TypeError),
    ({"opinion": b"bytes"}, None),
])
def test_values_that_are_none(changes, error):
    if error is None:
        assert record_of(**changes).values.opinion == "bytes"  # pybind11 takes UTF-8 bytes for a text
        return
    with pytest.raises(error):
        record_of(**changes)


def test_indexes_beyond_the_end():
    record = record_of()
    for call in (lambda: record.entry(record.entries), lambda: record.path(record.entries), lambda: record.page_index(3),
                 lambda: record.page_index(0), lambda: sjcode.Disclosure.make(record, "1", sjcode.CodeNumber.generate(), 99)):
        with pytest.raises(IndexError):
            call()
    with pytest.raises(TypeError):
        record.entry(-1)


def test_levels():
    values = sjcode.RecordValues(**VALUES)
    public, party = sjcode.disclosed_entries("public", values), sjcode.disclosed_entries("party", values)
    assert sjcode.RecordKey.INSTITUTION in public and len(public) < len(party)
    with pytest.raises(sjcode.SjcodeError) as caught:
        sjcode.disclosed_entries("everything", values)
    assert caught.value.code == "disclosure.level"

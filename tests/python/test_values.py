"""Value classes: frozen, equal by value, readable, and silent about persons."""

import datetime
import pathlib

import pytest
import sjcode

NUMBER = "J0000000000000000001"


def test_frozen():
    identity = sjcode.InstitutionIdentity(licence="1", name="2", short_name="3", hosts=["a.cn"])
    for value in (identity, sjcode.Placement(), sjcode.Category.parse("FY0202"), sjcode.StampFonts.installed()):
        field = type(value).__match_args__[0]
        with pytest.raises(AttributeError):
            setattr(value, field, None)
        with pytest.raises(AttributeError):
            value.anything_else = 1
        with pytest.raises(TypeError):
            type("Sub", (type(value),), {})
    assert identity.hosts == ("a.cn",)


def test_equality_and_hash():
    first, second = sjcode.Category.parse("FY0202"), sjcode.Category.from_number(1000202)
    assert first == second and hash(first) == hash(second) and first != sjcode.Category.parse("FY0203")
    assert first != "FY0202" and (first == 3) is False
    assert {first, second} == {first}
    assert sjcode.Placement(page=3) == sjcode.Placement(sjcode.Pages.NUMBER, page=3) != sjcode.Placement()


def test_repr_reads_like_the_value():
    assert repr(sjcode.Category.parse("FY0202")) == "Category(code='FY0202')"
    placement = sjcode.Placement(page=2, corner="top-left")
    assert repr(placement) == (
        "Placement(pages=Pages.NUMBER, page=2, corner=Corner.TOP_LEFT, position=None, force=False)")
    assert sjcode.Placement.__match_args__[:2] == ("pages", "page")


def test_repr_names_no_person_and_no_opinion(facts, issued, issued_path, trust, key):
    record = sjcode.Record.decode(issued.record, "sha256")
    verdict = sjcode.verify(issued_path, trust)
    assert verdict.facts and verdict.code is not None
    personal = [appraiser.name for appraiser in facts.appraisers] + [facts.opinion[:12], facts.matter or facts.opinion]
    for value in (facts, record, record.values, verdict, facts.appraisers[0], verdict.facts[0], issued,
                  sjcode.carried_codes(issued_path)[0], verdict.facts):
        assert not [text for text in personal if text in repr(value)], repr(value)
    assert "PRIVATE" not in repr(key) and repr(key) == "<PrivateKey p256>"


def test_enumerations_take_their_values_and_refuse_others():
    assert sjcode.draw_qr("a", "1", "Q").level is sjcode.QrLevel.Q
    assert sjcode.digest("sm3", b"abc") == sjcode.digest(sjcode.DigestAlgorithm.SM3, b"abc")
    with pytest.raises(ValueError, match="'X' is not a valid QrLevel"):
        sjcode.draw_qr("a", "1", "X")
    with pytest.raises(TypeError):
        sjcode.draw_qr("a", "1", sjcode.DigestAlgorithm.SM3)
    with pytest.raises(TypeError):
        sjcode.draw_qr("a", "1", None)
    assert [outcome.exit_status for outcome in sjcode.Outcome] == [0, 1, 2, 3]
    assert sjcode.AuditOutcome.NOTHING_SIGNED.exit_status == 2


def test_code_number():
    number = sjcode.CodeNumber.generate()
    assert sjcode.CodeNumber.parse(str(number).lower()) == number
    assert sjcode.CodeNumber.from_bytes(bytes(number)) == number
    assert sjcode.CodeNumber.from_characters(number.characters) == number
    assert str(number) == number.grouped and len(number.to_bytes()) == 12
    given = sjcode.CodeNumber.generate(random=lambda count: b"\x01" * count)
    assert given == sjcode.CodeNumber.generate(random=lambda count: bytearray(b"\x01" * count))


def test_randomness_of_the_caller_that_fails_is_not_replaced():
    def broken(_):
        raise LookupError("no randomness today")

    with pytest.raises(LookupError, match="today"):
        sjcode.CodeNumber.generate(random=broken)
    with pytest.raises(ValueError, match="as many bytes"):
        sjcode.CodeNumber.generate(random=lambda count: b"\x01" * (count - 1))
    with pytest.raises(TypeError):
        sjcode.CodeNumber.generate(random=lambda count: "1" * count)
    assert sjcode.CodeNumber.generate() != sjcode.CodeNumber.generate()


def test_times(key, certificate):
    assert certificate.not_before.tzinfo is datetime.timezone.utc
    assert certificate.not_after > certificate.not_before
    naive = datetime.datetime(2026, 1, 1)
    with pytest.raises(ValueError, match="time zone"):
        sjcode.Certificate.self_signed(key, certificate.identity, not_before=naive, not_after=naive)


def test_facts(facts):
    assert sjcode.Facts.from_json(facts.to_json()) == facts
    assert isinstance(facts.accepted, datetime.date) and not isinstance(facts.accepted, datetime.datetime)
    with pytest.raises(sjcode.FactsError) as caught:
        sjcode.Facts.from_dict({"licence": "1"})
    assert caught.value.code == "facts.missing" and isinstance(caught.value, ValueError)
    with pytest.raises(sjcode.FactsError):
        sjcode.Facts.from_json(b"\xff")
    with pytest.raises(TypeError):
        sjcode.Facts.from_json(pathlib.Path("facts.json"))

"""report-number/ and category/ (section 4)."""

from . import facts
from .vectors import Vectors


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    _add_canonical(vectors)
    _add_split(vectors)
    _add_categories(vectors)


def _add_canonical(vectors: Vectors) -> None:
    def ok(name: str, what: str, text: str, expected: str) -> None:
        vectors.ok(f"report-number/canonical-{name}", what, "report-number.canonical",
                   {"text": text}, {"text": expected})

    usual = facts.REPORT_NUMBER
    ok("unchanged", "A canonical text stays.", usual, usual)
    for name, opening, closing in [
        ("square", "[", "]"), ("square-full-width", "［", "］"), ("round", "(", ")"),
        ("round-full-width", "（", "）"), ("lenticular", "【", "】"),
    ]:
        ok(f"brackets-{name}", "Other brackets round the year.",
           f"示例司鉴中心{opening}2026{closing}临鉴字第18号", usual)
    ok("full-width-digits", "Full-width digits.", "示例司鉴中心〔２０２６〕临鉴字第１８号", usual)
    ok("spaces", "Spaces of several kinds.", "示例司鉴中心 〔2026〕\u3000临鉴字\u00a0第 18 号\n", usual)
    ok("zero-padding", "No zero padding.", "示例司鉴中心〔2026〕临鉴字第0018号", usual)
    ok("zero-padding-full-width", "Full-width zeros are padding too.", "示例司鉴中心〔2026〕临鉴字第００18号", usual)
    ok("serial-zero", "The serial 0 keeps one digit.",
       "示例司鉴中心〔2026〕临鉴字第000号", "示例司鉴中心〔2026〕临鉴字第0号")
    ok("everything-at-once", "All of it together.", " 示例司鉴中心（２０２６） 临鉴字 第 ０１８ 号 ", usual)
    ok("no-brackets", "A number without brackets stays without.",
       "示例司鉴所2016临鉴字第0229号", "示例司鉴所2016临鉴字第229号")
    ok("brackets-round-a-name", "Brackets round anything but a year stay.",
       "示例（北京）司鉴中心（2026）临鉴字第18号", "示例（北京）司鉴中心〔2026〕临鉴字第18号")
    ok("brackets-of-two-kinds", "An opening and a closing bracket of two kinds are no pair.",
       "示例司鉴中心（2026]临鉴字第18号", "示例司鉴中心（2026]临鉴字第18号")
    ok("letters", "Letters stay as they are.", "SL-2026-A0018", "SL-2026-A0018")
    for name, text in [("empty", ""), ("white-space-only", " \u3000\t")]:
        vectors.error(f"report-number/canonical-{name}", "Nothing is left.", "report-number.canonical",
                      {"text": text}, "report-number.form")


def _add_split(vectors: Vectors) -> None:
    def ok(name: str, what: str, text: str, expected: object, short_name: str = facts.SHORT_NAME) -> None:
        vectors.ok(f"report-number/split-{name}", what, "report-number.split",
                   {"text": text, "short_name": short_name}, {"number": expected})

    usual = facts.REPORT_NUMBER
    ok("usual", "The usual form goes in parts.", usual, [2026, "临鉴字", 18])
    ok("from-other-form", "The canonical text decides.", "示例司鉴中心 [２０２６] 临鉴字第018号", [2026, "临鉴字", 18])
    ok("empty-middle", "The middle may be empty.", "示例司鉴中心〔2026〕第18号", [2026, "", 18])
    ok("serial-zero", "The serial may be 0.", "示例司鉴中心〔2026〕临鉴字第0号", [2026, "临鉴字", 0])
    ok("other-short-name", "Another short name: whole.", usual, usual, "别的司鉴中心")
    ok("short-name-is-a-prefix", "The short name and nothing between it and the year: whole.", usual, usual, "示例司鉴")
    ok("empty-short-name", "Without a short name the text does not begin with the year: whole.", usual, usual, "")
    for name, what, text in [
        ("no-brackets", "No brackets: whole.", "示例司鉴中心2026临鉴字第18号"),
        ("digit-in-middle", "A digit in the middle: whole.", "示例司鉴中心〔2026〕临1鉴字第18号"),
        ("bracket-in-middle", "A bracket in the middle: whole.", "示例司鉴中心〔2026〕临（甲）鉴字第18号"),
        ("di-in-middle", "第 in the middle: whole.", "示例司鉴中心〔2026〕第临鉴字第18号"),
        ("hao-in-middle", "号 in the middle: whole.", "示例司鉴中心〔2026〕号临鉴字第18号"),
        ("no-di", "No 第: whole.", "示例司鉴中心〔2026〕临鉴字18号"),
        ("suffix", "Something after 号: whole.", "示例司鉴中心〔2026〕临鉴字第18号之一"),
        ("sub-serial", "A serial of two parts: whole.", "示例司鉴中心〔2026〕临鉴字第18-1号"),
        ("year-before-1000", "A year that would lose its zero: whole.", "示例司鉴中心〔0026〕临鉴字第18号"),
        ("serial-over-2-64", "A serial that is no CBOR integer: whole.",
         "示例司鉴中心〔2026〕临鉴字第18446744073709551616号"),
    ]:
        ok(name, what, text, text)


def _add_categories(vectors: Vectors) -> None:
    for name, value, text in [
        ("four-digits", 1_000_202, "FY0202"), ("six-digits", 1_010_101, "FY010101"),
        ("material", 2_000_601, "WZ0601"), ("recording", 3_001_101, "SX1101"),
        ("environment", 4_000_101, "HJ0101"), ("other", 9_000_001, "QT0001"),
        ("largest-of-four", 1_009_999, "FY9999"), ("largest-item", 1_999_999, "FY999999"),
    ]:
        vectors.ok(f"category/{name}", "A category as it is shown.", "category.show", {"value": value}, {"text": text})
    vectors.error("category/class-0", "Class 0 has no letters.", "category.show", {"value": 202}, "category.class")
    vectors.error("category/class-5", "Class 5 has no letters.", "category.show",
                  {"value": 5_000_101}, "category.class")

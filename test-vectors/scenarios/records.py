"""record/, merkle/ and page/ (section 5)."""

from typing import Any, Dict, List, Optional

from reference import cbor, page, record

from . import facts
from .vectors import Vectors

# The eight entries that tests of Certificate Transparency use, and their root.
TRANSPARENCY_ENTRIES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
TRANSPARENCY_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
SMALL = 2


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    _add_right(vectors)
    _add_entry_errors(vectors)
    _add_value_errors(vectors)
    _add_order_errors(vectors)
    _add_claim_errors(vectors)
    _add_merkle(vectors)
    _add_pages(vectors)


def _inputs(entries: Any, hash_name: str = "sha256", claims: Optional[bytes] = None) -> Dict[str, str]:
    inputs = {"hex": cbor.encode(entries).hex(), "hash": hash_name}
    if claims is not None:
        inputs["claims"] = claims.hex()
    return inputs


def _error(vectors: Vectors, name: str, what: str, entries: Any, reason: str) -> None:
    vectors.error(f"record/{name}", what, "record.open", _inputs(entries), reason)


def _small(**arguments: Any) -> List[list]:
    return facts.record_entries(pages=SMALL, **arguments)


def _add_right(vectors: Vectors) -> None:
    def ok(name: str, what: str, entries: List[list], known: Dict[str, Any], **claims: Any) -> None:
        vectors.ok(f"record/{name}", what, "record.open",
                   _inputs(entries, claims=facts.payload(entries=entries, **claims)), known)

    usual = facts.record_entries()
    ok("usual", "The record of the usual report: twelve pages, one without text.", usual, {"entries": 24, "pages": 12})
    sm3 = facts.record_entries("sm3")
    vectors.ok("record/usual-sm3", "The same record with SM3.", "record.open",
               _inputs(sm3, "sm3", facts.payload(entries=sm3, hash_name="sm3")), {"entries": 24, "pages": 12})
    vectors.ok("record/without-claims", "The form alone.", "record.open", _inputs(_small()), {"entries": 14})
    nulls = {key: None for key in (5, 6, 9, 10, 11, 12, 1001, 1002)}
    ok("all-nulls", "Everything null that may be null.", _small(values=nulls), {"entries": 14, "pages": 2})
    ok("extensions", "Extensions between the fixed entries and the pages, with any value.",
       _small(extensions={64: "first", 65: None, 999: [1, {2: b"x"}]}), {"entries": 17, "pages": 2})
    ok("three-appraisers", "More than two appraisers.",
       _small(values={3: [*facts.APPRAISERS, ["丙某", "440100001003"]]}), {"pages": 2})
    ok("several-categories", "The claimed category is among several.",
       _small(values={4: [1_000_201, facts.CATEGORY, 1_000_203]}), {"pages": 2})
    ok("category-0-claimed", "Category 0 hides the class: the record's entry 4 has it.",
       _small(values={4: [1_000_402]}), {"pages": 2}, claim_8=0)
    ok("whole-number", "The report number does not begin with the short name, and goes whole.", _small(),
       {"pages": 2}, claim_4="旧名司鉴中心〔2026〕临鉴字第18号")
    for kind in record.COMMISSIONER_KINDS:
        ok(f"commissioner-{kind}", f"A commissioner of kind {kind}.",
           _small(values={6: [kind, "张某" if kind == "person" else "示例委托人"]}), {"pages": 2})


def _with(entries: List[list], index: int, place: int, value: Any) -> List[list]:
    altered = [list(entry) for entry in entries]
    altered[index][place] = value
    return altered


def _add_entry_errors(vectors: Vectors) -> None:
    small = _small()
    _error(vectors, "not-an-array", "A map instead of an array.", {1: small[0]}, "record.structure")
    _error(vectors, "entry-of-two", "An entry without a salt.", [small[0][1:], *small[1:]], "record.structure")
    _error(vectors, "entry-of-four", "An entry with one part more.", [small[0] + [0], *small[1:]], "record.structure")
    _error(vectors, "entry-bytes", "An entry wrapped in bytes.", [cbor.encode(small[0]), *small[1:]],
           "record.structure")
    for name, what, salt in [
        ("15-bytes", "A salt too short.", bytes(15)), ("17-bytes", "A salt too long.", bytes(17)),
        ("empty", "An empty salt.", b""), ("null", "No salt.", None), ("text", "A salt as text.", "0" * 16),
    ]:
        _error(vectors, f"salt-{name}", what, _with(small, 7, 0, salt), "record.salt")
    for name, what, index, key in [
        ("0", "There is no key 0.", 0, 0), ("text", "A key as text.", 0, "1"), ("negative", "A negative key.", 0, -1),
        ("null", "No key.", 0, None),
    ]:
        _error(vectors, f"key-{name}", what, _with(small, index, 1, key), "record.key")
    for key in (13, 63, 1000):
        _error(vectors, f"key-{key}", f"Key {key} is of no kind.", _small(extensions={key: 1}), "record.key")
    for key in (1, 2, 3, 4, 7, 8):
        _error(vectors, f"null-{key}", f"Key {key} may not be null.", _small(values={key: None}), "record.null")
    vectors.error("record/trailing-byte", "A byte after the record.", "record.open",
                  {"hex": cbor.encode(small).hex() + "00", "hash": "sha256"}, "cbor.trailing")
    long_form = cbor.encode(small)
    # The record is an array of 14: 8e, or 980e in the longer form.
    vectors.error("record/long-form", "The array's length in a longer form.", "record.open",
                  {"hex": "980e" + long_form[1:].hex(), "hash": "sha256"}, "cbor.not-shortest")


def _add_value_errors(vectors: Vectors) -> None:
    digest = bytes(32)
    for key, name, what, value in [
        (1, "digest-31", "A digest too short.", [digest[1:], 1000]),
        (1, "digest-text", "A digest as text.", ["00" * 32, 1000]),
        (1, "length-missing", "The length is missing.", [digest]),
        (1, "length-0", "An empty PDF.", [digest, 0]),
        (1, "length-negative", "A negative length.", [digest, -1]),
        (2, "one-name", "The short name is missing.", [facts.INSTITUTION]),
        (2, "text", "A name alone.", facts.INSTITUTION),
        (2, "short-name-empty", "An empty short name.", [facts.INSTITUTION, ""]),
        (3, "one-appraiser", "A report has at least two appraisers.", facts.APPRAISERS[:1]),
        (3, "no-appraiser", "No appraiser.", []),
        (3, "name-only", "An appraiser without a licence number.", [facts.APPRAISERS[0], ["乙某"]]),
        (3, "licence-integer", "A licence number as an integer.", [facts.APPRAISERS[0], ["乙某", 440100001002]]),
        (4, "empty", "No category.", []),
        (4, "integer", "A category that is not in an array.", facts.CATEGORY),
        (4, "shown-form", "A category as it is shown.", ["FY0202"]),
        (5, "integer", "A matter that is no text.", 1),
        (5, "empty", "An empty matter: null says that.", ""),
        (6, "kind-unknown", "A kind of commissioner that is not listed.", ["firm", facts.COURT]),
        (6, "kind-integer", "A kind as an integer.", [1, facts.COURT]),
        (6, "name-only", "A name alone.", facts.COURT),
        (7, "not-midnight", "A second after midnight at +08:00.", facts.ACCEPTED + 1),
        (7, "midnight-utc", "Midnight at UTC.", facts.ACCEPTED + 8 * 3600),
        (7, "after-9999", "The day after 9999-12-31.", 253_402_272_000),
        (7, "text", "A date as text.", "2026-08-10"),
        (8, "empty", "An empty opinion.", ""),
        (8, "bytes", "An opinion as bytes.", facts.OPINION.encode()),
        (9, "text", "A case code as text.", "case"),
        (10, "text", "Copies as text.", "4"),
        (10, "negative", "A negative number of copies.", -4),
        (11, "integer", "A use that is no text.", 1),
        (12, "name-only", "An extractor without a version.", ["example-extractor"]),
        (12, "version-integer", "A version as an integer.", ["example-extractor", 1]),
        (1001, "31-bytes", "A page digest too short.", digest[1:]),
        (1001, "text", "A page digest as text.", "00" * 32),
    ]:
        _error(vectors, f"value-{key}-{name}", what, _small(values={key: value}), "record.value")


def _add_order_errors(vectors: Vectors) -> None:
    small = _small(extensions={64: 1, 65: 2})
    swapped = list(small)
    swapped[4], swapped[5] = swapped[5], swapped[4]
    _error(vectors, "order-fixed", "Keys 6 and 5.", swapped, "record.key")
    swapped = list(small)
    swapped[12], swapped[13] = swapped[13], swapped[12]
    _error(vectors, "order-extensions", "Extensions descend.", swapped, "record.key")
    _error(vectors, "order-pages", "Page 2 before page 1.", small[:14] + [small[15], small[14]], "record.key")
    _error(vectors, "order-page-before-extension", "A page before an extension.",
           small[:13] + [small[14], small[13], small[15]], "record.key")
    _error(vectors, "fixed-missing", "Key 5 is left out instead of null.", small[:4] + small[5:], "record.key")
    _error(vectors, "fixed-twice", "The opinion twice.", small[:8] + [small[7]] + small[8:], "record.key")
    _error(vectors, "extension-twice", "Extension 64 twice.", small[:13] + [small[12]] + small[13:], "record.key")
    _error(vectors, "page-twice", "Page 1 twice.", small[:15] + [small[14], small[15]], "record.key")
    _error(vectors, "page-gap", "Page 1 is missing.", small[:14] + small[15:], "record.key")
    _error(vectors, "eleven-entries", "Fewer than the twelve fixed entries.", small[:11], "record.key")
    _error(vectors, "empty", "No entry.", [], "record.key")


def _add_claim_errors(vectors: Vectors) -> None:
    small = _small()

    def error(name: str, what: str, reason: str, entries: List[list] = small, **changes: Any) -> None:
        vectors.error(f"record/{name}", what, "record.open",
                      _inputs(entries, claims=facts.payload(entries=small, **changes)), reason)

    error("claim-entries", "Claim 6 says one entry more.", "record.entries", claim_6=15)
    error("claim-pages", "Claim 7 says one page fewer.", "record.pages", claim_7=1)
    error("claim-record", "Claim 5 is another digest.", "record.digest", claim_5=bytes(32))
    error("claim-category", "Claim 8 is not among entry 4.", "record.category", claim_8=1_000_201)
    error("claim-number-whole", "The number begins with the short name, and must stand in parts.", "claims.number",
          claim_4=facts.REPORT_NUMBER)
    error("opinion-altered", "Another opinion than was issued.", "record.digest",
          _with(small, 7, 2, facts.OPINION.replace("十级", "九级")))
    error("salt-altered", "Another salt than was issued.", "record.digest", _with(small, 7, 0, bytes(16)))
    error("page-altered", "Another page digest than was issued.", "record.digest", _with(small, 13, 2, bytes(32)))
    error("page-hidden", "A page turned into one without text.", "record.digest", _with(small, 13, 2, None))
    error("extension-added", "An extension that was not issued.", "record.entries", _small(extensions={64: 1}))
    vectors.error("record/other-hash", "SHA-256 where the key says SM3.", "record.open",
                  _inputs(small, "sm3", facts.payload(entries=small)), "record.digest")


def _add_merkle(vectors: Vectors) -> None:
    for count in range(1, 9):
        known = {"root": TRANSPARENCY_ROOT} if count == 8 else {}
        vectors.ok(f"merkle/root-{count}", f"Root and paths over {count} entries.", "merkle.root",
                   {"hash": "sha256", "entries": TRANSPARENCY_ENTRIES[:count]}, known)
    vectors.ok("merkle/root-5-sm3", "Root and paths over five entries, with SM3.", "merkle.root",
               {"hash": "sm3", "entries": TRANSPARENCY_ENTRIES[:5]})
    tree = vectors.files["merkle/root-7.json"]["output"]

    def inputs(index: int, path: List[str], count: int = 7, entry: Optional[str] = None) -> Dict[str, Any]:
        return {"hash": "sha256", "entry": TRANSPARENCY_ENTRIES[index % 7] if entry is None else entry,
                "index": index, "count": count, "path": path}

    for index in range(7):
        vectors.ok(f"merkle/path-{index}-of-7", "A path leads to the root.", "merkle.path",
                   inputs(index, tree["paths"][index]), {"root": tree["root"]})
    vectors.ok("merkle/path-0-of-1", "A tree of one entry has an empty path.", "merkle.path", inputs(0, [], 1))
    path = tree["paths"][3]
    vectors.error("merkle/path-too-short", "A hash is missing.", "merkle.path", inputs(3, path[:-1]), "merkle.path")
    vectors.error("merkle/path-too-long", "A hash too many.", "merkle.path", inputs(3, path + path[:1]), "merkle.path")
    vectors.error("merkle/path-empty", "No hash.", "merkle.path", inputs(3, []), "merkle.path")
    vectors.error("merkle/path-of-full-tree", "The last leaf of seven has a shorter path.", "merkle.path",
                  inputs(6, path), "merkle.path")
    vectors.error("merkle/index-is-count", "There is no leaf 7 of seven.", "merkle.path", inputs(7, path),
                  "merkle.index")
    vectors.error("merkle/count-0", "An empty tree has no leaf.", "merkle.path", inputs(0, [], 0), "merkle.index")


def _add_pages(vectors: Vectors) -> None:
    def ok(name: str, what: str, text: str, normalised: str, number: int = 1, hash_name: str = "sha256") -> None:
        vectors.ok(f"page/{name}", what, "page.digest", {"hash": hash_name, "page": number, "text": text},
                   {"normalised": normalised})

    kept = "示例司法鉴定中心司法鉴定意见书共12页第1页"
    ok("usual", "The text of page 1.", facts.page_text(1), kept)
    ok("usual-sm3", "The same with SM3.", facts.page_text(1), kept, 1, "sm3")
    ok("page-2", "The page number is in the digest.", facts.page_text(1), kept, 2)
    ok("page-258", "The page number is big-endian.", "甲", "甲", 258)
    ok("without-text", "A page without text has no digest.", "", "")
    ok("white-space-only", "A page of white space has no digest.", " \t\r\n\u3000\u00a0\u2003\u2028", "")
    ok("format-only", "A page of format characters has no digest.", "\ufeff\u200b\u00ad", "")
    ok("white-space", "White space of every kind goes.", "".join(
        "甲" + chr(code) for first, last in page.WHITE_SPACE for code in range(first, last + 1)),
       "甲" * sum(last - first + 1 for first, last in page.WHITE_SPACE))
    ok("control", "Control characters go.", "甲\u0000\u0008\u007f\u009f乙", "甲乙")
    ok("format", "Format characters go.",
       "甲\u00ad\u061c\u180e\u200b\u200d\u202e\u2060\u206f\ufeff\ufffb\U000e0041乙", "甲乙")
    ok("format-unicode-15", "U+1343F is a format character since Unicode 15.0.", "甲\U0001343f乙", "甲乙")
    ok("variation-selector", "A variation selector is no format character and stays.", "葛\U000e0100", "葛\U000e0100")
    ok("private-use", "Private use characters stay.", "甲\ue000", "甲\ue000")
    ok("composed", "A letter and its accent are composed.", "e\u0301", "\u00e9")
    ok("composed-after-removal", "A removed character does not keep them apart.", "e\u200d\u0301", "\u00e9")
    ok("composed-over-a-space", "Nor does a space.", "e \u0301", "\u00e9")
    ok("compatibility-ideograph", "U+F900 is canonically U+8C48.", "\uf900", "\u8c48")
    ok("full-width-stays", "NFC, not NFKC: full-width digits stay.", "\uff11\uff12", "\uff11\uff12")
    ok("angstrom-sign", "ANGSTROM SIGN becomes a letter.", "\u212b", "\u00c5")

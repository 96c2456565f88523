"""disclosure/ (sections 5 and 7)."""

from typing import Any, List

from reference import cbor, disclosure, merkle, number, record

from . import facts
from .code_numbers import encode_unchecked
from .vectors import Vectors

OPINION, PAGE_7 = 7, 18
EXTENSION = 12


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    for hash_name in ("sha256", "sm3"):
        _add_right(vectors, hash_name)
    _add_structure_errors(vectors)
    _add_place_errors(vectors)
    _add_content_errors(vectors)


def _opened(hash_name: str = "sha256", **arguments: Any) -> record.Record:
    return record.decode(cbor.encode(facts.record_entries(hash_name, **arguments)), hash_name)


def _payload(opened: record.Record, hash_name: str = "sha256", **changes: Any) -> bytes:
    return facts.payload(entries=opened.entries, hash_name=hash_name, **changes)


def symbol(opened: record.Record, index: int, hash_name: str = "sha256") -> bytes:
    """The entry symbol of the usual report for one entry."""
    return disclosure.encode(facts.ISSUER, facts.CODE, index, opened, hash_name)


def _add_right(vectors: Vectors, hash_name: str) -> None:
    opened = _opened(hash_name)
    suffix = "" if hash_name == "sha256" else "-sm3"
    claims = _payload(opened, hash_name).hex()
    places = [("opinion", OPINION, 8), ("page-7", PAGE_7, 1007)]
    if hash_name == "sha256":
        places += [("first-entry", 0, 1), ("null-entry", 10, 11), ("page-1", 12, 1001), ("page-without-text", 22, 1011),
                   ("last-page", 23, 1012)]
    for name, index, key in places:
        vectors.ok(f"disclosure/{name}{suffix}", f"Entry {index}, key {key}, of the usual record.", "entry.open",
                   {"hex": symbol(opened, index, hash_name).hex(), "hash": hash_name, "claims": claims},
                   {"key": key, "index": index})
    if hash_name != "sha256":
        return
    opened = _opened(pages=2, extensions={64: "省内扩展", 70: None})
    claims = _payload(opened).hex()
    for name, index, key in [("extension", EXTENSION, 64), ("extension-null", 13, 70),
                             ("page-after-extensions", 14, 1001), ("last-of-16", 15, 1002)]:
        vectors.ok(f"disclosure/{name}", f"Entry {index}, key {key}, of a record of 16 entries.", "entry.open",
                   {"hex": symbol(opened, index).hex(), "hash": "sha256", "claims": claims}, {"key": key})


def _error(vectors: Vectors, name: str, what: str, parts: Any, reason: str, **changes: Any) -> None:
    vectors.error(f"disclosure/{name}", what, "entry.open",
                  {"hex": cbor.encode(parts).hex(), "hash": "sha256", "claims": _payload(_opened(), **changes).hex()},
                  reason)


def _usual(index: int = OPINION) -> List[Any]:
    return list(cbor.decode(symbol(_opened(), index)))


def _with(place: int, value: Any, index: int = OPINION) -> List[Any]:
    parts = _usual(index)
    parts[place] = value
    return parts


def _add_structure_errors(vectors: Vectors) -> None:
    usual = _usual()
    for name, what, parts in [
        ("five-parts", "The path is missing.", usual[:5]),
        ("seven-parts", "One part more.", usual + [None]),
        ("map", "A map instead of an array.", {0: usual[0]}),
        ("issuer-integer", "The issuer as an integer.", _with(0, 440100001)),
        ("number-text", "The code number as text.", _with(1, facts.CODE)),
        ("index-negative", "A negative index.", _with(2, -1)),
        ("index-text", "The index as text.", _with(2, "7")),
        ("entries-null", "No number of entries.", _with(3, None)),
        ("entry-bytes", "The entry wrapped in bytes.", _with(4, cbor.encode(usual[4]))),
        ("path-bytes", "The path as one byte string.", _with(5, b"".join(usual[5]))),
        ("path-null", "No path.", _with(5, None)),
        ("path-hash-31-bytes", "A hash of 31 bytes.", _with(5, [usual[5][0][1:], *usual[5][1:]])),
        ("path-hash-text", "A hash as text.", _with(5, [usual[5][0].hex(), *usual[5][1:]])),
    ]:
        _error(vectors, name, what, parts, "disclosure.structure")
    encoded = cbor.encode(usual)
    claims = _payload(_opened()).hex()
    for name, what, data, reason in [
        ("trailing-byte", "A byte after the symbol.", encoded + b"\x00", "cbor.trailing"),
        ("last-byte-missing", "The last byte is missing.", encoded[:-1], "cbor.truncated"),
        ("tagged", "In a tag.", b"\xc0" + encoded, "cbor.tag"),
        ("tag-18", "In the tag of a report code.", b"\xd2" + encoded, "disclosure.structure"),
    ]:
        vectors.error(f"disclosure/{name}", what, "entry.open",
                      {"hex": data.hex(), "hash": "sha256", "claims": claims}, reason)
    _error(vectors, "number-top-bit", "The code number's top bit is set.",
           _with(1, bytes([usual[1][0] | 0x80]) + usual[1][1:]), "number.encoding")
    _error(vectors, "number-11-bytes", "The code number is too short.", _with(1, usual[1][1:]),
           "disclosure.structure")
    _error(vectors, "number-other-scheme", "The code number begins with K.",
           _with(1, encode_unchecked("K" + facts.CODE[1:19])), "number.scheme")


def _add_place_errors(vectors: Vectors) -> None:
    _error(vectors, "index-of-neighbour", "The opinion at the place of key 9.", _with(2, 8), "disclosure.index")
    _error(vectors, "index-is-entries", "An index outside the record.", _with(2, 24), "disclosure.index")
    _error(vectors, "index-huge", "An index of 2^64 - 1.", _with(2, 2**64 - 1), "disclosure.index")
    page = _usual(PAGE_7)
    _error(vectors, "page-at-other-index", "Page 7 at the place of page 8.", _with(2, PAGE_7 + 1, PAGE_7),
           "disclosure.index")
    _error(vectors, "page-key-altered", "Page 7 that says it is page 8.",
           _with(4, [page[4][0], 1008, page[4][2]], PAGE_7), "disclosure.index")
    _error(vectors, "page-over-page-count", "Page 13 of twelve.", _with(4, [page[4][0], 1013, page[4][2]], PAGE_7),
           "disclosure.index")
    _error(vectors, "key-of-other-entry", "The opinion's entry with the key of the matter.",
           _with(4, [_usual()[4][0], 5, facts.OPINION]), "disclosure.index")
    _error(vectors, "extension-among-pages", "An extension at the place of a page.",
           _with(4, [page[4][0], 64, 1], PAGE_7), "disclosure.index")
    extension = symbol(_opened(pages=2, extensions={64: 1}), EXTENSION)
    parts = list(cbor.decode(extension))
    parts[2] = 11
    opened = _opened(pages=2, extensions={64: 1})
    vectors.error("disclosure/extension-among-fixed", "An extension at the place of key 12.", "entry.open",
                  {"hex": cbor.encode(parts).hex(), "hash": "sha256", "claims": _payload(opened).hex()},
                  "disclosure.index")
    path = _usual()[5]
    _error(vectors, "path-too-short", "The last hash is missing.", _with(5, path[:-1]), "disclosure.path")
    _error(vectors, "path-too-long", "A hash too many.", _with(5, path + [path[0]]), "disclosure.path")
    _error(vectors, "path-empty", "No hash.", _with(5, []), "disclosure.path")
    _error(vectors, "entries-other", "Another number of entries than claim 6.", _with(3, 25), "disclosure.entries")
    _error(vectors, "entries-other-with-right-path", "Fewer entries, with the same length of path.", _with(3, 23),
           "disclosure.entries")


def _add_content_errors(vectors: Vectors) -> None:
    usual = _usual()
    salt, key, value = usual[4]
    _error(vectors, "opinion-altered", "九级 instead of 十级.", _with(4, [salt, key, value.replace("十级", "九级")]),
           "disclosure.digest")
    _error(vectors, "salt-altered", "Another salt.", _with(4, [bytes(16), key, value]), "disclosure.digest")
    _error(vectors, "path-altered", "A bit of the first hash is turned.",
           _with(5, [bytes([usual[5][0][0] ^ 1]) + usual[5][0][1:], *usual[5][1:]]), "disclosure.digest")
    _error(vectors, "path-reversed", "The path from the root to the leaf.", _with(5, usual[5][::-1]),
           "disclosure.digest")
    _error(vectors, "record-digest-other", "The report code has another record digest.", usual, "disclosure.digest",
           claim_5=bytes(32))
    _error(vectors, "other-number", "The symbol of another report.", _with(1, number.encode(facts.OTHER_CODE)),
           "disclosure.code")
    _error(vectors, "other-issuer", "The symbol of another issuer with the same number.",
           _with(0, facts.OTHER_ISSUER), "disclosure.code")
    _error(vectors, "salt-15-bytes", "A salt too short.", _with(4, [salt[1:], key, value]), "record.salt")
    _error(vectors, "entry-of-two", "An entry without a salt.", _with(4, [key, value]), "record.structure")
    _error(vectors, "opinion-null", "An opinion may not be null.", _with(4, [salt, key, None]), "record.null")
    _error(vectors, "opinion-bytes", "An opinion is a text.", _with(4, [salt, key, value.encode()]), "record.value")
    _error(vectors, "key-13", "A key of no kind.", _with(4, [salt, 13, value]), "record.key")
    # An inner node offered as an entry: the 00 and 01 before leaves and nodes
    # keep the two apart, so the digest does not come out.
    opened = _opened()
    leaf = merkle.leaf_hash("sha256", opened.encoded[OPINION])
    _error(vectors, "page-instead-of-leaf", "A leaf hash offered as a page digest.",
           _with(4, [_usual(PAGE_7)[4][0], 1007, leaf], PAGE_7), "disclosure.digest")
    vectors.error("disclosure/other-hash", "SHA-256 where the key says SM3.", "entry.open",
                  {"hex": cbor.encode(usual).hex(), "hash": "sm3", "claims": _payload(opened).hex()},
                  "disclosure.digest")

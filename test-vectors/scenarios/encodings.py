"""cbor/, digits/ and digest/ (sections 3, 5 and 7)."""

from reference import digits

from . import facts
from .vectors import Vectors


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    _add_cbor(vectors)
    _add_cbor_form_errors(vectors)
    _add_cbor_value_errors(vectors)
    _add_digits(vectors)
    _add_digests(vectors)


def _add_cbor(vectors: Vectors) -> None:
    def ok(name: str, what: str, data: str, diagnostic: str) -> None:
        vectors.ok(f"cbor/{name}", what, "cbor.decode", {"hex": data}, {"diagnostic": diagnostic})

    ok("uint-0", "The smallest unsigned integer.", "00", "0")
    ok("uint-23", "The largest in the initial byte.", "17", "23")
    ok("uint-24", "The smallest in one byte.", "1818", "24")
    ok("uint-255", "The largest in one byte.", "18ff", "255")
    ok("uint-256", "The smallest in two bytes.", "190100", "256")
    ok("uint-65535", "The largest in two bytes.", "19ffff", "65535")
    ok("uint-65536", "The smallest in four bytes.", "1a00010000", "65536")
    ok("uint-2-32-less-1", "The largest in four bytes.", "1affffffff", "4294967295")
    ok("uint-2-32", "The smallest in eight bytes.", "1b0000000100000000", "4294967296")
    ok("uint-2-64-less-1", "The largest unsigned integer.", "1bffffffffffffffff", "18446744073709551615")
    ok("negative-1", "The largest negative integer.", "20", "-1")
    ok("negative-algorithm", "The id of SM2 with SM3.", "3a00010041", "-65602")
    ok("negative-2-63", "The smallest integer of 64 bits.", "3b7fffffffffffffff", "-9223372036854775808")
    ok("bytes-empty", "An empty byte string.", "40", "h''")
    ok("bytes-24", "A byte string whose length takes a byte.", "5818" + "ab" * 24, f"h'{'ab' * 24}'")
    ok("text-empty", "An empty text.", "60", '""')
    ok("text-chinese", "A Chinese text.", "69e4b8b4e989b4e5ad97", '"临鉴字"')
    ok("text-four-bytes", "A character outside the basic plane.", "64f0a0ae9f", '"𠮟"')
    ok("text-last-code-point", "U+10FFFF.", "64f48fbfbf", '"\U0010ffff"')
    ok("array", "An array of three.", "831907ea69e4b8b4e989b4e5ad9712", '[2026, "临鉴字", 18]')
    ok("null", "Null is the one simple value of the format.", "f6", "null")
    ok("map", "A map with ascending keys.", "a2010203f6", "{1: 2, 3: null}")
    ok("map-mixed-keys", "RFC 8949 orders keys by their bytes, so 100 stands before -1 (RFC 7049: after).",
       "a218640120" + "02", "{100: 1, -1: 2}")
    ok("tag-18", "The one tag of the format.", "d28340a040", "18([h'', {}, h''])")
    ok("depth-8", "Eight arrays, one inside the other.", "81" * 7 + "80", "[" * 8 + "]" * 8)
    ok("depth-8-with-scalar", "An integer in the eighth array: depth counts arrays, maps and tags.",
       "81" * 8 + "00", "[" * 8 + "0" + "]" * 8)
    vectors.ok("cbor/size-4096", "4,096 bytes are allowed.", "cbor.decode",
               {"parts": [["590ffd", 1], ["00", 4093]]})
    vectors.ok("cbor/size-4097-in-record", "A record may be larger.", "cbor.decode",
               {"parts": [["590ffe", 1], ["00", 4094]], "limit": "record"})
    vectors.ok("cbor/size-1-mib-in-record", "A record may have 1,048,576 bytes.", "cbor.decode",
               {"parts": [["5a000ffffb", 1], ["00", 1048571]], "limit": "record"})


def _add_cbor_form_errors(vectors: Vectors) -> None:
    def error(name: str, what: str, data: str, reason: str) -> None:
        vectors.error(f"cbor/{name}", what, "cbor.decode", {"hex": data}, reason)

    for name, data in [
        ("uint-23-in-one-byte", "1817"), ("uint-255-in-two-bytes", "1900ff"),
        ("uint-65535-in-four-bytes", "1a0000ffff"), ("uint-in-eight-bytes", "1b00000000ffffffff"),
        ("negative-1-in-one-byte", "3800"), ("bytes-length-in-one-byte", "580100"),
        ("text-length-in-two-bytes", "79000161"), ("array-length-in-one-byte", "980100"),
        ("map-length-in-one-byte", "b8010000"), ("tag-18-in-one-byte", "d81200"),
        ("map-key-in-one-byte", "a1180100"),
    ]:
        error(f"not-shortest-{name}", "An argument longer than it needs to be.", data, "cbor.not-shortest")
    error("unsorted-keys", "Keys 2 and 1.", "a202000100", "cbor.unsorted-keys")
    error("unsorted-keys-lengths", "Texts \"b\" and \"a\".", "a2616200616100", "cbor.unsorted-keys")
    error("unsorted-keys-old-order", "-1 before 100: the order of RFC 7049.", "a22002186401", "cbor.unsorted-keys")
    error("unsorted-keys-nested", "Unsorted in a map inside.", "a101a202000100", "cbor.unsorted-keys")
    error("duplicate-key", "Key 1 twice.", "a201000100", "cbor.duplicate-key")
    error("duplicate-key-same-value", "Key 1 twice with other values.", "a201000101", "cbor.duplicate-key")
    error("indefinite-bytes", "A byte string in chunks.", "5f4100ff", "cbor.indefinite")
    error("indefinite-text", "A text in chunks.", "7f6161ff", "cbor.indefinite")
    error("indefinite-array", "An array without a length.", "9f00ff", "cbor.indefinite")
    error("indefinite-map", "A map without a length.", "bf0000ff", "cbor.indefinite")
    error("break-alone", "A break outside anything.", "ff", "cbor.indefinite")
    error("trailing-byte", "A byte after the item.", "0000", "cbor.trailing")
    error("trailing-null", "A second item.", "80f6", "cbor.trailing")
    error("empty", "No byte.", "", "cbor.truncated")
    error("truncated-argument", "The argument is missing.", "18", "cbor.truncated")
    error("truncated-bytes", "Three bytes announced, two there.", "430000", "cbor.truncated")
    error("truncated-array", "Two items announced, one there.", "8200", "cbor.truncated")
    error("truncated-map-value", "A key without a value.", "a101", "cbor.truncated")
    error("truncated-tag", "A tag without an item.", "d2", "cbor.truncated")
    error("huge-array", "2^64 - 1 items announced: must not reserve memory.", "9bffffffffffffffff", "cbor.truncated")
    error("huge-bytes", "2^64 - 1 bytes announced: must not overflow.", "5bffffffffffffffff00", "cbor.truncated")
    error("huge-map", "2^63 pairs announced.", "bb8000000000000000", "cbor.truncated")
    error("huge-text", "2^32 - 1 bytes announced.", "7affffffff61", "cbor.truncated")
    for information in (28, 29, 30):
        error(f"reserved-{information}", "A reserved additional information.",
              f"{information:02x}", "cbor.reserved")
    error("reserved-31-for-integer", "An integer has no indefinite form.", "1f", "cbor.reserved")
    error("depth-9-arrays", "Nine arrays, one inside the other.", "81" * 8 + "80", "cbor.depth")
    error("depth-9-maps", "Nine maps, one inside the other.", "a100" * 8 + "a0", "cbor.depth")
    error("depth-9-mixed", "Eight arrays round a map.", "81" * 8 + "a0", "cbor.depth")
    error("depth-9-tag", "A tag counts too.", "d2" + "81" * 7 + "80", "cbor.depth")
    error("depth-2000", "2,000 arrays: must not exhaust the stack.", "81" * 2000 + "80", "cbor.depth")
    vectors.error("cbor/size-4097", "4,097 bytes.", "cbor.decode",
                  {"parts": [["590ffe", 1], ["00", 4094]]}, "cbor.size")
    vectors.error("cbor/size-over-1-mib-in-record", "1,048,577 bytes.", "cbor.decode",
                  {"parts": [["5a000ffffc", 1], ["00", 1048572]], "limit": "record"}, "cbor.size")


def _add_cbor_value_errors(vectors: Vectors) -> None:
    def error(name: str, what: str, data: str, reason: str) -> None:
        vectors.error(f"cbor/{name}", what, "cbor.decode", {"hex": data}, reason)

    error("float-16", "A half-precision float.", "f93c00", "cbor.float")
    error("float-32", "A single-precision float.", "fa3f800000", "cbor.float")
    error("float-64", "A double-precision float.", "fb3ff0000000000000", "cbor.float")
    error("float-nan", "Not a number.", "f97e00", "cbor.float")
    error("tag-0", "A date as text.", "c06a323032362d30392d3033", "cbor.tag")
    error("tag-2", "A big integer.", "c24101", "cbor.tag")
    error("tag-98", "COSE_Sign, with several signers.", "d8628440a04080", "cbor.tag")
    error("tag-61", "A CBOR Web Token.", "d83dd28340a040", "cbor.tag")
    error("tag-55799", "Self-described CBOR.", "d9d9f700", "cbor.tag")
    error("simple-false", "No booleans in this format.", "f4", "cbor.simple")
    error("simple-true", "No booleans in this format.", "f5", "cbor.simple")
    error("simple-undefined", "Undefined is not null.", "f7", "cbor.simple")
    error("simple-0", "An unassigned simple value.", "e0", "cbor.simple")
    error("simple-null-in-two-bytes", "Null in two bytes is not well formed.", "f816", "cbor.simple")
    error("simple-255", "An unassigned simple value in two bytes.", "f8ff", "cbor.simple")
    for name, what, data in [
        ("continuation", "A continuation byte alone.", "6180"),
        ("truncated", "A character of three bytes with two.", "62e4b8"),
        ("overlong-2", "U+002F in two bytes.", "62c0af"),
        ("overlong-3", "U+002F in three bytes.", "63e080af"),
        ("overlong-4", "U+002F in four bytes.", "64f08080af"),
        ("overlong-nul", "U+0000 in two bytes.", "62c080"),
        ("surrogate", "A high surrogate.", "63eda080"),
        ("surrogate-pair", "A pair of surrogates (CESU-8).", "66eda180edb080"),
        ("over-10ffff", "U+110000.", "64f4908080"),
        ("byte-ff", "A byte that is in no UTF-8.", "61ff"),
        ("gbk", "临 in GBK.", "62c1d9"),
        ("in-map-key", "Bad UTF-8 in a key.", "a161ff00"),
        ("split", "A length that ends inside a character.", "8262e4b8" + "61b4"),
    ]:
        error(f"utf8-{name}", what, data, "cbor.utf8")


def _add_digits(vectors: Vectors) -> None:
    def ok(name: str, what: str, data: bytes) -> None:
        vectors.ok(f"digits/{name}", what, "digits.decode", {"digits": digits.encode(data)}, {"hex": data.hex()})

    def error(name: str, what: str, text: str, reason: str) -> None:
        vectors.error(f"digits/{name}", what, "digits.decode", {"digits": text}, reason)

    for count in range(1, 8):
        ok(f"{count}-bytes-ff", f"{count} bytes, all ff: the largest group.", b"\xff" * count)
        ok(f"{count}-bytes-00", f"{count} zero bytes keep their digits.", bytes(count))
        width = digits.WIDTH_BY_BYTES[count]
        error(f"range-{count}-bytes", f"256^{count} in a group of {count} bytes.",
              str(256**count).zfill(width), "digits.range")
        error(f"range-{count}-bytes-all-nines", f"{width} nines.", "9" * width, "digits.range")
    ok("two-groups-and-tail", "Two groups and a tail of three bytes.", facts.test_bytes("digits", 17))
    ok("report-code", "A whole report code.", facts.report_code_for(facts.ED25519_KEY))
    error("range-second-group", "The second group is above its range.",
          "0" * 17 + "72057594037927936", "digits.range")
    error("range-tail-after-group", "The tail is above its range.", "0" * 17 + "256", "digits.range")
    for tail in (1, 2, 4, 6, 7, 9, 11, 12, 14, 16):
        error(f"length-{tail}", f"No number of bytes has {tail} digits.", "0" * tail, "digits.length")
    error("length-18", "A group and a tail of one digit.", "0" * 18, "digits.length")
    error("length-33", "A group and a tail of 16 digits.", "0" * 33, "digits.length")
    error("empty", "No digit.", "", "digits.empty")
    error("letter", "A letter among digits.", "00A", "digits.character")
    error("space", "A space in front.", " 01", "digits.character")
    error("line-feed", "A line feed at the end.", "001\n", "digits.character")
    error("minus", "A sign.", "-01", "digits.character")
    error("plus", "Another sign.", "+01", "digits.character")
    error("full-width", "Full-width digits.", "\uff10\uff10\uff11", "digits.character")
    error("arabic-indic", "Digits of another script.", "\u0660\u0660\u0661", "digits.character")
    error("superscript", "A superscript digit.", "00\u00b2", "digits.character")
    error("underscore", "An underscore between digits, which some number parsers allow.", "1_1", "digits.character")
    error("nul", "A NUL among digits.", "00\u0000", "digits.character")


def _add_digests(vectors: Vectors) -> None:
    vectors.ok("digest/sha256-abc", "SHA-256 of abc (FIPS 180-4).", "digest", {"hash": "sha256", "hex": "616263"},
               {"digest": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"})
    vectors.ok("digest/sm3-abc", "SM3 of abc (GB/T 32905).", "digest", {"hash": "sm3", "hex": "616263"},
               {"digest": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"})
    vectors.ok("digest/sm3-64-bytes", "SM3 of abcd sixteen times (GB/T 32905).", "digest",
               {"hash": "sm3", "hex": "61626364" * 16},
               {"digest": "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"})
    vectors.ok("digest/sm3-empty", "SM3 of nothing.", "digest", {"hash": "sm3", "hex": ""},
               {"digest": "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"})

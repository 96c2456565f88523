"""The vectors of trust lists and status lists, through the package's names. Records are compared with their CBOR, which
cbor2 reads, field by field (docs/trust-list.md, section 4)."""

import datetime
import pathlib
import tempfile

import cbor2
import sjcode

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
KINDS_OF_EVENTS = list(sjcode.StatusEventKind)
COSE = {sjcode.Algorithm.ED25519: -19, sjcode.Algorithm.P256: -9, sjcode.Algorithm.SM2: -65602}


def seconds(time):
    return time and int((time - EPOCH).total_seconds())


def period(value):
    return [seconds(value.begin), seconds(value.until)]


def number(category):
    return category and category.number


def record_fields(record):
    """A record as the map that the page gives; what is empty is absent, unknown keys aside."""
    lists = {
        2: [[name.name, name.short_name, *period(name.period)] for name in record.names],
        3: [period(one) for one in getattr(record, "licensed", ())],
        4: [[number(one.category), *period(one.period)] for one in getattr(record, "categories", ())],
        5: [[one.key, *period(one.period), seconds(one.invalid_since)] for one in getattr(record, "keys", ())],
        6: [[one.host, *period(one.period)] for one in getattr(record, "hosts", ())],
        7: [[one.id, *period(one.period)] for one in getattr(record, "signers", ())],
        8: [period(one) for one in getattr(record, "seals", ())],
        9: [[KINDS_OF_EVENTS.index(one.kind) + 1, number(one.category), *period(one.period), one.authority, one.document,
             one.keeper] for one in getattr(record, "events", ())],
        10: getattr(record, "uscc", ""),
        11: [[one.id, *period(one.period)] for one in getattr(record, "institutions", ())]}
    identifier = record.id if isinstance(record, sjcode.AuthorityRecord) else record.licence
    return {1: identifier, **{key: value for key, value in lists.items() if value}}


def normal(value):
    return [normal(one) for one in value] if isinstance(value, (list, tuple)) else value


def wanted_fields(encoded):
    return {key: normal(value) for key, value in cbor2.loads(bytes.fromhex(encoded)).items() if key <= 11}


def open_list(fields):
    found = sjcode.TrustList.open(bytes.fromhex(fields["hex"]), root=fields["pin"])
    content = found.read_all()
    found.verify_all()
    assert found.to_bytes() == bytes(memoryview(found)) == bytes.fromhex(fields["hex"])
    algorithm = "sm3" if found.root.algorithm is sjcode.Algorithm.SM2 else "sha256"
    assert all(sjcode.digest(algorithm, block.content) == block.digest for block in found.blocks)
    assert found.to_bytes() == found.head + found.to_bytes()[len(found.head):]
    assert (found.authority_count, found.institution_count, found.appraiser_count) == (
        len(content.authorities), len(content.institutions), len(content.appraisers))
    for record in content.authorities:
        assert found.authority(record.id) == record
    for record in content.institutions:
        assert found.institution(record.licence) == record
    for record in content.appraisers:
        assert found.appraiser(record.licence) == record
    info = found.info
    assert info == content.info
    named = {host.host for record in (*content.authorities, *content.institutions) for host in record.hosts}
    return {"list": info.id, "publisher": info.publisher, "regions": list(info.regions), "number": info.number,
            "issued": seconds(info.issued), "next_update": seconds(info.next_update),
            "root": sjcode.fingerprint(found.root).hex(), "head_digest": found.head_digest.hex(),
            "authorities": [[record.id, record_fields(record)] for record in content.authorities],
            "institutions": [[record.licence, record_fields(record)] for record in content.institutions],
            "appraisers": [[record.licence, record_fields(record)] for record in content.appraisers],
            "hosts": [[host, ""] for host in sorted(named) if found.is_official_host(host)]}


def expected_list(output):
    records = {name: [[identifier, wanted_fields(encoded)] for identifier, encoded in output[name]]
               for name in ("authorities", "institutions", "appraisers")}
    return {**output, **records}


def replace_list(fields):
    with tempfile.TemporaryDirectory() as folder:
        store = sjcode.TrustStore.open_or_create(folder)
        assert store.import_list(bytes.fromhex(fields["held"]), root=fields["pin"]).first
        (held,) = store.pins
        before = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
        try:
            examined = store.examine(bytes.fromhex(fields["hex"])).report
        except sjcode.TrustError as error:
            examined = error.code
        try:
            imported = store.import_list(bytes.fromhex(fields["hex"]))
        except sjcode.TrustError as error:
            # Whatever was offered: the list held before is the one that is used, here and by whoever opens the store.
            assert {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()} == before
            assert store.pins == sjcode.TrustStore.open(folder).pins == (held,)
            assert store.lists()[0].head_digest == held.head
            return error.parameters["why"] if error.code == "trust-store.refused" else error.code
        (now,) = store.pins
        assert imported == examined and store.lists()[0].head_digest == now.head
        return {"list": now.list_id, "number": now.number, "root": now.root.hex(), "head_digest": now.head.hex()}


def data(fields):
    if "hex" in fields:
        return bytes.fromhex(fields["hex"])
    return b"".join(bytes.fromhex(piece) * count for piece, count in fields["parts"])


def open_status_array(fields):
    array = sjcode.StatusArray.decompress(fields["bits"], data(fields))
    assert sjcode.StatusArray.decompress(array.bits, array.compress()) == array
    assert sjcode.StatusArray(array.bits, len(array), dict(array.nonzero())) == array
    return {"size": len(array), "set": [list(pair) for pair in array.nonzero()]}


def keys_of(fields):
    return [sjcode.PublicKey.from_der(bytes.fromhex(key["spki"])) for key in fields["keys"]]


def verified_status_list(content, fields):
    raw = sjcode.RawStatusList.decode(bytes.fromhex(content))
    found = sjcode.VerifiedStatusList.verify(raw, fields["subject"], keys_of(fields))
    assert found.claims == raw.unverified_claims and found.statuses == raw.unverified_statuses
    return found


def open_status_list(fields):
    found = verified_status_list(fields["hex"], fields)
    claims, statuses = found.claims, found.statuses
    assert all(found.value(index) == value for index, value in statuses.nonzero())
    assert found.value(len(statuses)) is None
    return {"algorithm": COSE[found.signer.algorithm], "key_index": keys_of(fields).index(found.signer),
            "issued": seconds(claims.issued), "expires": seconds(claims.expires), "time_to_live": claims.time_to_live,
            "bits": statuses.bits, "size": len(statuses), "set": [list(pair) for pair in statuses.nonzero()]}


def open_status_details(fields):
    details = sjcode.VerifiedStatusDetails.verify(sjcode.RawStatusDetails.decode(bytes.fromhex(fields["hex"])),
                                                  verified_status_list(fields["list"], fields))
    history = details.history(fields["index"], sjcode.CodeNumber.from_characters(fields["number"]))
    return {"history": [[seconds(change.time), change.status.value, change.reason or None,
                         getattr(change.successor, "characters", change.successor)] for change in history]}


KINDS = {
    "trust-list.open": open_list,
    "trust-list.replace": replace_list,
    "status-array.open": open_status_array,
    "status-list.open": open_status_list,
    "status-details.open": open_status_details,
}

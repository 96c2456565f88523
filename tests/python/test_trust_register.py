"""The regulator's side: the register, what is signed from it, and what a change of it is refused for."""

import datetime
import json
import subprocess

import pytest
import running
import sjcode
from conftest import ALGORITHMS, IDENTITY, SINCE_2020

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
NOW = datetime.datetime(2026, 9, 3, 6, tzinfo=UTC)
COLUMNS = "许可证号,机构名称,机构简称,业务范围,有效期起,有效期止,电话\n"
ROW = f"{IDENTITY.licence},{IDENTITY.name},{IDENTITY.short_name},{{category}},2020-01-01,2099-12-31,1\n"
EVENT = f"许可证号,种类,起始日期,截止日期,决定机关\n{IDENTITY.licence},暂停执业,2026-03-01,2026-05-31,示例市司法局\n"


def empty_register():
    return sjcode.TrustRegister(sjcode.TrustListContent(
        info=sjcode.TrustListInfo(id="cn.example", publisher="示例省司法厅", regions=["44"])))


@pytest.fixture
def register():
    register = empty_register()
    register.import_table((COLUMNS + ROW.format(category="FY0202")).encode(), "institutions")
    return register


def sign(register, root, day=0):
    return register.sign(root, issued=NOW + day * DAY, next_update=NOW + (day + 30) * DAY)


def opened(content, root):
    return sjcode.TrustList.open(content, root=sjcode.fingerprint(root.public_key))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_list_is_signed_by_a_key_or_a_device(register, algorithm):
    root = sjcode.PrivateKey.generate(algorithm)
    asked = []

    def device(message):
        asked.append(message)
        return root.sign(message)

    first = opened(sign(register, root), root)
    second = opened(sign(register, sjcode.CallbackSigner(root.public_key, device), 1), root)
    assert (first.info.number, second.info.number, len(asked)) == (1, 2, 1)
    assert second.root == root.public_key and second.read_all() == register.content
    assert second.info.issued == NOW + DAY and register.content.info.number == 2

    def unplugged(message):
        raise ConnectionError("unplugged")

    with pytest.raises(ConnectionError, match="unplugged"):
        sign(register, sjcode.CallbackSigner(root.public_key, unplugged), 2)
    with pytest.raises(sjcode.KeyOrCertificateError):
        sign(register, sjcode.CallbackSigner(root.public_key, lambda message: bytes(64)), 2)
    for wrong in ({"next_update": NOW}, {"issued": NOW + 60 * DAY}):
        with pytest.raises(sjcode.TrustError) as caught:
            register.sign(root, **{"issued": NOW, "next_update": NOW + DAY, **wrong})
        assert caught.value.code == "trust-list.info"
    assert register.content.info.number == 2  # no number is used up by what was not signed


def test_a_record_adds_to_what_is_there(register):
    renamed = sjcode.DatedName(name="新名司法鉴定中心", short_name="新司鉴中心",
                               period=sjcode.Period.of_days(datetime.date(2026, 1, 1)))
    register.add(sjcode.InstitutionRecord(licence=IDENTITY.licence, names=[renamed], hosts=[
        sjcode.DatedHost(host="v.example.cn", period=SINCE_2020)]))
    (record,) = register.content.institutions
    assert [name.name for name in record.names] == [IDENTITY.name, "新名司法鉴定中心"]
    assert record.names[0].period.until == record.names[1].period.begin and record.categories[0].category.code == "FY0202"
    register.add_event(IDENTITY.licence, sjcode.StatusEvent(
        kind="licence-revoked", period=sjcode.Period(NOW), authority="示例省司法厅", keeper="示例市司法局"))
    assert register.content.institutions[0].events[0].keeper == "示例市司法局"
    before = register.to_json()
    wrong = sjcode.Period(NOW, NOW)
    cases = [(sjcode.InstitutionRecord(licence="", names=[renamed]), "trust-record.id"),
             (sjcode.InstitutionRecord(licence="440100002", names=[]), "trust-record.names"),
             (sjcode.InstitutionRecord(licence=IDENTITY.licence, names=[], licensed=[wrong]), "trust-record.period"),
             (sjcode.AuthorityRecord(id="440000", names=[renamed], hosts=[
                 sjcode.DatedHost(host="V.cn", period=SINCE_2020)]), "trust-record.host"),
             (sjcode.AppraiserRecord(licence="440100001001", names=[renamed, renamed]), "trust-record.overlap")]
    for record, code in cases:
        with pytest.raises(sjcode.TrustError) as caught:
            register.add(record)
        assert caught.value.code == code and register.to_json() == before
    for call in (lambda: register.add_event("440100009", register.content.institutions[0].events[0]),
                 lambda: register.end_key("440100009", bytes(32), NOW)):
        with pytest.raises(sjcode.TrustError) as caught:
            call()
        assert caught.value.code == "trust-register.unknown" and register.to_json() == before
    with pytest.raises(TypeError):
        register.add({"licence": "440100001"})


def test_keys_end(register, key):
    der = key.public_key.to_der()
    register.add(sjcode.InstitutionRecord(licence=IDENTITY.licence, names=[], keys=[
        sjcode.DatedKey(key=der, period=SINCE_2020)]))
    (dated,) = register.content.institutions[0].keys
    assert dated.fingerprint == sjcode.fingerprint(key.public_key)
    register.end_key(IDENTITY.licence, dated.fingerprint.hex(), NOW)
    register.end_key(IDENTITY.licence, dated.fingerprint, NOW - DAY, compromised=True)
    assert register.content.institutions[0].keys == (sjcode.DatedKey(
        key=der, period=sjcode.Period(SINCE_2020.begin, NOW), invalid_since=NOW - DAY),)
    with pytest.raises(sjcode.TrustError) as caught:
        register.end_key(IDENTITY.licence, bytes(32), NOW)
    assert caught.value.code == "trust-register.no-key"


def test_json_is_the_register_of_the_program(register, tmp_path):
    path = tmp_path / "register.json"
    path.write_text(register.to_json(), encoding="utf-8")
    subprocess.run([running.PROGRAM, "trust", "suspend", path, IDENTITY.licence, "--from", "2026-03-01", "--until",
                    "2026-05-31", "--authority", "示例市司法局"], check=True, capture_output=True)
    register.import_table(EVENT.encode(), sjcode.TrustTableKind.EVENTS)
    again = sjcode.TrustRegister.from_json(path.read_bytes())
    assert again.content == register.content and again.to_json() == register.to_json() == path.read_text(encoding="utf-8")
    assert json.loads(register.content.institutions[0].to_json()) == json.loads(register.to_json())["institutions"][0]
    for text, code in (("", "trust-register.json"), ('{"version": 1, "version": 1}', "trust-register.json"),
                       ("{}", "trust-register.version"), ('{"version": 1}', "trust-register.field"), (b"\xff", "trust-register.json")):
        with pytest.raises(sjcode.TrustError) as caught:
            sjcode.TrustRegister.from_json(text)
        assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_tables(encoding):
    register = empty_register()
    table = (COLUMNS + ROW.format(category="FY0202")).encode(encoding)
    imported = register.import_table(table, "institutions")
    assert (imported.rows, imported.fault_count, imported.ignored) == (1, 0, ("电话",))
    assert imported.changes == (sjcode.differences(empty_register().content, register.content))
    (change,) = imported.changes
    assert (change.kind, change.id, change.change, change.history_lost) == (
        "institution", IDENTITY.licence, sjcode.TrustChange.ADDED, False)
    assert register.import_table(table, "institutions").changes == ()
    (change,) = register.import_table(EVENT.encode(encoding), "events").changes
    assert change.change is sjcode.TrustChange.CHANGED
    (event,) = register.content.institutions[0].events
    assert event.period == sjcode.Period.of_days(datetime.date(2026, 3, 1), datetime.date(2026, 5, 31))


def test_a_table_with_a_fault_changes_nothing(register):
    before = register.to_json()
    table = COLUMNS + ROW.format(category="法医") + "3.301E+08,=1,某,FY0202,3/9/2026,长期,\n"
    imported = register.import_table(table.encode(), "institutions")
    found = {(fault.line, fault.column, fault.code) for fault in imported.faults}
    assert {(2, "业务范围", "trust-table.category"), (3, "许可证号", "trust-table.spoiled"),
            (3, "有效期起", "trust-table.date"), (3, "机构名称", "trust-table.formula")} == found
    assert imported.fault_count == 4 and imported.changes == () and register.to_json() == before
    fault = next(fault for fault in imported.faults if fault.code == "trust-table.date")
    assert fault.parameters["value"] == "3/9/2026" and "3/9/2026" in fault.sentence("zh") and "3/9/2026" in fault.sentence()
    assert "3/9/2026" not in repr(fault)
    for data, kind, error, code in ((b"", "institutions", sjcode.FormatError, "csv.empty"),
                                    (b"a,b\n1,2\n", "events", sjcode.TrustError, "trust-table.column"),
                                    ("许可证号,有效期起,有效期止\n".encode(), "institutions", sjcode.TrustError, "trust-table.empty"),
                                    (b"a\n1\n", "people", ValueError, None), ("a\n1\n", "events", FileNotFoundError, None)):
        with pytest.raises(error) as caught:
            register.import_table(data, kind)
        assert code in (None, caught.value.code if isinstance(caught.value, sjcode.SjcodeError) else None)
        assert register.to_json() == before


def test_deltas(register, tmp_path):
    root = sjcode.PrivateKey.generate("p256")
    older = opened(sign(register, root), root)
    register.import_table(EVENT.encode(), "events")
    newer = opened(sign(register, root, 1), root)
    delta = sjcode.make_trust_delta(older, newer)
    assert sjcode.trust_file_kind(delta) is sjcode.TrustFileKind.DELTA and sjcode.trust_delta_base(delta) == "cn.example"
    assert sjcode.apply_trust_delta(older, delta) == newer.to_bytes()
    store = sjcode.TrustStore.open_or_create(tmp_path)
    with pytest.raises(sjcode.TrustError) as caught:
        store.import_list(delta, root=sjcode.fingerprint(root.public_key))
    assert caught.value.code == "trust-store.no-base"
    store.import_list(older, root=sjcode.fingerprint(root.public_key))
    (tmp_path / "update.sjd").write_bytes(delta)
    assert store.import_list(tmp_path / "update.sjd").previous == 1
    assert store.lists()[0].head_digest == newer.head_digest
    for wrong, code in ((delta[:-1], "trust-delta.format"), (b"", "trust-delta.format")):
        with pytest.raises(sjcode.TrustError) as caught:
            sjcode.apply_trust_delta(older, wrong)
        assert caught.value.code == code
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.apply_trust_delta(newer, delta)
    assert caught.value.code == "trust-delta.base"
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.apply_trust_delta(older, delta, limit=100)
    assert caught.value.code == "trust-list.limit"


def test_another_root_key(register, tmp_path):
    old, new, stranger = (sjcode.PrivateKey.generate(one) for one in ("ed25519", "sm2", "ed25519"))
    pin = sjcode.fingerprint(old.public_key)
    store = sjcode.TrustStore.open_or_create(tmp_path)
    store.import_list(sign(register, old), root=pin)
    forged = sjcode.TrustRegister(register.content, [sjcode.sign_root_change("cn.example", stranger.public_key, NOW, stranger)])
    with pytest.raises(sjcode.TrustError):
        store.import_list(sign(forged, stranger, 1))
    register.add_root_change(sjcode.sign_root_change("cn.example", new.public_key, NOW, old))
    content = sign(register, new, 1)
    imported = store.import_list(content)
    assert imported.root_changed and imported.root == sjcode.fingerprint(new.public_key) == store.pins[0].root
    followed = sjcode.TrustList.open(content, root=pin)
    assert followed.root == new.public_key and followed.root_changes == register.root_changes and len(followed.root_changes) == 1
    with pytest.raises(sjcode.TrustError) as caught:
        store.import_list(sjcode.sign_trust_list(with_number(register.content, 3), old))
    assert caught.value.code == "trust-store.root"  # the key that went signs no more


def with_number(content, number):
    info = sjcode.TrustListInfo(id=content.info.id, publisher=content.info.publisher, regions=content.info.regions,
                                number=number, issued=NOW + 5 * DAY, next_update=NOW + 9 * DAY)
    return sjcode.TrustListContent(info=info, institutions=content.institutions)


def test_a_register_from_a_list(register):
    root = sjcode.PrivateKey.generate("ed25519")
    first = opened(sign(register, root), root)
    again = sjcode.TrustRegister.from_list(first)
    assert again.content == register.content and repr(again) == "<TrustRegister cn.example number 1>"
    assert opened(sign(again, root, 1), root).info.number == 2
    # What another version forgets is told.
    shorter = sjcode.TrustListContent(info=first.info)
    (lost,) = sjcode.differences(first.read_all(), shorter)
    assert lost.change is sjcode.TrustChange.REMOVED and lost.history_lost and IDENTITY.name not in repr(lost)


def test_contents_are_checked(register):
    content = register.content
    sjcode.check_trust_list(with_number(content, 1))
    twice = sjcode.TrustListContent(info=with_number(content, 1).info, institutions=content.institutions * 2)
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.check_trust_list(twice)
    assert caught.value.code == "trust-record.twice" and caught.value.parameters["record"] == IDENTITY.licence
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.sign_trust_list(content, sjcode.PrivateKey.generate("ed25519"))  # number 0
    assert caught.value.code == "trust-list.info"
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.sign_root_change("", sjcode.PrivateKey.generate("sm2").public_key, NOW, sjcode.PrivateKey.generate("sm2"))
    assert caught.value.code == "trust-list.info"

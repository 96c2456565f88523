"""Trust lists, stores and bundles: what a judge's machine takes in, believes and refuses."""

import dataclasses
import datetime
import gzip
import io
import threading

import pytest
import sjcode
from conftest import IDENTITY, SINCE_2020, institution_of

DAY = datetime.timedelta(days=1)
UTC = datetime.timezone.utc
CHINA = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime.now(UTC).replace(microsecond=0)


def codes(verdict, result):
    return {check.code for check in verdict.checks if check.result is sjcode.CheckResult(result)}


@pytest.fixture
def register(facts, certificate):
    """A register with the institution of the sample report and its appraisers, before its first list."""
    info = sjcode.TrustListInfo(id="cn.example", publisher="示例省司法厅", regions=["44"])
    appraisers = [sjcode.AppraiserRecord(
        licence=one.licence, names=[sjcode.DatedName(name=one.name, period=SINCE_2020)], licensed=[SINCE_2020],
        institutions=[sjcode.DatedReference(id=IDENTITY.licence, period=SINCE_2020)],
        categories=[sjcode.DatedCategory(category=facts.categories[0], period=SINCE_2020)]) for one in facts.appraisers]
    return sjcode.TrustRegister(sjcode.TrustListContent(
        info=info, institutions=[institution_of(certificate, facts.categories[0])], appraisers=appraisers))


def signed(register, root, day=0):
    return register.sign(root, issued=NOW + day * DAY, next_update=NOW + (day + 30) * DAY)


def suspension(first, last, **more):
    return sjcode.StatusEvent(kind="suspended", period=sjcode.Period(first, last), authority="示例市司法局", **more)


def test_a_store_takes_a_list_in_and_a_report_is_verified_with_it(register, root, pin, issued_path, tmp_path):
    folder = tmp_path / "trust"
    assert not sjcode.TrustStore.is_store(folder)
    store = sjcode.TrustStore.open_or_create(folder)
    with pytest.raises(sjcode.TrustError) as caught:
        store.import_list(signed(register, root))
    assert caught.value.code == "trust-store.not-pinned" and caught.value.parameters["fingerprint"] == pin.hex()
    with pytest.raises(sjcode.TrustError) as caught:
        store.lists()
    assert caught.value.code == "trust-store.empty" and store.pins == ()
    imported = store.import_list(signed(register, root), root=pin)
    assert imported.first and not imported.unchanged and not imported.root_changed and imported.previous == 0
    assert (imported.root, imported.info.number, imported.info.publisher) == (pin, 2, "示例省司法厅")
    assert imported.info.next_update - imported.info.issued == 30 * DAY and imported.info.issued == NOW
    assert sjcode.TrustStore.is_store(folder) and sjcode.TrustStore.open(str(folder)).pins == store.pins
    (held,) = store.pins
    assert (held.list_id, held.root, held.regions, held.number) == ("cn.example", pin, ("44",), 2)
    assert (folder / held.file).read_bytes() == store.lists()[0].to_bytes()
    verdict = sjcode.verify(issued_path, store)
    assert verdict.outcome is sjcode.Outcome.AUTHENTIC
    assert {"licence.valid-at-issue", "trust.list-current", "now.unchanged"} <= codes(verdict, "pass")
    # The folder's path says the same, as for the program; so does every other way.
    trust = store.records()
    for same in (folder, str(folder), trust, sjcode.open_trust(folder), sjcode.TrustLists(store.lists())):
        assert sjcode.verify(issued_path, same) == verdict
    assert next(sjcode.verify_many([issued_path], store)).verdict == verdict


def test_a_date_given_is_the_day_for_which_is_told(register, root, pin, issued, issued_path):
    register.add_event(IDENTITY.licence, suspension(NOW + 10 * DAY, NOW + 20 * DAY))
    trust = sjcode.TrustLists([sjcode.TrustList.open(signed(register, root), root=pin)])
    verifier = sjcode.Verifier(trust)
    assert "now.unchanged" in codes(verifier.verify(issued_path), "pass")
    assert "now.event" in codes(verifier.verify(issued_path, as_of=NOW + 15 * DAY), "warn")
    later = sjcode.verify(issued_path, trust, as_of=(NOW + 40 * DAY).astimezone(CHINA))
    assert "trust.list-stale" in codes(later, "warn") and later.outcome is sjcode.Outcome.AUTHENTIC
    assert "now.event" in codes(sjcode.verify_text(issued.url, trust, as_of=NOW + 15 * DAY), "warn")
    assert "now.event" in codes(next(sjcode.verify_many([issued_path], trust, as_of=NOW + 15 * DAY)).verdict, "warn")
    with pytest.raises(ValueError, match="time zone"):
        sjcode.verify(issued_path, trust, as_of=datetime.datetime(2027, 3, 1))
    with pytest.raises(TypeError):
        sjcode.verify(issued_path, trust, as_of=datetime.date(2027, 3, 1))


def test_suspended_at_issue(register, root, pin, issued_path):
    register.add_event(IDENTITY.licence, suspension(NOW - 10 * DAY, NOW + 20 * DAY))
    trust = sjcode.TrustLists([sjcode.TrustList.open(signed(register, root), root=pin)])
    verdict = sjcode.verify(issued_path, trust)
    assert verdict.outcome is sjcode.Outcome.NOT_AUTHENTIC
    assert [check.check for check in verdict.checks if check.result is sjcode.CheckResult.FAIL] == ["licence"]


def test_records_are_looked_up(register, root, pin, certificate, facts):
    register.add_event(IDENTITY.licence, suspension(NOW, NOW + DAY, category=facts.categories[0], document="示司罚〔2026〕1号"))
    opened = sjcode.TrustList.open(signed(register, root), root=pin.hex(":").upper())
    record = opened.institution(IDENTITY.licence)
    assert record == register.content.institutions[0] and opened.institution("440100999") is None
    assert record.name_at(NOW).short_name == IDENTITY.short_name
    assert record.name_at(datetime.datetime(2019, 12, 31, 15, 59, 59, tzinfo=UTC)) is None
    assert record.name_at(datetime.datetime(2019, 12, 31, 16, tzinfo=UTC)).name == IDENTITY.name
    assert record.licensed_at(datetime.datetime(2099, 12, 31, 23, 59, 59, tzinfo=CHINA))
    assert not record.licensed_at(datetime.datetime(2100, 1, 1, tzinfo=CHINA))
    field = sjcode.DatedCategory(category=sjcode.Category.parse("FY0200"), period=SINCE_2020)
    assert field.includes(sjcode.Category.parse("FY0202")) and not field.includes(sjcode.Category.parse("FY0302"))
    assert record.registered_at(facts.categories[0], NOW) and not record.registered_at(sjcode.Category.parse("HJ0101"), NOW)
    (event,) = record.events_at(NOW)
    assert (event.kind, event.category, event.document) == (
        sjcode.StatusEventKind.SUSPENDED, facts.categories[0], "示司罚〔2026〕1号")
    assert sjcode.forbids_practice(event.kind) and not sjcode.forbids_practice("blacklisted")
    assert record.events_at(NOW + DAY) == () == record.events_at(NOW - DAY)
    appraiser = opened.appraiser(facts.appraisers[0].licence)
    assert appraiser.name_at(NOW).name == facts.appraisers[0].name and facts.appraisers[0].name not in repr(appraiser)
    assert opened.authority("440000") is None
    trust = sjcode.TrustLists([opened])
    known = trust.issuer(IDENTITY.licence)
    assert known.record == record and known.list == opened.info and known.lists_appraisers
    assert [key.key for key in known.keys] == [certificate.public_key] and known.keys[0].signer == ""
    assert known.hosts[0].host == "v.example.cn" and known.keys[0].certificate is None
    assert trust.issuer("440100999") is None and trust.appraiser(appraiser.licence) == appraiser
    assert trust.is_official_host("v.example.cn") and not trust.is_official_host("v.examp1e.cn")
    assert len(trust) == 1 and trust.lists[0].head_digest == opened.head_digest
    # A list speaks for its own regions only.
    assert sjcode.TrustLists([opened]).issuer("330100001") is None


def test_certificates_are_records_too(trust, certificate):
    known = trust.issuer(IDENTITY.licence)
    assert known.list is None and known.keys[0].certificate == certificate and not known.lists_appraisers
    assert known.keys[0].period.covers(NOW) and trust.issuer("1") is None and trust.appraiser("440100001001") is None
    assert trust.timestamp_anchors == () == trust.countersign_anchors


def test_a_code_authority_signs_for_an_institution(root, pin, key, certificate, issued_path, facts):
    lent = institution_of(certificate, facts.categories[0], keys=[], hosts=[],
                          signers=[sjcode.DatedReference(id="440000", period=SINCE_2020)])
    platform = sjcode.AuthorityRecord(
        id="440000", names=[sjcode.DatedName(name="示例省赋码平台", period=SINCE_2020)],
        keys=[sjcode.DatedKey(key=key.public_key.to_der(), period=SINCE_2020)],
        hosts=[sjcode.DatedHost(host="v.example.cn", period=SINCE_2020)])
    register = sjcode.TrustRegister(sjcode.TrustListContent(
        info=sjcode.TrustListInfo(id="cn.example", publisher="示例省司法厅"), authorities=[platform], institutions=[lent]))
    opened = sjcode.TrustList.open(signed(register, root), root=pin)
    assert opened.authority("440000") == platform
    trust = sjcode.TrustLists([opened])
    assert trust.issuer(IDENTITY.licence).keys[0].signer == "示例省赋码平台"
    assert sjcode.verify(issued_path, trust).outcome is sjcode.Outcome.AUTHENTIC


def with_head(content, **changes):
    """The content with another head; times are those of its register's last list."""
    info = content.info
    fields = {name: getattr(info, name) for name in ("id", "publisher", "regions", "number", "issued", "next_update")}
    return sjcode.TrustListContent(info=sjcode.TrustListInfo(**{**fields, **changes}), authorities=content.authorities,
                                   institutions=content.institutions, appraisers=content.appraisers)


def test_what_is_refused_changes_nothing(register, root, pin, issued_path, tmp_path):
    store = sjcode.TrustStore.open_or_create(tmp_path)
    older, held = signed(register, root), signed(register, root, 1)
    store.import_list(held, root=pin.hex())
    pins = store.pins
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    verdict = sjcode.verify(issued_path, store)
    same_number = sjcode.sign_trust_list(with_head(register.content, publisher="某某厅"), root)
    stranger = sjcode.PrivateKey.generate("ed25519")
    wider = sjcode.sign_trust_list(with_head(register.content, regions=(), number=9, issued=NOW + 2 * DAY), root)
    cases = [(older, "trust-store.rollback"), (held[:-9], "trust-store.refused"), (held[:40], "trust-store.refused"),
             (held[:-9] + bytes([held[-9] ^ 1]) + held[-8:], "trust-store.refused"),
             (same_number, "trust-store.same-number"), (wider, "trust-store.regions"),
             (signed(register, stranger, 2), "trust-store.root"), (b"x", "trust-store.kind"), (b"", "trust-store.kind")]
    for content, code in cases:
        with pytest.raises(sjcode.TrustError) as caught:
            store.import_list(content)
        assert caught.value.code == code and caught.value.sentence("zh") != code
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
        assert store.pins == pins
    assert store.import_list(held).unchanged and sjcode.verify(issued_path, store) == verdict
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.TrustStore.empty().import_list(held, root=bytes(32))
    assert caught.value.code.startswith("trust-store.")
    for nonsense in ("00", "zz" * 32, b"\0" * 31, pin.hex()[1:]):
        with pytest.raises(ValueError):
            store.import_list(held, root=nonsense)
    with pytest.raises(TypeError):
        store.import_list(held, root=32)


def test_what_lies_in_the_store_is_not_believed_unseen(register, root, pin, tmp_path):
    store = sjcode.TrustStore.open_or_create(tmp_path)
    store.import_list(signed(register, root), root=pin)
    path = tmp_path / store.pins[0].file
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    with pytest.raises(sjcode.TrustError) as caught:
        store.records()
    assert caught.value.code == "trust-store.list"
    # Altered behind the head: found out when the record is looked up, which is no pass.
    path.write_bytes(content[:-20] + bytes([content[-20] ^ 1]) + content[-19:])
    with pytest.raises(sjcode.TrustError) as caught:
        for one in sjcode.TrustStore.open(tmp_path).lists():
            one.verify_all()
    assert caught.value.code in ("trust-list.block", "trust-store.list")
    (tmp_path / "trust-store.json").write_text("{}")
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.TrustStore.open(tmp_path)
    assert caught.value.code == "trust-store.state"
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.TrustStore.open(tmp_path / "missing")
    assert caught.value.code == "trust-store.none"


def test_examining_changes_nothing(register, root, pin, tmp_path):
    store = sjcode.TrustStore.open_or_create(tmp_path / "new")
    candidate = store.examine(signed(register, root), accept_first_root=True)
    assert candidate.report.first and candidate.report.root == pin and candidate.list.info == candidate.report.info
    assert store.pins == () and not (tmp_path / "new").exists()
    assert candidate.list.institution(IDENTITY.licence) is not None


def test_opening(register, root, pin, tmp_path):
    content = signed(register, root)
    path = tmp_path / "list.sjt"
    path.write_bytes(content)
    assert sjcode.trust_file_kind(content) is sjcode.TrustFileKind.LIST and sjcode.trust_file_kind(b"%PDF") is (
        sjcode.TrustFileKind.OTHER)
    claimed = sjcode.TrustList.unverified(path)
    assert claimed.info.id == "cn.example" and sjcode.fingerprint(claimed.root) == pin
    altered = bytearray(content)
    with open(path, "rb") as file:
        opened = [sjcode.TrustList.open(one, root=pin) for one in (
            content, altered, memoryview(content), path, str(path), file, io.BytesIO(content),
            gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(content))))]
    altered[-20:] = bytes(20)  # what was opened is not changed by it
    for one in opened:
        one.verify_all()
        assert bytes(memoryview(one)) == content and memoryview(one).readonly
        assert one.info == claimed.info and one.root == claimed.root and repr(one) == "<TrustList cn.example number 1>"
        assert one.read_all() == register.content
    for document, error in ((tmp_path / "none", FileNotFoundError), (content[:-1], sjcode.TrustError), (b"", sjcode.TrustError),
                            ("", FileNotFoundError), (None, TypeError)):
        with pytest.raises(error):
            sjcode.TrustList.open(document, root=pin)
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.TrustList.open(content, root=sjcode.digest("sha256", b"another"))
    assert caught.value.code == "trust-list.root"
    with pytest.raises(TypeError):
        sjcode.TrustList.open(content)  # nothing is believed without a pin


def test_bundles(register, root, pin, issued_path, tmp_path):
    older, newer = signed(register, root), signed(register, root, 1)
    parts = [sjcode.BundlePart(sjcode.TRUST_LIST_MEDIA_TYPE, sjcode.TrustList.open(newer, root=pin)),
             sjcode.BundlePart("text/plain", "说明".encode())]
    content = sjcode.make_bundle(parts)
    path = tmp_path / "court.sjb"
    path.write_bytes(content)
    assert sjcode.trust_file_kind(path) is sjcode.TrustFileKind.BUNDLE
    opened = sjcode.open_bundle(path)
    assert [(part.type, part.content) for part in opened] == [
        (sjcode.TRUST_LIST_MEDIA_TYPE, newer), ("text/plain", "说明".encode())]
    assert len(opened[1]) == 6 and bytes(opened[0]) == newer and "6 bytes" in repr(opened[1])
    believed = sjcode.open_trust(bundle=path, root=pin)
    assert believed.refused == () and len(believed.statuses) == 0
    verdict = sjcode.verify(issued_path, believed)
    assert verdict.outcome is sjcode.Outcome.AUTHENTIC and "status.no-list" in codes(verdict, "unchecked")
    with pytest.raises(dataclasses.FrozenInstanceError):
        believed.refused = ()
    # The wrong root, or none; a bundle cut off.
    for wrong in (bytes(32), sjcode.fingerprint(sjcode.PrivateKey.generate("p256").public_key)):
        with pytest.raises(sjcode.TrustError):
            sjcode.open_trust(bundle=path, root=wrong)
    for arguments in ({}, {"bundle": path}, {"root": pin}):
        with pytest.raises(ValueError):
            sjcode.open_trust(**arguments)
    # A folder of certificates has no pins to hold the bundle's lists to, and is not passed over in silence.
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.open_trust(tmp_path, bundle=path, root=pin)
    assert caught.value.code == "trust-store.none"
    for damaged in (content[:-1], content + b"\0", b""):
        with pytest.raises(sjcode.TrustError) as caught:
            sjcode.open_bundle(damaged)
        assert caught.value.code == "bundle.format"
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.make_bundle([sjcode.BundlePart("", b"")])
    assert caught.value.code == "bundle.type"
    # With a store its pins decide: what is newer is used, what is older is left out and named.
    store = sjcode.TrustStore.open_or_create(tmp_path / "store")
    store.import_list(older, root=pin)
    assert sjcode.open_trust(tmp_path / "store", bundle=path).trust.lists[0].info.number == 2
    store.import_list(newer)
    behind = sjcode.open_trust(tmp_path / "store", bundle=sjcode.make_bundle(
        [sjcode.BundlePart(sjcode.TRUST_LIST_MEDIA_TYPE, older)]))
    assert [error.code for error in behind.refused] == ["trust-store.rollback"]
    assert [one.info.number for one in behind.trust.lists] == [2]
    forged = sjcode.make_bundle([sjcode.BundlePart(sjcode.TRUST_LIST_MEDIA_TYPE, signed(
        register, sjcode.PrivateKey.generate("ed25519"), 5))])
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.open_trust(tmp_path / "store", bundle=forged)
    assert caught.value.code == "trust-store.root"
    with pytest.raises(ValueError, match="statuses"):
        sjcode.verify(issued_path, believed, statuses=sjcode.StatusLists())


def test_parts_keep_what_they_stand_in(register, root, pin):
    content = bytearray(sjcode.make_bundle([sjcode.BundlePart(sjcode.TRUST_LIST_MEDIA_TYPE, signed(register, root))]))
    (part,) = sjcode.open_bundle(content)
    content[:] = bytes(len(content))
    opened = sjcode.TrustList.open(part, root=pin)
    view = memoryview(opened)
    blocks = opened.blocks
    del part, opened
    assert sjcode.TrustList.open(view, root=pin).institution_count == 1
    assert sum(len(block.content) for block in blocks) < len(view)


def test_readers_and_an_import_on_several_threads(register, root, pin, tmp_path):
    store = sjcode.TrustStore.open_or_create(tmp_path)
    store.import_list(signed(register, root), root=pin)
    lists = [signed(register, root, day) for day in range(1, 9)]
    wrong = []

    def read():
        for _ in range(40):
            try:
                if store.records().issuer(IDENTITY.licence) is None or len(store.pins) != 1:
                    wrong.append("nobody")
            except Exception as error:  # noqa: BLE001: a thread has nobody else to tell
                wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for content in lists:
        store.import_list(content)
    for thread in threads:
        thread.join()
    assert not wrong and store.pins[0].number == 9


def test_periods():
    period = sjcode.Period.of_days(datetime.date(2026, 3, 1), datetime.date(2026, 3, 1))
    assert period == sjcode.Period(datetime.datetime(2026, 3, 1, tzinfo=CHINA), datetime.datetime(2026, 3, 2, tzinfo=CHINA))
    assert period.until - period.begin == DAY and period.begin.tzinfo is UTC
    assert period.covers(period.begin) and not period.covers(period.until)
    assert sjcode.Period(NOW).until is None and sjcode.Period(NOW).covers(NOW + 100_000 * DAY)
    for wrong in ((datetime.datetime(2026, 1, 1),), (datetime.date(2026, 1, 1),), (NOW, "2026")):
        with pytest.raises((ValueError, TypeError)):
            sjcode.Period(*wrong)
    with pytest.raises(TypeError):
        sjcode.Period.of_days(NOW)
    with pytest.raises(AttributeError):
        period.until = None

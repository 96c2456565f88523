"""Status lists: from an institution's journal to a verdict, and what is refused on the way."""

import datetime
import os
import subprocess
import threading

import pytest
import running
import sjcode
from conftest import IDENTITY, certificate_of, institution_of

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
NOW = datetime.datetime.now(UTC).replace(microsecond=0)
SUBJECT = sjcode.status_list_subject(IDENTITY.licence)


def codes(verdict, result):
    return {check.code for check in verdict.checks if check.result is sjcode.CheckResult(result)}


def sentences(verdict):
    """Not its text, whose lines are broken anywhere."""
    return "".join(check.sentence("zh") for check in verdict.checks)


def change(status, time=NOW - HOUR, **more):
    return sjcode.StatusChange(time=time, status=status, **more)


@pytest.fixture
def claims(issued):
    return sjcode.RawReportCode.decode(issued.code).unverified_claims


@pytest.fixture
def journal(claims):
    """One in which the sample report was withdrawn."""
    journal = sjcode.StatusJournal.create(IDENTITY.licence)
    journal.set(claims.status, claims.code, change("revoked", reason="鉴定材料系伪造"))
    return journal


def publish(journal, key, issued=NOW):
    return journal.sign(key, issued=issued, valid_for=30 * DAY, time_to_live=12 * HOUR)


def test_from_a_journal_to_a_verdict(journal, key, claims, trust, issued, issued_path, tmp_path):
    published = publish(journal, key)
    statuses = sjcode.StatusLists()
    assert len(statuses) == 0 and statuses.find(IDENTITY.licence) is None
    assert statuses.add(published.list, published.details, trust=trust) == IDENTITY.licence
    assert len(statuses) == 1
    assert sjcode.verify(issued_path, trust).outcome is sjcode.Outcome.AUTHENTIC
    verdict = sjcode.verify(issued_path, trust, statuses=statuses)
    assert verdict.outcome is sjcode.Outcome.NOT_AUTHENTIC and "status.revoked" in codes(verdict, "fail")
    assert "鉴定材料系伪造" in sentences(verdict)
    assert next(sjcode.verify_many([issued_path], trust, statuses=statuses)).verdict == verdict
    assert "status.revoked" in codes(sjcode.verify_text(issued.url, trust, statuses=statuses), "fail")
    # On the day before it was withdrawn nothing was known against it.
    before = sjcode.verify(issued_path, trust, statuses=statuses, as_of=NOW - DAY)
    assert "status.valid-on-day" in codes(before, "pass")
    stale = sjcode.verify(issued_path, trust, statuses=statuses, as_of=NOW + 31 * DAY)
    assert {"status.list-stale"} <= codes(stale, "warn") and "status.revoked" in codes(stale, "fail")
    # Files as they are published: the details are found beside the list.
    (tmp_path / "status-440100001.cwt").write_bytes(published.list)
    (tmp_path / "status-440100001.details").write_bytes(published.details)
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust/cert.pem").write_text(trust.certificates(IDENTITY.licence)[0].to_pem())
    for files in (tmp_path / "status-440100001.cwt", str(tmp_path / "status-440100001.cwt"),
                  (published.list, published.details)):
        believed = sjcode.open_trust(tmp_path / "trust", status_lists=[files])
        assert believed.refused == () and sjcode.verify(issued_path, believed) == verdict
    with pytest.raises(sjcode.MissingFileError):
        sjcode.open_trust(tmp_path / "trust", status_lists=[tmp_path / "none.cwt"])


def test_a_list_and_its_details(journal, key, claims, trust):
    published = publish(journal, key)
    raw = sjcode.RawStatusList.decode(published.list)
    assert raw.algorithm is key.algorithm and raw.unverified_claims == sjcode.StatusListClaims(
        subject=SUBJECT, issued=NOW, expires=NOW + 30 * DAY, time_to_live=43200)
    verified = sjcode.VerifiedStatusList.verify(raw, SUBJECT, [key.public_key])
    assert verified.signer == key.public_key and verified.statuses.nonzero() == ((claims.status, 1),)
    assert sjcode.code_status_of(verified.value(claims.status)) is sjcode.CodeStatus.REVOKED
    assert verified.value(len(verified.statuses)) is None and len(verified.statuses) == journal.size == 1 << 20
    ages = [verified.age(NOW + later) for later in (0 * DAY, 13 * HOUR, 30 * DAY, -HOUR)]
    assert ages == list(sjcode.StatusListAge)
    details = sjcode.VerifiedStatusDetails.verify(sjcode.RawStatusDetails.decode(published.details), verified)
    (told,) = details.history(claims.status, claims.code)
    assert told == journal.entries[0].history[0] and told.reason == "鉴定材料系伪造" and told.reason not in repr(told)
    assert len(details) == 1 and details.history(claims.status + 1, claims.code) == ()
    with pytest.raises(sjcode.TrustError) as caught:
        details.history(claims.status, sjcode.CodeNumber.generate())
    assert caught.value.code == "status-details.number"
    raw_details = sjcode.RawStatusDetails.decode(published.details)
    assert (raw_details.unverified_subject, raw_details.unverified_issued, len(raw_details)) == (SUBJECT, NOW, 1)
    held = sjcode.StatusLists()
    held.add(published.list, trust=trust)
    assert held.find(IDENTITY.licence).details is None and held.find(IDENTITY.licence).list.claims.subject == SUBJECT
    assert sjcode.licence_of_subject(SUBJECT) == IDENTITY.licence and sjcode.licence_of_subject("https://a.cn/1") is None


def test_what_is_refused_changes_nothing(journal, key, trust, claims, issued_path, tmp_path):
    older, newer = publish(journal, key), publish(journal, key, NOW + HOUR)
    statuses = sjcode.StatusLists()
    statuses.add(newer.list, newer.details, trust=trust)
    held = statuses.find(IDENTITY.licence).list.claims
    stranger = sjcode.PrivateKey.generate("p256")
    forged = sjcode.StatusJournal.create(IDENTITY.licence)  # sets every code right again
    forged = publish(forged, stranger, NOW + 2 * HOUR)
    unknown = publish(sjcode.StatusJournal.create("999999999"), key)
    cleared = bytearray(newer.list)
    cleared[-70] ^= 1
    cases = [(older.list, None, "status-lists.older"), (forged.list, None, "status-list.signature"),
             (unknown.list, None, "status-lists.unknown-issuer"), (newer.list[:-1], None, "cbor.truncated"),
             (bytes(cleared), None, None), (issued_path.read_bytes(), None, None), (b"", None, "cbor.truncated")]
    for content, details, code in cases:
        with pytest.raises(sjcode.SjcodeError) as caught:
            statuses.add(content, details, trust=trust)
        assert code in (None, caught.value.code) and caught.value.sentence("zh") != caught.value.code
        assert len(statuses) == 1 and statuses.find(IDENTITY.licence).list.claims == held
    assert (statuses.refusal(IDENTITY.licence), sjcode.StatusLists().refusal("1")) == ("status-list.signature", None)
    # A list is good without its details, or else whoever exchanges them would rid a code of its revocation.
    for hour, details, code in ((3, newer.details, "status-details.other-list"), (4, newer.details[:-1], "cbor.truncated")):
        later = publish(journal, key, NOW + hour * HOUR)
        with pytest.raises(sjcode.SjcodeError) as caught:
            statuses.add(later.list, details, trust=trust)
        assert caught.value.code == code
        found = statuses.find(IDENTITY.licence)
        assert found.list.claims.issued == NOW + hour * HOUR and (found.details, found.details_fault) == (None, code)
    # Offered to a verification, they are left out and named; what is unknown is unchecked, never a pass.
    (tmp_path / "cert.pem").write_text(trust.certificates(IDENTITY.licence)[0].to_pem())
    believed = sjcode.open_trust(tmp_path, status_lists=[(forged.list, forged.details)])
    assert [error.code for error in believed.refused] == ["status-list.signature"]
    verdict = sjcode.verify(issued_path, believed)
    assert "status.list-refused" in codes(verdict, "unchecked")
    # The older list after the newer one: the newer one counts.
    believed = sjcode.open_trust(tmp_path, status_lists=[(newer.list, newer.details), (older.list, older.details)])
    assert [error.code for error in believed.refused] == ["status-lists.older"]
    verified = [sjcode.VerifiedStatusList.verify(sjcode.RawStatusList.decode(one.list), SUBJECT, [key.public_key])
                for one in (older, newer)]
    sjcode.may_replace(*verified)
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.may_replace(*reversed(verified))
    assert caught.value.code == "status-list.older"
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.VerifiedStatusList.verify(sjcode.RawStatusList.decode(newer.list), "sjcode:status:1", [key.public_key])
    assert caught.value.code == "status-list.subject"


def test_a_verifier_keeps_the_lists_that_it_was_given(journal, key, trust, issued_path):
    statuses = sjcode.StatusLists()
    verifier = sjcode.Verifier(trust, statuses=statuses)
    published = publish(journal, key)
    statuses.add(published.list, published.details, trust=trust)
    assert "status.no-list" in codes(verifier.verify(issued_path), "unchecked")
    assert "status.revoked" in codes(sjcode.Verifier(trust, statuses=statuses).verify(issued_path), "fail")
    with pytest.raises(TypeError):
        sjcode.Verifier(trust, statuses=published.list)


def test_a_bundle_brings_status_lists_along(journal, key, trust_list, pin, issued_path):
    published = publish(journal, key)
    parts = [sjcode.BundlePart(sjcode.TRUST_LIST_MEDIA_TYPE, trust_list),
             sjcode.BundlePart(sjcode.STATUS_LIST_MEDIA_TYPE, published.list),
             sjcode.BundlePart(sjcode.STATUS_DETAILS_MEDIA_TYPE, published.details)]
    believed = sjcode.open_trust(bundle=sjcode.make_bundle(parts), root=pin)
    assert believed.refused == () and len(believed.statuses) == 1
    verdict = sjcode.verify(issued_path, believed)
    assert "status.revoked" in codes(verdict, "fail") and "鉴定材料系伪造" in sentences(verdict)
    # Details of another list are not used; the list that came with them is.
    parts[2] = sjcode.BundlePart(sjcode.STATUS_DETAILS_MEDIA_TYPE, publish(journal, key, NOW + HOUR).details)
    believed = sjcode.open_trust(bundle=sjcode.make_bundle(parts), root=pin)
    assert [error.code for error in believed.refused] == ["status-details.other-list"] and len(believed.statuses) == 1
    verdict = sjcode.verify(issued_path, believed)
    assert "status.revoked" in codes(verdict, "fail") and "status.details-unreadable" in codes(verdict, "warn")


def test_the_journal_keeps_its_rules(journal, claims):
    other = sjcode.CodeNumber.generate()
    index = journal.assign()
    assert 0 <= index < journal.size and journal.assigned == 2 and journal.index_of(other) is None
    assert journal.index_of(claims.code) == claims.status and journal.last_signed is None
    cases = [
        (claims.status, other, change("suspended", reason="核查"), "status-journal.other-code"),
        (index, claims.code, change("suspended", reason="核查"), "status-journal.other-code"),
        (claims.status, claims.code, change("valid", NOW), "status-journal.final"),
        (index, other, change("valid"), "status-journal.unchanged"),
        (index, other, change("withdrawn"), "status-journal.reason"),
        (index, other, change("superseded"), "status-journal.successor"),
        (index, other, change("superseded", successor=other), "status-journal.own-successor"),
        (index, other, change("suspended", reason="a", successor=claims.code), "status-journal.no-successor"),
        (index, other, change("revoked", reason="张三 11010519491231002X"), "status-journal.resident-id"),
        (index, other, change("revoked", reason="a\x00b"), "status-journal.reason-text"),
        (1 << 40, other, change("revoked", reason="a"), "status-journal.index")]
    before = journal.to_json()
    for at, code, wanted, refused in cases:
        with pytest.raises(sjcode.TrustError) as caught:
            journal.set(at, code, wanted)
        assert caught.value.code == refused and journal.to_json() == before
    journal.set(claims.status, claims.code, change("valid", NOW), correction=True)
    journal.set(index, other, change("superseded", successor="示例司鉴中心〔2026〕临鉴字第19号"))
    again = sjcode.StatusJournal.from_json(journal.to_json())
    assert again.entries == journal.entries and again.issuer == IDENTITY.licence and again.assigned == 2
    history = {entry.index: entry for entry in again.entries}[claims.status].history
    assert [sjcode.status_at(history, NOW + shift) for shift in (-DAY, -HOUR, 0 * DAY)] == [
        sjcode.CodeStatus.VALID, sjcode.CodeStatus.REVOKED, sjcode.CodeStatus.VALID]
    assert {entry.index: entry for entry in again.entries}[index].history[0].successor == "示例司鉴中心〔2026〕临鉴字第19号"
    for wrong in ("", "{}", b"\xff", '{"format": "sjcode/status-journal/9"}'):
        with pytest.raises(sjcode.TrustError) as caught:
            sjcode.StatusJournal.from_json(wrong)
        assert caught.value.code == "status-journal.format"
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.StatusJournal.create("")
    assert caught.value.code == "status-journal.issuer"


def test_signing(journal, key):
    publish(journal, key)
    assert journal.last_signed == NOW
    with pytest.raises(sjcode.TrustError) as caught:
        publish(journal, key)
    assert caught.value.code == "status-journal.clock"
    for wrong in ({"valid_for": 0 * DAY}, {"time_to_live": -DAY}, {"issued": datetime.datetime(2027, 1, 1)}):
        with pytest.raises(ValueError):
            journal.sign(key, **{"issued": NOW + HOUR, "valid_for": DAY, "time_to_live": HOUR, **wrong})
    with pytest.raises(TypeError):
        journal.sign(key, issued=NOW + HOUR, valid_for=86400, time_to_live=HOUR)

    def broken(message):
        raise ConnectionError("unplugged")

    device = sjcode.CallbackSigner(key.public_key, broken)
    with pytest.raises(ConnectionError, match="unplugged"):
        publish(journal, device, NOW + HOUR)
    with pytest.raises(LookupError):
        journal.sign(key, issued=NOW + HOUR, valid_for=DAY, time_to_live=HOUR, random=lambda count: {}["none"])
    with pytest.raises(sjcode.KeyOrCertificateError):
        publish(journal, sjcode.CallbackSigner(key.public_key, lambda message: bytes(64)), NOW + HOUR)
    assert journal.last_signed == NOW  # nothing went out
    # A device that looks at the journal while it signs does not wait for itself.
    curious = sjcode.CallbackSigner(key.public_key, lambda message: journal.to_json() and key.sign(message))
    assert publish(journal, curious, NOW + HOUR).list and journal.last_signed == NOW + HOUR


def test_by_hand(key):
    claims = sjcode.StatusListClaims(subject=SUBJECT, issued=NOW, expires=NOW + DAY)
    array = sjcode.StatusArray(4, 15, {3: 1, 7: 0x0B})
    assert len(array) == 16 and array.get(3) == 1 and array.get(16) is None and array.nonzero() == ((3, 1), (7, 11))
    assert repr(array).startswith("StatusArray(bits=4") and array == sjcode.StatusArray.decompress(4, array.compress())
    listed = sjcode.VerifiedStatusList.verify(sjcode.RawStatusList.decode(
        sjcode.sign_status_list(claims, array, key)), SUBJECT, [key.public_key])
    assert listed.statuses == array and listed.claims == claims
    code = sjcode.CodeNumber.generate()
    entry = sjcode.StatusDetailsEntry(index=3, code=code, history=[change("revoked", reason="a")])
    details = sjcode.sign_status_details(claims, [entry], key)
    verified = sjcode.VerifiedStatusDetails.verify(sjcode.RawStatusDetails.decode(details), listed)
    assert verified.history(3, code) == entry.history
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.sign_status_details(claims, [entry, entry], key)
    assert caught.value.code == "status-details.entry"
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.VerifiedStatusDetails.verify(sjcode.RawStatusDetails.decode(
            sjcode.sign_status_details(claims, [entry], sjcode.PrivateKey.generate("sm2"))), listed)
    assert caught.value.code == "status-details.signature"
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.sign_status_list(sjcode.StatusListClaims(subject="", issued=NOW), array, key)
    assert caught.value.code == "status-list.claim"
    with pytest.raises(sjcode.TrustError):
        sjcode.StatusArray(3, 8)
    for error, values in ((IndexError, {16: 1}), (ValueError, {1: 16}), (TypeError, {-1: 1}), (TypeError, {1: 256})):
        with pytest.raises(error):
            sjcode.StatusArray(4, 16, values)
    for status in sjcode.CodeStatus:
        assert sjcode.code_status_of(status.number) is status
    assert sjcode.code_status_of(15) is None


def test_the_program_reads_what_was_published(journal, key, certificate, claims, issued_path, tmp_path):
    """And the other way round: the program's journal, list and details."""
    published = publish(journal, key, NOW - HOUR / 2)
    (tmp_path / "cert.pem").write_text(certificate.to_pem())
    (tmp_path / "key.pem").write_text(key.to_pem_secret())
    (tmp_path / "status.cwt").write_bytes(published.list)
    (tmp_path / "status.details").write_bytes(published.details)
    ended = subprocess.run([running.PROGRAM, "verify", issued_path, "--trust", tmp_path, "--status", tmp_path / "status.cwt",
                            "--json"], capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert ended.returncode == 1 and "status.revoked" in ended.stdout
    (tmp_path / "journal.json").write_text(journal.to_json(), encoding="utf-8")
    subprocess.run([running.PROGRAM, "status", "set", tmp_path / "journal.json", "--number", str(claims.code), "--state",
                    "valid", "--correct"], capture_output=True, check=True)
    subprocess.run([running.PROGRAM, "status", "sign", tmp_path / "journal.json", "--key", tmp_path / "key.pem", "--cert",
                    tmp_path / "cert.pem", "-o", tmp_path / "out"], capture_output=True, check=True)
    again = sjcode.StatusJournal.from_json((tmp_path / "journal.json").read_text(encoding="utf-8"))
    assert [one.status for one in again.entries[0].history] == [sjcode.CodeStatus.REVOKED, sjcode.CodeStatus.VALID]
    believed = sjcode.open_trust(tmp_path, status_lists=[tmp_path / "out/status-440100001.cwt"])
    assert believed.refused == () and believed.statuses.find(IDENTITY.licence).details is not None
    assert "status.valid" in codes(sjcode.verify(issued_path, believed), "pass")


def test_many_threads_draw_indices(key):
    journal = sjcode.StatusJournal.create("1")
    drawn = []
    threads = [threading.Thread(target=lambda: drawn.extend(journal.assign() for _ in range(50))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(drawn)) == len(drawn) == journal.assigned == 400


def test_a_key_that_was_stolen_signs_no_list(journal, key, root, pin, certificate, facts):
    (good,) = institution_of(certificate, facts.categories[0]).keys
    stolen = sjcode.DatedKey(key=good.key, period=good.period, invalid_since=NOW - DAY)
    record = institution_of(certificate, facts.categories[0], keys=[stolen])
    content = sjcode.TrustListContent(institutions=[record], info=sjcode.TrustListInfo(
        id="cn.example", publisher="示例省司法厅", number=1, issued=NOW, next_update=NOW + DAY))
    trust = sjcode.TrustLists([sjcode.TrustList.open(sjcode.sign_trust_list(content, root), root=pin)])
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.StatusLists().add(publish(journal, key).list, trust=trust)
    assert caught.value.code == "status-list.signature"


def test_certificates_of_another_institution_sign_for_it_alone(journal, key):
    other = sjcode.InstitutionIdentity(licence="330100001", name="别的机构", short_name="别司鉴", hosts=["w.example.cn"])
    trust = sjcode.CertificateFolder.of([certificate_of(key, other)])
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.StatusLists().add(publish(journal, key).list, trust=trust)
    assert caught.value.code == "status-lists.unknown-issuer"

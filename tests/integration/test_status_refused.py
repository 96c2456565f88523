"""Status lists that must not be used: forged, cut off, altered, reordered, older, signed anew. The good one decides all the
same, and the message says which was refused and why."""

import time

import cbor2
import pytest

from reports import report
from running import AUTHENTIC, NOT_AUTHENTIC, Issuer, codes, issue, run, succeed


class World:
    """A report, its issuer, and two lists of his: the older one has nothing against it, the newer one revokes it."""

    def __init__(self, folder, registry):
        path = report("dna")
        self.issuer = registry.issuer_for(path, "ed25519")
        self.document, self.folder = folder / "issued.pdf", folder
        issue(path, self.issuer, registry.facts_file(path), self.document)
        claims = succeed("show", self.document).json["claims"]
        journal = folder / "journal.json"
        arguments = ["status", "set", journal, "--number", claims["code"], "--issuer", self.issuer.licence, "--index",
                     claims["status"], "--reason", "x"]
        succeed(*arguments, "--state", "suspended")
        self.older = self.publish(journal, self.issuer, "older")
        succeed(*arguments[:5], "--reason", "鉴定材料系伪造", "--state", "revoked")
        self.newer = self.publish(journal, self.issuer, "newer")
        # A stranger with a certificate of the same licence number wants the code to be valid again.
        self.forger = Issuer(folder / "forger", "ed25519", self.issuer.licence).make()
        other = folder / "other.json"
        succeed("status", "set", other, "--number", "JCFJ41HG9ZFS8739Q6VZ", "--issuer", self.issuer.licence, "--index",
                1 if claims["status"] != 1 else 2, "--reason", "x", "--state", "revoked")
        self.forged = self.publish(other, self.forger, "forged")

    def publish(self, journal, issuer, name):
        # Lists of one second are of one age.
        previous = getattr(self, "older", None)
        if previous:
            time.sleep(max(0.0, previous.stat().st_mtime + 1.1 - time.time()))
        succeed("status", "sign", journal, *issuer.arguments(), "-o", self.folder / name)
        return self.folder / name / f"status-{issuer.licence}.cwt"

    def verify(self, *lists):
        options = [option for file in lists for option in ("--status", file)]
        return run("verify", self.document, "--trust", self.issuer.folder, *options, "--json")


@pytest.fixture(scope="module")
def world(registry, tmp_path_factory):
    return World(tmp_path_factory.mktemp("status-refused"), registry)


def test_both_lists_by_themselves(world):
    """What the two say, so that the tests below can tell which was used."""
    newer = world.verify(world.newer)
    assert newer.status == NOT_AUTHENTIC and "status.revoked" in codes(newer.json, "fail")
    older = world.verify(world.older)
    assert older.status == AUTHENTIC and "status.suspended" in codes(older.json, "warn")


def altered(world, name):
    """The bytes of a list that must not be used, made from one that is good."""
    good = world.newer.read_bytes()
    protected, unprotected, payload, signature = cbor2.loads(good).value
    claims = cbor2.loads(payload)

    def tagged(*parts):
        return cbor2.dumps(cbor2.CBORTag(18, list(parts)))

    if name == "truncated":
        return good[: len(good) // 2]
    if name == "signature":
        return tagged(protected, unprotected, payload, signature[:-1] + bytes([signature[-1] ^ 1]))
    if name == "cleared":
        # The values of another list under this one's signature.
        other = cbor2.loads(cbor2.loads(world.forged.read_bytes()).value[2])
        return tagged(protected, unprotected, cbor2.dumps({**claims, 65533: other[65533]}), signature)
    if name == "longer-valid":
        return tagged(protected, unprotected, cbor2.dumps({**claims, 4: claims[4] + 86400}), signature)
    if name == "reordered":
        return tagged(protected, unprotected, cbor2.dumps(dict(reversed(claims.items()))), signature)
    assert name == "re-signed"
    return world.forged.read_bytes()


@pytest.mark.parametrize("name, code", [
    ("truncated", "cbor.truncated"), ("signature", "status-list.signature"), ("cleared", "status-list.signature"),
    ("longer-valid", "status-list.signature"), ("reordered", "status-list.signature"),
    ("re-signed", "status-list.signature")])
def test_a_list_that_is_not_the_issuers(world, tmp_path, name, code):
    bad = tmp_path / "bad.cwt"
    bad.write_bytes(altered(world, name))
    for lists in ((world.newer, bad), (bad, world.newer)):
        ended = world.verify(*lists)
        assert ended.status == NOT_AUTHENTIC and "status.revoked" in codes(ended.json, "fail")
        assert code in ended.err and "bad.cwt" in ended.err, ended.err
    # Alone it says nothing: neither that the code is revoked, nor that it is good.
    ended = world.verify(bad)
    assert "status.list-refused" in codes(ended.json, "unchecked") and code in ended.err
    (told,) = [check for check in ended.json["checks"] if check["code"] == "status.list-refused"]
    assert code in told["message"]
    assert not {"status.valid", "status.revoked"} & codes(ended.json)


def test_an_older_list_never_takes_the_place_of_a_newer_one(world):
    for lists in ((world.newer, world.older), (world.older, world.newer)):
        ended = world.verify(*lists)
        assert ended.status == NOT_AUTHENTIC and "status.revoked" in codes(ended.json, "fail")
    assert "status-lists.older" in world.verify(world.newer, world.older).err


@pytest.mark.parametrize("details, code", [
    (lambda world: world.older.with_suffix(".details").read_bytes(), "status-details.other-list"),
    (lambda world: world.newer.with_suffix(".details").read_bytes()[:-1], "cbor.truncated"),
    (lambda world: b"", "cbor.truncated"),
])
def test_wrong_details_take_nothing_from_the_list(world, tmp_path, details, code):
    """Else whoever can put a file beside the list rids a code of its revocation."""
    (tmp_path / "mixed.cwt").write_bytes(world.newer.read_bytes())
    (tmp_path / "mixed.details").write_bytes(details(world))
    ended = world.verify(tmp_path / "mixed.cwt")
    assert ended.status == NOT_AUTHENTIC and "status.revoked" in codes(ended.json, "fail")
    assert "status.details-unreadable" in codes(ended.json, "warn") and code in ended.err


def test_a_refused_list_of_another_institution_says_nothing_of_this_one(world, registry, tmp_path):
    other = Issuer(tmp_path / "other", "ed25519", "330000123").make()
    journal = tmp_path / "journal.json"
    succeed("status", "set", journal, "--number", "JCFJ41HG9ZFS8739Q6VZ", "--issuer", other.licence, "--index", 1,
            "--reason", "x", "--state", "revoked")
    ended = world.verify(world.publish(journal, other, "other"))
    assert "status.no-list" in codes(ended.json, "unchecked") and "status-lists.unknown-issuer" in ended.err


def test_an_option_takes_one_list_and_leaves_the_report(world):
    ended = run("verify", "--trust", world.issuer.folder, "--json", "--status", world.newer, world.document)
    assert ended.status == NOT_AUTHENTIC and "status.revoked" in codes(ended.json, "fail")

"""Forgeries of reports that have later revisions of ours are seen, and the finding says what was done."""

import pytest

from forging import Sealed
from later_attacks import (ANY, LATER, ON_COUNTERSIGNATURE, ON_PROOFS, ON_TIMESTAMP, Later, ends_of, rewritten)
from reports import report
from running import codes, issue, run, succeed, verify
from sealed_attacks import ATTACKS
from world import OWN, World

REPORTS = {"classic": "injury", "xref-stream": "injury-xref-stream"}


@pytest.fixture(scope="module")
def files(registry, tmp_path_factory):
    """Each kind of file with its newest revision: proofs, a document timestamp, a countersignature."""
    folder = tmp_path_factory.mktemp("later")
    world = World(folder / "world")
    made = {}
    for kind, name in REPORTS.items():
        source = report(name)
        issuer = registry.issuer_for(source, "p256")
        sealed, signed = folder / f"{kind}.pdf", folder / f"{kind}-signed.pdf"
        issue(source, issuer, registry.facts_file(source), sealed, "--countersign", "2", *world.options("B-LTA", OWN))
        succeed("countersign", sealed, "-o", signed, *world.key("appraiser"))
        data, whole = sealed.read_bytes(), signed.read_bytes()
        # Of the original only the end counts.
        size = source.stat().st_size
        ends = [end for end in ends_of(whole) if end > size]
        assert ends[-2:] == [len(data), len(whole)] and len(ends) == 4
        for step, end in (("proofs", ends[1]), ("timestamp", ends[2]), ("countersignature", ends[3])):
            later = Later(Sealed(whole[:end], size), [one for one in ends if one <= end])
            path = folder / f"{kind}-{step}.pdf"
            path.write_bytes(whole[:end])
            assert verify(path, issuer.folder)["outcome"] == "authentic"
            made[kind, step] = later, issuer
    return made


def look_at(data, issuer, folder):
    path = folder / "forged.pdf"
    path.write_bytes(data)
    verdict, ended = verify(path, issuer.folder), run("audit", path, "--json")
    assert ended.status in (0, 1), ended.err
    return verdict["outcome"], codes(verdict, "fail"), codes(ended.json, "fail")


TABLES = {"proofs": ON_PROOFS, "timestamp": ON_TIMESTAMP, "countersignature": ON_COUNTERSIGNATURE}
CASES = [pytest.param(kind, step, name, id=f"{name}-{kind}") for kind in REPORTS for step, table in TABLES.items()
         for name in table]


def test_there_are_many():
    assert sum(len(table) for table in TABLES.values()) >= 40


@pytest.mark.parametrize("kind, step, name", CASES)
def test_forgery(files, tmp_path, kind, step, name):
    later, issuer = files[kind, step]
    forge, told = TABLES[step][name]
    data = forge(later)
    assert data != later.sealed.data
    outcome, by_verify, by_audit = look_at(data, issuer, tmp_path)
    assert outcome == "not_authentic"
    assert by_verify
    if told == ANY:
        assert by_audit
    elif told:
        assert told in by_audit and told in by_verify, (by_verify, by_audit)
    else:  # what our form alone forbids
        assert LATER in by_verify


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize("step", TABLES)
def test_taken_apart_and_joined_it_is_the_same(files, kind, step):
    """The forger writes our revisions as we do, so that what is caught is not his own mistake."""
    later, _ = files[kind, step]
    assert rewritten(later, lambda objects: None) == later.sealed.data


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize("name", ["proofs", "timestamp"])
def test_order_of_revisions(files, tmp_path, kind, name):
    """One of ours taken from another report."""
    later, issuer = files[kind, name]
    other, _ = files[next(one for one in REPORTS if one != kind), name]
    outcome, by_verify, _ = look_at(later.before + other.newest, issuer, tmp_path)
    assert outcome == "not_authentic" and by_verify


# All that is known to be done to a sealed report behind its seal, done behind a document timestamp.
BEHIND = [one for one in ATTACKS if one.rule in ("U1", "U2", "U3", "U4", "U6", "U7", "P1", "T2", "T3", "B4")
          and one.verify == one.audit]


@pytest.mark.parametrize("step", ["timestamp", "countersignature"])
@pytest.mark.parametrize("attack", BEHIND, ids=lambda attack: attack.name)
def test_known_forgeries(files, tmp_path, attack, step):
    later, issuer = files["classic", step]
    outcome, by_verify, by_audit = look_at(attack.forge(later.sealed), issuer, tmp_path)
    assert outcome == "not_authentic" and by_verify and by_audit

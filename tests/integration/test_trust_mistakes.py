"""What a regulator's clerk gets wrong, and several clerks at once: nothing is recorded that was not meant, nothing lost,
nothing written by half."""

import concurrent.futures
import json
import os
import subprocess
import time

import pytest

from running import BAD_DATA, CANNOT_CREATE, IO_ERROR, NO_INPUT, USAGE, Issuer, error_code, run, succeed

LICENCE = "440100001"
APPRAISER = ("--name", "甲某", "--institution", LICENCE, "--category", "FY0202", "--from", "2020-01-01", "--until", "2030-12-31")


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    return Issuer(tmp_path_factory.mktemp("mistakes") / "key", "ed25519", LICENCE, "示例司法鉴定中心", "示例司鉴中心").make()


@pytest.fixture
def desk(issuer, tmp_path):
    """A folder with a register of one institution, and a root key."""
    subprocess.run(["openssl", "genpkey", "-algorithm", "ED25519", "-out", tmp_path / "root.pem"], check=True, capture_output=True)
    succeed("trust", "init", "--id", "cn.example", "--publisher", "示例司法厅", "--region", "44", "-o", tmp_path / "register.json")
    succeed("trust", "add", "institution", tmp_path / "register.json", "--licence", LICENCE, "--cert", issuer.certificate,
            "--category", "FY0202", "--from", "2020-01-01", "--until", "2030-12-31")
    return tmp_path


def register(desk):
    return json.loads((desk / "register.json").read_text(encoding="utf-8"))


def sign(desk, output, *options):
    return run("trust", "sign", desk / "register.json", "--key", desk / "root.pem", "-o", desk / output, *options)


# --- decisions

@pytest.mark.parametrize(("options", "code"), [
    # A stolen key of which the fingerprint was forgotten is no cancelled institution.
    (["--stolen", "--authority", "示例市司法局"], "usage.stolen"),
    (["--key", "KEY", "--authority", "示例市司法局"], "usage.beside-key"),
    (["--key", "KEY", "--kind", "licence-revoked"], "usage.beside-key"),
    (["--key", "KEY", "--until", "2030-01-01"], "usage.beside-key"),
    ([], "usage.authority"),
])
def test_a_key_is_no_registration(desk, issuer, options, code):
    before = register(desk)
    ended = run("trust", "revoke", desk / "register.json", LICENCE, *[issuer.certificate if o == "KEY" else o for o in options])
    assert (ended.status, error_code(ended)) == (USAGE, code)
    assert register(desk) == before and not ended.out


def test_a_decision_has_an_authority(desk):
    ended = run("trust", "suspend", desk / "register.json", LICENCE)
    assert ended.status == USAGE and "--authority" in ended.err
    # Where one text of a record is too long the message says which.
    ended = run("trust", "suspend", desk / "register.json", LICENCE, "--authority", "局", "--keeper", "长" * 200)
    assert (ended.status, error_code(ended)) == (BAD_DATA, "trust-record.text") and "keeper" in ended.err


# --- several at once

def test_twenty_clerks_at_once_lose_nothing(desk):
    def add(number):
        return run("trust", "add", "appraiser", desk / "register.json", "--licence", f"{LICENCE}{number:03}", *APPRAISER)

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        assert {ended.status for ended in pool.map(add, range(1, 21))} == {0}
    assert len(register(desk)["appraisers"]) == 20
    assert not (desk / "register.json.lock").exists()


def test_no_number_is_given_twice(desk):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda n: sign(desk, f"{n}.sjt"), range(4)))
    assert {one.status for one in ended} == {0}
    shown = [succeed("trust", "show", desk / f"{n}.sjt").out for n in range(4)]
    numbers = sorted(int(line.split()[-1]) for text in shown for line in text.splitlines() if line.startswith("number"))
    assert numbers == [1, 2, 3, 4] and register(desk)["list"]["number"] == 4


# --- licences

def test_a_licence_without_end(desk, issuer):
    added = succeed("trust", "add", "appraiser", desk / "register.json", "--licence", f"{LICENCE}001", *APPRAISER[:-2])
    assert not added.err and "until" not in register(desk)["appraisers"][0]["licensed"][0]
    succeed("trust", "add", "appraiser", desk / "register.json", "--licence", f"{LICENCE}002", *APPRAISER[:-1], "长期")
    assert register(desk)["appraisers"][1]["licensed"] == [{"from": "2020-01-01"}]
    # A renewal without end. What only begins something else adds no licence.
    succeed("trust", "add", "institution", desk / "register.json", "--licence", LICENCE, "--category", "FY0300", "--from", "2026-01-01")
    assert len(register(desk)["institutions"][0]["licensed"]) == 1
    succeed("trust", "add", "institution", desk / "register.json", "--licence", LICENCE, "--from", "2031-01-01", "--until", "open")
    assert register(desk)["institutions"][0]["licensed"] == [{"from": "2020-01-01", "until": "2030-12-31"}, {"from": "2031-01-01"}]
    # Without any period it is recorded, and said to be of no use.
    said = succeed("trust", "add", "appraiser", desk / "register.json", "--licence", f"{LICENCE}003", "--name", "乙某")
    assert f"{LICENCE}003" in said.err and "--until" in said.err


@pytest.mark.parametrize(("kind", "licence", "code"), [
    ("institution", "abc", "identifier.licence-number"),
    ("institution", "44010000", "identifier.licence-number"),
    ("institution", "330100001", "trust-record.region"),
    ("appraiser", LICENCE, "identifier.licence-number"),
    ("appraiser", "330100001001", "trust-record.region"),
])
def test_a_licence_number_of_nobody_here(desk, kind, licence, code):
    before = register(desk)
    ended = run("trust", "add", kind, desk / "register.json", "--licence", licence, "--name", "某", "--from", "2020-01-01",
                *(["--short-name", "某"] if kind == "institution" else []))
    assert (ended.status, error_code(ended)) == (BAD_DATA, code)
    assert register(desk) == before


def test_an_authority_from_its_certificate(desk, issuer):
    succeed("trust", "add", "authority", desk / "register.json", "--id", "440000", "--cert", issuer.certificate)
    authority = register(desk)["authorities"][0]
    assert authority["names"][0]["name"] == issuer.institution
    assert [host["host"] for host in authority["hosts"]] == list(issuer.hosts)


# --- signing: all files or none

@pytest.fixture
def signed(desk):
    assert sign(desk, "old.sjt").status == 0
    (desk / "kept.sjd").write_bytes(b"an update that somebody still needs")
    return desk


@pytest.mark.parametrize(("options", "status", "code"), [
    (["--delta", "kept.sjd"], CANNOT_CREATE, "file.exists"),
    (["--delta", "nowhere/up.sjd"], IO_ERROR, "file.write"),
    (["--delta", "new.sjt"], USAGE, "usage.same-file"),
    (["--delta", "register.json", "--overwrite"], USAGE, "usage.same-file"),
    (["--delta-from", "register.json", "--delta", "up.sjd"], BAD_DATA, None),
    (["--delta-from", "none.sjt", "--delta", "up.sjd"], NO_INPUT, "file.not-found"),
])
def test_a_list_is_not_written_without_its_update(signed, options, status, code):
    before = {path.name: path.read_bytes() for path in signed.iterdir() if path.is_file()}
    options = [option if option.startswith("-") else signed / option for option in options]
    if "--delta-from" not in options:
        options += ["--delta-from", signed / "old.sjt"]
    ended = sign(signed, "new.sjt", *options)
    assert ended.status == status and (code is None or error_code(ended) == code)
    assert {path.name: path.read_bytes() for path in signed.iterdir() if path.is_file()} == before


def test_the_list_may_take_the_place_of_the_one_before(signed):
    ended = sign(signed, "old.sjt", "--delta-from", signed / "old.sjt", "--delta", signed / "kept.sjd", "--overwrite")
    assert ended.status == 0 and register(signed)["list"]["number"] == 2
    assert [line.split()[-1] for line in succeed("trust", "show", signed / "old.sjt").out.splitlines() if line.startswith("number")] == ["2"]


# --- what a refusal leaves behind

def test_a_refused_import_makes_no_folder(signed):
    ended = run("trust", "import", signed / "old.sjt", "--trust", signed / "store", "--root", "00" * 32)
    assert ended.status == BAD_DATA and not (signed / "store").exists()


def test_a_register_that_is_not_there_gets_no_lock(desk):
    ended = run("trust", "add", "appraiser", desk / "other.json", "--licence", f"{LICENCE}001", *APPRAISER)
    assert (ended.status, error_code(ended)) == (NO_INPUT, "file.not-found")
    assert not (desk / "other.json.lock").exists()


def test_a_lock_is_waited_for(desk):
    """Held by somebody else, and by one who died with it."""
    import fcntl

    lock = desk / "register.json.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            adding = pool.submit(run, "trust", "add", "appraiser", desk / "register.json", "--licence", f"{LICENCE}001", *APPRAISER)
            time.sleep(0.5)
            assert not adding.done() and not register(desk)["appraisers"]
            fcntl.flock(held, fcntl.LOCK_UN)
            assert adding.result().status == 0
    lock.touch()
    os.chmod(lock, 0o600)
    succeed("trust", "add", "appraiser", desk / "register.json", "--licence", f"{LICENCE}002", *APPRAISER)
    assert not lock.exists()

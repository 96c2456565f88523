"""`sjcode trust export-web`: the trust records of a site, and what it does not make of them."""

import json
import subprocess

import pytest

from running import BAD_DATA, CANNOT_CREATE, Issuer, error_code, run, succeed

LICENCE = "440100001"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """An institution with two status lists, and a store with the list that names it."""
    folder = tmp_path_factory.mktemp("trust-site")
    issuer = Issuer(folder / "issuer", "ed25519", LICENCE, "示例司法鉴定中心", "示例司鉴中心").make()
    for number, index in (("first", 7), ("second", 8)):
        journal = folder / f"{number}.json"
        succeed("status", "set", journal, "--number", "JCFJ41HG9ZFS8739Q6VZ", "--index", index, "--state", "revoked",
                "--reason", "试验", "--issuer", LICENCE)
        succeed("status", "sign", journal, *issuer.arguments(), "-o", folder / number)
    root, register = folder / "root.pem", folder / "register.json"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ED25519", "-out", root], check=True, capture_output=True)
    succeed("trust", "init", "--id", "cn.example", "--publisher", "示例司法厅", "--region", "44", "-o", register)
    succeed("trust", "add", "institution", register, "--licence", LICENCE, "--cert", issuer.certificate, "--category", "FY0202",
            "--from", "2020-01-01", "--until", "2040-12-31")
    fingerprint = succeed("trust", "sign", register, "--key", root, "-o", folder / "list.sjt").out.split()[-1].rpartition("：")[-1]
    succeed("trust", "import", folder / "list.sjt", "--trust", folder / "store", "--root", fingerprint)
    return folder, issuer


def status_list(folder, which):
    return folder / which / f"status-{LICENCE}.cwt"


def test_a_store_with_one_status_list(published, tmp_path):
    folder, _ = published
    succeed("trust", "export-web", "--trust", folder / "store", "--status", status_list(folder, "first"), "-o", tmp_path / "trust")
    index = json.loads((tmp_path / "trust/index.json").read_text(encoding="utf-8"))
    assert index["format"] == "sjcode-site-trust/2" and len(index["lists"]) == 1 and len(index["statuses"]) == 1
    assert (tmp_path / f"trust/status-{index['statuses'][0]}.sjb").is_file()
    assert not (tmp_path / "trust.new").exists() and not (tmp_path / "trust.old").exists()


def test_a_status_list_beside_certificates_is_refused(published, tmp_path):
    """Nobody could check it: certificates do not say whose keys were good when."""
    folder, issuer = published
    ended = run("trust", "export-web", "--trust", issuer.folder, "--status", status_list(folder, "first"), "-o", tmp_path / "trust")
    assert ended.status == BAD_DATA and error_code(ended) == "trust-site.certificates"
    assert str(issuer.folder) in ended.err
    assert not (tmp_path / "trust").exists()


def test_two_status_lists_of_one_institution_are_refused(published, tmp_path):
    """The page could not tell which one counts."""
    folder, _ = published
    succeed("trust", "export-web", "--trust", folder / "store", "-o", tmp_path / "trust")
    before = sorted(path.name for path in (tmp_path / "trust").iterdir())
    second = status_list(folder, "second")
    ended = run("trust", "export-web", "--trust", folder / "store", "--status", status_list(folder, "first"),
                "--status", second, "-o", tmp_path / "trust", "--overwrite")
    assert ended.status == BAD_DATA and error_code(ended) == "trust-site.status-twice"
    assert LICENCE in ended.err and str(second) in ended.err
    # What the site had stays.
    assert sorted(path.name for path in (tmp_path / "trust").iterdir()) == before


def test_what_is_there_is_replaced_only_on_request(published, tmp_path):
    folder, _ = published
    succeed("trust", "export-web", "--trust", folder / "store", "-o", tmp_path / "trust")
    ended = run("trust", "export-web", "--trust", folder / "store", "-o", tmp_path / "trust")
    assert ended.status == CANNOT_CREATE and error_code(ended) == "file.exists"

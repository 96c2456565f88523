"""`sjcode trust export-web`: the trust records of a site, and what it does not make of them."""

import json
import os
import subprocess

import pytest

from running import BAD_DATA, CANNOT_CREATE, IO_ERROR, Issuer, error_code, run, succeed

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
    assert [path.name for path in tmp_path.iterdir()] == ["trust"]


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


def tree(folder):
    return sorted((path.relative_to(folder).as_posix(), path.read_bytes() if path.is_file() else None) for path in folder.rglob("*"))


def export(source, output, *options, **more):
    return run("trust", "export-web", "--trust", source / "store", "-o", output, *options, **more)


def test_nothing_else_is_replaced(published, tmp_path):
    folder, _ = published
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/thesis").write_text("ten years of work")
    (tmp_path / "page").mkdir()
    (tmp_path / "page/index.json").write_text('{"format": "somebody else\'s/1"}')
    (tmp_path / "file").write_text("a file")
    before = tree(tmp_path)
    for name in ("docs", "page", "file"):
        ended = export(folder, tmp_path / name, "--overwrite")
        assert (ended.status, error_code(ended)) == (BAD_DATA, "trust-site.foreign"), name
        assert error_code(export(folder, tmp_path / name)) == "file.exists"
    assert tree(tmp_path) == before


def test_what_lies_beside_it_stays(published, tmp_path):
    folder, _ = published
    for name in ("trust.old", "trust.new", "trust.part"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes").write_text(name)
    before = tree(tmp_path)
    assert export(folder, tmp_path / "trust").status == 0 and export(folder, tmp_path / "trust", "--overwrite").status == 0
    assert [entry for entry in tree(tmp_path) if not entry[0].startswith("trust/") and entry[0] != "trust"] == before


@pytest.mark.parametrize("name", ["site/trust/", "site/./trust", "site/../site/trust//", "."])
def test_a_folder_by_any_of_its_names(published, tmp_path, name):
    folder, _ = published
    place = tmp_path / "site/trust"
    assert export(folder, place).status == 0
    (place / "stale.json").write_text("of an institution that is no longer in the list")
    ended = export(folder, name, "--overwrite", folder=place if name == "." else tmp_path)
    assert ended.status == 0, ended.err
    assert (place / "index.json").is_file() and not (place / "stale.json").exists()
    assert [path.name for path in place.parent.iterdir()] == ["trust"]


def test_a_link_to_the_folder_stays_one(published, tmp_path):
    folder, _ = published
    assert export(folder, tmp_path / "real").status == 0
    (tmp_path / "trust").symlink_to("real")
    assert export(folder, tmp_path / "trust", "--overwrite").status == 0
    assert (tmp_path / "trust").is_symlink() and (tmp_path / "real/index.json").is_file()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_where_nothing_can_be_written(published, tmp_path):
    folder, _ = published
    (tmp_path / "site").mkdir()
    assert export(folder, tmp_path / "site/trust").status == 0
    before = tree(tmp_path)
    (tmp_path / "site").chmod(0o555)
    try:
        ended = export(folder, tmp_path / "site/trust", "--overwrite")
    finally:
        (tmp_path / "site").chmod(0o755)
    assert error_code(ended) == "file.write" and tree(tmp_path) == before


def test_the_older_export_is_put_back(published, tmp_path):
    """The last rename is made to fail: then the site has what it had."""
    folder, _ = published
    assert export(folder, tmp_path / "trust").status == 0
    before = tree(tmp_path)
    library = tmp_path.parent / "fail_rename.so"
    source = r"""
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <string.h>
        int rename(const char *from, const char *to) {
            size_t size = strlen(from);
            if (size > 4 && strcmp(from + size - 4, "/new") == 0) { errno = EIO; return -1; }
            return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
        }"""
    subprocess.run(["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", library, "-ldl"], input=source.encode(), check=True)
    ended = export(folder, tmp_path / "trust", "--overwrite", environment={"LD_PRELOAD": str(library)})
    assert (ended.status, error_code(ended)) == (IO_ERROR, "file.write")
    assert tree(tmp_path) == before


# --- the disc for a closed network

def pack(folder, output, status, *options):
    return run("bundle", "--trust", folder / "store", "--status", status, "-o", output, *options)


def test_a_bundle_of_what_belongs_together(published, tmp_path):
    folder, _ = published
    assert pack(folder, tmp_path / "court.sjb", status_list(folder, "first")).status == 0
    # A store keeps no status lists, and says what to do with them.
    fingerprint = [line for line in succeed("trust", "show", folder / "store").out.splitlines() if line.startswith("root key")][0]
    ended = succeed("trust", "import", tmp_path / "court.sjb", "--trust", tmp_path / "store", "--root", fingerprint.split()[-1])
    assert "--bundle" in ended.err and "1 status list" in ended.err


def test_what_nobody_could_use_is_not_packed(published, tmp_path):
    folder, issuer = published
    pdf = tmp_path / "issued.pdf"
    pdf.write_bytes(b"%PDF-1.7\n")
    assert pack(folder, tmp_path / "1.sjb", pdf).status == BAD_DATA
    # Of an institution that the list does not name, of a stranger's key, and with the details of another list.
    other = Issuer(tmp_path / "other", "ed25519", "440100009").make()
    forger = Issuer(tmp_path / "forger", "ed25519", LICENCE).make()
    for who, code in ((other, "status-lists.unknown-issuer"), (forger, "status-list.signature")):
        journal = tmp_path / f"{who.folder.name}.json"
        succeed("status", "set", journal, "--number", "JCFJ41HG9ZFS8739Q6VZ", "--index", 7, "--state", "revoked", "--reason", "x",
                "--issuer", who.licence)
        succeed("status", "sign", journal, *who.arguments(), "-o", tmp_path / "published")
        ended = pack(folder, tmp_path / "2.sjb", tmp_path / f"published/status-{who.licence}.cwt")
        assert (ended.status, error_code(ended)) == (BAD_DATA, code) and f"status-{who.licence}.cwt" in ended.err
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "s.cwt").write_bytes(status_list(folder, "first").read_bytes())
    (mixed / "s.details").write_bytes(pdf.read_bytes())
    assert pack(folder, tmp_path / "3.sjb", mixed / "s.cwt").status == BAD_DATA
    assert not list(tmp_path.glob("*.sjb"))

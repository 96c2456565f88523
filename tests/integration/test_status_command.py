"""`sjcode status`: from a report to a published list, and what a verifier is told of it."""

import json

import pytest

from reports import report
from running import BAD_DATA, USAGE, Issuer, error_code, issue, run, succeed

SUCCESSOR = "JCFJ41HG9ZFS8739Q6VZ"


@pytest.fixture(scope="module")
def issued(registry, tmp_path_factory):
    """A stamped report, its issuer, and the claims of its code."""
    path = report("dna")
    issuer = registry.issuer_for(path, "ed25519")
    output = tmp_path_factory.mktemp("status") / "stamped.pdf"
    issue(path, issuer, registry.facts_file(path), output)
    return output, issuer, succeed("show", output).json["claims"]


def record(journal, document, issuer, state, *options):
    return run("status", "set", journal, document, "--trust", issuer.folder, "--state", state,
               "--issuer", issuer.licence, *options)


def publish(journal, issuer, folder):
    succeed("status", "sign", journal, *issuer.arguments(), "-o", folder)
    return folder / f"status-{issuer.licence}.cwt"


def shown(file, issuer, claims, **more):
    return succeed("status", "show", file, "--trust", issuer.folder, "--index", claims["status"],
                   "--number", claims["code"], "--json", **more).json


def test_from_a_report_to_the_list(issued, tmp_path):
    document, issuer, claims = issued
    journal = tmp_path / "journal.json"
    assert record(journal, document, issuer, "suspended", "--reason", "核查举报").status == 0
    ended = record(journal, document, issuer, "superseded", "--successor", SUCCESSOR)
    assert ended.status == 0 and claims["code"] in ended.out
    assert journal.stat().st_mode & 0o077 == 0
    listed = shown(publish(journal, issuer, tmp_path / "published"), issuer, claims)
    assert listed["verified"] and listed["age"] == "current" and listed["issuer"] == issuer.licence
    assert listed["counts"] == {"superseded": 1}
    assert listed["code"]["status"] == "superseded"
    assert [change["status"] for change in listed["code"]["history"]] == ["suspended", "superseded"]
    assert listed["code"]["history"][0]["reason"] == "核查举报"
    assert listed["code"]["history"][1]["successor"].replace("-", "") == SUCCESSOR


def test_two_lists_in_one_second_have_two_times(issued, tmp_path):
    document, issuer, claims = issued
    journal = tmp_path / "journal.json"
    assert record(journal, document, issuer, "suspended", "--reason", "核查举报").status == 0
    times = [shown(publish(journal, issuer, tmp_path / "published"), issuer, claims)["issued"] for _ in range(4)]
    assert times == sorted(set(times))


def test_neither_file_tells_which_report_it_was(issued, tmp_path):
    document, issuer, claims = issued
    journal = tmp_path / "journal.json"
    assert record(journal, document, issuer, "revoked", "--reason", "鉴定材料系伪造").status == 0
    published = publish(journal, issuer, tmp_path / "published")
    for path in (published, published.with_suffix(".details")):
        content = path.read_bytes()
        assert claims["code"].replace("-", "").encode() not in content
        assert "伪造".encode() not in content
    other = run("status", "show", published, "--trust", issuer.folder, "--index", claims["status"],
                "--number", SUCCESSOR)
    assert other.status == BAD_DATA and error_code(other) == "status-details.number"


def test_report_of_somebody_else_is_not_recorded(issued, tmp_path):
    """A forged report with a true-looking code must not have the true one revoked."""
    document, issuer, _ = issued
    forger = Issuer(tmp_path / "forger", "ed25519", issuer.licence, issuer.institution, issuer.short_name).make()
    ended = record(tmp_path / "journal.json", document, forger, "revoked", "--reason", "x")
    assert ended.status == BAD_DATA and error_code(ended) == "status-journal.not-ours"
    assert not (tmp_path / "journal.json").exists()


def test_list_of_a_forger_is_not_shown_as_verified(issued, tmp_path):
    document, issuer, claims = issued
    journal = tmp_path / "journal.json"
    assert record(journal, document, issuer, "revoked", "--reason", "x").status == 0
    forger = Issuer(tmp_path / "forger", "ed25519", issuer.licence).make()
    forged = publish(journal, forger, tmp_path / "forged")
    ended = run("status", "show", forged, "--trust", issuer.folder)
    assert ended.status == BAD_DATA and error_code(ended) == "status-list.signature"
    unverified = succeed("status", "show", forged, "--json")
    assert unverified.json["verified"] is False and unverified.err


@pytest.mark.parametrize(("options", "code", "status"), [
    (["--state", "revoked"], "status-journal.reason", BAD_DATA),
    (["--state", "superseded"], "status-journal.successor", BAD_DATA),
    (["--state", "superseded", "--successor", "JCFJ41HG9ZFS8739Q6VV"], "number.check-character", BAD_DATA),
    (["--state", "revoked", "--reason", "当事人11010519491231002X举报"], "status-journal.resident-id", BAD_DATA),
    (["--state", "suspended", "--reason", "x", "--number", SUCCESSOR], "usage.status-which", USAGE),
])
def test_mistakes_of_the_clerk(issued, tmp_path, options, code, status):
    document, issuer, _ = issued
    ended = run("status", "set", tmp_path / "journal.json", document, "--trust", issuer.folder,
                "--issuer", issuer.licence, *options)
    assert (ended.status, error_code(ended)) == (status, code)
    assert not (tmp_path / "journal.json").exists()


def test_revoked_is_final_but_for_a_correction(issued, tmp_path):
    document, issuer, claims = issued
    journal = tmp_path / "journal.json"
    assert record(journal, document, issuer, "revoked", "--reason", "选错文件").status == 0
    ended = record(journal, document, issuer, "valid")
    assert ended.status == BAD_DATA and error_code(ended) == "status-journal.final"
    assert record(journal, document, issuer, "valid", "--reason", "登记错误", "--correct").status == 0
    listed = shown(publish(journal, issuer, tmp_path / "published"), issuer, claims)
    assert listed["code"]["status"] == "valid" and len(listed["code"]["history"]) == 2


def test_number_alone_needs_its_index_once(tmp_path):
    journal = tmp_path / "journal.json"
    arguments = ["status", "set", journal, "--number", SUCCESSOR, "--issuer", "440100001", "--reason", "x"]
    ended = run(*arguments, "--state", "suspended")
    assert error_code(ended) == "status-journal.index-missing"
    succeed(*arguments, "--state", "suspended", "--index", "77")
    succeed(*arguments, "--state", "revoked")
    changes = json.loads(journal.read_text(encoding="utf-8"))["changes"]
    assert [(one["index"], one["status"]) for one in changes] == [(77, "suspended"), (77, "revoked")]


def test_indices_are_kept_and_without_order(tmp_path):
    journal = tmp_path / "journal.json"
    drawn = [int(line) for line in succeed("status", "index", journal, "--issuer", "440100001", "--count", "50").out.split()]
    assert len(set(drawn)) == 50 and drawn != sorted(drawn) and all(index < 1 << 20 for index in drawn)
    assert set(drawn) == set(json.loads(journal.read_text(encoding="utf-8"))["assigned"])
    missing = run("status", "index", tmp_path / "other.json")
    assert error_code(missing) == "status-journal.missing"
    # A refusal leaves nothing, and neither does success beside the journal.
    assert [path.name for path in tmp_path.iterdir()] == ["journal.json"]


def test_what_people_read(issued, tmp_path):
    document, issuer, claims = issued
    journal = tmp_path / "journal.json"
    assert record(journal, document, issuer, "revoked", "--reason", "鉴定材料系伪造").status == 0
    published = publish(journal, issuer, tmp_path / "published")
    text = succeed("status", "show", published, "--trust", issuer.folder, "--index", claims["status"],
                   "--number", claims["code"], language="zh").out
    assert "已撤回" in text and "鉴定材料系伪造" in text
    beyond = succeed("status", "show", published, "--trust", issuer.folder, "--index", 1 << 24).out
    assert "says nothing of it" in beyond


def test_a_list_that_nobody_would_accept_is_not_signed(issued, tmp_path):
    """Key and certificate of two, or of another institution: what was published stays, and so does the journal."""
    document, issuer, _ = issued
    journal, published = tmp_path / "journal.json", tmp_path / "published"
    assert record(journal, document, issuer, "suspended", "--reason", "核查举报").status == 0
    publish(journal, issuer, published)
    other = Issuer(tmp_path / "other", "ed25519", "440100009").make()
    before = (journal.read_bytes(), {path.name: path.read_bytes() for path in published.iterdir()})
    for arguments, code in ((("--key", other.key, "--cert", issuer.certificate), "issue.key"),
                            (other.arguments(), "status-journal.other-certificate"),
                            ((*issuer.arguments(), "--issuer", "440100009"), "status-journal.issuer-differs")):
        ended = run("status", "sign", journal, *arguments, "-o", published)
        assert (ended.status, error_code(ended)) == (BAD_DATA, code)
    assert (journal.read_bytes(), {path.name: path.read_bytes() for path in published.iterdir()}) == before
    # An authority that signs for the institution says so.
    succeed("status", "sign", journal, *other.arguments(), "--issuer", issuer.licence, "-o", published)


def test_a_number_without_its_index_is_not_passed_over(issued, tmp_path):
    document, issuer, claims = issued
    journal = tmp_path / "journal.json"
    assert record(journal, document, issuer, "suspended", "--reason", "x").status == 0
    published = publish(journal, issuer, tmp_path / "published")
    ended = run("status", "show", published, "--trust", issuer.folder, "--number", claims["code"])
    assert (ended.status, error_code(ended)) == (USAGE, "usage.status-number") and not ended.out
    ended = run("status", "show", published, "--number", "nonsense", "--index", claims["status"])
    assert ended.status == BAD_DATA
    # Without the details nobody compared the number with the index.
    published.with_suffix(".details").unlink()
    ended = succeed("status", "show", published, "--trust", issuer.folder, "--number", claims["code"], "--index", claims["status"])
    assert "details" in ended.err


def test_an_index_that_is_not_the_report_s(issued, tmp_path):
    document, issuer, claims = issued
    ended = record(tmp_path / "journal.json", document, issuer, "suspended", "--reason", "x", "--index", claims["status"] + 1)
    assert (ended.status, error_code(ended)) == (BAD_DATA, "status-journal.other-index")
    assert list(tmp_path.iterdir()) == []
    assert record(tmp_path / "journal.json", document, issuer, "suspended", "--reason", "x", "--index", claims["status"]).status == 0

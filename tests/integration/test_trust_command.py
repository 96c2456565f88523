"""Trust lists from the register to the verdict of a file, as the regulator, the clerk and the judge do it."""

import datetime
import json
import subprocess

import pytest

from reports import report
from running import (AUTHENTIC, BAD_DATA, NOT_AUTHENTIC, UNDETERMINED, USAGE, codes, error_code, issue,
                     parameters, run, succeed)

TODAY = datetime.date.today()


def day(offset: int) -> str:
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


class Court:
    """A regulator's register and a court's store."""

    def __init__(self, folder, issuer, facts):
        self.folder, self.issuer = folder, issuer
        self.register, self.store = folder / "register.json", folder / "store"
        self.root = folder / "root.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ED25519", "-out", self.root], check=True,
                       capture_output=True)
        succeed("trust", "init", "--id", "cn.example", "--publisher", "示例司法厅", "--region", "44", "-o", self.register)
        succeed("trust", "add", "institution", self.register, "--licence", issuer.licence, "--cert", issuer.certificate,
                "--category", facts["categories"][0], "--from", "2020-01-01", "--until", day(1000))
        for appraiser in facts["appraisers"]:
            succeed("trust", "add", "appraiser", self.register, "--licence", appraiser["licence"], "--name",
                    appraiser["name"], "--institution", issuer.licence, "--category", facts["categories"][0], "--from",
                    "2020-01-01", "--until", day(1000))
        self.count = 0

    def edit(self, command, *arguments):
        succeed("trust", command, self.register, *arguments)

    def sign(self):
        self.count += 1
        file = self.folder / f"{self.count}.sjt"
        self.said = succeed("trust", "sign", self.register, "--key", self.root, "-o", file).out
        self.fingerprint = self.said.split()[-1].rpartition("：")[-1]
        return file

    def publish(self):
        file = self.sign()
        succeed("trust", "import", file, "--trust", self.store, "--root", self.fingerprint)
        return file

    def verify(self, document, *options):
        ended = run("verify", document, "--trust", self.store, "--json", *options)
        assert ended.status in range(4), ended.err
        return ended.status, ended.json


@pytest.fixture(scope="module")
def sealed(registry, tmp_path_factory):
    """A report with a seal, one without, their issuer and facts."""
    path = report("dna")
    issuer = registry.issuer_for(path, "sm2")
    folder = tmp_path_factory.mktemp("trust-reports")
    issue(path, issuer, registry.facts_file(path), folder / "sealed.pdf")
    issue(path, issuer, registry.facts_file(path), folder / "bare.pdf", "--seal", "none")
    return folder, issuer, registry.facts(path)


@pytest.fixture
def court(sealed, tmp_path):
    return Court(tmp_path, sealed[1], sealed[2])


def test_a_report_in_order(sealed, court):
    court.publish()
    status, verdict = court.verify(sealed[0] / "sealed.pdf")
    assert status == AUTHENTIC
    assert {"licence.valid-at-issue", "category.registered", "appraisers.registered", "key.valid", "now.unchanged",
            "trust.list-current"} <= codes(verdict, "pass")
    assert codes(verdict, "unchecked") <= {"status.no-list", "time.claimed", "revocation.self-signed"}
    # With certificates alone nobody thinks that the licence was looked at.
    ended = run("verify", sealed[0] / "sealed.pdf", "--trust", sealed[1].folder, "--json")
    assert ended.status == AUTHENTIC and "licence.no-list" in codes(ended.json, "unchecked")


def test_then_and_now(sealed, court):
    court.edit("suspend", court.issuer.licence, "--from", day(10), "--until", day(20), "--authority", "示例司法局",
               "--document", "示司〔2026〕1号")
    court.publish()
    file = sealed[0] / "sealed.pdf"
    assert "now.unchanged" in codes(court.verify(file)[1], "pass")
    status, verdict = court.verify(file, "--as-of", day(15))
    assert status == AUTHENTIC and "示司〔2026〕1号" in parameters(verdict, "now.event")["source"]
    status, verdict = court.verify(file, "--as-of", day(40))
    assert status == AUTHENTIC and {"now.event-over", "trust.list-stale"} <= codes(verdict, "warn")


def test_suspended_at_issue(sealed, court):
    court.publish()
    court.edit("suspend", court.issuer.licence, "--from", "2026-01-01", "--until", day(5), "--authority", "示例司法局")
    court.publish()
    status, verdict = court.verify(sealed[0] / "sealed.pdf")
    assert status == NOT_AUTHENTIC and "licence.event-at-issue" in codes(verdict, "fail")


def test_an_issuer_that_seals(sealed, court):
    court.publish()
    bare = sealed[0] / "bare.pdf"
    assert court.verify(bare)[0] == AUTHENTIC
    succeed("trust", "add", "institution", court.register, "--licence", court.issuer.licence, "--seals", "--from",
            "2026-01-01")
    court.publish()
    status, verdict = court.verify(bare)
    assert status == NOT_AUTHENTIC and codes(verdict, "fail") == {"seal.required"}
    assert court.verify(sealed[0] / "sealed.pdf")[0] == AUTHENTIC


def test_a_stolen_key_and_a_retired_one(sealed, court):
    court.publish()
    court.edit("revoke", court.issuer.licence, "--key", court.issuer.certificate, "--from", day(30))
    court.publish()
    status, verdict = court.verify(sealed[0] / "sealed.pdf", "--as-of", day(31))
    assert status == AUTHENTIC and "key.retired" in codes(verdict, "pass")
    court.edit("revoke", court.issuer.licence, "--key", court.issuer.certificate, "--stolen", "--from", "2026-01-01")
    court.publish()
    status, verdict = court.verify(sealed[0] / "sealed.pdf")
    assert status == NOT_AUTHENTIC and "key.compromised" in codes(verdict, "fail")


def test_the_disc_for_the_closed_network(sealed, court, tmp_path):
    first = court.publish()
    file, bundle = sealed[0] / "sealed.pdf", tmp_path / "court.sjb"
    succeed("bundle", "--trust", court.store, "-o", bundle)
    # Without a store, under the published fingerprint only.
    ended = run("verify", file, "--bundle", bundle, "--root", court.fingerprint, "--json")
    assert ended.status == AUTHENTIC and "licence.valid-at-issue" in codes(ended.json, "pass")
    assert run("verify", file, "--bundle", bundle).status == USAGE
    assert run("verify", file).status == USAGE
    assert error_code(run("verify", file, "--bundle", bundle, "--root", "00" * 32)) == "trust-store.root"
    # A court imports from it.
    other = tmp_path / "other"
    assert error_code(run("trust", "import", bundle, "--trust", other)) == "trust-store.not-pinned"
    succeed("trust", "import", bundle, "--trust", other, "--root", court.fingerprint)
    # An older disc is passed over, and said to be.
    court.edit("suspend", court.issuer.licence, "--from", "2026-01-01", "--until", day(5), "--authority", "示例司法局")
    court.publish()
    ended = run("verify", file, "--trust", court.store, "--bundle", bundle, "--json")
    assert ended.status == NOT_AUTHENTIC and "trust-store.rollback" in ended.err
    # A forged one is an error.
    bundle.write_bytes(bundle.read_bytes().replace("示例司法厅".encode(), "示例司法局".encode()))
    ended = run("verify", file, "--trust", court.store, "--bundle", bundle)
    assert ended.status == BAD_DATA and "trust-list.signature" in ended.err
    assert first.exists()


def test_an_appraiser_whom_nobody_knows(sealed, court):
    register = json.loads(court.register.read_text(encoding="utf-8"))
    register["appraisers"] = register["appraisers"][1:]
    court.register.write_text(json.dumps(register, ensure_ascii=False), encoding="utf-8")
    court.publish()
    status, verdict = court.verify(sealed[0] / "sealed.pdf")
    assert status == UNDETERMINED and "appraisers.not-listed" in codes(verdict, "unchecked")
    # A register with a field that nobody knows is not worked on.
    register["appraisers"][0]["nickname"] = "x"
    court.register.write_text(json.dumps(register, ensure_ascii=False), encoding="utf-8")
    refused = run("trust", "sign", court.register, "--key", court.root, "-o", court.folder / "x.sjt")
    assert refused.status == BAD_DATA and "appraisers[0].nickname" in refused.err
    assert not (court.folder / "x.sjt").exists()

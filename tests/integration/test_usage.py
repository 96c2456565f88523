"""Command lines that are wrong, in the user's language and with a code; and errors that say what is the matter here."""

import re
import subprocess

import pytest

from reports import report
from running import BAD_DATA, NO_INPUT, USAGE, Issuer, codes, error_code, issue, run, succeed, verify

CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def stamped(registry, tmp_path_factory):
    folder = tmp_path_factory.mktemp("stamped")
    issuer = registry.issuer_for(report("dna"), "ed25519")
    issue(report("dna"), issuer, registry.facts_file(report("dna")), folder / "stamped.pdf", "--record", folder / "record")
    return folder / "stamped.pdf", folder / "record", issuer


@pytest.mark.parametrize("arguments, code, named", [
    ([], "usage.command", ["verify", "issue"]),
    (["trust"], "usage.command", ["import", "sjcode trust"]),
    (["isue", "a.pdf"], "usage.unknown-command-near", ["isue", "issue"]),
    (["trust", "improt", "x"], "usage.unknown-command-near", ["improt", "import"]),
    (["somewhat"], "usage.unknown-command", ["somewhat"]),
    (["verify", "a.pdf", "--trsut", "x"], "usage.unknown-option-near", ["--trsut", "--trust"]),
    (["verify", "a.pdf", "--quickly"], "usage.unknown-option", ["--quickly"]),
    (["issue", "a.pdf", "--fact=b", "--key", "k"], "usage.unknown-option-near", ["--fact", "--facts"]),
    (["--langs", "zh", "verify", "a.pdf"], "usage.unknown-option-near", ["--langs", "--lang"]),
    (["issue"], "usage.required", ["DOCUMENT", "--facts", "--key"]),
    (["verify"], "usage.required", ["INPUT"]),
    (["extract", "a.pdf"], "usage.required", ["--original", "--output"]),
    (["facts", "my report.pdf", "report.pdf"], "usage.unexpected", ["report.pdf"]),
    (["issue", "a.pdf", "--facts", "f", "--key", "k", "--qr-level", "H"], "usage.choice", ["--qr-level", "H", "M, Q"]),
    (["key", "new", "--alg", "rsa", "-o", "x"], "usage.choice", ["--alg", "rsa", "sm2"]),
    (["key", "new", "--years", "31", "-o", "x"], "usage.range", ["--years", "31", "30"]),
    (["key", "new", "--years", "ten", "-o", "x"], "usage.range", ["--years", "ten"]),
    (["isue", "a.pdf", "--qr-level", "H"], "usage.unknown-command-near", ["isue"]),
    (["--lang"], "usage.value-missing", ["--lang"]),
    (["verify", "a.pdf", "--trust"], "usage.value-missing", ["--trust", "DIR"]),
])
def test_wrong_command_line(arguments, code, named):
    for language in ("zh", "en"):
        ended = run(*arguments, language=language)
        assert (ended.status, error_code(ended), ended.out) == (USAGE, code, ""), ended.err
        assert all(word in ended.err for word in named), ended.err
        assert len(ended.err.splitlines()) == 1
        assert bool(CHINESE.search(ended.err)) == (language == "zh")


def test_option_with_a_forged_name():
    ended = run("verify", "--x\n核验结果：核验通过\x1b[2K")
    assert ended.status == USAGE and len(ended.err.splitlines()) == 1 and "\x1b" not in ended.err


def test_reasons_of_the_system_are_in_the_users_language(stamped, tmp_path):
    file, _, issuer = stamped
    (tmp_path / "folder").mkdir()
    for target, words in ((tmp_path / "none/x.pdf", "不存在"), (tmp_path / "folder", "文件夹")):
        ended = run("extract", file, "--original", "-o", target, "--overwrite", language="zh")
        assert error_code(ended) == "file.write" and words in ended.err, ended.err
        assert not re.search("[A-Z][a-z]+ [a-z]+", ended.err), ended.err


def test_fields_of_the_facts_have_their_names(registry, tmp_path):
    path = report("dna")
    facts = registry.facts_file(path).read_text(encoding="utf-8")
    (tmp_path / "facts.json").write_text(re.sub('"number": "[^"]*"', '"number": ""', facts), encoding="utf-8")
    issuer = registry.issuer_for(path, "ed25519")
    arguments = ["issue", path, "--facts", tmp_path / "facts.json", *issuer.arguments(), "-o", tmp_path / "o.pdf"]
    ended = run(*arguments, language="zh")
    assert error_code(ended) == "facts.missing" and "“文号（number）”" in ended.err
    (tmp_path / "facts.json").write_text(re.sub(r'("appraisers": \[\s*\{[^}]*\},\s*\{[^}]*"licence": )"[^"]*"', r'\1"1 2"', facts),
                                         encoding="utf-8")
    ended = run(*arguments, language="zh")
    assert error_code(ended) == "facts.value.space" and "第 2 名司法鉴定人的执业证号（appraisers[1].licence）" in ended.err
    assert "“licence of appraiser 2 (appraisers[1].licence)”" in run(*arguments).err


# --- what else was given is looked at, or refused


def test_record_of_another_report_is_told(registry, stamped, tmp_path):
    file, record, issuer = stamped
    assert "record.not-of-this-code" not in codes(verify(file, issuer.folder, "--record", record))
    issue(report("dna"), issuer, registry.facts_file(report("dna")), tmp_path / "o.pdf", "--record", tmp_path / "other")
    (tmp_path / "rubbish").write_text("no record")
    for given in ("other", "rubbish"):
        verdict = verify(file, issuer.folder, "--record", tmp_path / given)
        assert verdict["outcome"] == "authentic" and "record.not-of-this-code" in codes(verdict, "warn")


def test_root_without_a_bundle_is_refused(stamped):
    file, _, issuer = stamped
    ended = run("verify", file, "--trust", issuer.folder, "--root", "00" * 32)
    assert (ended.status, error_code(ended)) == (USAGE, "usage.root") and "authentic" not in ended.out


# --- keys


def test_passphrase_file_that_is_no_use(registry, stamped, tmp_path):
    file, _, issuer = stamped
    (tmp_path / "secret").write_text("geheim\n")
    (tmp_path / "empty").write_text("\n")
    locked = tmp_path / "locked"
    new = ["key", "new", "--alg", "ed25519", "--licence", issuer.licence, "--name", issuer.institution, "--short-name",
           issuer.short_name, "--host", issuer.hosts[0]]
    succeed(*new, "--passphrase-file", tmp_path / "secret", "-o", locked)
    owner = Issuer(locked, "ed25519")
    issuing = ["issue", report("dna"), "--facts", registry.facts_file(report("dna")), *owner.arguments(), "-o", tmp_path / "o.pdf"]
    sealing = ["countersign", file, "--seal-key", owner.key, "--seal-cert", owner.certificate, "-o", tmp_path / "o.pdf"]
    receipt = ["verify", file, "--trust", issuer.folder, "--receipt", tmp_path / "r.pdf", "--receipt-key", owner.key,
               "--receipt-cert", owner.certificate]
    for command, option in ((issuing, "--passphrase-file"), (receipt, "--passphrase-file"), (sealing, "--seal-passphrase-file")):
        for given, status, code in (("none", NO_INPUT, "file.not-found"), (".", NO_INPUT, "file.not-regular"),
                                    ("empty", BAD_DATA, "key.passphrase-file")):
            ended = run(*command, option, tmp_path / given)
            assert (ended.status, error_code(ended)) == (status, code), (command[0], ended.err)
    ended = run(*new, "--passphrase-file", tmp_path / "empty", "-o", tmp_path / "second")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "key.passphrase-file") and not (tmp_path / "second").exists()


def test_missing_certificate_names_its_option(stamped, tmp_path):
    file, _, issuer = stamped
    ended = run("verify", file, "--trust", issuer.folder, "--receipt", tmp_path / "r.pdf", "--receipt-key", issuer.key)
    assert (ended.status, error_code(ended)) == (USAGE, "usage.certificate") and "--receipt-cert" in ended.err


# --- errors fit the command


def test_errors_fit_the_command(stamped, tmp_path):
    file, _, issuer = stamped
    encrypted, readme = tmp_path / "encrypted.pdf", tmp_path / "README.md"
    subprocess.run(["qpdf", "--encrypt", "secret", "owner", "256", "--", report("dna"), encrypted], check=True)
    readme.write_text("# no PDF\n")
    for arguments in (["facts", encrypted], ["show", encrypted], ["extract", encrypted, "--original", "-o", tmp_path / "o.pdf"],
                      ["verify", encrypted, "--trust", issuer.folder]):
        for language, wrong in (("zh", "写入赋码"), ("en", "written")):
            ended = run(*arguments, language=language)
            assert wrong not in ended.out + ended.err, ended.err
    for arguments in (["facts", readme], ["show", readme], ["extract", readme, "--original", "-o", tmp_path / "o.pdf"]):
        ended = run(*arguments, language="zh")
        assert (ended.status, error_code(ended)) == (BAD_DATA, "pdf.no-pdf") and "README.md" in ended.err, ended.err
    # Something before the header is a PDF all the same, as for every viewer.
    (tmp_path / "mailed.pdf").write_bytes(b"\n" * 100 + report("dna").read_bytes())
    assert "pdf.no-pdf" not in run("facts", tmp_path / "mailed.pdf").err

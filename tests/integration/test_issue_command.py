"""`sjcode issue` and `key new` as clerks meet them: the wrong file, outputs, options, keys."""

import json
import shutil

import pytest

from pages import output_of, qpdf
from reports import CORPUS, report
from running import BAD_DATA, CANNOT_CREATE, USAGE, Issuer, codes, error_code, parameters, run, succeed, verify


def issuing(registry, output, *options, name="dna", issuer=None, facts=None):
    path = report(name)
    issuer = issuer or registry.issuer_for(path, "ed25519")
    return run("issue", path, "--facts", facts or registry.facts_file(path), *issuer.arguments(), "-o", output, *options)


# --- the wrong file


@pytest.mark.parametrize(("field", "value"), [
    ("number", "示例司鉴中心〔2026〕物鉴字第208号"),
    ("accepted", "2026-09-04"),
    ("opinion", "依据现有资料和DNA分析结果，不支持乙某为丙某的生物学父亲。"),
])
def test_facts_that_the_text_does_not_bear_out_are_refused(registry, tmp_path, field, value):
    output = tmp_path / "stamped.pdf"
    facts = registry.facts_file(report("dna"), **{field: value})
    ended = issuing(registry, output, facts=facts)
    assert ended.status == BAD_DATA
    assert error_code(ended) in ("issue.facts", "issue.facts-missing")
    assert f"“{field}”" in ended.err and "--allow facts" in ended.err
    assert not output.exists()
    allowed = issuing(registry, output, "--allow", "facts", "--json", facts=facts)
    assert allowed.status == 0
    assert "issue.facts" in {warning["code"].removesuffix("-missing") for warning in allowed.json["warnings"]}


def test_wrong_appraiser_is_refused(registry, tmp_path):
    appraisers = [{"name": "张三", "licence": "440100001001"}, {"name": "李四", "licence": "440100001009"}]
    facts = registry.facts_file(report("dna"), appraisers=appraisers)
    ended = issuing(registry, tmp_path / "stamped.pdf", facts=facts)
    assert ended.status == BAD_DATA and "440100001009" in ended.err and "appraisers" in ended.err


def test_facts_of_another_report_are_refused(registry, tmp_path):
    """The clerk took the neighbouring file."""
    ended = issuing(registry, tmp_path / "stamped.pdf", name="injury", facts=registry.facts_file(report("dna")))
    assert ended.status == BAD_DATA
    assert "“number”" in ended.err and "临鉴字第18号" in ended.err


@pytest.mark.parametrize(("change", "code", "named"), [
    ({"licence": "440100002"}, "issue.licence", "440100002"),
    ({"institution": "另一司法鉴定中心"}, "issue.institution", "另一司法鉴定中心"),
    ({"short_name": "另一司鉴中心"}, "issue.short-name", "另一司鉴中心"),
])
def test_facts_of_another_institution_are_refused(registry, tmp_path, change, code, named):
    ended = issuing(registry, tmp_path / "stamped.pdf", facts=registry.facts_file(report("dna"), **change))
    assert (ended.status, error_code(ended)) == (BAD_DATA, code)
    assert named in ended.err


@pytest.mark.parametrize(("text", "named"), [
    ("", None), ("{", None), ("[]", None), ('{"licence": 1}', "licence"), ('{"unknown": 1}', "unknown"),
    ('{"licence": "1", "licence": "2"}', "licence"),
])
def test_facts_that_are_no_facts(registry, tmp_path, text, named):
    facts = tmp_path / "facts.json"
    facts.write_text(text, encoding="utf-8")
    ended = issuing(registry, tmp_path / "stamped.pdf", facts=facts)
    assert ended.status == BAD_DATA and error_code(ended).startswith("facts.")
    assert str(facts) in ended.err and (named or "") in ended.err


def test_every_required_field_is_named_when_it_is_left_out(registry, tmp_path):
    full = registry.facts(report("dna"))
    for field in ("licence", "institution", "short_name", "number", "categories", "appraisers", "accepted", "opinion",
                  "status"):
        facts = tmp_path / "facts.json"
        facts.write_text(json.dumps({name: value for name, value in full.items() if name != field}), encoding="utf-8")
        ended = issuing(registry, tmp_path / "stamped.pdf", facts=facts)
        assert ended.status == BAD_DATA and field in ended.err


# --- outputs


def test_existing_output_is_not_overwritten_unasked(registry, tmp_path):
    output = tmp_path / "stamped.pdf"
    output.write_bytes(b"precious")
    ended = issuing(registry, output)
    assert (ended.status, error_code(ended)) == (CANNOT_CREATE, "file.exists")
    assert output.read_bytes() == b"precious"
    assert issuing(registry, output, "--overwrite").status == 0
    first = output.read_bytes()
    assert first.startswith(report("dna").read_bytes())
    assert issuing(registry, output).status == CANNOT_CREATE
    assert output.read_bytes() == first
    assert sorted(tmp_path.iterdir()) == [output]


def test_existing_record_is_not_overwritten_unasked(registry, tmp_path):
    output, record = tmp_path / "stamped.pdf", tmp_path / "record"
    record.write_bytes(b"precious")
    ended = issuing(registry, output, "--record", record)
    assert ended.status == CANNOT_CREATE
    assert record.read_bytes() == b"precious" and not output.exists()


def test_output_over_the_input_is_refused(registry, tmp_path):
    path = tmp_path / "report.pdf"
    shutil.copy(report("dna"), path)
    path.chmod(0o644)
    issuer = registry.issuer("ed25519")
    before = path.read_bytes()
    ended = run("issue", path, "--facts", registry.facts_file(report("dna")), *issuer.arguments(), "-o", path)
    assert ended.status == CANNOT_CREATE and path.read_bytes() == before


def test_input_is_never_touched(registry, tmp_path):
    path = tmp_path / "report.pdf"
    shutil.copy(report("dna"), path)
    path.chmod(0o444)
    before = path.stat()
    issuer = registry.issuer("ed25519")
    succeed("issue", path, "--facts", registry.facts_file(report("dna")), *issuer.arguments(), "-o", tmp_path / "s.pdf")
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)


def test_two_issues_of_one_report_have_two_numbers(registry, tmp_path):
    numbers = {issuing(registry, tmp_path / f"{i}.pdf", "--json").json["number"] for i in range(2)}
    assert len(numbers) == 2


def test_preview_writes_one_picture_and_issues_nothing(registry, tmp_path):
    picture = tmp_path / "preview.png"
    path = report("dna")
    issuer = registry.issuer("ed25519")
    succeed("issue", path, "--facts", registry.facts_file(path), *issuer.arguments(), "--preview", picture)
    assert sorted(tmp_path.iterdir()) == [picture]
    assert picture.read_bytes().startswith(b"\x89PNG")
    # The symbol on it is nobody's.
    verdict = verify(picture, issuer.folder)
    assert verdict["outcome"] in ("not_authentic", "undetermined")
    assert "signature.verified" not in codes(verdict)


def test_nothing_to_write_is_a_usage_error(registry):
    path = report("dna")
    ended = run("issue", path, "--facts", registry.facts_file(path), *registry.issuer("ed25519").arguments())
    assert ended.status == USAGE


# --- the code goes in once, before any seal


@pytest.mark.parametrize("options", [[], ["--repair"], ["--allow", "revisions"]], ids=["", "repair", "allow"])
def test_stamped_file_is_not_stamped_again(registry, tmp_path, options):
    file, output, issuer = tmp_path / "once.pdf", tmp_path / "twice.pdf", registry.issuer("ed25519")
    assert issuing(registry, file).status == 0
    facts = registry.facts_file(report("dna"))
    ended = run("issue", file, "--facts", facts, *issuer.arguments(), "-o", output, *options)
    assert ended.status == BAD_DATA and not output.exists()
    assert error_code(ended) == "pdf.coded"


def test_signed_file_is_refused(registry, tmp_path):
    signed = CORPUS / "signed-good" / "MatthiasValvekens--minimal-two-fields-signed-twice.pdf"
    if not signed.exists():
        pytest.skip(f"there is no {signed}")
    ended = run("issue", signed, "--facts", registry.facts_file(report("dna")), *registry.issuer("ed25519").arguments(),
                "-o", tmp_path / "stamped.pdf", "--allow", "facts")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "pdf.signed")


@pytest.mark.parametrize("password", ["", "secret"], ids=["owner-only", "user"])
def test_encrypted_file_is_refused(registry, tmp_path, password):
    encrypted = tmp_path / "encrypted.pdf"
    qpdf("--encrypt", password, "owner", "256", "--", report("dna"), encrypted)
    for options in ([], ["--repair"]):
        ended = run("issue", encrypted, "--facts", registry.facts_file(report("dna")),
                    *registry.issuer("ed25519").arguments(), "-o", tmp_path / "stamped.pdf", *options)
        assert (ended.status, error_code(ended)) == (BAD_DATA, "pdf.encrypted"), options


def test_damaged_file_is_refused_and_repaired_on_request(registry, tmp_path):
    damaged, output = tmp_path / "damaged.pdf", tmp_path / "stamped.pdf"
    data = report("dna-classic").read_bytes()
    at = data.rindex(b"startxref")
    damaged.write_bytes(data[:at] + b"startxref\n7\n%%EOF\n")
    facts, issuer = registry.facts_file(report("dna")), registry.issuer("ed25519")
    arguments = ["issue", damaged, "--facts", facts, *issuer.arguments(), "-o", output]
    ended = run(*arguments)
    assert ended.status == BAD_DATA and error_code(ended).startswith("pdf.") and "--repair" in ended.err
    succeed(*arguments, "--repair")
    assert verify(output, issuer.folder)["outcome"] == "authentic"


# --- options


@pytest.mark.parametrize("options", [
    ["--allow", "everything"], ["--page", "0"], ["--page", "x"], ["--page", "-1"], ["--place", "middle"],
    ["--place", "1"], ["--place", "1,x"], ["--place", "-1,5"], ["--entry", "secret"], ["--entry", "opinion@0"],
    ["--qr-level", "H"], ["--unknown"],
])
def test_wrong_options(registry, tmp_path, options):
    ended = issuing(registry, tmp_path / "stamped.pdf", *options)
    assert ended.status == USAGE, ended.err
    assert ended.err.startswith("sjcode: ") and not list(tmp_path.iterdir())


def test_page_that_is_not_there(registry, tmp_path):
    ended = issuing(registry, tmp_path / "stamped.pdf", "--page", "99")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "place.page")


def test_places(registry, tmp_path):
    """Corners lie 8 mm inside the page, those at the right clear of the cross-page seal; an exact place is exact."""
    found = {}
    for place in ("bottom-left", "bottom-right", "top-left", "top-right", "100,200.5"):
        output = tmp_path / f"{place}.pdf"
        ended = issuing(registry, output, "--page", "1", "--place", place, "--force-place", "--json")
        assert ended.status == 0, ended.err
        (found[place],) = ended.json["stamps"]
        assert verify(output, registry.issuer("ed25519").folder)["outcome"] == "authentic"
    assert all(stamp["page"] == 1 for stamp in found.values())
    assert found["bottom-left"]["x_mm"] == found["top-left"]["x_mm"] == pytest.approx(8, abs=0.51)
    assert found["bottom-left"]["y_mm"] == found["bottom-right"]["y_mm"] == pytest.approx(8, abs=0.51)
    assert found["top-left"]["y_mm"] + found["top-left"]["height_mm"] == pytest.approx(297 - 8, abs=0.6)
    assert found["bottom-right"]["x_mm"] + found["bottom-right"]["width_mm"] < 210 - 20
    assert (found["100,200.5"]["x_mm"], found["100,200.5"]["y_mm"]) == pytest.approx((100, 200.5), abs=0.01)
    assert found["100,200.5"]["corner"] is None and found["top-left"]["corner"] == "top-left"
    assert 33 <= found["top-left"]["width_mm"] <= 35.1
    # On whole modules from the upper left corner of the page, so that dots and modules have the same edges.
    for place in ("bottom-left", "bottom-right", "top-left", "top-right"):
        from_top = 297 - found[place]["y_mm"] - found[place]["height_mm"]
        for distance in (found[place]["x_mm"], from_top):
            modules = distance / 25.4 * 72 / 1.44
            assert modules == pytest.approx(round(modules), abs=0.01)


def test_place_outside_the_page(registry, tmp_path):
    ended = issuing(registry, tmp_path / "stamped.pdf", "--page", "1", "--place", "195,10", "--force-place")
    assert ended.status == BAD_DATA and error_code(ended).startswith("place.")


def test_place_that_is_taken_is_refused_and_forced(registry, tmp_path):
    output = tmp_path / "stamped.pdf"
    ended = issuing(registry, output, "--page", "3", "--place", "80,150")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "place.occupied")
    assert issuing(registry, output, "--page", "3", "--place", "80,150", "--force-place").status == 0
    assert verify(output, registry.issuer("ed25519").folder)["outcome"] == "authentic"


@pytest.mark.parametrize(("page", "pages"), [("first", [1]), ("last", [6]), ("2", [2]), ("all", [1, 2, 3, 4, 5, 6])])
def test_pages(registry, tmp_path, page, pages):
    output = tmp_path / "stamped.pdf"
    ended = issuing(registry, output, "--page", page, "--force-place", "--json")
    assert ended.status == 0, ended.err
    assert [stamp["page"] for stamp in ended.json["stamps"]] == pages
    verdict = verify(output, registry.issuer("ed25519").folder, "--render")
    assert verdict["outcome"] == "authentic"
    assert parameters(verdict, "symbol.matches") == {"stamps": str(len(pages))}
    assert "symbol.rendered" in codes(verdict, "pass")


def test_entry_symbol_on_the_page_of_the_main_symbol(registry, tmp_path):
    """By name or by its page's number, it stands beside the main symbol."""
    places = []
    for entry in ("opinion", "opinion@6"):
        output = tmp_path / f"{entry}.pdf"
        ended = issuing(registry, output, "--page", "6", "--entry", entry, "--json")
        assert ended.status == 0, ended.err
        places.append(ended.json["stamps"])
        assert verify(output, registry.issuer("ed25519").folder)["outcome"] == "authentic"
    assert places[0] == places[1] and [stamp["page"] for stamp in places[0]] == [6]


def test_without_page_text(registry, tmp_path):
    """No page is read: even another report's facts are not noticed, and the clerk is told."""
    issuer = registry.issuer_for(report("dna"), "ed25519")
    other = registry.facts_file(report("dna"), opinion="不排除乙某为丙某的生物学父亲。")
    output = tmp_path / "stamped.pdf"
    assert error_code(issuing(registry, output, facts=other)).startswith("issue.facts")
    ended = issuing(registry, output, "--no-page-text", "--json", facts=other)
    assert ended.status == 0, ended.err
    assert "warning.no-page-text" in {warning["code"] for warning in ended.json["warnings"]}
    assert verify(output, issuer.folder)["outcome"] == "authentic"
    # What is not read is not named, but a change is found all the same.
    content = bytearray(output.read_bytes())
    content[len(content) // 4] ^= 1
    (tmp_path / "changed.pdf").write_bytes(content)
    changed = verify(tmp_path / "changed.pdf", issuer.folder)
    assert changed["outcome"] != "authentic"
    assert codes(changed) & {"pages.no-text", "pages.differ", "pages.same"} == {"pages.no-text"}


def test_entry_that_is_too_long_or_absent(registry, tmp_path):
    facts = registry.facts(report("dna"))
    assert facts["use"] is None
    ended = issuing(registry, tmp_path / "stamped.pdf", "--entry", "use")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "issue.entry")
    long = registry.facts_file(report("dna"), opinion="很长的鉴定意见。" * 200)
    ended = issuing(registry, tmp_path / "stamped.pdf", "--entry", "opinion", "--allow", "facts", facts=long)
    assert (ended.status, error_code(ended)) == (BAD_DATA, "qr.too-large")
    assert not list(tmp_path.iterdir())


# --- keys


def test_host_must_be_one_of_the_certificate(registry, tmp_path):
    issuer = registry.issuer("ed25519", hosts=("a.example.cn", "b.example.cn"))
    ended = issuing(registry, tmp_path / "1.pdf", issuer=issuer)
    assert (ended.status, error_code(ended)) == (USAGE, "issue.host.which")
    ended = issuing(registry, tmp_path / "2.pdf", "--host", "c.example.cn", issuer=issuer)
    assert error_code(ended) == "issue.host" and "c.example.cn" in ended.err
    ended = issuing(registry, tmp_path / "3.pdf", "--host", "b.example.cn", "--json", issuer=issuer)
    assert ended.status == 0 and ended.json["url"].startswith("https://b.example.cn/r/")
    assert verify(tmp_path / "3.pdf", issuer.folder)["outcome"] == "authentic"


def test_key_of_another_certificate_is_refused(registry, tmp_path):
    path = report("dna")
    a, b = registry.issuer("ed25519"), registry.issuer("ed25519", hosts=("b.example.cn",))
    ended = run("issue", path, "--facts", registry.facts_file(path), "--key", a.key, "--cert", b.certificate, "-o",
                tmp_path / "stamped.pdf")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "issue.key")
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def encrypted_key(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encrypted")
    (folder / "passphrase").write_text("口令 with spaces\n", encoding="utf-8")
    succeed("key", "new", "--alg", "sm2", "--licence", "440100001", "--name", "示例司法鉴定中心", "--short-name",
            "示例司鉴中心", "--host", "v.example.cn", "--passphrase-file", folder / "passphrase", "-o", folder / "issuer")
    return folder


def test_encrypted_key(registry, encrypted_key, tmp_path):
    issuer = Issuer(encrypted_key / "issuer", "sm2")
    assert "ENCRYPTED" in issuer.key.read_text()
    assert issuer.key.stat().st_mode & 0o077 == 0
    output = tmp_path / "stamped.pdf"
    ended = issuing(registry, output, issuer=issuer)
    assert (ended.status, error_code(ended)) == (BAD_DATA, "key.passphrase")
    wrong = tmp_path / "wrong"
    wrong.write_text("another")
    ended = issuing(registry, output, "--passphrase-file", wrong, issuer=issuer)
    assert error_code(ended) == "key.passphrase" and not output.exists()
    assert issuing(registry, output, "--passphrase-file", encrypted_key / "passphrase", issuer=issuer).status == 0
    assert verify(output, issuer.folder)["outcome"] == "authentic"


@pytest.mark.parametrize("algorithm", ["ed25519", "p256", "sm2"])
def test_pkcs12(registry, tmp_path, algorithm):
    issuer = registry.issuer(algorithm)
    store = tmp_path / "issuer.p12"
    (tmp_path / "passphrase").write_text("secret")
    output_of("openssl", "pkcs12", "-export", "-inkey", issuer.key, "-in", issuer.certificate, "-out", store, "-passout",
              "pass:secret")
    path = report("dna")
    arguments = ["issue", path, "--facts", registry.facts_file(path), "--key", store, "-o", tmp_path / "stamped.pdf"]
    assert error_code(run(*arguments)) == "key.passphrase"
    succeed(*arguments, "--passphrase-file", tmp_path / "passphrase")
    assert verify(tmp_path / "stamped.pdf", issuer.folder)["outcome"] == "authentic"


def test_key_new_does_not_overwrite(registry):
    issuer = registry.issuer("ed25519")
    before = issuer.key.read_bytes()
    ended = run("key", "new", "--licence", "1", "--name", "x", "--short-name", "x", "--host", "v.example.cn", "-o",
                issuer.folder)
    assert (ended.status, error_code(ended)) == (CANNOT_CREATE, "file.exists")
    assert issuer.key.read_bytes() == before

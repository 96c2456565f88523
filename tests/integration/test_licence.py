"""Licence documents from the register to the verdict, as the regulator makes them and others look at them or forge them."""

import datetime
import pathlib
import re
import subprocess

import pytest

from running import (AUTHENTIC, BAD_DATA, CANNOT_CREATE, CODE_GENUINE, NOT_AUTHENTIC, UNDETERMINED, USAGE, codes, error_code,
                     parameters, run, succeed)

TODAY = datetime.date.today()
INSTITUTION, APPRAISER = "330100001", "330100001001"
AUTHORITY = "33-justice"
A4, A4_LANDSCAPE, A7, ID_1 = (210, 297), (297, 210), (105, 74), (85.6, 54)


def day(offset: int) -> str:
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


class Regulator:
    """A register, an authority with its key, an institution with one of its own, two appraisers, and a court's store."""

    def __init__(self, folder: pathlib.Path, algorithm: str):
        self.folder, self.register, self.store = folder, folder / "register.json", folder / "store"
        self.root = folder / "root.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ED25519", "-out", self.root], check=True, capture_output=True)
        self.new_key("authority", algorithm, AUTHORITY, "示例省司法厅", "licence.example.cn")
        self.new_key("institution", algorithm, INSTITUTION, "明州司法鉴定中心", "v.example.cn")
        succeed("trust", "init", "--id", "cn.example.zj", "--publisher", "示例省司法厅", "--region", "33", "-o", self.register)
        self.edit("add", "authority", "--id", AUTHORITY, "--name", "示例省司法厅", "--cert", folder / "authority/cert.pem",
                  "--host", "licence.example.cn", "--from", "2020-01-01")
        self.edit("add", "institution", "--licence", INSTITUTION, "--cert", folder / "institution/cert.pem", "--uscc",
                  "34330000MD0000001K", "--category", "FY0202", "--category", "WZ0201", "--signer", AUTHORITY, "--from",
                  "2024-01-01", "--until", day(900))
        self.edit("add", "appraiser", "--licence", APPRAISER, "--name", "张三", "--institution", INSTITUTION, "--category",
                  "FY0202", "--from", "2024-01-01", "--until", day(900))
        self.count = 0

    def new_key(self, name, algorithm, licence, institution, host):
        succeed("key", "new", "--alg", algorithm, "--licence", licence, "--name", institution, "--short-name", institution[:4],
                "--host", host, "-o", self.folder / name)

    def edit(self, command, *arguments):
        """`trust COMMAND REGISTER …`, where the register stands behind the words of the command."""
        words = [command, arguments[0], self.register, *arguments[1:]] if command == "add" else [command, self.register, *arguments]
        succeed("trust", *words)

    def publish(self):
        self.count += 1
        file = self.folder / f"{self.count}.sjt"
        said = succeed("trust", "sign", self.register, "--key", self.root, "-o", file).out
        self.fingerprint = said.split()[-1].rpartition("：")[-1]
        succeed("trust", "import", file, "--trust", self.store, "--root", self.fingerprint)
        return file

    def issue(self, licence, output, *options, key="authority", source=None):
        folder = self.folder / key
        return run("licence", "issue", source or self.register, licence, "--key", folder / "key.pem", "--cert",
                   folder / "cert.pem", "-o", output, *options)

    def verify(self, document, *options, command=("verify",)):
        ended = run(*command, document, "--trust", self.store, "--json", *options)
        assert ended.status in range(4), ended.err
        return ended.status, ended.json

    def verify_licence(self, document, *options):
        return self.verify(document, *options, command=("licence", "verify"))


@pytest.fixture(scope="module", params=["sm2", "ed25519"])
def offices(request, tmp_path_factory):
    """A published list, a licence for the wall and a badge."""
    regulator = Regulator(tmp_path_factory.mktemp("regulator"), request.param)
    regulator.publish()
    for licence, name in ((INSTITUTION, "permit.pdf"), (APPRAISER, "badge.pdf")):
        ended = regulator.issue(licence, regulator.folder / name, "--record", regulator.folder / f"{name}.record")
        assert ended.status == 0, ended.err
        assert "warning" not in ended.err
    return regulator


@pytest.fixture
def regulator(tmp_path):
    made = Regulator(tmp_path, "ed25519")
    made.publish()
    return made


def text_of(document) -> str:
    return subprocess.run(["pdftotext", "-raw", document, "-"], check=True, capture_output=True).stdout.decode()


def size_of(document) -> tuple[float, float]:
    said = subprocess.run(["pdfinfo", document], check=True, capture_output=True).stdout.decode()
    width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", said).groups()
    return tuple(float(points) * 25.4 / 72 for points in (width, height))


def photograph(document, image, dpi=200):
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", "-singlefile", document, image.with_suffix("")], check=True)
    return image


def facts_of(verdict) -> dict:
    return {fact["name"]: fact["value"] for fact in verdict["facts"] if fact["signed"]}


def test_the_wall(offices):
    permit = offices.folder / "permit.pdf"
    for verify in (offices.verify, offices.verify_licence):
        status, verdict = verify(permit)
        assert status == AUTHENTIC, codes(verdict, "fail", "unchecked")
        assert {"holder.as-listed", "holder.in-force", "licence.valid-at-issue", "key.signed-for", "now.unchanged", "host.official",
                "revision.exact"} <= codes(verdict, "pass")
        assert not codes(verdict, "fail") and codes(verdict, "warn") <= {"trust.list-older-than-report"}
    facts = facts_of(verdict)
    assert facts["holder"] == f"明州司法鉴定中心（{INSTITUTION}）" and facts["authority"] == f"示例省司法厅（{AUTHORITY}）"
    assert facts["uscc"] == "34330000MD0000001K" and facts["report_number"] == "司法鉴定许可证" + INSTITUTION
    assert "FY0202" in facts["categories"] and "WZ0201" in facts["categories"] and "2024年1月1日" in facts["licensed"]
    assert "opinion" not in facts and "appraisers" not in facts
    text = re.sub(r"\s", "", text_of(permit))
    for part in ("司法鉴定许可证", "明州司法鉴定中心", INSTITUTION, "34330000MD0000001K", "FY0202", "WZ0201", "示例省司法厅",
                 "司法鉴定许可证·扫码核验"):
        assert part in text, part
    assert "司法鉴定意见书" not in text
    assert size_of(permit) == pytest.approx(A4_LANDSCAPE, abs=0.5)


def test_the_badge(offices):
    badge = offices.folder / "badge.pdf"
    status, verdict = offices.verify_licence(badge)
    assert status == AUTHENTIC, codes(verdict, "fail", "unchecked")
    assert {"holder.as-listed", "holder.in-force", "appraisers.registered"} <= codes(verdict, "pass")
    facts = facts_of(verdict)
    assert facts["holder"] == f"张三（{APPRAISER}）" and facts["institution"] == "明州司法鉴定中心"
    assert "张三" in text_of(badge) and size_of(badge) == pytest.approx(A7, abs=0.5)


def test_on_paper_only_the_symbol_speaks(offices, tmp_path):
    image = photograph(offices.folder / "badge.pdf", tmp_path / "badge.png")
    status, verdict = offices.verify_licence(image)
    assert status == CODE_GENUINE and parameters(verdict, "holder.listed") == {"name": "张三", "licence": APPRAISER}
    # With the record from the archive what it says is compared, too.
    status, verdict = offices.verify_licence(image, "--record", offices.folder / "badge.pdf.record")
    assert status == CODE_GENUINE and "holder.as-listed" in codes(verdict, "pass")


@pytest.mark.parametrize("paper, size", [("a4", A4), ("a4-landscape", A4_LANDSCAPE), ("a7", A7), ("id-1", ID_1)])
def test_each_paper_can_be_scanned(regulator, tmp_path, paper, size):
    for licence in (INSTITUTION, APPRAISER):
        document = tmp_path / f"{licence}.pdf"
        ended = regulator.issue(licence, document, "--paper", paper)
        assert ended.status == 0, ended.err
        assert size_of(document) == pytest.approx(size, abs=0.5)
        assert regulator.verify(document)[0] == AUTHENTIC
        for dpi in (100, 200, 300):
            image = photograph(document, tmp_path / "scan.png", dpi)
            assert regulator.verify(image)[0] == CODE_GENUINE, f"{paper} at {dpi} dpi"


def test_what_does_not_fit_is_said(regulator, tmp_path):
    for number in range(1, 60):
        regulator.edit("add", "appraiser", "--licence", APPRAISER, "--category", f"QT{number:04}", "--from", "2024-01-01")
    ended = regulator.issue(APPRAISER, tmp_path / "card.pdf", "--paper", "id-1")
    assert error_code(ended) == "licence-document.paper" and not (tmp_path / "card.pdf").exists()
    assert regulator.issue(APPRAISER, tmp_path / "page.pdf", "--paper", "a4").status == 0


def test_then_and_now(regulator, tmp_path):
    permit = tmp_path / "permit.pdf"
    assert regulator.issue(INSTITUTION, permit).status == 0
    regulator.edit("suspend", INSTITUTION, "--from", day(10), "--until", day(20), "--authority", "明州市司法局", "--document",
                   "明司〔2026〕7号")
    regulator.publish()
    assert "holder.in-force" in codes(regulator.verify_licence(permit)[1], "pass")
    status, verdict = regulator.verify_licence(permit, "--as-of", day(15))
    assert status == AUTHENTIC and {"holder.not-in-force", "now.event"} <= codes(verdict, "warn")
    status, verdict = regulator.verify_licence(permit, "--as-of", day(25))
    assert status == AUTHENTIC and "holder.in-force" in codes(verdict, "pass") and "now.event-over" in codes(verdict, "warn")
    status, verdict = regulator.verify_licence(permit, "--as-of", day(901))
    assert status == AUTHENTIC and {"holder.not-in-force", "now.licence-expired"} <= codes(verdict, "warn")
    regulator.edit("revoke", INSTITUTION, "--from", "2026-01-01", "--authority", "明州市司法局")
    regulator.publish()
    status, verdict = regulator.verify_licence(permit)
    assert status == NOT_AUTHENTIC and "licence.event-at-issue-open" in codes(verdict, "fail")


def test_an_institution_cannot_make_itself_a_licence(regulator, tmp_path):
    forged = tmp_path / "forged.pdf"
    # The program refuses; so the forger names himself an authority in a register of his own.
    assert error_code(regulator.issue(INSTITUTION, forged, key="institution")) == "licence-document.no-authority"
    own = Regulator.__new__(Regulator)
    own.__dict__.update(regulator.__dict__)
    own.register = tmp_path / "own.json"
    own.register.write_bytes(regulator.register.read_bytes())
    own.edit("add", "authority", "--id", "impostor", "--name", "示例省司法厅", "--cert", regulator.folder / "institution/cert.pem",
             "--host", "v.example.cn", "--from", "2020-01-01")
    own.edit("add", "institution", "--licence", INSTITUTION, "--signer", "impostor", "--from", "2024-01-01")
    for licence in (INSTITUTION, APPRAISER):
        ended = own.issue(licence, forged, "--overwrite", key="institution")
        assert ended.status == 0, ended.err
        for verify in (regulator.verify, regulator.verify_licence):
            status, verdict = verify(forged)
            assert status == NOT_AUTHENTIC and "holder.self-made" in codes(verdict, "fail")
        status, verdict = regulator.verify(photograph(forged, tmp_path / "forged.png"))
        assert status == NOT_AUTHENTIC and "holder.self-made" in codes(verdict, "fail")
    # With certificates alone nobody knows who is an authority.
    ended = run("verify", forged, "--trust", regulator.folder / "institution", "--json")
    assert ended.status == UNDETERMINED and "holder.no-list" in codes(ended.json, "unchecked")


def test_a_licence_that_says_more_than_the_list(regulator, tmp_path):
    """The authority's own key, and a register with other facts than the list that was published."""
    edits = {
        "holder.name": ("institution", "--licence", INSTITUTION, "--name", "明州第一司法鉴定中心", "--short-name", "明一",
                        "--from", "2024-02-01"),
        "holder.category": ("institution", "--licence", INSTITUTION, "--category", "FY0101", "--from", "2024-01-01"),
        "holder.uscc": ("institution", "--licence", INSTITUTION, "--uscc", "34330000MD0000002H", "--from", "2024-01-01"),
    }
    kept = regulator.register.read_bytes()
    for code, edit in edits.items():
        regulator.register.write_bytes(kept)
        regulator.edit("add", *edit)
        document = tmp_path / f"{code}.pdf"
        ended = regulator.issue(INSTITUTION, document)
        assert ended.status == 0, ended.err
        status, verdict = regulator.verify(document)
        assert status == NOT_AUTHENTIC and code in codes(verdict, "fail"), codes(verdict)


def replace_text(document, output, old, new):
    """Edits the page as an editor of PDFs does: the text in the uncompressed content, the file written anew."""
    plain = output.with_suffix(".qdf")
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", document, plain], check=False, capture_output=True)
    data = plain.read_bytes()
    assert old in data, "the page has no such text"
    plain.write_bytes(data.replace(old, new))
    subprocess.run(["qpdf", plain, output], check=False, capture_output=True)


def test_edited_copies(offices, tmp_path):
    permit = offices.folder / "permit.pdf"
    # Glyphs of the title are drawn by their codes; any other code is another character.
    plain = tmp_path / "plain.pdf"
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", permit, plain], check=False, capture_output=True)
    shown = re.findall(rb"<([0-9A-Fa-f]{8,})>\s*Tj|\(((?:\\.|[^\\)])+)\)\s*Tj", plain.read_bytes())
    old = max((a for a, _ in shown if a and a[-4:] != a[-8:-4]), key=len)
    replace_text(permit, tmp_path / "edited.pdf", old, old[:-4] + old[-8:-4])
    status, verdict = offices.verify(tmp_path / "edited.pdf")
    assert status == NOT_AUTHENTIC and codes(verdict, "fail")
    # One byte of the original, in place.
    data = bytearray(permit.read_bytes())
    data[len(data) // 8] ^= 1
    (tmp_path / "flipped.pdf").write_bytes(data)
    assert offices.verify(tmp_path / "flipped.pdf")[0] == NOT_AUTHENTIC
    # Something drawn on top in a later revision.
    (tmp_path / "later.pdf").write_bytes(permit.read_bytes() + b"\n9999 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n")
    assert offices.verify(tmp_path / "later.pdf")[0] == NOT_AUTHENTIC


def test_another_holders_code_pasted(regulator, tmp_path):
    """The page of one, the revision with code and seal of another."""
    regulator.edit("add", "appraiser", "--licence", "330100001002", "--name", "李四", "--institution", INSTITUTION, "--category",
                   "FY0202", "--from", "2024-01-01", "--until", day(900))
    regulator.publish()
    files = {}
    for licence in (APPRAISER, "330100001002"):
        files[licence] = tmp_path / f"{licence}.pdf"
        assert regulator.issue(licence, files[licence]).status == 0
    pieces = {licence: file.read_bytes().split(b"%%EOF\n", 1) for licence, file in files.items()}
    pasted = tmp_path / "pasted.pdf"
    pasted.write_bytes(pieces[APPRAISER][0] + b"%%EOF\n" + pieces["330100001002"][1])
    status, verdict = regulator.verify(pasted)
    assert status == NOT_AUTHENTIC, codes(verdict)


def test_a_report_is_no_licence(regulator, tmp_path, registry):
    from reports import report

    path = report("dna")
    issuer = registry.issuer_for(path, "ed25519")
    succeed("issue", path, "--facts", registry.facts_file(path), *issuer.arguments(), "-o", tmp_path / "report.pdf")
    assert run("verify", tmp_path / "report.pdf", "--trust", issuer.folder).status == AUTHENTIC
    ended = run("licence", "verify", tmp_path / "report.pdf", "--trust", issuer.folder, "--json")
    assert ended.status == NOT_AUTHENTIC and codes(ended.json, "fail") == {"holder.other-document"}
    # Nor can a report be issued under the category of one.
    facts = tmp_path / "facts.json"
    facts.write_text(registry.facts_file(path).read_text(encoding="utf-8").replace(registry.facts(path)["categories"][0], "QT9901"),
                     encoding="utf-8")
    ended = run("issue", path, "--facts", facts, *issuer.arguments(), "-o", tmp_path / "other.pdf")
    assert (ended.status, error_code(ended)) == (BAD_DATA, "issue.category") and not (tmp_path / "other.pdf").exists()


def test_from_a_list_or_a_store(regulator, tmp_path):
    file = regulator.publish()
    assert regulator.issue(INSTITUTION, tmp_path / "store.pdf", source=regulator.store).status == 0
    ended = regulator.issue(INSTITUTION, tmp_path / "list.pdf", source=file)
    assert (ended.status, error_code(ended)) == (USAGE, "usage.licence-root")
    ended = regulator.issue(INSTITUTION, tmp_path / "list.pdf", "--root", "00" * 32, source=file)
    assert error_code(ended) == "trust-list.root" and not (tmp_path / "list.pdf").exists()
    assert regulator.issue(INSTITUTION, tmp_path / "list.pdf", "--root", regulator.fingerprint, source=file).status == 0
    for name in ("store.pdf", "list.pdf"):
        assert regulator.verify(tmp_path / name)[0] == AUTHENTIC


def test_what_is_refused(regulator, tmp_path):
    output = tmp_path / "out.pdf"
    assert error_code(regulator.issue("330100009", output)) == "licence-document.unknown"
    output.write_bytes(b"mine")
    ended = regulator.issue(INSTITUTION, output)
    assert (ended.status, error_code(ended)) == (CANNOT_CREATE, "file.exists") and output.read_bytes() == b"mine"
    output.unlink()
    assert error_code(regulator.issue(INSTITUTION, output, "--host", "evil.example.cn")) == "licence-document.host"
    kept = regulator.register.read_bytes()
    regulator.edit("suspend", INSTITUTION, "--category", "FY0202", "--from", "2026-01-01", "--authority", "明州市司法局")
    assert error_code(regulator.issue(APPRAISER, output)) == "licence-document.no-category"
    # A suspended category is left out of the institution's.
    assert regulator.issue(INSTITUTION, output).status == 0
    assert "WZ0201" in text_of(output) and "FY0202" not in text_of(output)
    output.unlink()
    regulator.register.write_bytes(kept)
    regulator.edit("suspend", INSTITUTION, "--from", "2026-01-01", "--authority", "明州市司法局")
    for licence in (INSTITUTION, APPRAISER):
        assert error_code(regulator.issue(licence, output)) == "licence-document.forbidden"
    regulator.register.write_bytes(kept)
    regulator.edit("revoke", AUTHORITY, "--key", regulator.folder / "authority/cert.pem", "--stolen", "--from", "2026-01-01")
    assert error_code(regulator.issue(INSTITUTION, output)) == "licence-document.key"
    assert not output.exists()


def test_the_licence_ran_out(tmp_path):
    regulator = Regulator(tmp_path, "ed25519")
    regulator.edit("add", "appraiser", "--licence", "330100001003", "--name", "王五", "--institution", INSTITUTION, "--category",
                   "FY0202", "--from", "2020-01-01", "--until", "2024-12-31")
    ended = regulator.issue("330100001003", tmp_path / "out.pdf")
    assert error_code(ended) == "licence-document.not-in-force" and "330100001003" in ended.err
    ended = run("licence", "issue", regulator.register, "330100001003", "--key", tmp_path / "authority/key.pem", "--cert",
                tmp_path / "authority/cert.pem", "-o", tmp_path / "out.pdf", language="zh")
    assert "没有有效的许可" in ended.err

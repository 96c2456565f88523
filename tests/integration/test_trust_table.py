"""Tables from a spreadsheet into a register, and from there into a list that a court uses."""

import json

import jsonschema
import pytest

from running import BAD_DATA, NO_INPUT, ROOT, USAGE, error_code, run, succeed

SCHEMA = json.loads((ROOT / "docs/trust-register.schema.json").read_text(encoding="utf-8"))
INSTITUTIONS = ("许可证号,机构名称,机构简称,业务范围,有效期起,有效期止,联系电话\n"
                "330100001,明州司法鉴定中心,明司鉴中心,FY0202、FY0203,2020-01-01,2030-12-31,0574\n"
                "330100002,东海司法鉴定所,东海司鉴所,WZ0100,2021/3/1,长期,0580\n")
APPRAISERS = ("执业证号,姓名,所在机构许可证号,执业类别,有效期起,有效期止\n"
              "330100001001,张三,330100001,FY0202,2020-01-01,2030-12-31\n")
EVENTS = ("许可证号或执业证号,种类,类别,起始日期,截止日期,决定机关,文号\n"
          "330100001,暂停执业,FY0202,2026-03-01,2026-05-31,明州市司法局,明司〔2026〕1号\n")


@pytest.fixture
def desk(tmp_path):
    succeed("trust", "init", "--id", "cn.example", "--publisher", "示例省司法厅", "--region", "33", "-o",
            tmp_path / "register.json")
    return tmp_path


def take(desk, kind, text, *options, encoding="utf-8-sig"):
    (desk / "table.csv").write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return run("trust", "import", desk / "table.csv", "--register", desk / "register.json", "--table", kind, *options)


def register(desk):
    return json.loads((desk / "register.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_tables_become_a_list(desk, encoding):
    for kind, text in (("institutions", INSTITUTIONS), ("appraisers", APPRAISERS), ("events", EVENTS)):
        ended = take(desk, kind, text, encoding=encoding)
        assert ended.status == 0, ended.err
    content = register(desk)
    jsonschema.validate(content, SCHEMA)
    one = content["institutions"][0]
    assert one["names"] == [{"name": "明州司法鉴定中心", "short_name": "明司鉴中心", "from": "2020-01-01"}]
    assert one["licensed"] == [{"from": "2020-01-01", "until": "2030-12-31"}]
    assert [entry["category"] for entry in one["categories"]] == ["FY0202", "FY0203"]
    assert one["events"] == [{"event": "suspended", "category": "FY0202", "from": "2026-03-01", "until": "2026-05-31",
                              "authority": "明州市司法局", "document": "明司〔2026〕1号"}]
    assert content["appraisers"][0]["institutions"] == [{"id": "330100001", "from": "2020-01-01"}]
    succeed("key", "new", "--alg", "ed25519", "--licence", "000000000", "--name", "根", "--short-name", "根", "--host",
            "v.example.cn", "-o", desk / "root")
    succeed("trust", "sign", desk / "register.json", "--key", desk / "root/key.pem", "-o", desk / "list.sjt")
    assert "明州" in succeed("trust", "show", desk / "list.sjt", "330100001").out


def test_a_dry_run_and_a_second_run_change_nothing(desk):
    before = (desk / "register.json").read_bytes()
    ended = take(desk, "institutions", INSTITUTIONS, "--dry-run", "--lang", "en")
    assert ended.status == 0 and "+ 330100001 明州司法鉴定中心" in ended.out and "Dry run" in ended.out
    assert "Columns not used: 联系电话" in ended.out
    assert (desk / "register.json").read_bytes() == before
    assert take(desk, "institutions", INSTITUTIONS).status == 0
    after = (desk / "register.json").read_bytes()
    ended = take(desk, "institutions", INSTITUTIONS, "--lang", "en")
    assert ended.status == 0 and "0 records" in ended.out
    assert (desk / "register.json").read_bytes() == after != before


def test_faults_are_named_by_line_and_column(desk):
    before = (desk / "register.json").read_bytes()
    table = INSTITUTIONS + ("3.301E+08,某中心,某,FY0202,2020-01-01,长期,\n"
                            "330100004,=cmd|'/c calc'!A1,某,FY9,3/9/2026,,\n")
    ended = take(desk, "institutions", table, "--lang", "en")
    assert ended.status == BAD_DATA and error_code(ended) == "trust-table.faults"
    for line, column, code in ((4, "许可证号", "spoiled"), (5, "机构名称", "formula"), (5, "业务范围", "category"),
                               (5, "有效期起", "date"), (5, "有效期止", "missing")):
        assert any(said.startswith(f"Line {line}, “{column}”: ") and said.endswith(f"[trust-table.{code}]")
                   for said in ended.err.splitlines()), ended.err
    assert (desk / "register.json").read_bytes() == before
    said = take(desk, "institutions", table, "--lang", "zh").err
    assert "第 4 行“许可证号”列：" in said and "未导入任何一行" in said


@pytest.mark.parametrize("content, code", [
    (b"", "csv.empty"), (INSTITUTIONS.encode("utf-16"), "csv.utf16"), (INSTITUTIONS.encode() + b'1,a"b\n', "csv.quote"),
    (b"PK\x03\x04" + bytes(200), "csv.control"), (APPRAISERS.encode(), "trust-table.column"),
    (INSTITUTIONS.splitlines()[0].encode(), "trust-table.empty"), (b"a\n" * 600000, "csv.rows"),
    ("某省名册,,\n".encode() + INSTITUTIONS.encode(), "csv.cells"), ("许可证号\n\u202e1,".encode() + b"\xff", "csv.encoding")])
def test_what_is_no_table(desk, content, code):
    before = (desk / "register.json").read_bytes()
    ended = take(desk, "institutions", content)
    assert ended.status == BAD_DATA and error_code(ended) == code and "table.csv" in ended.err
    assert (desk / "register.json").read_bytes() == before


def test_options_that_do_not_fit(desk):
    (desk / "table.csv").write_text(INSTITUTIONS, encoding="utf-8")
    base = ["trust", "import", desk / "table.csv"]
    assert error_code(run(*base)) == "usage.trust-import"
    assert run(*base, "--register", desk / "register.json").status == USAGE
    assert run(*base, "--table", "events").status == USAGE
    assert run(*base, "--trust", desk / "store", "--register", desk / "register.json", "--table", "events").status == USAGE
    assert run(*base, "--register", desk / "register.json", "--table", "people").status == USAGE
    assert take(desk, "institutions", INSTITUTIONS, "--root", "00" * 32).status == USAGE
    (desk / "table.csv").unlink()
    assert run(*base, "--register", desk / "register.json", "--table", "institutions").status == NO_INPUT

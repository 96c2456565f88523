"""Trust lists between the program and a second implementation of docs/trust-list.md (trust_format.py)."""

import hashlib
import json
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

import running
import trust_format as trust

T2020, T2026, DAY = 1577808000, 1767196800, 86400


def sjcode(*arguments, expect=0):
    ended = subprocess.run([str(running.PROGRAM), *map(str, arguments), "--lang", "en"],
                           capture_output=True, text=True, timeout=60)
    assert ended.returncode == expect, ended.stdout + ended.stderr
    return ended.stdout if expect == 0 else ended.stderr


def keys(name):
    return ed25519.Ed25519PrivateKey.generate() if name == "ed25519" else ec.generate_private_key(ec.SECP256R1())


def pem(key, path):
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                       serialization.NoEncryption()))
    return path


def pin(key):
    return hashlib.sha256(trust.spki(key)).digest()


def institution(number):
    return {1: f"33010{number:04d}", 2: [["明州司法鉴定中心", "明司鉴中心", T2020, None]],
            3: [[T2020, T2026 + 365 * DAY]], 4: [[1000202, T2020, None]],
            9: [[4, None, T2026 + 40 * DAY, None, "明州市司法局", "", "明州市档案馆"]]}


def sample(count=20):
    institutions = {f"33010{n:04d}": institution(n) for n in range(count)}
    return [{}, institutions, {}, {"v.example.cn": None}]


def write(key, tables, number=7, **more):
    return trust.write(key, tables, **{**dict(list="cn.example", publisher="示例司法局", number=number,
                                              issued=T2026 + number * DAY, next_update=T2026 + (number + 30) * DAY,
                                              regions=["33"]), **more})


@pytest.mark.parametrize("name", ["ed25519", "p256"])
def test_the_program_reads_what_another_wrote(tmp_path, name):
    key = keys(name)
    (tmp_path / "list.sjt").write_bytes(write(key, sample()))
    sjcode("trust", "import", tmp_path / "list.sjt", "--trust", tmp_path / "store", "--root", pin(key).hex())
    shown = sjcode("trust", "show", tmp_path / "store")
    assert "institutions  20" in shown and pin(key).hex() in shown
    record = json.loads(sjcode("trust", "show", tmp_path / "store", "330100013"))
    assert record["names"] == [{"name": "明州司法鉴定中心", "short_name": "明司鉴中心", "from": "2020-01-01"}]
    assert record["licensed"] == [{"from": "2020-01-01", "until": "2026-12-31"}]
    assert record["events"][0]["keeper"] == "明州市档案馆"
    assert "trust-register.unknown" in sjcode("trust", "show", tmp_path / "store", "330109999", expect=65)


@pytest.fixture
def register(tmp_path):
    """A register made by the commands alone."""
    path = tmp_path / "register.json"
    sjcode("trust", "init", "--id", "cn.example", "--publisher", "示例司法局", "--region", "33", "-o", path)
    for number in range(12):
        sjcode("trust", "add", "institution", path, "--licence", f"33010{number:04d}", "--name", f"第{number}鉴定中心",
               "--short-name", f"{number}鉴", "--category", "FY0202", "--host", "v.example.cn",
               "--from", "2026-01-01", "--until", "2030-12-31")
    sjcode("trust", "add", "appraiser", path, "--licence", "330100001001", "--name", "张三", "--institution",
           "330100001", "--category", "FY0200", "--from", "2026-01-01", "--until", "2030-12-31")
    sjcode("trust", "suspend", path, "330100001", "--category", "FY0202", "--from", "2026-03-01", "--until",
           "2026-05-31", "--authority", "明州市司法局", "--document", "明司鉴〔2026〕1号")
    return path


def test_another_reads_what_the_program_wrote(tmp_path, register):
    key = keys("ed25519")
    root = pem(key, tmp_path / "root.pem")
    sjcode("trust", "sign", register, "--key", root, "-o", tmp_path / "1.sjt")
    read = trust.read((tmp_path / "1.sjt").read_bytes(), pin(key))
    assert read.head[1] == "cn.example" and read.head[3] == ["33"] and read.head[4] == 1
    assert list(read.tables[trust.INSTITUTIONS]) == [f"33010{n:04d}" for n in range(12)]
    one = read.tables[trust.INSTITUTIONS]["330100001"]
    assert one[3] == [[T2026, T2026 + 1826 * DAY]]
    assert one[9] == [[1, 1000202, T2026 + 59 * DAY, T2026 + 151 * DAY, "明州市司法局", "明司鉴〔2026〕1号", ""]]
    assert read.tables[trust.APPRAISERS]["330100001001"][4] == [[1000200, T2026, None]]
    assert list(read.tables[trust.HOSTS]) == ["v.example.cn"]


def test_deltas_and_root_changes_mean_the_same_to_both(tmp_path, register):
    first, second = keys("ed25519"), keys("p256")
    old_root, new_root = pem(first, tmp_path / "old.pem"), pem(second, tmp_path / "new.pem")
    sjcode("trust", "sign", register, "--key", old_root, "-o", tmp_path / "1.sjt")
    sjcode("trust", "import", tmp_path / "1.sjt", "--trust", tmp_path / "store", "--root", pin(first).hex())
    sjcode("trust", "revoke", register, "330100002", "--from", "2026-06-01", "--authority", "明州市司法局")
    sjcode("trust", "sign", register, "--key", old_root, "--next-key", new_root, "-o", tmp_path / "2.sjt",
           "--delta-from", tmp_path / "store", "--delta", tmp_path / "2.sjd")
    one, two = (tmp_path / "1.sjt").read_bytes(), (tmp_path / "2.sjt").read_bytes()
    assert trust.apply_delta(one, (tmp_path / "2.sjd").read_bytes()) == two
    for key in (first, second):
        assert trust.read(two, pin(key)).tables[trust.INSTITUTIONS]["330100002"][9][0][0] == 4
    said = sjcode("trust", "import", tmp_path / "2.sjd", "--trust", tmp_path / "store")
    assert "replaces number 1" in said and pin(second).hex() in said
    assert (tmp_path / "store").joinpath(
        json.loads((tmp_path / "store/trust-store.json").read_text())["lists"][0]["file"]).read_bytes() == two
    difference = sjcode("trust", "diff", tmp_path / "1.sjt", tmp_path / "store")
    assert "~ 330100002" in difference and "history lost" not in difference
    # A third list, by another implementation, with the chain of changes.
    change = trust.root_change("cn.example", first, second, T2026)
    (tmp_path / "3.sjt").write_bytes(write(second, sample(), number=400, root_changes=[change]))
    sjcode("trust", "import", tmp_path / "3.sjt", "--trust", tmp_path / "store")
    assert "history lost" in sjcode("trust", "diff", tmp_path / "2.sjt", tmp_path / "3.sjt")


def test_lists_that_must_not_be_used_are_not(tmp_path):
    key, stranger = keys("ed25519"), keys("ed25519")
    store = tmp_path / "store"
    good = write(key, sample())
    file = tmp_path / "list.sjt"
    file.write_bytes(good)
    assert pin(key).hex() in sjcode("trust", "import", file, "--trust", store, expect=65)
    sjcode("trust", "import", file, "--trust", store, "--root", pin(key).hex())
    state = (store / "trust-store.json").read_bytes()
    swapped = sample()
    swapped[trust.INSTITUTIONS]["330100001"], swapped[trust.INSTITUTIONS]["330100002"] = (
        swapped[trust.INSTITUTIONS]["330100002"], swapped[trust.INSTITUTIONS]["330100001"])
    cases = {
        "trust-store.root": write(stranger, sample(), number=8),
        "trust-store.rollback": write(key, sample(), number=6),
        "trust-store.same-number": write(key, sample(19)),
        "trust-store.regions": write(key, sample(), number=8, regions=["33", "44"]),
        "trust-list.truncated": good[: len(good) // 2],
        "trust-list.signature": good[:40] + bytes([good[40] ^ 1]) + good[41:],
        "trust-record.id": write(key, swapped, number=8),
        "trust-list.block": good[:-200] + bytes([good[-200] ^ 1]) + good[-199:],
        "trust-store.kind": b"%PDF-1.7",
    }
    for code, forged in cases.items():
        if code == "trust-list.signature":
            # The publisher's name, so that the list is still the one that is pinned.
            forged = good.replace("示例司法局".encode(), "示例司法厅".encode())
        if code == "trust-list.block":
            forged = write(key, sample(), number=8)
            forged = forged.replace("明州市档案馆".encode(), "明州市图书馆".encode())
        file.write_bytes(forged)
        said = sjcode("trust", "import", file, "--trust", store, expect=65)
        assert code in said, said
        assert (store / "trust-store.json").read_bytes() == state
    assert "number        7" in sjcode("trust", "show", store)

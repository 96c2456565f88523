#!/usr/bin/env python3
"""Makes the seeds of trust_list, trust_delta, trust_register, trust_table,
trust_status and crypto_certificate, by the second implementation of the
format (tests/interop/trust_format.py). All facts are invented; the key is a test key.

usage: make_trust_corpus.py    (in build/venv)
"""

import hashlib
import io
import json
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/interop"))

# ruff: noqa: E402
import cbor2
from cryptography.hazmat.primitives.asymmetric import ed25519

import trust_format as trust

CORPUS = ROOT / "tests/fuzz/corpus"
T2020, T2026, DAY = 1577808000, 1767196800, 86400


def main() -> None:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    spki = trust.spki(key)
    authority = {1: "330000", 2: [["平台", "", T2020, None]], 5: [[spki, T2020, None, T2026]],
                 6: [["v.example.cn", T2020, T2026]]}
    institution = {1: "330100001", 2: [["甲", "乙", T2020, None]], 3: [[T2020, T2026], [T2026, None]],
                   4: [[1000202, T2020, None]], 5: [[spki, T2020, T2026, None]], 6: [["v.example.cn", T2020, None]],
                   7: [["330000", T2020, None]], 8: [[T2026, None]],
                   9: [[1, 1000202, T2026, T2026 + DAY, "局", "号", ""], [4, None, T2026, None, "局", "", "馆"]],
                   10: "34330000MD00000001"}
    appraiser = {1: "330100001001", 2: [["张三", "", T2020, None]], 3: [[T2020, None]], 4: [[1000200, T2020, None]],
                 9: [[6, None, T2026, None, "局", "", ""]], 11: [["330100001", T2020, None]]}
    tables = [{"330000": authority}, {"330100001": institution}, {"330100001001": appraiser}, {"v.example.cn": None}]
    head = dict(list="cn.example", publisher="局", issued=T2026, next_update=T2026 + 30 * DAY)
    change = trust.root_change("cn.example", key, key, T2026)
    one = trust.write(key, tables, number=7, regions=["33"], **head)
    two = trust.write(key, [tables[0], {**tables[1], "330100002": {**institution, 1: "330100002"}}, *tables[2:]],
                      number=8, root_changes=[change], **head)
    empty = trust.write(key, [{}, {}, {}, {}], number=1, **head)
    seeds = {"trust_list": {"list": one, "root-change": two, "empty": empty, "authority": trust.encode(authority),
                            "institution": trust.encode(institution), "appraiser": trust.encode(appraiser),
                            "statement-institution": trust.encode({key: institution[key] for key in (1, 2, 4, 10)} |
                                                                  {3: institution[3][:1]}),
                            "statement-appraiser": trust.encode({key: appraiser[key] for key in (1, 2, 3, 4, 11)}),
                            "head": cbor2.loads(one).value[2], "head-2": cbor2.loads(two).value[2],
                            "block": trust.encode(["a", b"", "b", trust.encode(appraiser)])}}
    preamble = trust.encode(["sjcode/trust-delta/1", "cn.example", 7,
                             hashlib.sha256(cbor2.loads(one).value[2]).digest()])
    stream_end = len(two) - len(trust.encode(b"".join(blocks(two))))
    fresh = [block for block in blocks(two) if block not in blocks(one)]
    delta = trust.encode(preamble) + two[:stream_end] + trust.encode(b"".join(fresh))
    assert trust.apply_delta(one, delta) == two
    seeds["trust_delta"] = {
        "delta": len(one).to_bytes(4, "big") + one + delta, "delta-alone": delta,
        "bundle": trust.encode(["sjcode/bundle/1", "application/vnd.sjcode.trust-list; version=1", empty, "x/y", b"z"]),
        "bundle-empty": trust.encode(["sjcode/bundle/1"])}
    seeds["trust_register"] = {
        "register": (ROOT / "tests/fuzz/trust_register.json").read_bytes(), "empty":
        b'{"version":1,"list":{"id":"a","publisher":"b","number":0}}'}
    institutions = ("许可证号,机构名称,机构简称,统一社会信用代码,业务范围,有效期起,有效期止,核验网址,代签机关,签章起始日期\n"
                    "330100001,明州司法鉴定中心,明司鉴中心,11430000006122244L,FY0202、WZ0100,2020-01-01,长期,v.example.cn,"
                    "330000,2026/1/1\n")
    appraisers = ("执业证号\t姓名\t所在机构许可证号\t执业类别\t有效期起\t有效期止\t生效日期\n"
                  "330100001001\t张三\t330100001\tFY0202\t20200101\t2029年12月31日\t2021.5.1\n")
    events = ("licence,event,category,from,until,authority,document,keeper\n"
              '330100001,suspended,"FY0202\nFY0203",2026-03-01,2026-05-31 0:00:00,局,号,馆\n'
              '330100001,注销,,2026-06-01,,"局,""甲""",,\n')
    seeds["trust_table"] = {
        # More separators than a date has: once written beyond an array.
        "many-separators": ('licence,evey,from,until,authority,document,keeper\r\n330100001,suspended,"FY020<\r\nFY0203",'
                            '20$局,号,馆\r\n330100001,注销,,2026-06-01,,"局,""甲""",,\r\n').encode(),
        "institutions": b"\xef\xbb\xbf" + institutions.encode(), "appraisers": appraisers.encode("gb18030"),
        "events": events.replace("\n", "\r\n").encode(), "semicolons": institutions.replace(",", ";").encode("gb18030"),
        "spoiled": "执业证号,有效期起,有效期止\n3.301E+11,46268,=1\n".encode(), "unicode-text": "a\tb\n".encode("utf-16"),
        "quote": b'a,b\n1,"2\n'}
    journal = {"format": "sjcode/status-journal/1", "issuer": "440100001", "size": 1 << 20, "assigned": [77, 78], "changes": [
        {"index": 77, "code": "JCFJ41HG9ZFS8739Q6VZ", "time": T2026, "status": "suspended", "reason": "核查"},
        {"index": 77, "code": "JCFJ41HG9ZFS8739Q6VZ", "time": T2026 + DAY, "status": "revoked", "reason": "伪造"}]}
    seeds["trust_status"] = {"journal": json.dumps(journal, ensure_ascii=False).encode()}
    for kind in ("status-list", "status-details", "status-array"):
        for path in sorted((ROOT / "test-vectors" / kind).glob("*.json")):
            fields = json.loads(path.read_text(encoding="utf-8"))["input"]
            if len(fields.get("hex", "")) in range(1, 8000):
                seeds["trust_status"][f"{kind}-{path.stem}"] = bytes.fromhex(fields["hex"])
    data = ROOT / "tests/unit/crypto/data"
    seeds["crypto_certificate"] = {name: (data / name).read_bytes()
                                   for name in ("ed25519.crt", "p256.crt", "sm2.crt", "no-licence.crt", "rsa.crt")}
    for target, files in seeds.items():
        folder = CORPUS / target
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)


def blocks(file: bytes) -> list:
    decoder = cbor2.CBORDecoder(io.BytesIO(file))
    head, body = cbor2.loads(decoder.decode().value[2]), decoder.decode()
    found, at = [], 0
    for _, entries in head[9]:
        for _, size, _ in entries:
            found.append(body[at : at + size])
            at += size
    return found


if __name__ == "__main__":
    main()

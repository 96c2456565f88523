"""Trust lists: right, forged, cut off, reordered, older and signed anew."""

from typing import Any, Dict, List, Optional

from reference import cbor, keys, trust_list
from reference.hashes import digest

from .vectors import Vectors

T2020, T2026, DAY = 1577808000, 1767196800, 86400
LIST = "cn.example.trust"
KEY = keys.derive_test_key(keys.ED25519, "trust root")
NEXT = keys.derive_test_key(keys.ESP256, "next trust root")
THIRD = keys.derive_test_key(keys.SM2_SM3, "third trust root")
STRANGER = keys.derive_test_key(keys.ED25519, "stranger")
ISSUER = keys.public_spki(keys.derive_test_key(keys.ED25519, "issuer of the list").public())

Tables = List[Dict[str, trust_list.Record]]


def institution(number: int) -> Dict[int, Any]:
    """With one of everything that an institution's record may say."""
    return {1: f"33010000{number}", 2: [["明州司法鉴定所", "明司鉴所", T2020, T2026], ["明州司法鉴定中心", "明司鉴中心", T2026, None]],
            3: [[T2020, T2026], [T2026, T2026 + 1826 * DAY]], 4: [[1000202, T2020, None], [1000100, T2020, T2026]],
            5: [[ISSUER, T2020, None, T2026 + 9 * DAY]], 6: [["v.example.cn", T2020, None]], 7: [["330000", T2020, None]],
            8: [[T2026, None]],
            9: [[1, 1000202, T2026, T2026 + 30 * DAY, "明州市司法局", "明司鉴〔2026〕1号", ""],
                [4, None, T2026 + 99 * DAY, None, "明州市司法局", "", "明州市档案馆"]],
            10: "34330000MD00000001"}


def appraiser(number: int) -> Dict[int, Any]:
    """An appraiser at the first institution."""
    return {1: f"33010000100{number}", 2: [["张三", "", T2020, None]], 3: [[T2020, None]], 4: [[1000200, T2020, None]],
            11: [["330100001", T2020, None]]}


def tables(institutions: int = 3) -> Tables:
    """The four tables of the usual list."""
    authority = {1: "330000", 2: [["示例省赋码平台", "", T2020, None]], 5: [[ISSUER, T2020, None, None]],
                 6: [["code.example.cn", T2020, None]]}
    return [{"330000": authority}, {f"33010000{n}": institution(n) for n in range(1, institutions + 1)},
            {f"33010000100{n}": appraiser(n) for n in (1, 2)}, {"code.example.cn": None, "v.example.cn": None}]


def fields(number: int = 7, **more: Any) -> Dict[int, Any]:
    """The head, but for root and tables."""
    named = {"regions": ["33"], "issued": T2026 + number * DAY, "next_update": T2026 + (number + 30) * DAY, **more}
    head = {trust_list.LIST: LIST, trust_list.PUBLISHER: "示例省司法厅", trust_list.NUMBER: number,
            trust_list.ISSUED: named["issued"], trust_list.NEXT_UPDATE: named["next_update"]}
    if named["regions"]:
        head[trust_list.REGIONS] = named["regions"]
    if "changes" in named:
        head[trust_list.ROOT_CHANGES] = named["changes"]
    return head


def pin(private: keys.PrivateKey) -> str:
    """The fingerprint of a root key."""
    return digest("sha256", keys.public_spki(private.public())).hex()


def usual(private: keys.PrivateKey = KEY, number: int = 7, institutions: int = 3, **more: Any) -> bytes:
    """The usual list."""
    return trust_list.write(private, fields(number, **more), tables(institutions))


def _ok(vectors: Vectors, name: str, what: str, data: bytes, private: keys.PrivateKey = KEY) -> None:
    vectors.ok(f"trust-list/{name}", what, "trust-list.open", {"hex": data.hex(), "pin": pin(private)})


def _error(vectors: Vectors, name: str, what: str, data: bytes, code: str, private: keys.PrivateKey = KEY) -> None:
    vectors.error(f"trust-list/{name}", what, "trust-list.open", {"hex": data.hex(), "pin": pin(private)}, code)


def _blocks(content: Tables) -> List[List[trust_list.Block]]:
    """One block a record."""
    return [[trust_list.block_of([(name, table[name])]) for name in sorted(table, key=str.encode)] for table in content]


def _counts(content: Tables) -> List[int]:
    return [len(table) for table in content]


def _with_record(record: Dict[int, Any]) -> bytes:
    content = tables()
    content[1]["330100002"] = record
    return trust_list.write(KEY, fields(), content)


def _add_right(vectors: Vectors) -> None:
    for name, private in (("ed25519", KEY), ("p256", NEXT), ("sm2", THIRD)):
        _ok(vectors, name, "The usual list.", usual(private), private)
    _ok(vectors, "empty", "No record at all.", trust_list.write(KEY, fields(1), [{}, {}, {}, {}]))
    _ok(vectors, "all-regions", "It answers for every region.", usual(regions=[]))
    content = tables()
    _ok(vectors, "one-record-a-block", "Where blocks end is the writer's choice.",
        trust_list.write(KEY, fields(), content, block_records=1))
    head = trust_list.head_of(KEY, {**fields(), 24: "x"}, _blocks(content), _counts(content))
    _ok(vectors, "unknown-key-24", "A key from 24 on is passed over.", trust_list.file_of(KEY, head, _blocks(content)))
    changes = [trust_list.root_change(KEY, NEXT.public(), LIST, T2026), trust_list.root_change(NEXT, THIRD.public(), LIST, T2026)]
    after = usual(THIRD, 9, changes=changes)
    _ok(vectors, "root-changed-twice", "The first root key is pinned, and two changes lead to the one that signs.", after)
    _ok(vectors, "root-changed-middle", "The second root key is pinned.", after, NEXT)
    _ok(vectors, "root-changed-last", "The root key that signs is pinned; the changes are there all the same.", after, THIRD)


def _add_forged(vectors: Vectors) -> None:
    good = usual()
    head, body = trust_list._split(good)
    altered = bytearray(good)
    altered[len(head) - 1] ^= 1
    _error(vectors, "signature-altered", "The last bit of the signature.", bytes(altered), "trust-list.signature")
    _error(vectors, "publisher-altered", "Another name of the same length under the old signature.",
           good.replace("示例省司法厅".encode(), "示例市司法局".encode()), "trust-list.signature")
    _error(vectors, "re-signed", "The same list, signed anew by somebody else with a key of his own.", usual(STRANGER),
           "trust-list.root")
    forged = trust_list.head_of(KEY, fields(), _blocks(tables()), _counts(tables()))
    _error(vectors, "re-signed-root-kept", "Signed by somebody else, and the right root key named.",
           trust_list.file_of(STRANGER, forged, _blocks(tables())), "trust-list.signature")
    _error(vectors, "other-external-data", "Signed as a report code.",
           trust_list.file_of(KEY, forged, _blocks(tables()), b"sjcode/report/1"), "trust-list.signature")
    record = good.replace("明州市档案馆".encode(), "明州市图书馆".encode())
    _error(vectors, "record-altered", "A record altered, the head as it was.", record, "trust-list.block")
    reordered = tables()
    blocks = _blocks(reordered)
    swapped = [blocks[0], [blocks[1][1], blocks[1][0], blocks[1][2]], blocks[2], blocks[3]]
    _error(vectors, "blocks-reordered", "Two blocks of one size in each other's place.",
           trust_list.file_of(KEY, forged, swapped), "trust-list.block")
    _error(vectors, "block-of-another-list", "A block of an earlier list in the place of one of the same size.",
           head + cbor.encode(body[:-len(blocks[3][1].content)] + blocks[3][0].content[:0] + body[:len(blocks[3][1].content)]),
           "trust-list.block")


def _add_cut_off(vectors: Vectors) -> None:
    good = usual()
    head, _ = trust_list._split(good)
    _error(vectors, "last-byte-missing", "The last byte is missing.", good[:-1], "trust-list.truncated")
    _error(vectors, "body-missing", "Only the head.", head, "trust-list.truncated")
    _error(vectors, "head-cut", "Cut off within the head.", head[:len(head) // 2], "trust-list.truncated")
    _error(vectors, "trailing-byte", "A byte behind the body.", good + b"\x00", "trust-list.format")
    _error(vectors, "nothing", "No byte at all.", b"", "trust-list.format")
    _error(vectors, "tag-missing", "The head without tag 18.", good[1:], "trust-list.format")
    content = tables()
    blocks = _blocks(content)
    signed = trust_list.head_of(KEY, fields(), blocks, _counts(content))
    fewer = [blocks[0], blocks[1][:2], blocks[2], blocks[3]]
    _error(vectors, "block-left-out", "A block left out; the body says its new length.",
           trust_list.file_of(KEY, signed, fewer), "trust-list.truncated")


def _add_wrong(vectors: Vectors) -> None:
    content = tables()
    blocks = _blocks(content)
    swapped = [blocks[0], [blocks[1][1], blocks[1][0], blocks[1][2]], blocks[2], blocks[3]]
    _error(vectors, "index-reordered", "The blocks are signed in another order than that of their identifiers.",
           trust_list.file_of(KEY, trust_list.head_of(KEY, fields(), swapped, _counts(content)), swapped), "trust-list.format")
    names = sorted(content[1])
    inside = trust_list.block_of([(names[0], content[1][names[0]]), (names[2], content[1][names[2]]),
                                  (names[1], content[1][names[1]])])
    within = [blocks[0], [inside], blocks[2], blocks[3]]
    _error(vectors, "records-reordered", "Records within a block are not in the order of their identifiers.",
           trust_list.file_of(KEY, trust_list.head_of(KEY, fields(), within, _counts(content)), within), "trust-list.block")
    reach = trust_list.block_of([(names[0], content[1][names[0]]), (names[2], content[1][names[2]])])
    over = [blocks[0], [reach, blocks[1][1]], blocks[2], blocks[3]]
    _error(vectors, "block-reaches-over", "A block holds a record that belongs into the next one.",
           trust_list.file_of(KEY, trust_list.head_of(KEY, fields(), over, _counts(content)), over), "trust-list.block")
    _error(vectors, "count-too-high", "The head says one institution more.",
           trust_list.file_of(KEY, trust_list.head_of(KEY, fields(), blocks, [1, 4, 2, 2]), blocks), "trust-list.order")
    newer = trust_list.head_of(KEY, {**fields(), 10: 1}, blocks, _counts(content))
    _error(vectors, "newer-format", "A key below 24 that this version does not know.",
           trust_list.file_of(KEY, newer, blocks), "trust-list.newer-format")
    missing = trust_list.head_of(KEY, fields(), blocks, _counts(content))
    del missing[trust_list.NEXT_UPDATE]
    _error(vectors, "next-update-missing", "Nobody could say when it is stale.",
           trust_list.file_of(KEY, missing, blocks), "trust-list.format")
    _error(vectors, "record-of-another", "The block says one identifier, the record another.",
           _with_record(institution(3)), "trust-record.id")
    _error(vectors, "record-newer-format", "A field below 24 that this version does not know.",
           _with_record({**institution(2), 12: 1}), "trust-record.newer-format")
    _error(vectors, "event-newer-format", "A kind of event that this version does not know.",
           _with_record({**institution(2), 9: [[8, None, T2026, None, "局", "", ""]]}), "trust-record.newer-format")
    _error(vectors, "names-overlap", "Two names at one time.",
           _with_record({**institution(2), 2: [["甲", "甲", T2020, None], ["乙", "乙", T2026, None]]}), "trust-record.overlap")
    _error(vectors, "period-empty", "A licence that ends when it begins.",
           _with_record({**institution(2), 3: [[T2020, T2020]]}), "trust-record.period")
    _error(vectors, "no-name", "A record without a name.",
           _with_record({key: value for key, value in institution(2).items() if key != 2}), "trust-record.names")


def _add_root_changes(vectors: Vectors) -> None:
    first = trust_list.root_change(KEY, NEXT.public(), LIST, T2026)
    second = trust_list.root_change(NEXT, THIRD.public(), LIST, T2026)
    _error(vectors, "root-change-missing", "The change that leads from the pinned key is left out.",
           usual(THIRD, 9, changes=[second]), "trust-list.root")
    _error(vectors, "root-changes-reordered", "The two changes in the wrong order.",
           usual(THIRD, 9, changes=[second, first]), "trust-list.root-change")
    _error(vectors, "root-change-leads-elsewhere", "The last change names another key than the one that signs.",
           usual(THIRD, 9, changes=[first]), "trust-list.root-change")
    _error(vectors, "root-change-of-another-list", "A change that was made for another list.",
           usual(NEXT, 8, changes=[trust_list.root_change(KEY, NEXT.public(), "cn.example.other", T2026)]),
           "trust-list.root-change")
    _error(vectors, "root-change-forged", "A change to a stranger's key, which he signed himself.",
           usual(STRANGER, 8, changes=[trust_list.root_change(KEY, STRANGER.public(), LIST, T2026, signer=STRANGER)]),
           "trust-list.root-change")


def _add_replacements(vectors: Vectors) -> None:
    held = usual()
    old = trust_list.open_list(held, bytes.fromhex(pin(KEY)))
    newer = usual(number=8, institutions=4)
    delta = trust_list.make_delta(old, newer)

    def inputs(candidate: bytes, before: Optional[bytes] = None) -> Dict[str, str]:
        return {"held": (before or held).hex(), "hex": candidate.hex(), "pin": pin(KEY)}

    def ok(name: str, what: str, candidate: bytes) -> None:
        vectors.ok(f"trust-replace/{name}", what, "trust-list.replace", inputs(candidate))

    def error(name: str, what: str, candidate: bytes, code: str, before: Optional[bytes] = None) -> None:
        vectors.error(f"trust-replace/{name}", what, "trust-list.replace", inputs(candidate, before), code)

    ok("newer", "A higher number.", newer)
    ok("same", "The very list that is held.", held)
    ok("skips", "Numbers may be left out.", usual(number=400))
    ok("delta", "An update.", delta)
    ok("root-changed", "The next root key, named by the one held.",
       usual(NEXT, 8, changes=[trust_list.root_change(KEY, NEXT.public(), LIST, T2026)]))
    error("older", "A lower number.", usual(number=6), "trust-store.rollback")
    error("same-number", "Another list under the number that is held.", usual(institutions=2), "trust-store.same-number")
    error("issued-earlier", "A higher number, issued earlier.", usual(number=8, issued=T2026), "trust-store.issued-earlier")
    error("more-regions", "It answers for a region more.", usual(number=8, regions=["33", "44"]), "trust-store.regions")
    error("all-regions", "It answers for all regions.", usual(number=8, regions=[]), "trust-store.regions")
    error("re-signed", "Signed by somebody else.", usual(STRANGER, 8), "trust-store.root")
    changed = usual(NEXT, 8, changes=[trust_list.root_change(KEY, NEXT.public(), LIST, T2026)])
    error("old-root", "Signed by the root key from before the change.", usual(number=9), "trust-store.root", changed)
    error("record-altered", "A newer list, a record altered.",
          newer.replace("明州市档案馆".encode(), "明州市图书馆".encode()), "trust-list.block")
    error("truncated", "A newer list, cut off.", newer[:-100], "trust-list.truncated")
    error("delta-other-base", "An update for another number.",
          trust_list.make_delta(trust_list.open_list(usual(number=6), bytes.fromhex(pin(KEY))), newer), "trust-delta.base")
    error("delta-other-list-of-number", "An update for another list under the number that is held.",
          trust_list.make_delta(trust_list.open_list(usual(institutions=2), bytes.fromhex(pin(KEY))), newer),
          "trust-delta.base")
    error("delta-altered", "A block of the update altered.", delta[:-20] + bytes([delta[-20] ^ 1]) + delta[-19:],
          "trust-delta.block")
    error("delta-truncated", "An update, cut off.", delta[:-1], "trust-delta.format")
    error("delta-re-signed", "An update to a list that somebody else signed.",
          trust_list.make_delta(old, usual(STRANGER, 8, 4)), "trust-store.root")
    error("delta-back", "An update that leads to an older list.", trust_list.make_delta(old, usual(number=6)),
          "trust-store.rollback")


def add(vectors: Vectors) -> None:
    """All of them."""
    _add_right(vectors)
    _add_forged(vectors)
    _add_cut_off(vectors)
    _add_wrong(vectors)
    _add_root_changes(vectors)
    _add_replacements(vectors)

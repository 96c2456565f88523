"""The symbol of a stamped page is read back from renderings, by us and by another reader, and has the size promised."""

import json

import pytest

from pages import Box, Picture, box_of, render, render_png, zbar
from reports import corpus, report
from running import codes, issue, run, succeed, verify

RESOLUTIONS = [100, 150, 200, 300]
# zbar needs more of a symbol of this size than 100 dpi give it.
ZBAR_FROM = 150

HOST_OF_15 = "sfjd.example.cn"
HOST_OF_40 = "heyan.sifajianding.shifan-sheng.gov.test"


def assert_read(path, issuer, facts, folder, resolutions) -> None:
    """Issues a report and reads its symbol from each rendering, as the other reader does."""
    stamped = folder / "stamped.pdf"
    issued = issue(path, issuer, facts, stamped, "--overwrite")
    page = issued["stamps"][0]["page"]
    for dpi in resolutions:
        image = render_png(stamped, page, dpi, folder / f"page-{dpi}.png")
        verdict = verify(image, issuer.folder)
        assert verdict["outcome"] == "code_genuine", (dpi, codes(verdict))
        assert {"signature.verified", "host.official"} <= codes(verdict, "pass")
        assert verdict["claims"]["code"] == issued["number"]
        # A page as an image never says that the copy is the document that was issued.
        assert not codes(verdict) & {"original.unchanged", "revision.exact"}
        if dpi >= ZBAR_FROM:
            assert zbar(image) == [issued["url"]], dpi
    # The text of the symbol alone says the same.
    assert verify(issued["url"], issuer.folder)["outcome"] == "code_genuine"


@pytest.mark.parametrize("path", corpus("reports"))
def test_symbol_is_read_from_renderings(registry, tmp_path, path):
    # SM2 makes the largest symbol.
    assert_read(path, registry.issuer_for(path, "sm2"), registry.facts_file(path), tmp_path, RESOLUTIONS)


@pytest.mark.parametrize("algorithm", ["ed25519", "p256"])
def test_other_algorithms_are_read_too(registry, tmp_path, algorithm):
    path = report("dna")
    assert_read(path, registry.issuer_for(path, algorithm), registry.facts_file(path), tmp_path, [150])


def test_scan_of_a_stamped_report_is_read(registry, tmp_path):
    """The judge's commonest file: a PDF of images, with no embedded code."""
    path = report("document")
    issuer = registry.issuer_for(path, "sm2")
    stamped = tmp_path / "stamped.pdf"
    issued = issue(path, issuer, registry.facts_file(path), stamped)
    scan = tmp_path / "scan.pdf"
    make_scan([render(stamped, page, 200) for page in (1, 2, 3)], 200, scan)
    assert issued["stamps"][0]["page"] == 1
    verdict = verify(scan, issuer.folder)
    assert verdict["outcome"] == "code_genuine"
    assert verdict["claims"]["code"] == issued["number"]


def make_scan(pictures: list[Picture], dpi: int, output) -> None:
    objects = ["<</Type/Catalog/Pages 2 0 R>>".encode()]
    kids = " ".join(f"{3 + 3 * i} 0 R" for i in range(len(pictures)))
    objects.append(f"<</Type/Pages/Count {len(pictures)}/Kids[{kids}]>>".encode())
    for i, picture in enumerate(pictures):
        width, height = picture.width * 72 / dpi, picture.height * 72 / dpi
        number = 3 + 3 * i
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Contents {number + 1} 0 R"
                       f"/Resources<</XObject<</I {number + 2} 0 R>>>>>>".encode())
        content = f"{width:.2f} 0 0 {height:.2f} 0 0 cm /I Do".encode()
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
                       b"/Length %d>>\nstream\n%s\nendstream"
                       % (picture.width, picture.height, len(picture.pixels), picture.pixels))
    data, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    output.write_bytes(data)


def version_and_level(picture: Picture, box: Box) -> tuple[int, str]:
    """Of the QR symbol that is the topmost dark thing in a box, by ISO/IEC 18004: its version from the timing pattern
    (7.3.4), its level from the format information (7.9.1)."""
    dpi_module = 600 * 1.44 / 72
    rows = [picture.row(y)[box.left : box.right] for y in range(box.top, box.bottom)]
    top = next(y for y, row in enumerate(rows) if min(row) < 128)
    row = rows[top + int(dpi_module / 2)]
    left = next(x for x, pixel in enumerate(row) if pixel < 128)
    finder = next(x for x in range(left, len(row)) if row[x] >= 128) - left
    module = finder / 7
    assert abs(module - dpi_module) < 0.5, "modules are 1.44 points"

    def dark(line: int, column: float) -> bool:
        return rows[top + int((line + 0.5) * module)][left + int((column + 0.5) * module)] < 128

    # Line 6 alternates between the finders' light borders, one module each: its changes count the modules.
    timing = rows[top + int(6.5 * module)]
    start = left + int(7.5 * module)
    pixels = [pixel < 128 for pixel in timing[start:]]
    runs, x = [], 0
    while x < len(pixels):
        end = x
        while end < len(pixels) and pixels[end] == pixels[x]:
            end += 1
        runs.append(end - x)
        x = end
        if runs[-1] > 1.5 * module:  # the last line of the finder on the right
            break
    between = len(runs) - 1
    size = 14 + between
    assert (size - 17) % 4 == 0
    level = {(True, False): "M", (False, True): "Q", (True, True): "L", (False, False): "H"}[(dark(8, 0), dark(8, 1))]
    return (size - 17) // 4, level


def stamped_symbol(registry, tmp_path, path, algorithm, host, *options, **facts) -> tuple[int, str]:
    issuer = registry.issuer_for(path, algorithm, hosts=(host,))
    stamped = tmp_path / "stamped.pdf"
    issued = issue(path, issuer, registry.facts_file(path, **facts), stamped, "--page", "1", *options)
    assert issued["url"].startswith(f"https://{host}/r/")
    picture = render(stamped, 1, 600)
    return version_and_level(picture, box_of(issued["stamps"][0], picture, 600))


@pytest.mark.parametrize("algorithm", ["ed25519", "p256", "sm2"])
@pytest.mark.parametrize("host", [HOST_OF_15, HOST_OF_40], ids=["15", "40"])
def test_default_symbol_is_of_version_10_or_11(registry, tmp_path, algorithm, host):
    assert len(host) in (15, 40)
    version, level = stamped_symbol(registry, tmp_path, report("injury"), algorithm, host)
    assert level == "M"
    assert version in (10, 11)


def test_level_q_on_request(registry, tmp_path):
    version, level = stamped_symbol(registry, tmp_path, report("injury"), "sm2", HOST_OF_40, "--qr-level", "Q")
    assert level == "Q"
    assert 11 < version <= 14


def test_entry_symbol_is_read_with_the_code(registry, tmp_path):
    path = report("injury")
    issuer = registry.issuer_for(path, "sm2")
    stamped = tmp_path / "stamped.pdf"
    issued = issue(path, issuer, registry.facts_file(path), stamped, "--entry", "opinion@13")
    assert [stamp["page"] for stamp in issued["stamps"]] == [1, 13]
    assert verify(stamped, issuer.folder)["outcome"] == "authentic"
    opinion = registry.facts(path)["opinion"]
    for dpi in (200, 300):
        image = render_png(stamped, 13, dpi, tmp_path / f"page-{dpi}.png")
        verdict = verify(image, issuer.folder)
        assert verdict["outcome"] == "code_genuine", codes(verdict)
        assert "entry.verified" in codes(verdict, "pass")
        fact = next(fact for fact in verdict["facts"] if fact["name"] == "opinion")
        assert fact["value"] == opinion and fact["signed"] is True
        texts = zbar(image)
        assert issued["url"] in texts
        assert [text for text in texts if text.startswith(f"https://{issuer.hosts[0]}/e/#")]


def test_entry_symbol_beside_the_main_one(registry, tmp_path):
    path = report("dna")
    issuer = registry.issuer_for(path, "p256")
    stamped = tmp_path / "stamped.pdf"
    issued = issue(path, issuer, registry.facts_file(path), stamped, "--entry", "opinion")
    assert len(issued["stamps"]) == 1
    assert verify(stamped, issuer.folder)["outcome"] == "authentic"
    image = render_png(stamped, issued["stamps"][0]["page"], 300, tmp_path / "page.png")
    verdict = verify(image, issuer.folder)
    assert verdict["outcome"] == "code_genuine"
    assert "entry.verified" in codes(verdict, "pass")


def test_entry_symbol_of_another_report_is_not_vouched_for(registry, tmp_path):
    path = report("dna")
    issuer = registry.issuer_for(path, "p256")
    texts = []
    for name in ("a", "b"):
        stamped = tmp_path / f"{name}.pdf"
        issued = issue(path, issuer, registry.facts_file(path), stamped, "--entry", "opinion")
        texts.append(zbar(render_png(stamped, issued["stamps"][0]["page"], 300, tmp_path / f"{name}.png")))
    entry = next(text for text in texts[1] if "/e/#" in text)
    # An entry symbol by itself says nothing.
    alone = verify(entry, issuer.folder)
    assert alone["outcome"] == "undetermined"
    assert "entry.alone" in codes(alone)
    # Several texts are several questions: the entry does not borrow the other code's signature.
    report_text = next(text for text in texts[0] if "/r/" in text)
    ended = run("verify", report_text, entry, "--trust", issuer.folder, "--json")
    assert [line["outcome"] for line in ended.lines] == ["code_genuine", "undetermined"]


def test_show_says_what_a_symbol_says_without_vouching(registry, tmp_path):
    path = report("dna")
    issuer = registry.issuer_for(path, "ed25519")
    issued = issue(path, issuer, registry.facts_file(path), tmp_path / "stamped.pdf")
    shown = succeed("show", issued["url"]).out
    assert issued["number"] in shown
    assert json.dumps("authentic") not in shown

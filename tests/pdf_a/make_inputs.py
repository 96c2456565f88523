"""PDF/A files: small ones made from nothing, of every level up to PDF/A-3, and reports that Ghostscript converts.

usage: make_inputs.py FOLDER [REPORT…]
"""

import pathlib
import shutil
import struct
import subprocess
import sys
import zlib

FONT = pathlib.Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")  # fonts-dejavu-core, which the program needs too
FIRST, LAST = 32, 126
TEXTS = ("Report of an appraisal, page 1", "Report of an appraisal, page 2")

# Where there is no output intent, the page's colours are device independent.
GREY = "/ColorSpace <</Grey [/CalGray <</WhitePoint [0.9505 1 1.089] /Gamma 2.2>>]>>"


def font_tables(font: bytes) -> dict[str, bytes]:
    tables = {}
    for i in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * i)
        tables[tag.decode("ascii")] = font[offset : offset + length]
    return tables


def glyph_numbers(cmap: bytes) -> dict[int, int]:
    """Format 4 of platform 3, encoding 1."""
    for i in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * i)
        if (platform, encoding, struct.unpack_from(">H", cmap, offset)[0]) == (3, 1, 4):
            break
    else:
        raise ValueError("no cmap of format 4")
    size = struct.unpack_from(">H", cmap, offset + 6)[0]  # twice the segments
    numbers = {}
    for i in range(0, size, 2):
        end, begin, delta, distance = (struct.unpack_from(">H", cmap, offset + at + i)[0]
                                       for at in (14, 16 + size, 16 + 2 * size, 16 + 3 * size))
        for character in range(begin, min(end, LAST) + 1):
            if distance == 0:
                numbers[character] = (character + delta) % 0x10000
            else:
                at = offset + 16 + 3 * size + i + distance + 2 * (character - begin)
                glyph = struct.unpack_from(">H", cmap, at)[0]
                numbers[character] = (glyph + delta) % 0x10000 if glyph else 0
    return numbers


def srgb_profile() -> bytes:
    """An ICC profile, version 2, of sRGB's primaries and one gamma."""
    def numbers(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + numbers(*values)

    name = b"sRGB, for tests\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78)
    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    tags = {b"desc": description, b"cprt": b"text\0\0\0\0None\0", b"wtpt": xyz(0.9505, 1, 1.089),
            b"rXYZ": xyz(0.4361, 0.2225, 0.0139), b"gXYZ": xyz(0.3851, 0.7169, 0.0971),
            b"bXYZ": xyz(0.1431, 0.0606, 0.7141), b"rTRC": gamma, b"gTRC": gamma, b"bTRC": gamma}
    offset = 128 + 4 + 12 * len(tags)
    directory, data = struct.pack(">I", len(tags)), b""
    for tag, value in tags.items():
        directory += tag + struct.pack(">II", offset + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    header = struct.pack(">I4sI4s4s4s6H4s", offset + len(data), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ",
                         2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + numbers(0.9642, 1, 0.8249)
    return header.ljust(128, b"\0") + directory + data


def metadata(part: int, level: str) -> bytes:
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level.upper()}</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode("utf-8")


class File:
    """Objects by number, from 1: a dictionary, and the data where it is a stream."""

    def __init__(self):
        self.objects: list[tuple[str, bytes | None]] = []

    def add(self, value: str, stream: bytes | None = None, compressed: bool = True) -> int:
        if stream is not None:
            data = zlib.compress(stream) if compressed else stream
            value = f"<<{value} /Length {len(data)}{' /Filter /FlateDecode' if compressed else ''}>>"
            stream = data
        self.objects.append((value, stream))
        return len(self.objects)

    def write(self, version: str, root: int, object_streams: bool) -> bytes:
        out = bytearray(f"%PDF-{version}\n%".encode("ascii") + b"\xe2\xe3\xcf\xd3\n")
        offsets: dict[int, int] = {}
        packed: list[int] = []

        def write(number: int, value: str, stream: bytes | None) -> None:
            offsets[number] = len(out)
            out.extend(f"{number} 0 obj\n{value}\n".encode("ascii"))
            if stream is not None:
                out.extend(b"stream\n" + stream + b"\nendstream\n")
            out.extend(b"endobj\n")

        for number, (value, stream) in enumerate(self.objects, 1):
            if object_streams and stream is None:
                packed.append(number)
            else:
                write(number, value, stream)
        size = len(self.objects) + 1
        trailer = f"/Root {root} 0 R /ID [<{'0' * 32}><{'0' * 32}>]"
        if not object_streams:
            begin = len(out)
            out.extend(f"xref\n0 {size}\n0000000000 65535 f \n".encode("ascii"))
            out.extend("".join(f"{offsets[number]:010} 00000 n \n" for number in range(1, size)).encode("ascii"))
            out.extend(f"trailer\n<</Size {size} {trailer}>>\nstartxref\n{begin}\n%%EOF\n".encode("ascii"))
            return bytes(out)
        values, directory = "", []
        for number in packed:
            directory += [number, len(values)]
            values += self.objects[number - 1][0] + "\n"
        head = " ".join(map(str, directory)) + "\n"
        holder, section = size, size + 1
        data = zlib.compress((head + values).encode("ascii"))
        write(holder, f"<</Type /ObjStm /N {len(packed)} /First {len(head)} /Filter /FlateDecode /Length {len(data)}>>",
              data)
        rows = struct.pack(">BIH", 0, 0, 65535)
        begin = len(out)
        offsets[section] = begin
        for number in range(1, section + 1):
            rows += (struct.pack(">BIH", 2, holder, packed.index(number)) if number in packed
                     else struct.pack(">BIH", 1, offsets[number], 0))
        rows = zlib.compress(rows)
        write(section, f"<</Type /XRef /Size {section + 1} {trailer} /W [1 4 2] /Filter /FlateDecode "
                       f"/Length {len(rows)}>>", rows)
        out.extend(f"startxref\n{begin}\n%%EOF\n".encode("ascii"))
        return bytes(out)


def pdf_a(part: int, level: str, intent: bool = True, form: bool = False) -> bytes:
    """Two pages, the second of them rotated; tagged at level a; from part 2 on with object streams."""
    file = File()
    font = FONT.read_bytes()
    tables = font_tables(font)
    em = struct.unpack_from(">H", tables["head"], 18)[0]
    box = [round(value * 1000 / em) for value in struct.unpack_from(">4h", tables["head"], 36)]
    ascent, descent, _ = struct.unpack_from(">3h", tables["hhea"], 4)
    known = struct.unpack_from(">H", tables["hhea"], 34)[0]
    glyphs = glyph_numbers(tables["cmap"])
    widths = [round(struct.unpack_from(">H", tables["hmtx"], 4 * min(glyphs[character], known - 1))[0] * 1000 / em)
              for character in range(FIRST, LAST + 1)]
    program = file.add(f"/Length1 {len(font)}", font)
    descriptor = file.add(f"<</Type /FontDescriptor /FontName /DejaVuSans /Flags 32 /FontBBox {box} /ItalicAngle 0 "
                          f"/Ascent {round(ascent * 1000 / em)} /Descent {round(descent * 1000 / em)} /CapHeight 729 "
                          f"/StemV 80 /FontFile2 {program} 0 R>>".replace(",", ""))
    face = file.add(f"<</Type /Font /Subtype /TrueType /BaseFont /DejaVuSans /FirstChar {FIRST} /LastChar {LAST} "
                    f"/Widths {widths} /Encoding /WinAnsiEncoding /FontDescriptor {descriptor} 0 R>>".replace(",", ""))
    resources = f"<</Font <</F {face} 0 R>>{'' if intent else ' ' + GREY}>>"
    tagged = level == "a"
    first = len(file.objects) + 1
    tree, root = first + 2 * len(TEXTS), first + 2 * len(TEXTS) + 1
    for i, text in enumerate(TEXTS):
        drawn = f"{'0.2 0.2 0.4 rg' if intent else '/Grey cs 0.3 sc'}\nBT /F 14 Tf 72 700 Td ({text}) Tj ET"
        file.add("", (f"/P <</MCID 0>> BDC\n{drawn}\nEMC" if tagged else drawn).encode("ascii"))
        file.add(f"<</Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Rotate {90 * i} /Resources {resources} "
                 f"/Contents {first + 2 * i} 0 R{f' /StructParents {i}' if tagged else ''}>>")
    kids = " ".join(f"{first + 2 * i + 1} 0 R" for i in range(len(TEXTS)))
    assert file.add(f"<</Type /Pages /Kids [{kids}] /Count {len(TEXTS)}>>") == tree
    catalog = f"/Type /Catalog /Pages {tree} 0 R"
    file.add("")  # the catalog, below
    catalog += f" /Metadata {file.add('/Type /Metadata /Subtype /XML', metadata(part, level), compressed=False)} 0 R"
    if intent:
        profile = file.add("/N 3", srgb_profile())
        catalog += (" /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
                    f"/DestOutputProfile {profile} 0 R>>]")
    if tagged:
        structure = len(file.objects) + 1
        elements = [structure + 1 + i for i in range(len(TEXTS))]
        parents = " ".join(f"{i} [{element} 0 R]" for i, element in enumerate(elements))
        file.add(f"<</Type /StructTreeRoot /K [{' '.join(f'{element} 0 R' for element in elements)}] "
                 f"/ParentTree <</Nums [{parents}]>> /ParentTreeNextKey {len(TEXTS)}>>")
        for i in range(len(TEXTS)):
            file.add(f"<</Type /StructElem /S /P /P {structure} 0 R /Pg {first + 2 * i + 1} 0 R /K 0>>")
        catalog += f" /MarkInfo <</Marked true>> /Lang (en) /StructTreeRoot {structure} 0 R"
    if form:
        catalog += f" /AcroForm <</Fields [] /DR {resources} /DA (/F 10 Tf 0 g)>>"
    file.objects[root - 1] = (f"<<{catalog}>>", None)
    return file.write("1.4" if part == 1 else "1.7", root, object_streams=part > 1)


INPUTS = {
    **{f"{part}{level}": {"part": part, "level": level} for part, levels in ((1, "ab"), (2, "abu"), (3, "abu"))
       for level in levels},
    # Nothing says what device grey is to look like.
    **{f"{part}b-without-intent": {"part": part, "level": "b", "intent": False} for part in (1, 2, 3)},
    # The seal adds to a form that is there.
    **{f"{part}b-with-form": {"part": part, "level": "b", "form": True} for part in (1, 2)},
}


def make(folder: pathlib.Path) -> list[pathlib.Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, options in INPUTS.items():
        paths.append(folder / f"made-{name}.pdf")
        paths[-1].write_bytes(pdf_a(**options))
    return paths


# Ghostscript adds the profile, which it does not bring along, as the output intent.
INTENT = """%!
[/_objdef {{profile}} /type /stream /OBJ pdfmark
[{{profile}} <</N 3>> /PUT pdfmark
[{{profile}} ({profile}) (r) file /PUT pdfmark
[/_objdef {{intent}} /type /dict /OBJ pdfmark
[{{intent}} <</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)
  /DestOutputProfile {{profile}}>> /PUT pdfmark
[{{Catalog}} <</OutputIntents [{{intent}}]>> /PUT pdfmark
"""


def convert(folder: pathlib.Path, reports: list[pathlib.Path]) -> list[pathlib.Path]:
    """Each report as PDF/A-1b, 2b and 3b. Nothing, where there is no Ghostscript."""
    if not shutil.which("gs"):
        return []
    folder.mkdir(parents=True, exist_ok=True)
    profile, intent = folder / "srgb.icc", folder / "intent.ps"
    profile.write_bytes(srgb_profile())
    intent.write_text(INTENT.format(profile=profile), encoding="utf-8")
    paths = []
    for report in reports:
        for part in (1, 2, 3):
            paths.append(folder / f"converted-{report.stem}-{part}b.pdf")
            subprocess.run(["gs", "-q", "-dBATCH", "-dNOPAUSE", f"-dPDFA={part}", "-dPDFACompatibilityPolicy=1",
                            "-sDEVICE=pdfwrite", "-sColorConversionStrategy=RGB", f"--permit-file-read={profile}",
                            "-o", paths[-1], intent, report], check=True, capture_output=True)
    return paths


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]))
    convert(pathlib.Path(sys.argv[1]), [pathlib.Path(argument) for argument in sys.argv[2:]])

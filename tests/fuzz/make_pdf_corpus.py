#!/usr/bin/env python3
"""Makes the seed corpora of the pdf_* targets: tiny documents, each with another part of the syntax in it."""

import pathlib
import shutil
import zlib

HERE = pathlib.Path(__file__).resolve().parent
HEADER = b"%PDF-1.7\n"
PAGE = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
    3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
    4: b"<</Length 5>>stream\n/X Do\nendstream",
    5: b"<</Type/XObject/Subtype/Form/BBox[0 0 400 500]/Length 3>>stream\nq Q\nendstream",
}


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def bodies(objects: dict[int, bytes], start: int) -> tuple[bytes, dict[int, int]]:
    out, at = b"", {}
    for number, text in objects.items():
        at[number] = start + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    return out, at


def table(objects: dict[int, bytes], base: bytes = HEADER, trailer: bytes = b"") -> bytes:
    """The base and a revision with a cross-reference table."""
    body, at = bodies(objects, len(base))
    section = len(base) + len(body)
    entries = b"0 1\n0000000000 65535 f \n" if base == HEADER else b""
    for number, offset in at.items():
        entries += b"%d 1\n%010d 00000 n \n" % (number, offset)
    if base != HEADER:
        trailer += b"/Prev " + base[base.rindex(b"startxref\n") + 10 :].split(b"\n")[0]
    return b"%s%sxref\n%strailer\n<</Size 12/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        base, body, entries, trailer, section)


def streams(objects: dict[int, bytes], packed: dict[int, bytes], hybrid: bool = False, predictor: bool = False) -> bytes:
    """A file with an object stream (object 9) and a cross-reference stream (object 10)."""
    head = b""
    data = b""
    for number, text in packed.items():
        head += b"%d %d " % (number, len(data))
        data += text + b" "
    objects = objects | {9: stream(b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(packed), len(head)),
                                   zlib.compress(head + data))}
    body, at = bodies(objects, len(HEADER))
    at[10] = len(HEADER) + len(body)
    rows = [bytes(6)]
    for number in range(1, 11):
        if number in at:
            rows.append(b"\1" + at[number].to_bytes(4, "big") + b"\0")
        elif number in packed:
            rows.append(b"\2" + (9).to_bytes(4, "big") + bytes([list(packed).index(number)]))
        else:
            rows.append(bytes(6))
    entries = b"/Type/XRef/Size 11/W[1 4 1]/Root 1 0 R/Filter/FlateDecode"
    if predictor:
        entries += b"/DecodeParms<</Predictor 12/Columns 6>>"
        up = [bytes(6)] + rows[:-1]
        rows = [b"\2" + bytes((a - b) & 255 for a, b in zip(row, above)) for row, above in zip(rows, up)]
    out = HEADER + body + b"10 0 obj\n%s\nendobj\n" % stream(entries, zlib.compress(b"".join(rows)))
    if not hybrid:
        return out + b"startxref\n%d\n%%%%EOF\n" % at[10]
    section = len(out)
    entries = b"0 1\n0000000000 65535 f \n"
    for number, offset in at.items():
        entries += b"%d 1\n%010d 00000 n \n" % (number, offset)
    return out + b"xref\n%strailer\n<</Size 11/Root 1 0 R/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (entries, at[10], section)


def readers() -> dict[str, bytes]:
    without = {number: text for number, text in PAGE.items() if number > 3}
    packed = {number: text for number, text in PAGE.items() if number <= 3}
    first = table(PAGE)
    actions = PAGE | {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R/AA<</WC 7 0 R>>/OCProperties<</D<</OFF[6 0 R]>>>>>>",
        6: b"<</S/GoTo/D[3 0 R/Fit]/Next[7 0 R 6 0 R]>>",
        7: b"<</S/JavaScript/JS(app)/EF<</F 4 0 R>>>>",
        3: PAGE[3][:-2] + b"/Annots[<</Subtype/Stamp/AP<</N 5 0 R>>/P 3 0 R>>]/AA<</O<</S/URI>>>>>>",
    }
    fonts = PAGE | {3: PAGE[3][:-2] + b"/Rotate -90/UserUnit 2/CropBox[1 1 9 9]/F 6 0 R>>",
                    6: b"<</Type/Font/Subtype/Type1/N#41me(a\\(\\053\\\n)/H<4>/R -.5/Z null/T true/A[[]]>>"}
    filters = PAGE | {
        4: stream(b"/Filter[/ASCIIHexDecode/LZWDecode]", b"800B6050220C0C8501>"),
        5: stream(b"/Filter[/A85/RL]", b"!<E3%~>"),
        6: stream(b"/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 4>>", zlib.compress(b"abcdefgh")),
    }
    strings = PAGE | {6: b"[(\\n\\r\\t\\b\\f\\\\ (a(b)) \\101\\7x \r\n\r \\\r\n \\\r)<0aB >/A#20B/#23]", 7: b"<</A 1/A 2/B 6 0 R>>"}
    png = b"".join(bytes([kind]) + b"abcdef" for kind in (0, 1, 2, 3, 4))
    data = PAGE | {
        4: stream(b"/Filter/A85", b"z<+U~>"),
        5: stream(b"/Filter/RL", b"\2abc\xfeX\x80"),
        6: stream(b"/Filter/Fl/DecodeParms<</Predictor 15/Columns 2/Colors 3>>", zlib.compress(png)),
        7: stream(b"/Filter[/A85/Fl]", b"9jqo^~>"),
        8: stream(b"/Filter/JPXDecode", b"x"),
        9: stream(b"/Filter 5", b"x"),
        10: b"<</Length 11 0 R>>stream\nx\nendstream",
        11: b"11 0 R",
    }
    broken = {name: table(PAGE | {6: text}) for name, text in {
        "string-open": b"(a", "hex-open": b"<41", "dictionary-open": b"<</A 1", "no-number": b"+-", "no-object": b"]",
        "reference-too-high": b"99999999999 0 R", "no-line-end": b"<</Length 1>>stream x\nendstream",
        "length-wrong": b"<</Length 9>>stream\nx\nendstream", "stream-of-nothing": b"5 stream\nx\nendstream",
    }.items()}
    return broken | {
        "strings": table(strings),
        "data": table(data),
        "before-header": b"x" + first,
        "no-size": first.replace(b"/Size 12", b"        "),
        "size-too-low": first.replace(b"/Size 12", b"/Size 03"),
        "other-object": first.replace(b"5 0 obj", b"8 0 obj"),
        "object-stream-missing": streams(without, packed).replace(b"/Type/ObjStm", b"/Type/ObjStn"),
        "object-stream-first": streams(without, packed).replace(b"/First", b"/Fjrst"),
        "table": first,
        "revisions": table({4: b"<</Length 3>>stream\nnew\nendstream"}, first),
        "revised-twice": table({1: PAGE[1], 6: b"(unused)"}, table({2: PAGE[2]}, first)),
        "object-stream": streams(without, packed),
        "predictor": streams(without, packed, predictor=True),
        "hybrid": streams(without, packed, hybrid=True),
        "actions": table(actions),
        "values": table(fonts),
        "filters": table(filters),
        "indirect-length": table(PAGE | {4: b"<</Length 6 0 R>>stream\n/X Do\nendstream", 6: b"5"}, trailer=b"/ID[(a)(b)]/Info 6 0 R"),
        "unaccounted": table(PAGE) + b"7 0 obj(hidden)endobj",
    }


def stamps() -> dict[str, bytes]:
    rows = "".join(f"0 {2 * y} 21 1 re\n" for y in range(11))
    head = "1 g\n0 0 90 120 re\nf\n0 g\n"
    symbol = f"q\n1.44 0 0 1.44 5.76 62.4 cm\n{rows}f\nQ\n"
    text = "BT\n/Chinese 5.8 Tf\n4.8 50 Td\n<00010002> Tj\nET\nBT\n/Latin 7.2 Tf\n4.8 40 Td\n<0003> Tj\nET\n"
    return {name: content.encode() for name, content in {
        "empty": head, "symbol": head + symbol, "texts": head + text, "stamp": head + symbol + symbol + text,
        "foreign": head + symbol + "/X Do\n" + text, "comment": head + "% c\n" + symbol,
    }.items()}


SIGNATURE = b"<</Type/Sig/SubFilter/ETSI.CAdES.detached%s/ByteRange[0 11111 22222 33333]/Contents<3003020105>>>"


def sealed(file: bytes) -> bytes:
    """The file with the ByteRange of its newest signature filled in."""
    begin = file.rindex(b"/Contents<3003") + 9
    end = file.index(b">", begin) + 1
    for mark, value in ((b"11111", begin), (b"22222", end), (b"33333", len(file) - end)):
        file = file.replace(mark, b"%05d" % value)
    return file


def audits() -> dict[str, bytes]:
    page = PAGE[3][:-2] + b"/Annots[6 0 R 7 0 R]>>"
    form = PAGE | {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R>>",
        3: page,
        6: b"<</FT/Sig/T(a)/Subtype/Widget/Rect[0 0 0 0]/V 9 0 R>>",
        7: b"<</FT/Tx/T(b)/Subtype/Widget/Rect[1 1 9 9]/AP<</N 5 0 R>>>>",
        8: b"<</SigFlags 3/Fields[6 0 R 7 0 R]>>",
        9: SIGNATURE % b"",
    }
    mdp = b"/Reference[<</TransformMethod/DocMDP/TransformParams<</P 3>>>>]"
    certified = form | {1: form[1][:-2] + b"/Perms<</DocMDP 9 0 R>>>>", 9: SIGNATURE % mdp}
    lock = b"/Reference[<</TransformMethod/FieldMDP/TransformParams<</Action/Include/Fields[(b)]>>>>]"
    first = sealed(table(form))
    again = {6: form[6], 8: b"<</SigFlags 3/Fields[6 0 R 7 0 R 10 0 R]>>", 10: b"<</FT/Sig/T(c)/V 11 0 R>>",
             11: SIGNATURE % b""}
    store = {1: form[1][:-2] + b"/DSS<</Certs[10 0 R]/VRI<</A<<>>>>>>/Extensions<</A<</BaseVersion/1.7>>>>>>",
             10: stream(b"", b"certificate")}
    return {
        "signed": first,
        "certified": sealed(table(certified)),
        "signed-twice": sealed(table(again, first)),
        "proofs": table(store, first),
        "filled": table({7: form[7][:-2] + b"/V(x)>>"}, first),
        "filled-locked": table({7: form[7][:-2] + b"/V(x)>>"}, sealed(table(form | {9: SIGNATURE % lock}))),
        "contents-changed": table({4: stream(b"", b"q Q")}, first),
        "annotated": table({3: page[:-3] + b" 10 0 R]>>", 10: b"<</Subtype/Text>>"}, sealed(table(certified))),
        "pages-exchanged": table({1: b"<</Type/Catalog/Pages 10 0 R/AcroForm 8 0 R>>", 10: PAGE[2]}, first),
        "removed": table({6: form[6].replace(b"/V 9 0 R", b"")}, first),
        "appended": first + b"4 0 obj<<>>endobj trailer<</Root 1 0 R>> startxref\n1\n%%EOF",
        "unsigned": table(PAGE),
    }


def main() -> None:
    folders = {"pdf_reader": readers(), "pdf_stamp_content": stamps(), "pdf_audit": audits()}
    for target, seeds in folders.items():
        folder = HERE / "corpus" / target
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, seed in seeds.items():
            (folder / name).write_bytes(seed)


if __name__ == "__main__":
    main()

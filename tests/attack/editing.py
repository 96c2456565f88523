"""Edits PDFs as a forger would: with QPDF and a byte editor, never with our own writer."""

import base64
import json
import pathlib
import re
import zlib

from pages import output_of

DIGITS = "0123456789"


class Structure:
    """Objects, pages and offsets of a PDF, as qpdf tells them."""

    def __init__(self, pdf: pathlib.Path):
        listing = output_of("qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", pdf,
                            statuses=(0, 3))
        document = json.loads(listing)
        self.pages = document["pages"]
        self.objects = document["qpdf"][1]
        self.pdf = pdf

    def value(self, thing):
        """What a reference stands for; anything else as it is."""
        if isinstance(thing, str) and re.fullmatch(r"\d+ \d+ R", thing):
            found = self.objects[f"obj:{thing}"]
            return found["value"] if "value" in found else found["stream"]["dict"]
        return thing

    def stream(self, reference: str) -> bytes:
        return base64.b64decode(self.objects[f"obj:{reference}"]["stream"]["data"])

    def page(self, number: int) -> str:
        return self.pages[number - 1]["object"]

    def content(self, number: int) -> str:
        (reference,) = self.pages[number - 1]["contents"]
        return reference

    def offset(self, reference: str) -> int:
        table = output_of("qpdf", "--show-xref", self.pdf, statuses=(0, 3)).decode()
        number = reference.split()[0]
        found = re.search(rf"^{number}/0: uncompressed; offset = (\d+)$", table, re.MULTILINE)
        assert found, f"object {reference} has no offset"
        return int(found[1])

    def character_maps(self, number: int) -> dict[str, dict[int, str]]:
        """For each font of a page, what its one-byte codes mean."""
        resources = self.value(self.value(self.page(number))["/Resources"])
        maps = {}
        for name, font in self.value(resources["/Font"]).items():
            to_unicode = self.value(font).get("/ToUnicode")
            text = self.stream(to_unicode).decode("latin-1") if to_unicode else ""
            maps[name] = {int(code, 16): bytes.fromhex(character).decode("utf-16-be")
                          for code, character in re.findall(r"^<(..)> *<(....)>$", text, re.MULTILINE)}
        return maps


def change_digit(structure: Structure, page: int, text: str, place: int) -> bytes:
    """The page's content with another digit for the one at `place` of `text`, a text that it shows."""
    content = structure.stream(structure.content(page))
    maps = structure.character_maps(page)
    shown: list[tuple[str, int, str]] = []  # character, its place in the content, its font
    font = ""
    for token in re.finditer(rb"(/F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>", content):
        if token[1]:
            font = token[1].decode()
            continue
        for at in range(token.start(2), token.end(2), 2):
            shown.append((maps[font].get(int(content[at : at + 2], 16), "�"), at, font))
    line = "".join(character for character, _, _ in shown)
    assert line.count(text) == 1, f"page {page} shows {text} {line.count(text)} times"
    character, at, font = shown[line.index(text) + place]
    assert character in DIGITS
    other = next(code for code, meaning in maps[font].items() if meaning in DIGITS and meaning != character)
    return content[:at] + b"%02X" % other + content[at + 2 :]


def replace_stream(pdf: bytes, offset: int, content: bytes) -> bytes:
    """Another content for the Flate stream of the object at an offset, in just as many bytes."""
    start = re.compile(rb"stream\r?\n").search(pdf, offset).end()
    end = pdf.index(b"endstream", start)
    while pdf[end - 1] in b"\r\n" and b"\n" not in zlib_rest(pdf[start : end - 1]):
        end -= 1
    smallest = min((compressed(content, level, strategy) for level in (9, 8, 7, 6) for strategy in (0, 1, 2)), key=len)
    room = end - start
    assert len(smallest) <= room, f"{len(smallest)} bytes are too many for {room}"
    return pdf[:start] + smallest + b"\n" * (room - len(smallest)) + pdf[end:]


def zlib_rest(data: bytes) -> bytes:
    inflate = zlib.decompressobj()
    inflate.decompress(data)
    return inflate.unused_data if inflate.eof else b"\n"


def compressed(content: bytes, level: int, strategy: int) -> bytes:
    deflate = zlib.compressobj(level, zlib.DEFLATED, 15, 9, strategy)
    return deflate.compress(content) + deflate.flush()


def last(pattern: bytes, pdf: bytes) -> bytes:
    """The last match: of a whole file, or, for files with an xref stream, of what is readable."""
    return list(re.finditer(pattern, pdf, re.DOTALL))[-1][1]


def append_update(pdf: bytes, objects: dict[int, bytes | None], trailer: bytes = b"", gap: bytes = b"") -> bytes:
    """An incremental update by hand: objects by number (None: freed), in the kind of section that the file has."""
    previous = int(last(rb"startxref\s+(\d+)", pdf))
    classic = pdf[previous : previous + 4] == b"xref"
    section = pdf[previous:]
    root = last(rb"/Root\s*(\d+ 0 R)", section)
    identifier = last(rb"/ID\s*(\[.*?\])", section)
    size = max([int(last(rb"/Size\s+(\d+)", section)), *(number + 1 for number in objects)])
    update = bytearray(pdf) + gap
    offsets: dict[int, int] = {}
    for number, content in sorted(objects.items()):
        if content is not None:
            offsets[number] = len(update)
            update += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    section_at = len(update)
    common = b"/Root %s /ID %s /Prev %d %s" % (root, identifier, previous, trailer)
    if classic:
        update += b"xref\n"
        for number in sorted(objects):
            used = number in offsets
            update += b"%d 1\n%010d %05d %s \n" % (number, offsets.get(number, 0), 0 if used else 1,
                                                   b"n" if used else b"f")
        update += b"trailer\n<</Size %d %s>>\n" % (size, common)
    else:
        offsets[size] = section_at
        rows, index = b"", b""
        for number in sorted({*objects, size}):
            used = number in offsets
            rows += bytes([1 if used else 0]) + offsets.get(number, 0).to_bytes(4, "big") + bytes([0 if used else 1])
            index += b"%d 1 " % number
        update += b"%d 0 obj\n<</Type /XRef /Size %d %s /W [1 4 1] /Index [%s] /Length %d>>\nstream\n%s\nendstream\n" \
                  b"endobj\n" % (size, size + 1, common, index, len(rows), rows)
    update += b"startxref\n%d\n%%%%EOF\n" % section_at
    return bytes(update)


def pdf_text(value) -> bytes:
    """A value of qpdf's JSON as PDF syntax."""
    if isinstance(value, dict):
        return b"<<" + b" ".join(name.encode() + b" " + pdf_text(part) for name, part in value.items()) + b">>"
    if isinstance(value, list):
        return b"[" + b" ".join(map(pdf_text, value)) + b"]"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if value is None:
        return b"null"
    if isinstance(value, str):
        if value.startswith("u:"):
            return b"<" + (b"\xfe\xff" + value[2:].encode("utf-16-be")).hex().encode() + b">"
        if value.startswith("b:"):
            return b"<" + value[2:].encode() + b">"
        return value.encode()
    return str(value).encode()

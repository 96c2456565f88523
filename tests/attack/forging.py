"""The forger's tools: reads a sealed report by pyHanko, and writes revisions, signatures and timestamps by hand."""

import asyncio
import dataclasses
import datetime
import functools
import hashlib
import io
import re

from asn1crypto import algos, cms, core, keys, tsp, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko_certvalidator.registry import SimpleCertificateStore

ROOM = 8192  # hexadecimal digits for a signature of the forger's
RANGE = b"0 1111111111 2222222222 3333333333"


def pdf(value) -> bytes:
    """A value of pyHanko's as PDF syntax."""
    out = io.BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


class Plain:
    """A report, and where its parts are."""

    def __init__(self, data: bytes):
        self.data = data
        self.reader = PdfFileReader(io.BytesIO(data), strict=False)
        self.startxref = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
        self.classic = data[self.startxref : self.startxref + 4] == b"xref"
        self.size = int(self.reader.trailer["/Size"])
        self.root = self.reader.trailer.raw_get("/Root").idnum
        self.info = self.reader.trailer.raw_get("/Info").idnum
        self.identifier = re.findall(rb"/ID\s*(\[.*?\])", data, re.DOTALL)[-1]
        catalog = self.reader.root
        self.page_tree = catalog.raw_get("/Pages").idnum
        self.pages = [kid.idnum for kid in catalog["/Pages"].raw_get("/Kids")]

    # The opinion stands on page 12; our stamp on page 1.
    @property
    def opinion(self) -> int:
        return self.pages[11]

    @property
    def stamped(self) -> int:
        return self.pages[0]

    def object(self, number: int):
        return self.reader.get_object(generic.Reference(number, 0, self.reader))

    def dictionary(self, number: int, **changes: bytes | None) -> bytes:
        """A dictionary with other values for some keys; None leaves a key out."""
        entries = {key[1:]: pdf(self.object(number).raw_get(key)) for key in self.object(number)}
        return dictionary({**entries, **changes})

    def content(self, page: int) -> int:
        return self.object(page).raw_get("/Contents").idnum

    def annotations(self, page: int) -> list[bytes]:
        return [pdf(element) for element in self.object(page).get("/Annots", ())]

    @property
    def fonts(self) -> int:
        return self.object(self.opinion)["/Resources"].raw_get("/Font").idnum

    def offset(self, number: int) -> int:
        """Where an object that is in no object stream begins; of several, the newest."""
        return [found.start(1) for found in re.finditer(rb"(?:^|[\r\n])(%d 0 obj\b)" % number, self.data)][-1]


class Sealed(Plain):
    """A sealed report, and where the parts of its seal revision are."""

    def __init__(self, data: bytes, original_size: int):
        super().__init__(data)
        self.original_size = original_size
        catalog = self.reader.root
        self.form = catalog.raw_get("/AcroForm").idnum
        self.signature = catalog["/Perms"].raw_get("/DocMDP").idnum
        fields = catalog["/AcroForm"]["/Fields"]
        self.field = next(one.idnum for one in map(fields.raw_get, range(len(fields)))
                          if str(one.get_object()["/T"]) == "SJSeal")
        self.contents = re.compile(rb"/Contents(<[0-9A-F]*>)").search(data, data.rindex(b"/Type/Sig/")).span(1)
        self.byte_range = re.compile(rb"/ByteRange(\[[ 0-9]*\])").search(data, self.contents[1]).span(1)

    @property
    def stamp(self) -> int:
        listed = self.object(self.stamped)["/Annots"]
        return next(one.idnum for one in map(listed.raw_get, range(len(listed)))
                    if one.get_object()["/Subtype"] == "/Stamp")

    @property
    def appearance(self) -> int:
        return self.object(self.stamp)["/AP"].raw_get("/N").idnum

    def replaced(self, at: tuple[int, int], new: bytes) -> bytes:
        """Other bytes in a place."""
        return self.data[: at[0]] + new + self.data[at[1] :]

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in self.data[slice(*self.byte_range)][1:-1].split()]


def dictionary(entries: dict[str, bytes | None]) -> bytes:
    return b"<<" + b"".join(b"/" + key.encode() + b" " + value for key, value in entries.items() if value is not None) \
        + b">>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def form(data: bytes, box: bytes = b"0 0 595 842") -> bytes:
    return stream(data, b"/Type/XObject/Subtype/Form/BBox[%s]" % box)


# What a forger lays over an opinion.
WHITE = b"1 g 0 0 595 842 re f"


@dataclasses.dataclass
class Row:
    """An entry of a cross-reference section as it is written, whatever the object says."""

    number: int
    offset: int
    generation: int = 0
    kind: int = 1  # as in a cross-reference stream: 0 free, 1 at an offset, 2 in an object stream


class Revision:
    """An incremental update, in the kind of section that the file has, unless another is asked for."""

    def __init__(self, sealed: Sealed, base: bytes | None = None):
        self.sealed = sealed
        self.base = sealed.data if base is None else base
        self.objects: dict[int, bytes] = {}
        self.generations: dict[int, int] = {}
        self.rows: list[Row] = []
        self.next = max([sealed.size, *(int(size) for size in re.findall(rb"/Size (\d+)", self.base))])
        self.previous = int(re.findall(rb"startxref\s+(\d+)", self.base)[-1])
        self.classic = sealed.classic
        self.trailer: dict[str, bytes | None] = {"Root": b"%d 0 R" % sealed.root, "Info": b"%d 0 R" % sealed.info,
                                                 "ID": sealed.identifier, "Prev": b"%d" % self.previous}
        self.size: int | None = None
        self.gap = b""  # between objects and section

    def put(self, number: int, content: bytes, generation: int = 0) -> "Revision":
        self.objects[number] = content
        self.generations[number] = generation
        return self

    def add(self, content: bytes) -> int:
        number = self.next
        self.next += 1
        self.put(number, content)
        return number

    def change(self, number: int, **changes: bytes | None) -> "Revision":
        return self.put(number, self.sealed.dictionary(number, **changes))

    def row(self, *values) -> "Revision":
        self.rows.append(Row(*values))
        return self

    def free(self, number: int) -> "Revision":
        return self.row(number, 0, 1, 0)

    def set(self, **entries: bytes | None) -> "Revision":
        self.trailer.update(entries)
        return self

    def write(self) -> bytes:
        out = bytearray(self.base)
        rows = []
        for number, content in sorted(self.objects.items()):
            rows.append(Row(number, len(out), self.generations[number]))
            out += b"%d %d obj\n%s\nendobj\n" % (number, self.generations[number], content)
        out += self.gap
        rows = sorted(rows + self.rows, key=lambda row: row.number)
        section = len(out)
        size = self.size or max([self.next, *(row.number + 1 for row in rows)])
        if self.classic:
            out += self.table(rows) + b"trailer\n" + dictionary({"Size": b"%d" % size, **self.trailer}) + b"\n"
        else:
            size = self.size or size + 1
            out += self.section_stream(rows, size, section)
        out += b"startxref\n%d\n%%%%EOF\n" % section
        return bytes(out)

    @staticmethod
    def table(rows: list[Row]) -> bytes:
        return b"xref\n" + b"".join(b"%d 1\n%010d %05d %s \n" % (row.number, row.offset, row.generation,
                                                                 b"n" if row.kind else b"f") for row in rows)

    def section_stream(self, rows: list[Row], size: int, section: int) -> bytes:
        own = max(size - 1, self.next)
        rows = [*rows, Row(own, section)]
        data = b"".join(bytes([row.kind]) + row.offset.to_bytes(4, "big") + row.generation.to_bytes(2, "big")
                        for row in rows)
        index = b" ".join(b"%d 1" % row.number for row in rows)
        entries = {"Type": b"/XRef", "Size": b"%d" % size, **self.trailer, "W": b"[1 4 2]", "Index": b"[%s]" % index}
        return b"%d 0 obj\n%s\nendobj\n" % (own, stream(data, dictionary(entries)[2:-2]))


# Signing as another.


@functools.cache
def forger(purpose: str = "signature"):
    """A key and a self-signed certificate of nobody's."""
    key = rsa.generate_private_key(65537, 2048)
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Forger")])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = certificates.CertificateBuilder(name, name, key.public_key(), certificates.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(days=1))
    builder = builder.not_valid_after(now + datetime.timedelta(days=300))
    if purpose == "timestamp":
        usage = certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    made = builder.sign(key, hashes.SHA256())
    return key, x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))


def private_info(key) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


def signature_of(digest: bytes) -> bytes:
    key, certificate = forger()
    signer = signers.SimpleSigner(certificate, private_info(key), SimpleCertificateStore())
    return asyncio.run(signer.async_sign(digest, "sha256", use_pades=True)).dump()


def timestamp_of(digest: bytes) -> bytes:
    """A token of RFC 3161, of an authority of the forger's own."""
    key, certificate = forger("timestamp")
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    info = tsp.TSTInfo({"version": "v1", "policy": "1.2.3.4.1", "message_imprint": imprint, "serial_number": 1,
                        "gen_time": now}).dump()
    attributes = cms.CMSAttributes([
        simple_cms_attribute("content_type", "tst_info"),
        simple_cms_attribute("message_digest", hashlib.sha256(info).digest()),
        simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(certificate))])
    signer = cms.SignerInfo({
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(
            {"issuer": certificate.issuer, "serial_number": certificate.serial_number})}),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        "signed_attrs": attributes,
        "signature": key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())})
    data = cms.SignedData({
        "version": "v3", "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
        "certificates": [certificate], "signer_infos": [signer]})
    return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def signature_dictionary(sub_filter: bytes, entries: bytes = b"") -> bytes:
    kind = b"/DocTimeStamp" if b"RFC3161" in sub_filter else b"/Sig"
    return b"<</Type%s/Filter/Adobe.PPKLite/SubFilter%s/Contents<%s>/ByteRange[%s]%s>>" % (
        kind, sub_filter, b"0" * ROOM, RANGE, entries)


def fill_signature(data: bytes, make=signature_of, start: int = 0) -> bytes:
    """Signs what was written with places kept for /Contents and /ByteRange."""
    begin = data.index(b"/Contents<" + b"0" * ROOM, start) + len(b"/Contents")
    end = begin + ROOM + 2
    numbers = b"0 %d %d %d" % (begin, end, len(data) - end)
    at = data.index(RANGE, end)
    data = data[:at] + numbers.ljust(len(RANGE)) + data[at + len(RANGE) :]
    made = make(hashlib.sha256(data[:begin] + data[end:]).digest()).hex().encode()
    return data[: begin + 1] + made + b"0" * (ROOM - len(made)) + data[end - 1 :]


def add_field(revision: Revision, field: bytes, *annotations: int, page: int | None = None) -> int:
    """A field at the end of the form, and its widget or other annotations at the end of a page's."""
    sealed = revision.sealed
    number = revision.add(field)
    fields = [pdf(one) for one in sealed.object(sealed.form)["/Fields"]]
    revision.change(sealed.form, Fields=b"[%s %d 0 R]" % (b" ".join(fields), number))
    page = page or sealed.opinion
    listed = sealed.annotations(page) + [b"%d 0 R" % one for one in (annotations or (number,))]
    revision.change(page, Annots=b"[" + b" ".join(listed) + b"]")
    return number


def signed_revision(revision: Revision, *, timestamp: bool = False, rectangle: bytes = b"0 0 0 0",
                    field: bytes = b"", signature: bytes = b"", page: int | None = None) -> bytes:
    """The revision, with a new signature or document timestamp of the forger's in a new field."""
    sub_filter = b"/ETSI.RFC3161" if timestamp else b"/ETSI.CAdES.detached"
    value = revision.add(signature_dictionary(sub_filter, signature))
    add_field(revision, b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Later)/V %d 0 R/Rect[%s]/F 132/P %d 0 R%s>>" % (
        value, rectangle, page or revision.sealed.opinion, field), page=page)
    return fill_signature(revision.write(), timestamp_of if timestamp else signature_of, len(revision.base))


# The seal revision itself, taken apart and put together again as docs/code-format.md, section 8, says.


def seal_objects(sealed: Sealed) -> dict[int, bytes]:
    """The objects that issuing wrote, each with its number and `endobj`; not the cross-reference stream."""
    section = sealed.data[sealed.startxref :]
    if sealed.classic:
        places = {}
        for first, rows in re.findall(rb"(\d+) \d+\n((?:\d{10} 00000 n \n)+)", section):
            for place, row in enumerate(rows.splitlines()):
                places[int(first) + place] = int(row.split()[0])
    else:
        index = [int(number) for number in re.search(rb"/Index\[([ 0-9]*)\]", section)[1].split()]
        numbers = [first + place for first, count in zip(index[::2], index[1::2]) for place in range(count)]
        rows = section[section.index(b"stream\n") + 7 :]
        places = {number: int.from_bytes(rows[6 * at + 1 : 6 * at + 5], "big") for at, number in enumerate(numbers)}
    ends = [*sorted(places.values())[1:], sealed.startxref]
    return {number: sealed.data[at:end] for (number, at), end in zip(sorted(places.items(), key=lambda one: one[1]),
                                                                     ends) if at != sealed.startxref}


def with_revision(before: bytes, objects: dict[int, bytes], entries: bytes, classic: bool) -> bytes:
    """A file and a revision of these objects, each from its number to its end; `entries` of the trailer."""
    out, places = bytearray(before + b"\n"), {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += content
    section, last = len(out), max(objects)
    if not classic:
        places[last + 1] = section
    runs: list[list[int]] = []
    for number in sorted(places):
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    if classic:
        out += b"xref\n"
        for run in runs:
            out += b"%d %d\n" % (run[0], len(run)) + b"".join(b"%010d 00000 n \n" % places[number] for number in run)
        out += b"trailer\n<</Size %d%s>>\n" % (last + 1, entries)
    else:
        index = b" ".join(b"%d %d" % (run[0], len(run)) for run in runs)
        rows = b"".join(b"\1" + places[number].to_bytes(4, "big") + b"\0" for number in sorted(places))
        out += b"%d 0 obj\n<</Type/XRef/Size %d%s/W[1 4 1]/Index[%s]/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
            last + 1, last + 2, entries, index, len(rows), rows)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % section)


def join_seal(sealed: Sealed, objects: dict[int, bytes]) -> bytes:
    """The original and a seal revision of these objects."""
    entries = re.search(rb"(/Root \d+ 0 R.*?/Prev \d+)", sealed.data[sealed.startxref :], re.DOTALL)[1]
    return with_revision(sealed.data[: sealed.original_size], objects, entries, sealed.classic)


def without_seal(sealed: Sealed) -> bytes:
    """What issuing without a seal would have written, of the same record and code."""
    objects = seal_objects(sealed)
    for number in (sealed.signature, sealed.field, sealed.field + 1, sealed.form, sealed.root):
        del objects[number]
    objects[sealed.stamped] = objects[sealed.stamped].replace(b"[%d 0 R " % sealed.field, b"[")
    return join_seal(sealed, objects)


def sealed_again(sealed: Sealed, make=signature_of, edit=lambda objects: None) -> bytes:
    """The seal revision with another signature in the place of ours, by which its offsets change."""
    objects = seal_objects(sealed)
    edit(objects)
    ours = objects[sealed.signature]
    size = len(make(bytes(32)))
    for _ in range(3):  # an ECDSA signature may be a byte longer the next time
        hole = b"/Contents<" + b"0" * (2 * size) + b">"
        numbers = b"0 0 0 0"
        for _ in range(4):
            objects[sealed.signature] = re.sub(rb"/Contents<[^>]*>/ByteRange\[[^]]*\]",
                                               hole + b"/ByteRange[" + numbers + b"]", ours)
            data = join_seal(sealed, objects)
            begin = data.rindex(hole) + len(b"/Contents")
            end = begin + 2 * size + 2
            numbers = b"0 %d %d %d" % (begin, end, len(data) - end)
        made = make(hashlib.sha256(data[:begin] + data[end:]).digest())
        if len(made) == size:
            return data[: begin + 1] + made.hex().upper().encode() + data[end - 1 :]
        size = len(made)
    raise AssertionError("the signature's size does not settle")

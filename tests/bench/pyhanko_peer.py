"""The same work by pyHanko, in a process of its own and in memory: see documents.py.

usage: pyhanko_peer.py issue COUNT KEY_FOLDER FILE
       pyhanko_peer.py sign-twice KEY_FOLDER FILE OUT
       pyhanko_peer.py audit COUNT KEY_FOLDER FILE
"""

import io
import json
import pathlib
import sys
import time

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import QRStamp, QRStampStyle
from pyhanko_certvalidator import ValidationContext

# As long as the text of one of our symbols.
SYMBOL_TEXT = "https://v.example.cn/r/" + "1234567890" * 42


def measure(count: int, work) -> None:
    work()
    wall, processor = [], []
    for _ in range(count):
        begin, begin_processor = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - begin)
        processor.append(time.process_time() - begin_processor)
    print(json.dumps({"count": count, "least": min(wall), "median": sorted(wall)[count // 2],
                      "processor": sum(processor) / count}))


def load_signer(folder: pathlib.Path):
    return signers.SimpleSigner.load(str(folder / "key.pem"), str(folder / "cert.pem"))


def issue(count: int, folder: pathlib.Path, file: pathlib.Path) -> None:
    signer, content = load_signer(folder), file.read_bytes()

    def work():
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        QRStamp(writer, SYMBOL_TEXT, QRStampStyle(stamp_text="JXXX-XXXX-XXXX")).apply(0, 28, 28)
        metadata = signers.PdfSignatureMetadata(
            field_name="Seal", certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS,
            subfilter=fields.SigSeedSubFilter.PADES)
        output = io.BytesIO()
        signers.PdfSigner(metadata, signer).sign_pdf(writer, output=output)
        assert len(output.getvalue()) > len(content)

    measure(count, work)


def sign_twice(folder: pathlib.Path, file: pathlib.Path, out: pathlib.Path) -> None:
    signer, content = load_signer(folder), file.read_bytes()
    for name in ("First", "Second"):
        output = io.BytesIO()
        metadata = signers.PdfSignatureMetadata(field_name=name, subfilter=fields.SigSeedSubFilter.PADES)
        signers.PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), output=output)
        content = output.getvalue()
    out.write_bytes(content)


def audit(count: int, folder: pathlib.Path, file: pathlib.Path) -> None:
    content = file.read_bytes()
    root = load_cert_from_pemder(str(folder / "cert.pem"))

    def work():
        # A reader for each document, as an audit of another file would need.
        reader = PdfFileReader(io.BytesIO(content))
        for signature in reader.embedded_signatures:
            context = ValidationContext(trust_roots=[root], allow_fetching=False)
            status = validate_pdf_signature(signature, context)
            assert status.intact and status.valid and status.coverage is not None

    measure(count, work)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["issue", count, folder, file]:
            issue(int(count), pathlib.Path(folder), pathlib.Path(file))
        case ["sign-twice", folder, file, out]:
            sign_twice(pathlib.Path(folder), pathlib.Path(file), pathlib.Path(out))
        case ["audit", count, folder, file]:
            audit(int(count), pathlib.Path(folder), pathlib.Path(file))
        case _:
            print(__doc__, file=sys.stderr)
            return 64
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

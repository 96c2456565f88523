#!/usr/bin/env python3
"""Makes the seeds of pdf_verify, tiny reports that the program issued, and issued_reports.h, which says which they are.

usage: make_verify_corpus.py SJCODE    (the program). Run again, it makes a new key and new reports.
"""

import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from make_pdf_corpus import readers

HERE = pathlib.Path(__file__).resolve().parent
FACTS = HERE.parents[1] / "examples/sample-report/facts.json"
REPORTS = {"stamped": ("table", "none"), "sealed": ("table", "B-B"), "sealed-streams": ("object-stream", "B-B")}


def main() -> None:
    folder = HERE / "corpus/pdf_verify"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    originals = readers()
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)

        def sjcode(*words) -> None:
            subprocess.run([sys.argv[1], *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        sjcode("key", "new", "--alg", "ed25519", "--licence", "440100001", "--name", "示例司法鉴定中心",
               "--short-name", "示例司鉴中心", "--host", "v.example.cn", "--years", "30", "-o", work)
        for name, (original, seal) in REPORTS.items():
            (work / "original.pdf").write_bytes(originals[original])
            sjcode("issue", work / "original.pdf", "--facts", FACTS, "--key", work / "key.pem", "--cert",
                   work / "cert.pem", "--seal", seal, "--no-page-text", "-o", folder / name)
        certificate = x509.load_pem_x509_certificate((work / "cert.pem").read_bytes())
    rows = [f'    {{{size}, "{digest}"}},' for size, digest in sorted(
        (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()) for path in folder.iterdir())]
    octets = [f"0x{octet:02x}" for octet in certificate.public_bytes(Encoding.DER)]
    lines = ["    " + ", ".join(octets[at:at + 19]) + "," for at in range(0, len(octets), 19)]
    (HERE / "issued_reports.h").write_text("\n".join([
        "// The reports of corpus/pdf_verify and the certificate of their issuer: made by make_verify_corpus.py.",
        "#pragma once", "", "#include <cstddef>", "#include <cstdint>", "#include <string_view>", "",
        "struct IssuedReport {", "    std::size_t size;", "    std::string_view sha256;", "};", "",
        "inline constexpr IssuedReport issued_reports[] = {", *rows, "};", "",
        f"inline constexpr std::int64_t issued_by = {int(certificate.not_valid_before_utc.timestamp()) + 86400};"
        "  // seconds since 1970", "",
        "inline constexpr std::uint8_t issuer_certificate[] = {", *lines, "};", ""]))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The include check finds each kind of violation when one is planted, and passes a clean tree."""

import pathlib
import tempfile
import unittest

import includes

# file, its include, a part of the complaint
VIOLATIONS = [
    ("libsjcode/src/crypto/a.cpp", '#include "code/cbor.h"', "crypto/ may not include code/"),
    ("libsjcode/src/qr/a.cpp", '#include "pdf/reader.h"', "qr/ may not include pdf/"),
    ("libsjcode/src/code/a.cpp", '#include "sjcode/verify.h"', "code/ may not include verify/"),
    ("libsjcode/src/verify/a.cpp", '#include "registry/ledger.h"', "verify/ may not include registry/"),
    ("libsjcode/src/issue/a.cpp", '#include "sjcode/verify.h"', "issue/ may not include verify/"),
    ("libsjcode/src/pdf/a.cpp", '#include "registry/ledger.h"', "pdf/ may not include registry/"),
    ("libsjcode/src/attic/a.cpp", "#include <vector>", "no room"),
    ("libsjcode/src/code/a.cpp", '#include "attic/a.h"', "leads to no room"),
    ("libsjcode/src/code/a.cpp", "#include <openssl/evp.h>", "only crypto/*"),
    ("libsjcode/src/qr/draw.cpp", "#include <ZXing/ReadBarcode.h>", "only qr/read_zxing.cpp"),
    ("libsjcode/src/qr/read_zxing.cpp", "#include <qrencode.h>", "only qr/draw.cpp"),
    ("libsjcode/src/issue/a.cpp", "#include <podofo/podofo.h>", "only pdf/*"),
    ("libsjcode/src/worker/a.cpp", "#include <qpdf/QPDF.hh>", "only worker/program/*"),
    ("libsjcode/src/verify/a.cpp", "#  include  <poppler/cpp/poppler-document.h>", "only worker/program/*"),
    ("libsjcode/src/verify/a.cpp", "#include <vips/vips.h>", "only worker/program/*"),
    ("libsjcode/src/base/a.cpp", "#include <boost/any.hpp>", "does not list"),
    ("libsjcode/include/sjcode/key.h", "#include <openssl/evp.h>", "standard headers"),
    ("libsjcode/include/sjcode/key.h", "#include <unistd.h>", "standard headers"),
    ("libsjcode/include/sjcode/key.h", '#include "base/hex.h"', "no private header"),
    ("libsjcode/include/sjcode/key.h", '#include "sjcode/qr.h"', "crypto/ may not include qr/"),
    ("libsjcode/include/sjcode/new.h", "#include <vector>", "belongs to no room"),
    ("cli/main.cpp", '#include "pdf/reader.h"', "only public headers"),
    ("cli/main.cpp", "#include <openssl/evp.h>", "only crypto/"),
    ("examples/issue_report.cpp", '#include "base/hex.h"', "only public headers"),
]

CLEAN = {
    "libsjcode/include/sjcode/key.h": '#include "sjcode/bytes.h"\n#include <vector>\n',
    "libsjcode/src/crypto/key.cpp": '#include "sjcode/key.h"\n#include "base/hex.h"\n#include <openssl/evp.h>\n',
    "libsjcode/src/qr/draw.cpp": '#include "sjcode/qr.h"\n#include <qrencode.h>\n',
    "libsjcode/src/worker/program/pages.cpp": '#include "worker/wire.h"\n#include <poppler/cpp/poppler-page.h>\n',
    "libsjcode/src/verify/verify.cpp": '#include "pdf/reader.h"\n#include "sjcode/trust.h"\n#include <sys/mman.h>\n',
    "cli/main.cpp": '#include "sjcode/verify.h"\n#include "options.h"\n#include <CLI/CLI.hpp>\n',
    "examples/verify_report.cpp": '#include "sjcode/verify.h"\n',
}


def complaints_about(files: dict[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return includes.complaints(pathlib.Path(folder))


class SelfTest(unittest.TestCase):
    def test_clean_tree_passes(self):
        self.assertEqual(complaints_about(CLEAN), [])

    def test_each_planted_violation_is_found(self):
        for name, line, complaint in VIOLATIONS:
            with self.subTest(file=name, include=line):
                found = complaints_about({**CLEAN, name: line + "\n"})
                self.assertEqual(len(found), 1, found)
                self.assertIn(complaint, found[0])
                self.assertIn(f"{name}:1", found[0])


if __name__ == "__main__":
    unittest.main()

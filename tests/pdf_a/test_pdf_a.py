"""PDF/A stays valid when it is issued, by veraPDF; docs/pdf-a.md has the results. A long test, and mvn gets veraPDF."""

import pathlib
import subprocess
import sys

import pytest
from running import LONG


@pytest.mark.skipif(not LONG, reason="runs only in ./dev test --long")
def test_pdf_a_stays_valid():
    check = pathlib.Path(__file__).with_name("check.py")
    ended = subprocess.run([sys.executable, check], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr

"""What the tests of the command line program share: the program itself, keys, and the facts of the corpus' reports."""

import shutil

import pytest

import running
from reports import Registry


@pytest.fixture(scope="session")
def registry(tmp_path_factory) -> Registry:
    """Facts and issuers."""
    assert running.PROGRAM.exists(), f"there is no {running.PROGRAM}: run ./dev build, or set SJCODE_PROGRAM"
    missing = [tool for tool in ("qpdf", "pdftoppm", "pdftotext", "zbarimg", "openssl") if not shutil.which(tool)]
    assert not missing, f"please install what has {missing}: ./dev setup"
    return Registry(tmp_path_factory.mktemp("registry"))

import pathlib

import pytest

import desk


@pytest.fixture(scope="session")
def made_desk(tmp_path_factory) -> pathlib.Path:
    return desk.make(tmp_path_factory.mktemp("desk"))

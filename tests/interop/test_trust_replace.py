"""What is offered in the place of a trust list that is held, by the command line: the vectors of test-vectors/trust-replace.

A list that is forged, cut off, reordered, older or signed anew is never used. The one held stays, byte for byte, and the
message says which one that is and why the other was refused.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import running

FOLDER = Path(__file__).resolve().parents[2] / "test-vectors"
VECTORS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "trust-replace").glob("*.json"))]
FORGED = [vector for path in sorted((FOLDER / "trust-list").glob("*.json"))
          for vector in [json.loads(path.read_text(encoding="utf-8"))] if vector["expect"] == "error"]
HELD = VECTORS[0]["input"]["held"]
PIN = VECTORS[0]["input"]["pin"]
BAD_DATA = 65


def sjcode(*arguments, language="en"):
    return subprocess.run([str(running.PROGRAM), *map(str, arguments), "--lang", language],
                          capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A store with number 7."""
    folder = tmp_path_factory.mktemp("held")
    (folder / "held.sjt").write_bytes(bytes.fromhex(HELD))
    ended = sjcode("trust", "import", folder / "held.sjt", "--trust", folder / "store", "--root", PIN)
    assert ended.returncode == 0, ended.stderr
    return folder / "store"


def content_of(store):
    return {path.name: path.read_bytes() for path in store.iterdir()}


def offer(store, data, language="en"):
    file = store.parent / "offered"
    file.write_bytes(data)
    return sjcode("trust", "import", file, "--trust", store, language=language)


def check_refused(store, data, code):
    before = content_of(store)
    for language, stays in (("en", ("stays in use", "list held stays", "held stays", "list that is held", "whole list")),
                            ("zh", ("继续使用", "原有名单不变", "完整名单"))):
        ended = offer(store, data, language)
        assert ended.returncode == BAD_DATA and code in ended.stderr, ended.stderr
        assert any(words in ended.stderr for words in stays) or code == "trust-store.kind", ended.stderr
        assert content_of(store) == before
    shown = sjcode("trust", "show", store)
    assert shown.returncode == 0 and "number        7" in shown.stdout


def test_there_are_vectors():
    assert len(VECTORS) >= 20 and len(FORGED) >= 30


# Those that begin with another list are run by the unit tests alone.
@pytest.mark.parametrize("vector", [one for one in VECTORS if one["expect"] == "error" and one["input"]["held"] == HELD],
                         ids=lambda one: one["name"])
def test_what_must_not_replace(vector, held, tmp_path):
    store = shutil.copytree(held, tmp_path / "store")
    check_refused(store, bytes.fromhex(vector["input"]["hex"]), vector["error"])


@pytest.mark.parametrize("vector", FORGED, ids=lambda one: one["name"])
def test_lists_that_are_no_lists(vector, held, tmp_path):
    """As a first import they are refused under the right pin, and in the place of a list that is held."""
    data, code = bytes.fromhex(vector["input"]["hex"]), vector["error"]
    file = tmp_path / "list.sjt"
    file.write_bytes(data)
    first = sjcode("trust", "import", file, "--trust", tmp_path / "new", "--root", vector["input"]["pin"])
    assert first.returncode == BAD_DATA
    # A root that is not the pinned one is named as such; what does not even begin as a list is of no known kind.
    code = "trust-store.root" if code == "trust-list.root" else code
    if not data.startswith(b"\xd2"):
        code = "trust-store.kind"
    assert code in first.stderr, first.stderr
    assert not (tmp_path / "new/trust-store.json").exists()
    store = shutil.copytree(held, tmp_path / "store")
    before = content_of(store)
    assert offer(store, data).returncode == BAD_DATA
    assert content_of(store) == before


@pytest.mark.parametrize("vector", [one for one in VECTORS if one["expect"] == "ok"], ids=lambda one: one["name"])
def test_what_may_replace(vector, held, tmp_path):
    store = shutil.copytree(held, tmp_path / "store")
    ended = offer(store, bytes.fromhex(vector["input"]["hex"]))
    assert ended.returncode == 0, ended.stderr
    state = json.loads((store / "trust-store.json").read_text(encoding="utf-8"))["lists"][0]
    assert (state["number"], state["root"], state["head"]) == (
        vector["output"]["number"], vector["output"]["root"], vector["output"]["head_digest"])

import errno
import json
import pickle

import pytest
import running
import sjcode
from sjcode import _errors


def test_an_error_has_code_parameters_and_sentences():
    with pytest.raises(sjcode.FormatError) as caught:
        sjcode.CodeNumber.parse("J12?")
    error = caught.value
    assert isinstance(error, ValueError) and isinstance(error, sjcode.SjcodeError)
    assert error.code == "number.character"
    assert error.parameters["position"] == "4"
    assert "4" in error.sentence("zh") and "4" in error.sentence("en") and error.sentence("zh") != error.sentence("en")
    assert str(error) == f"{error.sentence('en')} [number.character]"
    with pytest.raises(ValueError, match="zh"):
        error.sentence("fr")
    with pytest.raises(TypeError):
        error.parameters["position"] = "5"
    with pytest.raises(AttributeError):
        error.code = "another"


def test_files(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        sjcode.audit(tmp_path / "missing.pdf")
    error = caught.value
    assert isinstance(error, sjcode.MissingFileError) and isinstance(error, sjcode.FileError)
    assert error.code == "file.not-found" and error.errno == errno.ENOENT
    assert error.filename == str(tmp_path / "missing.pdf")
    with pytest.raises(OSError) as caught:
        sjcode.audit(tmp_path)
    assert caught.value.code == "file.not-regular"


def test_every_code_that_can_be_raised_has_a_class():
    """By the first part of the codes of the public headers' comments; those of the command line are not raised."""
    sentences = json.loads((running.ROOT / "messages/en.json").read_text(encoding="utf-8"))
    for first in ("facts", "key", "seal", "pdf", "worker", "file", "trust", "url", "cose", "claims", "place", "timestamp"):
        assert any(code.startswith(first + ".") for code in sentences), f"no such codes any more: {first}"
        code = next(code for code in sentences if code.startswith(first + "."))
        assert type(_errors.error_of(code)) is not sjcode.SjcodeError, code
    assert type(_errors.error_of("issue.facts")) is sjcode.FactsError
    assert type(_errors.error_of("pdf.encrypted")) is sjcode.DocumentError
    assert type(_errors.error_of("crypto.random")) is sjcode.SjcodeError


@pytest.mark.parametrize("code", ["number.length", "file.exists", "worker.died", "timestamp.http", "warning.short-name"])
def test_errors_survive_pickling(code):
    error = _errors.error_of(code, {"reason": "r", "file": "f", "signal": "9"}, "f", 3, 4)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (again.code, again.parameters, again.file, again.offset, again.object_number) == (
        error.code, error.parameters, error.file, error.offset, error.object_number)


def test_messages():
    assert sjcode.has_sentence("outcome.authentic") and not sjcode.has_sentence("outcome.nonsense")
    assert sjcode.sentence("outcome.authentic", language="zh") != sjcode.sentence("outcome.authentic")
    assert sjcode.sentence("outcome.nonsense") == "outcome.nonsense"

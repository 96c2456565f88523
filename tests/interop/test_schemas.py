"""The JSON Schemas of docs/, checked by the jsonschema package.

The C++ suite holds the parser to the same documents (tests/unit/issue/facts_cases.json), so that schema and parser
cannot drift apart in silence.
"""

import copy
import json
from pathlib import Path

import pytest

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests/unit/issue/facts_cases.json").read_text(encoding="utf-8"))


def schema(name):
    return json.loads((ROOT / "docs" / name).read_text(encoding="utf-8"))


def validator(name):
    document = schema(name)
    kind = jsonschema.validators.validator_for(document)
    assert kind is jsonschema.Draft202012Validator
    kind.check_schema(document)
    return kind(document, format_checker=kind.FORMAT_CHECKER)


@pytest.mark.parametrize("name", ["facts.schema.json", "verdict.schema.json", "trust-register.schema.json"])
def test_schema_is_valid_and_its_examples_fit(name):
    check = validator(name)
    assert check.schema["examples"]
    for example in check.schema["examples"]:
        check.validate(example)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_facts_schema_and_parser_agree(case):
    assert case["schema"] in ("valid", "invalid", "skip")
    if case["error"] is None:
        assert case["schema"] == "valid"
    text = case["json"].removeprefix("\ufeff")
    if case["error"] == "facts.json":
        # A lone surrogate is JSON for Python and none for us.
        if case["schema"] != "skip":
            with pytest.raises(json.JSONDecodeError):
                json.loads(text)
        return
    if case["schema"] == "skip":
        pytest.skip("a rule of the text, not of the document")
    assert validator("facts.schema.json").is_valid(json.loads(text)) == (case["schema"] == "valid")


def test_cases_try_every_field():
    fields = {case.get("field", "").split("[")[0].split(".")[0] for case in CASES}
    assert set(schema("facts.schema.json")["properties"]) <= fields


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.pop("outcome"),
        lambda v: v.pop("disclaimer"),
        lambda v: v.update(outcome="genuine"),
        lambda v: v.update(claims={}),
        lambda v: v["claims"].update(category=1000202),
        lambda v: v["claims"].update(record="AB" * 32),
        lambda v: v["claims"].update(code="J0123456789ABCDEFGH9"),
        lambda v: v["checks"][0].update(result="ok"),
        lambda v: v["checks"][0].update(parameters={"page": 3}),
        lambda v: v["checks"][0].pop("mandatory"),
        lambda v: v["facts"][0].update(signed="yes"),
    ],
)
def test_verdict_schema_refuses(change):
    check = validator("verdict.schema.json")
    verdict = copy.deepcopy(check.schema["examples"][0])
    change(verdict)
    assert not check.is_valid(verdict)

"""The corpus of real files, and the facts of its reports."""

import json
import pathlib

import pytest

from running import CORPUS, Issuer, succeed


def corpus(folder: str) -> list:
    """The PDFs of a corpus folder as parameters of a test. Where it is absent, the test is skipped, saying so."""
    files = sorted((CORPUS / folder).glob("*.pdf"))
    if not files:
        return [pytest.param(None, id=folder, marks=pytest.mark.skip(reason=f"there is no {CORPUS / folder}"))]
    return [pytest.param(file, id=file.stem) for file in files]


def report(name: str) -> pathlib.Path:
    path = CORPUS / "reports" / f"{name}.pdf"
    if not path.exists():
        pytest.skip(f"there is no {path}")
    return path


# What `facts` cannot find, since the reports are signed by hand and name no category.
CATEGORIES = {"injury": "FY0202", "dna": "WZ0201", "document": "WZ0601", "environment": "HJ0101"}
NAMES = ["张三", "李四"]


def kind_of(report_path: pathlib.Path) -> str:
    return report_path.stem.split("-")[0]


class Registry:
    """The facts and issuers of a test run, made once each."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self._facts: dict[str, dict] = {}
        self._issuers: dict[tuple, Issuer] = {}

    def facts(self, report_path: pathlib.Path) -> dict:
        """The facts of a report of the corpus, as `facts` proposes them, completed as a clerk does."""
        kind = kind_of(report_path)
        if kind not in self._facts:
            # A scan has no text to propose from: its facts are those of the report that was scanned.
            proposal = json.loads(succeed("facts", report_path.with_name(f"{kind}.pdf")).out)
            assert not proposal["categories"] and proposal["status"] is None
            proposal["categories"] = [CATEGORIES[kind]]
            for appraiser, name in zip(proposal["appraisers"], NAMES, strict=True):
                assert not appraiser["name"]
                appraiser["name"] = name
            proposal["status"] = 18
            self._facts[kind] = proposal
        return dict(self._facts[kind])

    def facts_file(self, report_path: pathlib.Path, **changes) -> pathlib.Path:
        facts = {**self.facts(report_path), **changes}
        path = self.folder / f"facts-{abs(hash(json.dumps(facts, sort_keys=True)))}.json"
        path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        return path

    def issuer(self, algorithm: str, short_name: str = "示例司鉴中心", **more) -> Issuer:
        key = (algorithm, short_name, *sorted(more.items()))
        if key not in self._issuers:
            folder = self.folder / f"issuer-{len(self._issuers)}"
            self._issuers[key] = Issuer(folder, algorithm, short_name=short_name, **more).make()
        return self._issuers[key]

    def issuer_for(self, report_path: pathlib.Path, algorithm: str, **more) -> Issuer:
        return self.issuer(algorithm, self.facts(report_path)["short_name"], **more)

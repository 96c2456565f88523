"""The collection that the scenarios fill."""

from typing import Any, Dict, List, Optional

from reference.errors import FormatError
from reference.operations import run

Fields = Dict[str, Any]


class Vectors:
    """Vectors by file name; each is run once when it is added."""

    def __init__(self) -> None:
        self.files: Dict[str, Fields] = {}

    def ok(self, name: str, what: str, kind: str, inputs: Fields, known: Optional[Fields] = None) -> Fields:
        """Adds a vector that passes. `known` are output fields that were not
        worked out by this implementation, and must come out the same."""
        output = run(kind, inputs)
        for key, value in (known or {}).items():
            if output[key] != value:
                raise AssertionError(f"{name}: {key} is {output[key]!r}, known to be {value!r}")
        self._add(name, what, kind, {"input": inputs, "expect": "ok", "output": output})
        return output

    def error(self, name: str, what: str, kind: str, inputs: Fields, code: str) -> None:
        """Adds a vector that fails, with this reason code."""
        try:
            output = run(kind, inputs)
        except FormatError as error:
            if error.code != code:
                raise AssertionError(f"{name}: failed with {error}, not with {code}") from error
        else:
            raise AssertionError(f"{name}: passed with {output}")
        self._add(name, what, kind, {"input": inputs, "expect": "error", "error": code})

    def _add(self, name: str, what: str, kind: str, rest: Fields) -> None:
        path = name + ".json"
        if path in self.files:
            raise AssertionError(f"{name} twice")
        self.files[path] = {"name": name, "what": what, "kind": kind, **rest}

    def names(self) -> List[str]:
        """The file names, in order."""
        return sorted(self.files)

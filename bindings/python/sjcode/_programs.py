"""Where the programs are: the worker, and the command line program."""

from __future__ import annotations

import os

from . import _core

# A wheel brings them along; a distribution's package has them where its other programs are.
_FOLDERS = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs"),
            *(folder for folder in _core.installed_programs.split(os.pathsep) if folder)]


def _find(name: str) -> str:
    for folder in _FOLDERS:
        path = os.path.join(folder, name)
        if os.access(path, os.X_OK):
            return path
    # The error that names it comes from whoever starts it.
    return os.path.join(_FOLDERS[0], name)


def worker_program() -> str:
    """The path of sjcode-worker."""
    return _find("sjcode-worker")


def command_line_program() -> str:
    """The path of sjcode."""
    return _find("sjcode")

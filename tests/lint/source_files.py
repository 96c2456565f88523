"""The project's own files, found without git: a source archive is checked in the same way."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSED_OVER = {"build", "node_modules", "__pycache__", "venv", "dist"}


def source_files(*suffixes: str) -> list[pathlib.Path]:
    """Files below the root with one of the suffixes (all files, where none is given), sorted."""
    found = []
    folders = [ROOT]
    while folders:
        for entry in folders.pop().iterdir():
            if entry.is_symlink():
                continue
            if entry.is_dir():
                if entry.name not in PASSED_OVER and (not entry.name.startswith(".") or entry.name == ".ci"):
                    folders.append(entry)
            elif not suffixes or entry.suffix in suffixes:
                found.append(entry)
    return sorted(found)

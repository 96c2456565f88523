#!/usr/bin/env python3
"""Holds the arrows of the architecture page: reads every #include of the library, the program, bindings and examples.

usage: includes.py [ROOT]    (ROOT: the project's folder, this one's by default)

A room may include rooms that stand above it, never one below. A dependency is seen only where the tables say.
"""

import dataclasses
import fnmatch
import pathlib
import re
import sys

# From the top down: a room may include itself and what stands before it.
ROOMS = ["base", "crypto", "code", "qr", "pdf", "worker", "trust", "registry", "log", "issue", "verify"]
# Arrows that would go down the list and are wrong all the same.
FORBIDDEN = {("verify", "registry")}

# Which room a public header belongs to.
PUBLIC_HEADERS = {
    "bytes.h": "base", "environment.h": "base", "file.h": "base", "messages.h": "base", "result.h": "base",
    "terminal_text.h": "verify",
    "certificate.h": "crypto", "digest.h": "crypto", "hardware_key.h": "crypto",
    "key.h": "crypto", "revocation.h": "crypto", "seal_key.h": "crypto", "timestamp.h": "crypto",
    "category.h": "code", "code_number.h": "code", "disclosure_level.h": "code", "licence_kind.h": "code", "record.h": "code",
    "report_code.h": "code",
    "report_number.h": "code", "symbol_url.h": "code",
    "qr.h": "qr",
    "receipt_fonts.h": "pdf", "stamp_fonts.h": "pdf",
    "worker.h": "worker",
    "bundle.h": "trust", "csv_table.h": "trust", "identifier.h": "trust", "opened_trust.h": "trust",
    "status_details.h": "trust", "status_journal.h": "trust",
    "status_list.h": "trust", "status_lists.h": "trust", "trust.h": "trust", "trust_list.h": "trust",
    "trust_list_parts.h": "trust",
    "trust_record.h": "trust", "trust_register.h": "trust", "trust_store.h": "trust",
    "trust_table.h": "trust",
    "facts.h": "issue", "issue.h": "issue", "licence.h": "issue", "preserve.h": "issue",
    "audit.h": "verify", "receipt.h": "verify", "verdict.h": "verify", "verify.h": "verify",
}

# Headers of a dependency, and the only files of libsjcode/src that may include them.
WORKER_PROGRAM = ["worker/program/*"]
DEPENDENCIES = {
    "openssl/*": ["crypto/*"],
    "zlib.h": ["pdf/*", "trust/status_array.cpp", *WORKER_PROGRAM],
    "utf8proc.h": ["base/*"],
    "iconv.h": ["trust/csv_encoding.cpp"],
    "nlohmann/*": ["*"],
    "qrencode.h": ["qr/draw.cpp"],
    "ZXing/*": ["qr/read_zxing.cpp"],
    "podofo/*": ["pdf/*"],
    "qpdf/*": WORKER_PROGRAM,
    "vips/*": WORKER_PROGRAM,
    "poppler/*": WORKER_PROGRAM,
    "seccomp.h": WORKER_PROGRAM,
}

# The system's own headers that are no C++ standard headers; never in a public header.
SYSTEM = re.compile(r"(sys|linux|netinet|arpa)/[a-z_]+\.h|(unistd|fcntl|signal|spawn|poll|dirent|pthread|termios|time|"
                    r"errno|locale|sysexits|fts|glob|getopt|strings|dlfcn)\.h")
# C++ standard headers: a name without a suffix.
STANDARD = re.compile(r"[a-z_]+|c[a-z]+")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


@dataclasses.dataclass
class Include:
    path: pathlib.PurePosixPath  # of the including file, from the project's folder
    line: int
    quoted: bool
    target: str

    def __str__(self) -> str:
        shown = f'"{self.target}"' if self.quoted else f"<{self.target}>"
        return f"{self.path}:{self.line}: {shown}"


def includes_of(root: pathlib.Path, folder: str) -> list[Include]:
    found = []
    for path in sorted((root / folder).rglob("*")):
        if path.suffix not in (".h", ".cpp", ".inc"):
            continue
        text = path.read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start(2)) + 1
            relative = pathlib.PurePosixPath(path.relative_to(root).as_posix())
            found.append(Include(relative, line, match.group(1) == '"', match.group(2)))
    return found


def public_header_complaints(include: Include) -> str | None:
    own_room = PUBLIC_HEADERS.get(include.path.name)
    if own_room is None:
        return "this public header belongs to no room: add it to PUBLIC_HEADERS"
    if not include.quoted:
        return None if STANDARD.fullmatch(include.target) else "a public header includes standard headers and sjcode/ only"
    if not include.target.startswith("sjcode/"):
        return "a public header includes no private header"
    return arrow_complaint(own_room, room_of(include.target, ""))


def room_of(target: str, including_room: str) -> str | None:
    """The room that a quoted include leads to; None where there is no such room."""
    head, _, rest = target.partition("/")
    if head == "sjcode":
        return PUBLIC_HEADERS.get(rest)
    if not rest:
        return including_room or None
    return head if head in ROOMS else None


def arrow_complaint(from_room: str, to_room: str | None) -> str | None:
    if to_room is None:
        return "leads to no room that is known here"
    if ROOMS.index(to_room) > ROOMS.index(from_room):
        return f"{from_room}/ may not include {to_room}/, which stands below it"
    if (from_room, to_room) in FORBIDDEN:
        return f"{from_room}/ may not include {to_room}/"
    return None


def library_complaint(include: Include) -> str | None:
    inside = include.path.relative_to("libsjcode/src")
    room = inside.parts[0]
    if room not in ROOMS:
        return f"{room}/ is no room of the architecture page"
    if include.quoted:
        return arrow_complaint(room, room_of(include.target, room))
    for pattern, files in DEPENDENCIES.items():
        if fnmatch.fnmatchcase(include.target, pattern):
            if any(fnmatch.fnmatchcase(str(inside), allowed) for allowed in files):
                return None
            return f"only {' and '.join(files)} may include <{pattern}>"
    if STANDARD.fullmatch(include.target) or SYSTEM.fullmatch(include.target):
        return None
    return "a dependency that DEPENDENCIES does not list"


def outside_complaint(include: Include) -> str | None:
    """The program, the bindings and the examples use the library as anybody would: through its public headers."""
    head = include.target.partition("/")[0]
    if include.quoted:
        return "only public headers may be included from here" if head in ROOMS else None
    if fnmatch.fnmatchcase(include.target, "openssl/*"):
        return "only crypto/ includes OpenSSL"
    return None


def complaints(root: pathlib.Path) -> list[str]:
    rules = [
        ("libsjcode/include/sjcode", public_header_complaints),
        ("libsjcode/src", library_complaint),
        ("cli", outside_complaint),
        ("bindings", outside_complaint),
        ("examples", outside_complaint),
    ]
    found = []
    for folder, rule in rules:
        for include in includes_of(root, folder):
            if complaint := rule(include):
                found.append(f"{include}: {complaint}")
    return found


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    found = complaints(root)
    count = len(includes_of(root, "libsjcode"))
    if count == 0:
        found.append(f"{root}: no #include found at all")
    print("\n".join(found) or f"includes: {count} in the library, every arrow goes the right way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

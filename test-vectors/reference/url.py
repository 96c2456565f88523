"""The URL in a symbol (section 7)."""

import re
from typing import NamedTuple, Optional, Sequence

from . import digits, number
from .errors import FormatError

SCHEME = "https://"
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class SymbolText(NamedTuple):
    """What a symbol's URL holds: `form` is report, entry or number."""

    form: str
    host: str
    data: Optional[bytes]
    number: Optional[str]


def check_host(host: str) -> None:
    """A lower-case host of A-labels: no port, user, trailing dot, percent."""
    labels = host.split(".")
    # re.fullmatch: `$` would let a line feed through at the end.
    if len(host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise FormatError("url.host", f"{host!r}")
    if labels[-1].isdigit():
        raise FormatError("url.host", "an address instead of a name")


def parse(text: str, official_hosts: Optional[Sequence[str]] = None) -> SymbolText:
    """Takes a URL apart; anything that section 7 does not allow is an error."""
    if not text.startswith(SCHEME):
        raise FormatError("url.scheme")
    host, slash, rest = text[len(SCHEME) :].partition("/")
    check_host(host)
    if official_hosts is not None and host not in official_hosts:
        raise FormatError("url.foreign-host", host)
    if not slash:
        raise FormatError("url.path", "no path")
    path, tail = "/" + rest[:2], rest[2:]
    if path not in ("/r/", "/e/", "/n/"):
        raise FormatError("url.path", f"/{rest[:8]}")
    if path == "/e/":
        # The fragment is part of this form, and nothing may stand before it.
        if not tail.startswith("#"):
            raise FormatError("url.form", "an entry stands in the fragment")
        tail = tail[1:]
    for character in "?#%":
        if character in tail:
            raise FormatError("url.form", f"{character!r}")
    if "/" in tail:
        raise FormatError("url.path", "one segment more")
    if path == "/n/":
        return SymbolText("number", host, None, number.check_canonical(tail))
    return SymbolText("report" if path == "/r/" else "entry", host, digits.decode(tail), None)


def report_url(host: str, report_code: bytes) -> str:
    """`https://HOST/r/` and the digits of a report code."""
    check_host(host)
    return f"{SCHEME}{host}/r/{digits.encode(report_code)}"


def entry_url(host: str, entry_symbol: bytes) -> str:
    """`https://HOST/e/#` and the digits of an entry symbol's CBOR."""
    check_host(host)
    return f"{SCHEME}{host}/e/#{digits.encode(entry_symbol)}"

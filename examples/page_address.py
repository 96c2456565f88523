#!/usr/bin/env python3
"""Prints the part of the address behind the host that the symbol of an issued PDF holds: r/ and digits.

usage: page_address.py ISSUED.pdf
"""

import re
import sys

DIGITS = (0, 3, 5, 8, 10, 13, 15, 17)  # of 0 to 7 bytes; docs/code-format.md, section 7


def digits(code: bytes) -> str:
    groups = (code[at:at + 7] for at in range(0, len(code), 7))
    return "".join(str(int.from_bytes(group, "big")).zfill(DIGITS[len(group)]) for group in groups)


def main() -> None:
    with open(sys.argv[1], "rb") as file:
        found = re.search(rb"/SJCode<([0-9A-F]+)>", file.read())
    if not found:
        sys.exit(f"{sys.argv[1]}: no code")
    print("r/" + digits(bytes.fromhex(found[1].decode())))


if __name__ == "__main__":
    main()

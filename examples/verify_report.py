"""Verifies a file, and issues one: the README's Python.

usage: verify_report.py FILE TRUST_FOLDER
"""

from __future__ import annotations

import sys

import sjcode


# [verify]
def verify(path: str, trust_folder: str) -> sjcode.Verdict:
    return sjcode.verify(path, trust_folder)  # a bad document is a verdict, never an exception
# [/verify]


# [issue]
def issue(report: str, facts_json: str, key_pem: str, certificate_pem: str, out: str) -> sjcode.CodeNumber:
    facts = sjcode.Facts.from_json(facts_json)
    key = sjcode.PrivateKey.from_pem(key_pem)
    issuer = sjcode.Issuer(key, sjcode.Certificate.parse(certificate_pem))
    issued = issuer.issue(report, facts)  # signed, stamped, sealed; nothing is written yet
    issued.write(out)
    return issued.number
# [/issue]


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 64
    try:
        verdict = verify(sys.argv[1], sys.argv[2])
    except sjcode.SjcodeError as error:
        print(error, file=sys.stderr)
        return 66
    print(verdict.outcome.value)
    print(verdict.to_text("zh"), end="")
    return verdict.outcome.exit_status


if __name__ == "__main__":
    sys.exit(main())

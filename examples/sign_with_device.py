"""An integrator's script: the key never leaves its device (HSM, USB key, signing service); sjcode gets signatures only.

usage: sign_with_device.py REPORT.pdf FACTS.json CERT.pem OUT.pdf -- COMMAND…

COMMAND stands for the device's own library: it gets a message on its standard input and answers with the signature, 64 bytes
r‖s (Ed25519: as RFC 8032) on its standard output. It is run twice: for the code, and for the seal.
"""

from __future__ import annotations

import pathlib
import subprocess
import sys
from typing import Callable

import sjcode


class DeviceError(Exception):
    """The device did not sign."""


# [device]
def issuer_with_device(certificate_pem: str, sign: Callable[[bytes], bytes]) -> sjcode.Issuer:
    certificate = sjcode.Certificate.parse(certificate_pem)
    # What sign() returns is checked under the certificate's key; what it raises reaches whoever calls issue().
    return sjcode.Issuer(sjcode.CallbackSigner(certificate.public_key, sign), certificate)
# [/device]


def device(command: list[str]) -> Callable[[bytes], bytes]:
    def sign(message: bytes) -> bytes:
        ended = subprocess.run(command, input=message, capture_output=True, timeout=60, check=False)
        if ended.returncode != 0:
            raise DeviceError(f"{command[0]} ended with {ended.returncode}: {ended.stderr.decode(errors='replace')}")
        return ended.stdout

    return sign


def main() -> int:
    if "--" not in sys.argv or sys.argv.index("--") != 5 or len(sys.argv) < 7:
        print(__doc__, file=sys.stderr)
        return 64
    report, facts, certificate, out = (pathlib.Path(argument) for argument in sys.argv[1:5])
    try:
        issuer = issuer_with_device(certificate.read_text(encoding="utf-8"), device(sys.argv[6:]))
        issued = issuer.issue(report, sjcode.Facts.from_json(facts.read_bytes()))
        issued.write(out)
    except sjcode.SjcodeError as error:
        print(error, file=sys.stderr)
        return 65
    except (DeviceError, OSError) as error:
        print(error, file=sys.stderr)
        return 69
    print(issued.number)
    return 0


if __name__ == "__main__":
    sys.exit(main())

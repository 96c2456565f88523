"""A wheel, as it was installed: the programs are there and run, a key signs, a symbol is read, a document is refused.

usage: wheel.py    (with the interpreter that has the package; not beside the sources of the package, which would be taken instead)
"""

import subprocess
import sys

import sjcode


def main() -> None:
    key = sjcode.PrivateKey.generate(sjcode.Algorithm.SM2)
    assert key.public_key.verify(b"message", key.sign(b"message"))
    ended = subprocess.run([sys.executable, "-m", "sjcode", "--version"], capture_output=True, text=True, check=True)
    assert ended.stdout == f"sjcode {sjcode.__version__}\n", ended.stdout
    try:
        sjcode.Worker().open(b"no document").page_count()
    except sjcode.DocumentError as error:
        assert error.code == "worker.document", error
    else:
        raise AssertionError("the worker took no document for one")
    assert sjcode.audit(b"no document").outcome is sjcode.AuditOutcome.FAILED
    print(f"sjcode {sjcode.__version__} works on Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()

"""`python -m sjcode` is the command line program: the very one, so that it behaves the same."""

import os
import sys
from typing import NoReturn

from ._programs import command_line_program, worker_program


def main() -> NoReturn:
    """Becomes the program. Does not return."""
    program = command_line_program()
    if not os.access(program, os.X_OK):
        sys.stderr.write(f"sjcode: there is no {program}: the package was installed without its programs\n")
        sys.exit(69)  # EX_UNAVAILABLE
    environment = dict(os.environ)
    environment.setdefault("SJCODE_WORKER", worker_program())
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(program, ["sjcode", *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()

"""A file that shrinks while it is read, as on a disk that is pulled out, ends with a message, not with a crash."""

import os
import subprocess
import time

from reports import report
from running import PROGRAM, issue

IO_ERROR = 74
SIZE = 3 << 30  # sparse: it takes no room, and some time to read


def test_a_file_that_shrinks_while_it_is_verified(registry, tmp_path):
    source = report("dna")
    issuer = registry.issuer_for(source, "ed25519")
    issued, large = tmp_path / "issued.pdf", tmp_path / "large.pdf"
    issue(source, issuer, registry.facts_file(source), issued)
    for delay in (0.15, 0.3, 0.5, 0.8, 1.2, 2.5, 4.0):
        large.write_bytes(b"%PDF-1.7\n")
        os.truncate(large, SIZE)
        process = subprocess.Popen([PROGRAM, "verify", issued, large, "--trust", issuer.folder, "--lang", "en"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        os.truncate(large, 0)
        out, err = process.communicate(timeout=60)
        assert process.returncode >= 0, process.returncode
        if process.returncode == IO_ERROR:
            assert b"file.vanished" in err
            # The verdict on the other file stands.
            assert b"authentic" in out
            return
    raise AssertionError("the file was never being read when it shrank")

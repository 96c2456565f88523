"""Attacks on our own sealed reports: a table of forgeries, each made from a sealed report's bytes.

The rules are those of the audit (docs/audit.md). Each attack has the code that `audit` must give, and the one of
`verify`, where that is another. Some are caught by `verify` alone, which rebuilds what issuing wrote or looks into the
record: then `audit` says NO_FAILURE or NOTHING_SIGNED, since it knows no institution and no record.
"""

# Each of these modules puts its forgeries into the table.
from . import (annotations, byte_range, further_signatures, hidden, once_passed, pages, permissions,
               proofs_and_timestamps, seal_revision, signature, structure)
from .lawful import LAWFUL
from .table import ANY, ATTACKS, NO_FAILURE, NOTHING_SIGNED

"""The scenarios of the vectors, one module a topic.

Each module has `add(vectors)`. The facts are invented, here and everywhere in
the vectors.
"""

from . import claim_sets, code_numbers, disclosures, encodings, key_files
from . import records, report_codes, report_numbers, status_lists, symbols, trust_lists

ALL = [code_numbers, report_numbers, encodings, key_files, claim_sets, report_codes, records, disclosures, symbols,
       status_lists, trust_lists]

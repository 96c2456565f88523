"""An implementation of the report code format in Python.

Written from the format page alone (docs/code-format.md), apart from the C++
library, so that the two check each other. It is made to be read and compared
with the page, not to be fast, and it must not be used to issue real codes.
"""

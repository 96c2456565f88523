"""What is taken as bytes and as a document."""

from __future__ import annotations

import os
from typing import IO, Any, Union

# bytes, bytearray, memoryview, mmap, array: whatever has one contiguous piece of memory. `str` is a TypeError.
Buffer = Union[bytes, bytearray, memoryview, Any]

# A path, bytes-like memory, or a file opened in binary mode. Files on disk are mapped and memory is borrowed: neither is
# copied. Others must not change them during the call.
Document = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview, IO[bytes], Any]

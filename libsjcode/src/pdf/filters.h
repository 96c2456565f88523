// Stream filters that a strict view needs (ISO 32000-2, 7.4): Flate and LZW with predictors, ASCII hex and 85, run
// length.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include "pdf/object.h"

#include <cstdint>

namespace sjcode::pdf {

/// One filter applied: its name and its (resolved) parameters. Output over `limit` bytes is "pdf.limit"; a name that is
/// no such filter (an image codec, Crypt) is "pdf.filter" ({filter}); broken data is "pdf.damaged".
Result<Bytes> decode_filter(std::string_view filter, const Dictionary* parameters, ByteView data, std::uint64_t limit);

/// Undoes Flate where the data ends with the compressed stream: not one byte may stand behind it.
Result<Bytes> inflate_exactly(ByteView data, std::uint64_t limit);

/// Compressed for /FlateDecode, by a level of zlib's.
Bytes deflate(ByteView data, int level = 9);

}  // namespace sjcode::pdf

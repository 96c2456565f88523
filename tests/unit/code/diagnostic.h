// CBOR taken apart item by item in tests: as RFC 8949 diagnostic notation, and written anew.
#pragma once

#include "code/cbor.h"

#include <string>

/// The next item, e.g. `[1, h'00ff', "text"]`.
std::string diagnostic(sjcode::cbor::Reader& reader);

/// The next item, read by type and written again.
sjcode::Bytes reencoded(sjcode::cbor::Reader reader);

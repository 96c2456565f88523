// What the record says of the seal, so that nobody can take it off or put another in its place: docs/code-format.md,
// section 5, entry 65.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"

#include <cstdint>
#include <vector>

namespace sjcode::pdf {

/// Key of the record entry that names the seal's certificate; absent where the report bears no seal.
constexpr std::uint32_t seal_key = 65;

/// The value of record entry 65 as a CBOR byte string: H(0x04 ‖ DER of the signer's certificate ‖ the others in the
/// seal, each once, ascending as a SET OF in DER). `signer` may stand among `certificates`.
Bytes seal_entry(DigestAlgorithm algorithm, const Bytes& signer, std::vector<Bytes> certificates);

}  // namespace sjcode::pdf

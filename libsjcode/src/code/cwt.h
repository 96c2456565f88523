// CBOR Web Tokens (RFC 8392) as a standard of somebody else wants them: typed by header 16 (RFC 9596), without external
// data, claims in any order. What only we define is a COSE_Sign1 of code/cose.h.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/key.h"
#include "sjcode/result.h"

#include <cstddef>
#include <string_view>

namespace sjcode::cwt {

/// The parts of a signed token. The views borrow from what was decoded.
struct Token {
    Algorithm algorithm;
    ByteView protected_header;
    ByteView payload;
    ByteView signature;
};

/// Takes a tagged COSE_Sign1 whose type (header 16) is `type` apart; verifies nothing. Unprotected headers are not
/// looked at. ES256 (−7) and EdDSA (−8) are taken for the fully-specified −9 and −19, which need the same keys. Errors:
/// "cbor.*", "cose.structure", "cose.protected", "cose.algorithm", "cwt.type" (another one, or none), "cwt.critical"
/// (header 2: it asks for something that we do not know).
Result<Token> decode(ByteView encoded, std::size_t limit, std::string_view type);

/// Signs a payload: COSE_Sign1 with the protected header {1: algorithm, 16: type}. Errors: those of the signer.
Result<Bytes> sign(ByteView payload, std::string_view type, const Signer& signer);

/// What is signed: Sig_structure of RFC 9052, section 4.4, with empty external data.
Bytes signed_bytes(ByteView protected_header, ByteView payload);

}  // namespace sjcode::cwt

// PKCS #11 URIs (RFC 7512), as far as they name a private key.
#pragma once

#include "sjcode/result.h"

#include <string>
#include <string_view>

namespace sjcode::crypto {

struct Pkcs11Uri {
    std::string key;          ///< the URI again with nothing but what selects token and object, its type left out
    std::string module_path;  ///< decoded; empty where the URI has none
};

/// Strict: an attribute twice, or one that we would have to ignore, is an error.
/// Errors: "pkcs11.uri" ({part}), "pkcs11.pin-in-uri", "pkcs11.key-not-named".
Result<Pkcs11Uri> parse_pkcs11_uri(std::string_view uri);

}  // namespace sjcode::crypto

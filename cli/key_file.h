// A private key from a file, for commands that sign.
#pragma once

#include "sjcode/key.h"
#include "sjcode/result.h"

#include <string>

namespace sjcode::cli {

/// PEM or PKCS#12. Asks for a passphrase only where the key turns out to need one. Errors: "file.*", "key.*".
Result<PrivateKey> load_private_key(const std::string& path, const std::string& passphrase_file);

}  // namespace sjcode::cli

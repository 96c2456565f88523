// Keys in hardware, as options of the command line name them.
#pragma once

#include "sjcode/hardware_key.h"
#include "sjcode/result.h"

#include <string>

namespace sjcode::cli {

/// Opens the key of a PKCS #11 URI. The PIN is read as passphrase() reads; the module is the URI's, else the option's,
/// else that of PKCS11_MODULE_PATH.
Result<HardwareKey> open_hardware_key(const std::string& uri, const std::string& passphrase_file,
                                      const std::string& module);

}  // namespace sjcode::cli

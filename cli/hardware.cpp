#include "hardware.h"

#include "terminal.h"

#include <cstdlib>
#include <optional>

namespace sjcode::cli {

Result<HardwareKey> open_hardware_key(const std::string& uri, const std::string& passphrase_file,
                                      const std::string& module) {
    // The variable that OpenSSL's engine reads, and that its users know.
    const char* usual = std::getenv("PKCS11_MODULE_PATH");
    return HardwareKey::open(
        uri, [&]() -> std::optional<std::string> { return passphrase(passphrase_file, "cli.pin"); },
        module.empty() && usual != nullptr ? std::string(usual) : module);
}

}  // namespace sjcode::cli

#include "hardware.h"

#include "terminal.h"

#include <cstdlib>
#include <optional>

namespace sjcode::cli {

Result<HardwareKey> open_hardware_key(const std::string& uri, const std::string& passphrase_file,
                                      const std::string& module) {
    // The variable that OpenSSL's engine reads, and that its users know.
    const char* usual = std::getenv("PKCS11_MODULE_PATH");
    std::optional<Error> unread;
    const auto pin_of = [&]() -> std::optional<std::string> {
        auto pin = passphrase(passphrase_file, "cli.pin");
        if (pin) return *std::move(pin);
        unread = std::move(pin).error();
        return std::nullopt;
    };
    auto key = HardwareKey::open(uri, pin_of, module.empty() && usual != nullptr ? std::string(usual) : module);
    if (unread) return Unexpected(*std::move(unread));
    return key;
}

}  // namespace sjcode::cli

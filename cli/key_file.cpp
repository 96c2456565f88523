#include "key_file.h"

#include "terminal.h"

namespace sjcode::cli {

Result<PrivateKey> load_private_key(const std::string& path, const std::string& passphrase_file) {
    const auto content = read_text_file(path);
    if (!content) return Unexpected(content.error());
    std::optional<std::string> secret;
    if (!passphrase_file.empty()) {
        secret = passphrase(passphrase_file);
        if (!secret) return fail("file.not-found", {{"file", passphrase_file}});
    }
    const auto load = [&]() -> Result<PrivateKey> {
        if (content->find("-----BEGIN ") != std::string::npos)
            return secret ? PrivateKey::from_pem(*content, std::string_view(*secret)) : PrivateKey::from_pem(*content);
        return PrivateKey::from_pkcs12(as_bytes(*content), secret.value_or(""));
    };
    auto key = load();
    if (key || key.error().code != "key.passphrase" || secret) return key;
    secret = passphrase({});
    if (!secret) return key;
    return load();
}

}  // namespace sjcode::cli

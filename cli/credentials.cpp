#include "credentials.h"

#include "hardware.h"
#include "terminal.h"

#include <optional>
#include <string_view>
#include <utility>

namespace sjcode::cli {
namespace {

bool is_pem(const std::string& content) {
    return content.find("-----BEGIN") != std::string::npos;
}

Result<PrivateKey> load_key(const std::string& content, const CredentialOptions& options,
                            std::optional<std::string>& secret) {
    const auto load = [&]() -> Result<PrivateKey> {
        if (is_pem(content))
            return secret ? PrivateKey::from_pem(content, std::string_view(*secret)) : PrivateKey::from_pem(content);
        return PrivateKey::from_pkcs12(as_bytes(content), secret.value_or(""));
    };
    auto key = load();
    if (key || key.error().code != "key.passphrase" || secret) return key;
    auto given = passphrase(options.passphrase_file);
    if (!given) return Unexpected(std::move(given).error());
    secret = *std::move(given);
    return secret ? load() : std::move(key);
}

Result<Certificate> certificate_of(const std::string& path) {
    auto text = read_text_file(path);
    if (!text) return Unexpected(std::move(text).error());
    auto certificate = Certificate::parse(as_bytes(*text));
    if (certificate) return certificate;
    auto error = std::move(certificate).error();
    error.file = path;
    return Unexpected(std::move(error));
}

Result<Credentials> from_hardware(const CredentialOptions& options) {
    auto opened = open_hardware_key(options.key, options.passphrase_file, options.module);
    if (!opened) return Unexpected(std::move(opened).error());
    auto signer = opened->signer();
    if (!signer) return Unexpected(std::move(signer).error());
    auto key = std::make_unique<CallbackSigner>(*std::move(signer));
    if (options.certificate.empty() && !opened->certificate())
        return fail("usage.certificate-in-token", {{"option", options.certificate_option}});
    auto certificate =
        options.certificate.empty() ? Certificate::parse(*opened->certificate()) : certificate_of(options.certificate);
    if (!certificate) return Unexpected(std::move(certificate).error());
    return Credentials{std::move(key), *std::move(certificate)};
}

}  // namespace

std::vector<std::string> files_of(const CredentialOptions& options) {
    std::vector<std::string> files{options.certificate, options.passphrase_file, options.module};
    if (!is_hardware_key_uri(options.key)) files.push_back(options.key);
    return files;
}

Result<std::unique_ptr<Signer>> read_signer(const CredentialOptions& options) {
    if (is_hardware_key_uri(options.key)) {
        auto opened = open_hardware_key(options.key, options.passphrase_file, options.module);
        if (!opened) return Unexpected(std::move(opened).error());
        auto signer = opened->signer();
        if (!signer) return Unexpected(std::move(signer).error());
        return std::unique_ptr<Signer>(std::make_unique<CallbackSigner>(*std::move(signer)));
    }
    auto content = read_text_file(options.key);
    if (!content) return Unexpected(std::move(content).error());
    std::optional<std::string> secret;
    auto loaded = load_key(*content, options, secret);
    if (!loaded) return Unexpected(std::move(loaded).error());
    return std::unique_ptr<Signer>(std::make_unique<PrivateKey>(*std::move(loaded)));
}

Result<Credentials> read_credentials(const CredentialOptions& options) {
    if (is_hardware_key_uri(options.key)) return from_hardware(options);
    auto content = read_text_file(options.key);
    if (!content) return Unexpected(std::move(content).error());
    std::optional<std::string> secret;
    auto loaded = load_key(*content, options, secret);
    if (!loaded) return Unexpected(std::move(loaded).error());
    auto key = std::make_unique<PrivateKey>(*std::move(loaded));
    if (options.certificate.empty() && is_pem(*content))
        return fail("usage.certificate", {{"option", options.certificate_option}});
    auto certificate = options.certificate.empty() ? Certificate::from_pkcs12(as_bytes(*content), secret.value_or(""))
                                                   : certificate_of(options.certificate);
    if (!certificate) return Unexpected(std::move(certificate).error());
    return Credentials{std::move(key), *std::move(certificate)};
}

}  // namespace sjcode::cli

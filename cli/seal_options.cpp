#include "seal_options.h"

#include "hardware.h"
#include "terminal.h"
#include "timestamp_http.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace sjcode::cli {
namespace {

/// Certificates of one file. The error names the file.
Result<std::vector<Bytes>> certificates_of(const std::string& path) {
    auto text = read_text_file(path);
    if (!text) return Unexpected(std::move(text).error());
    auto certificates = read_certificates(as_bytes(*text));
    if (certificates) return certificates;
    auto error = std::move(certificates).error();
    error.file = path;
    return Unexpected(std::move(error));
}

Result<std::vector<Bytes>> certificates_of(const std::vector<std::string>& paths) {
    std::vector<Bytes> chain;
    for (const auto& path : paths) {
        auto some = certificates_of(path);
        if (!some) return some;
        for (auto& certificate : *some) chain.push_back(std::move(certificate));
    }
    return chain;
}

SealMethod method_of(const SealOptions& options) {
    SealMethod method;
    if (options.pss) method.algorithm = SealAlgorithm::rsa_pss;
    if (options.digest == "sha256") method.digest = SealDigest::sha256;
    if (options.digest == "sha384") method.digest = SealDigest::sha384;
    if (options.digest == "sha512") method.digest = SealDigest::sha512;
    return method;
}

Result<SealKey> load(const std::string& content, const std::vector<Bytes>& certificates,
                     const std::optional<std::string>& secret, const SealMethod& method) {
    if (content.find("-----BEGIN") == std::string::npos)
        return SealKey::from_pkcs12(as_bytes(content), secret.value_or(""), method);
    return SealKey::from_pem(content, certificates, secret ? std::optional<std::string_view>(*secret) : std::nullopt,
                             method);
}

std::chrono::milliseconds time_of(const SealOptions& options) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(options.tsa_timeout * 1000));
}

/// The certificates named, the signer's own among them where it is not with the key.
Result<std::vector<Bytes>> named_certificates(const SealOptions& options) {
    std::vector<Bytes> certificates;
    if (!options.certificate.empty()) {
        auto own = certificates_of(options.certificate);
        if (!own) return own;
        certificates = *std::move(own);
    }
    auto chain = certificates_of(options.chain);
    if (!chain) return chain;
    for (auto& certificate : *chain) certificates.push_back(std::move(certificate));
    return certificates;
}

Result<SealKey> key_of_file(const SealOptions& options, const std::vector<Bytes>& certificates) {
    auto content = read_text_file(options.key);
    if (!content) return Unexpected(std::move(content).error());
    auto key = load(*content, certificates, {}, method_of(options));
    if (key || key.error().code != "key.passphrase") return key;
    const auto secret = passphrase(options.passphrase_file);
    if (!secret) return Unexpected(Error(secret.error()));
    return *secret ? load(*content, certificates, *secret, method_of(options)) : std::move(key);
}

Result<std::unique_ptr<SealSigner>> own_key(const SealOptions& options) {
    auto certificates = named_certificates(options);
    if (!certificates) return Unexpected(std::move(certificates).error());
    if (!is_hardware_key_uri(options.key)) {
        auto key = key_of_file(options, *certificates);
        if (!key) return Unexpected(std::move(key).error());
        return std::unique_ptr<SealSigner>(std::make_unique<SealKey>(*std::move(key)));
    }
    auto opened = open_hardware_key(options.key, options.passphrase_file, options.module);
    if (!opened) return Unexpected(std::move(opened).error());
    auto seal = opened->seal(*std::move(certificates), method_of(options));
    if (!seal) return Unexpected(std::move(seal).error());
    return std::unique_ptr<SealSigner>(std::make_unique<CallbackSeal>(*std::move(seal)));
}

}  // namespace

void add_seal_options(CLI::App& command, SealOptions& options) {
    command.add_option("--seal", options.level, say("cli.issue.option.seal"))
        ->type_name("LEVEL")
        ->check(CLI::IsMember({"B-B", "B-T", "B-LT", "B-LTA", "none"}))
        ->capture_default_str();
    add_key_options(command, options);
    add_timestamp_options(command, options);
    add_proof_options(command, options);
    command.add_option("--countersign", options.countersignatures, say("cli.issue.option.countersign"))
        ->type_name("N")
        ->check(CLI::Range(0U, 32U));
}

void add_key_options(CLI::App& command, SealOptions& options) {
    command.add_option("--seal-key", options.key, say("cli.issue.option.seal-key"))->type_name("FILE");
    command.add_option("--seal-cert", options.certificate, say("cli.issue.option.seal-cert"))->type_name("FILE");
    command.add_option("--chain", options.chain, say("cli.issue.option.chain"))
        ->type_name("FILE")
        ->allow_extra_args(false);
    command.add_option("--seal-passphrase-file", options.passphrase_file, say("cli.option.passphrase-file"))
        ->type_name("FILE");
    command.add_option("--seal-digest", options.digest, say("cli.issue.option.seal-digest"))
        ->type_name("DIGEST")
        ->check(CLI::IsMember({"sha256", "sha384", "sha512"}));
    command.add_flag("--seal-pss", options.pss, say("cli.issue.option.seal-pss"));
}

void add_timestamp_options(CLI::App& command, SealOptions& options) {
    command.add_option("--tsa", options.tsa, say("cli.issue.option.tsa"))->type_name("URL");
    command.add_option("--tsa-timeout", options.tsa_timeout, say("cli.issue.option.tsa-timeout"))
        ->type_name("SECONDS")
        ->check(CLI::Range(0.1, 600.0))
        ->capture_default_str();
}

void add_proof_options(CLI::App& command, SealOptions& options) {
    command.add_option("--tsa-chain", options.tsa_chain, say("cli.issue.option.tsa-chain"))
        ->type_name("FILE")
        ->allow_extra_args(false);
}

std::vector<std::string> files_of(const SealOptions& options) {
    std::vector<std::string> files{options.certificate, options.passphrase_file, options.module};
    if (!is_hardware_key_uri(options.key)) files.push_back(options.key);
    files.insert(files.end(), options.chain.begin(), options.chain.end());
    files.insert(files.end(), options.tsa_chain.begin(), options.tsa_chain.end());
    return files;
}

Result<std::unique_ptr<SealSigner>> own_seal_signer(const SealOptions& options) {
    return own_key(options);
}

Result<std::unique_ptr<SealSigner>> seal_signer(const SealOptions& options, const Signer& code_key,
                                                const Certificate& certificate) {
    if (options.level == "none") return std::unique_ptr<SealSigner>();
    if (options.key.empty()) {
        if (options.pss || !options.digest.empty() || !options.certificate.empty()) return fail("usage.seal-key");
        auto chain = certificates_of(options.chain);
        if (!chain) return Unexpected(std::move(chain).error());
        auto seal = seal_with_code_key(code_key, certificate, *std::move(chain));
        // The one certificate that can be wrong here is the code's.
        if (!seal) return seal.error().code == "seal.certificate" ? fail("issue.key") : Unexpected(seal.error());
        return std::unique_ptr<SealSigner>(std::make_unique<CallbackSeal>(*std::move(seal)));
    }
    return own_key(options);
}

Result<std::unique_ptr<TimestampClient>> timestamp_client(const SealOptions& options) {
    const bool is_stamped = options.level == "B-T" || options.level == "B-LT" || options.level == "B-LTA";
    if (is_stamped == options.tsa.empty()) return fail("usage.tsa");
    if (options.tsa.empty()) return std::unique_ptr<TimestampClient>();
    return std::unique_ptr<TimestampClient>(std::make_unique<HttpTimestampClient>(options.tsa, time_of(options)));
}

Result<std::unique_ptr<HttpRevocation>> revocation_clients(const SealOptions& options) {
    if (options.level != "B-LT" && options.level != "B-LTA" && options.level != proofs_only)
        return std::unique_ptr<HttpRevocation>();
    auto certificates = certificates_of(options.tsa_chain);
    if (!certificates) return Unexpected(std::move(certificates).error());
    return std::make_unique<HttpRevocation>(time_of(options), *std::move(certificates));
}

}  // namespace sjcode::cli

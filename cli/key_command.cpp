#include "commands.h"
#include "terminal.h"

#include "sjcode/certificate.h"
#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/key.h"

#include <array>
#include <filesystem>
#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

struct Options {
    std::string algorithm = "sm2";
    InstitutionIdentity identity;
    std::string folder;
    std::string passphrase_file;
    int years = 5;
};

constexpr UnixTime year_seconds = 31'557'600;  // 365.25 days

Algorithm algorithm(const std::string& text) {
    return text == "ed25519" ? Algorithm::ed25519 : text == "p256" ? Algorithm::esp256 : Algorithm::sm2;
}

int key_new(const Options& options) {
    const std::filesystem::path folder = options.folder;
    const auto key_path = (folder / "key.pem").string();
    const auto certificate_path = (folder / "cert.pem").string();
    for (const auto& path : {key_path, certificate_path}) {
        std::error_code ignored;
        if (std::filesystem::exists(path, ignored)) return report(Error{"file.exists", {{"file", path}}, {}, {}, {}});
    }
    std::optional<std::string> secret;
    if (!options.passphrase_file.empty()) {
        auto given = passphrase(options.passphrase_file);
        if (!given) return report(given.error());
        secret = *std::move(given);
    }
    auto key = PrivateKey::generate(algorithm(options.algorithm));
    if (!key) return report(key.error());
    const auto now = system_clock()();
    auto certificate =
        Certificate::self_signed(*key, options.identity, now, now + options.years * year_seconds, system_random());
    if (!certificate) return report(certificate.error());
    const auto pem = secret ? key->to_pem_secret(std::string_view(*secret)) : key->to_pem_secret();
    if (!pem) return report(pem.error());
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        return report(Error{"file.write", {{"file", options.folder}, {"reason", failure.message()}}, {}, {}, {}});
    if (auto written = write_secret_file(key_path, as_bytes(*pem), Overwrite::no); !written)
        return report(written.error());
    const auto certificate_pem = certificate->to_pem();
    const std::array pieces{as_bytes(certificate_pem)};
    if (auto written = write_file(certificate_path, pieces, Overwrite::no); !written) {
        std::filesystem::remove(key_path, failure);
        return report(written.error());
    }
    std::cout << say("cli.key.written", {{"key", key_path}, {"certificate", certificate_path}}) << '\n';
    return ok;
}

}  // namespace

void add_key_command(CLI::App& app, Action& action) {
    auto* key = app.add_subcommand("key", say("cli.key.about"));
    key->require_subcommand(1);
    auto* command = key->add_subcommand("new", say("cli.key.new.about"));
    auto options = std::make_shared<Options>();
    command->add_option("--alg", options->algorithm, say("cli.key.option.alg"))
        ->type_name("ALGORITHM")
        ->check(CLI::IsMember({"sm2", "ed25519", "p256"}))
        ->capture_default_str();
    command->add_option("--licence", options->identity.licence, say("cli.key.option.licence"))
        ->type_name("NUMBER")
        ->required();
    command->add_option("--name", options->identity.name, say("cli.key.option.name"))->type_name("NAME")->required();
    command->add_option("--short-name", options->identity.short_name, say("cli.key.option.short-name"))
        ->type_name("NAME")
        ->required();
    command->add_option("--host", options->identity.hosts, say("cli.key.option.host"))->type_name("HOST")->required();
    command->add_option("--years", options->years, say("cli.key.option.years"))
        ->type_name("YEARS")
        ->check(CLI::Range(1, 30))
        ->capture_default_str();
    command->add_option("--passphrase-file", options->passphrase_file, say("cli.option.passphrase-file"))
        ->type_name("FILE");
    command->add_option("-o,--output", options->folder, say("cli.key.option.output"))->type_name("DIR")->required();
    command->footer(say("cli.key.new.example"));
    command->callback([options, &action] { action = [options] { return key_new(*options); }; });
}

}  // namespace sjcode::cli

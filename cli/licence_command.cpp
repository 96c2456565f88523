// `licence issue`, and with verify_command.cpp `licence verify`.
#include "licence_command.h"

#include "issuing.h"
#include "output_files.h"
#include "terminal.h"
#include "trust_options.h"
#include "version.h"

#include "sjcode/licence.h"

#include <filesystem>
#include <memory>

namespace sjcode::cli {
namespace {

struct Options {
    std::string source;
    std::string licence;
    std::string list_id;
    std::string root;
    std::string institution;
    CredentialOptions credentials;
    SealOptions seal;
    IssuedOutput output;
    std::string paper;
    std::string level = "M";
    LicenceOptions how;
};

/// From a register, from a store under its pins, or from a list under the fingerprint given: a list that nobody
/// compared with anything is none to sign from.
Result<LicenceGrant> grant_of(const Options& options, const PublicKey& key) {
    const auto now = system_clock()();
    std::error_code ignored;
    if (std::filesystem::is_directory(options.source, ignored)) {
        auto opened = open_list(options.source, options.list_id);
        if (!opened) return Unexpected(std::move(opened).error());
        return find_licence(opened->list, options.licence, key, now, options.institution);
    }
    auto file = InputFile::open(options.source);
    if (!file) return Unexpected(std::move(file).error());
    if (trust_file_kind(file->bytes()) == TrustFileKind::list) {
        if (options.root.empty()) return fail("usage.licence-root");
        auto root = fingerprint_from(options.root);
        if (!root) return Unexpected(std::move(root).error());
        auto list = TrustList::open(*std::move(file), *root);
        if (!list) return Unexpected(std::move(list).error());
        return find_licence(*list, options.licence, key, now, options.institution);
    }
    auto content = read_register(options.source);
    if (!content) return Unexpected(std::move(content).error());
    return find_licence(content->content, options.licence, key, now, options.institution);
}

int issue(const Options& options) {
    std::vector<std::string> inputs{options.source};
    for (const auto& files : {files_of(options.credentials), files_of(options.seal)})
        inputs.insert(inputs.end(), files.begin(), files.end());
    if (auto free = check_outputs({options.output.file, options.output.record}, inputs, options.output.overwrite);
        !free)
        return report(free.error());
    const auto issuing = Issuing::open(options.credentials, options.seal);
    if (!issuing) return report(issuing.error());
    const auto& issuer = (*issuing)->issuer();
    const auto grant = grant_of(options, issuer.signer.public_key());
    if (!grant) return report(grant.error());
    auto how = options.how;
    how.paper = grant->kind() == LicenceKind::institution ? LicencePaper::a4_landscape : LicencePaper::a7;
    if (!options.paper.empty()) how.paper = licence_paper(options.paper).value();
    how.level = options.level == "Q" ? QrLevel::Q : QrLevel::M;
    how.countersignatures = options.seal.countersignatures;
    how.software = std::string("sjcode ") + version;
    const auto issued = issue_licence(issuer, ReceiptFonts::installed(), *grant, how);
    if (!issued) return report(issued.error());
    return write_issued(options.output, *issued);
}

void add_issue(CLI::App& licence, Action& action) {
    auto* command = licence.add_subcommand("issue", say("cli.licence.issue.about"));
    auto options = std::make_shared<Options>();
    command->add_option("trust", options->source, say("cli.licence.option.source"))->type_name("PATH")->required();
    command->add_option("licence", options->licence, say("cli.licence.option.licence"))
        ->type_name("NUMBER")
        ->required();
    command->add_option("--key", options->credentials.key, say("cli.licence.option.key"))
        ->type_name("FILE")
        ->required();
    command->add_option("--cert", options->credentials.certificate, say("cli.licence.option.cert"))->type_name("FILE");
    command->add_option("--passphrase-file", options->credentials.passphrase_file, say("cli.option.passphrase-file"))
        ->type_name("FILE");
    command->add_option("--pkcs11-module", options->credentials.module, say("cli.option.pkcs11-module"))
        ->type_name("FILE");
    command->add_option("--host", options->how.host, say("cli.issue.option.host"))->type_name("HOST");
    command->add_option("-o,--output", options->output.file, say("cli.licence.option.output"))
        ->type_name("FILE")
        ->required();
    command->add_option("--paper", options->paper, say("cli.licence.option.paper"))
        ->type_name("PAPER")
        ->check(CLI::IsMember({"a4-landscape", "a4", "a7", "id-1"}));
    command->add_option("--institution", options->institution, say("cli.licence.option.institution"))
        ->type_name("NUMBER");
    command->add_option("--status-index", options->how.status, say("cli.licence.option.status"))
        ->type_name("NUMBER")
        ->capture_default_str();
    command->add_option("--list", options->list_id, say("cli.trust.option.list-id"))->type_name("ID");
    command->add_option("--root", options->root, say("cli.licence.option.root"))->type_name("FINGERPRINT");
    add_seal_options(*command, options->seal);
    command->add_option("--record", options->output.record, say("cli.issue.option.record"))->type_name("FILE");
    command->add_option("--qr-level", options->level, say("cli.issue.option.level"))
        ->type_name("LEVEL")
        ->check(CLI::IsMember({"M", "Q"}))
        ->capture_default_str();
    command->add_flag("--overwrite", options->output.overwrite, say("cli.option.overwrite"));
    command->add_flag("--json", options->output.json, say("cli.option.json"));
    command->footer(say("cli.licence.issue.example"));
    command->callback([options, &action] { action = [options] { return issue(*options); }; });
}

}  // namespace

void add_licence_command(CLI::App& app, Action& action) {
    auto* licence = app.add_subcommand("licence", say("cli.licence.about"));
    licence->require_subcommand(1);
    licence->footer(say("cli.licence.example"));
    add_issue(*licence, action);
    add_licence_verify_command(*licence, action);
}

}  // namespace sjcode::cli

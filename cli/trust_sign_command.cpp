// `trust sign`: the next list from a register, and the update that leads to it from an older one.
#include "trust_sign_command.h"
#include "credentials.h"
#include "staged_files.h"
#include "terminal.h"
#include "trust_options.h"
#include "trust_register_file.h"

#include "sjcode/file.h"

#include <iostream>
#include <memory>
#include <optional>

namespace sjcode::cli {
namespace {

constexpr UnixTime day_seconds = 86'400;

struct Options {
    std::string file;
    std::string signing_key;
    std::string next_key;
    std::string passphrase_file;
    std::string module;  ///< PKCS #11
    std::string output;
    std::string delta_from;
    std::string delta;
    int days = 30;
    bool overwrite = false;
};

CredentialOptions signing_key(const Options& options, const std::string& key) {
    return {key, {}, options.passphrase_file, options.module};
}

/// With a successor the change is signed by the key before it, and the list by the successor.
Result<std::unique_ptr<Signer>> root_key(const Options& options, UnixTime now, TrustRegister& content) {
    auto root = read_signer(signing_key(options, options.signing_key));
    if (!root || options.next_key.empty()) return root;
    auto next = read_signer(signing_key(options, options.next_key));
    if (!next) return next;
    auto change = sign_root_change(content.content.info.id, (*next)->public_key(), now, **root);
    if (!change) return Unexpected(std::move(change).error());
    content.root_changes.push_back(*std::move(change));
    return next;
}

/// The update from an older list to the one just signed.
Result<Bytes> delta_between(const TrustList& older, const Bytes& newer, const PublicKey& root) {
    auto opened = TrustList::open(InputFile::borrow(newer), fingerprint(root));
    if (!opened) return Unexpected(std::move(opened).error());
    return make_trust_delta(older, *opened);
}

/// A list whose number the register does not know as used up would be signed a second time, with other records: so the
/// register is put in its place first, and all three only where all three could be written.
Result<void> write_all(const Options& options, const TrustRegister& content, const Bytes& list,
                       const std::optional<Bytes>& delta) {
    const auto how = options.overwrite ? Overwrite::yes : Overwrite::no;
    const auto text = content.to_json();
    StagedFiles files;
    if (auto added = files.add(options.file, as_bytes(text), Overwrite::yes); !added) return added;
    if (auto added = files.add(options.output, list, how); !added) return added;
    if (delta)
        if (auto added = files.add(options.delta, *delta, how); !added) return added;
    return files.commit();
}

int sign(const Options& options) {
    if (options.delta.empty() != options.delta_from.empty()) return report(Error{"usage.delta", {}, {}, {}, {}});
    std::optional<OpenedList> older;
    if (!options.delta.empty()) {
        auto opened = open_list(options.delta_from);
        if (!opened) return report(opened.error());
        older = *std::move(opened);
    }
    auto file = TrustRegisterFile::open(options.file);
    if (!file) return report(file.error());
    auto& content = file->content();
    const auto now = system_clock()();
    const auto root = root_key(options, now, content);
    if (!root) return report(root.error());
    const auto list = content.sign(**root, now, now + options.days * day_seconds);
    if (!list) return report(list.error());
    std::optional<Bytes> delta;
    if (older) {
        auto made = delta_between(older->list, *list, (*root)->public_key());
        if (!made) return report(made.error());
        delta = *std::move(made);
    }
    if (const auto written = write_all(options, content, *list, delta); !written) return report(written.error());
    std::cout << say("cli.trust.signed", {{"file", options.output},
                                          {"number", std::to_string(content.content.info.number)},
                                          {"fingerprint", to_hex(fingerprint((*root)->public_key()))}})
              << '\n';
    if (delta) std::cout << say("cli.trust.delta-written", {{"file", options.delta}}) << '\n';
    return ok;
}

}  // namespace

void add_trust_sign_command(CLI::App& trust, Action& action) {
    auto options = std::make_shared<Options>();
    auto* command = trust.add_subcommand("sign", say("cli.trust.sign.about"));
    command->add_option("register", options->file, say("cli.trust.option.register"))->type_name("FILE")->required();
    command->add_option("--key", options->signing_key, say("cli.trust.option.root-key"))->type_name("FILE")->required();
    command->add_option("--next-key", options->next_key, say("cli.trust.option.next-key"))->type_name("FILE");
    command->add_option("--passphrase-file", options->passphrase_file, say("cli.option.passphrase-file"))
        ->type_name("FILE");
    command->add_option("--pkcs11-module", options->module, say("cli.option.pkcs11-module"))->type_name("FILE");
    command->add_option("--days", options->days, say("cli.trust.option.days"))
        ->type_name("DAYS")
        ->check(CLI::Range(1, 3'660))
        ->capture_default_str();
    command->add_option("--delta-from", options->delta_from, say("cli.trust.option.delta-from"))->type_name("FILE");
    command->add_option("--delta", options->delta, say("cli.trust.option.delta"))->type_name("FILE");
    command->add_option("-o,--output", options->output, say("cli.trust.option.output"))->type_name("FILE")->required();
    command->add_flag("--overwrite", options->overwrite, say("cli.option.overwrite"));
    command->footer(say("cli.trust.sign.example"));
    command->callback([options, &action] { action = [options] { return sign(*options); }; });
}

}  // namespace sjcode::cli

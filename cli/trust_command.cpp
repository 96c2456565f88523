// `trust init|add|suspend|revoke|sign`: the regulator's side, on a register.
#include "commands.h"
#include "credentials.h"
#include "terminal.h"
#include "trust_options.h"

#include "sjcode/category.h"
#include "sjcode/certificate.h"
#include "sjcode/file.h"

#include <array>
#include <filesystem>
#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

constexpr UnixTime day_seconds = 86'400;

struct Options {
    std::string file;
    std::string list_id;
    std::string publisher;
    std::vector<std::string> regions;
    std::string id;
    std::string name;
    std::string short_name;
    std::string uscc;
    std::string institution;
    std::vector<std::string> categories;
    std::vector<std::string> hosts;
    std::vector<std::string> signers;
    std::string certificate;
    std::string from;
    std::string until;
    bool seals = false;
    std::string kind;
    std::string authority;
    std::string document;
    std::string keeper;
    std::string key;
    bool stolen = false;
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

/// --from and --until, the last day, as a period; `now` where no beginning is given.
Result<Period> period_of(const Options& options) {
    Period period{system_clock()(), {}};
    if (!options.from.empty()) {
        auto from = day_from(options.from);
        if (!from) return Unexpected(std::move(from).error());
        period.from = *from;
    }
    if (!options.until.empty()) {
        auto until = day_from(options.until);
        if (!until) return Unexpected(std::move(until).error());
        period.until = *until + day_seconds;
    }
    return period;
}

Result<std::vector<DatedCategory>> categories_of(const Options& options, const Period& period) {
    std::vector<DatedCategory> categories;
    for (const auto& code : options.categories) {
        auto category = Category::parse(code);
        if (!category) return Unexpected(std::move(category).error());
        categories.push_back({category->number(), {period.from, {}}});
    }
    return categories;
}

Result<Certificate> certificate_of(const std::string& path) {
    auto text = read_text_file(path);
    if (!text) return Unexpected(std::move(text).error());
    return Certificate::parse(as_bytes(*text));
}

Result<Digest> fingerprint_of_certificate(const std::string& path) {
    auto certificate = certificate_of(path);
    if (!certificate) return Unexpected(std::move(certificate).error());
    return fingerprint(certificate->public_key());
}

/// Opens the register, lets `change` at it, writes it, and says so.
template <class Change>
int change_register(const std::string& path, Change change) {
    auto content = read_register(path);
    if (!content) return report(content.error());
    if (auto changed = change(*content); !changed) return report(changed.error());
    if (auto written = write_register(path, *content); !written) return report(written.error());
    std::cout << say("cli.trust.register-written", {{"file", path}}) << '\n';
    return ok;
}

int init(const Options& options) {
    std::error_code ignored;
    if (!options.overwrite && std::filesystem::exists(options.output, ignored))
        return report(Error{"file.exists", {{"file", options.output}}, {}, {}, {}});
    TrustRegister content;
    content.content.info.id = options.list_id;
    content.content.info.publisher = options.publisher;
    content.content.info.regions = options.regions;
    if (auto written = write_register(options.output, content); !written) return report(written.error());
    std::cout << say("cli.trust.register-written", {{"file", options.output}}) << '\n';
    return ok;
}

Result<void> add_institution(const Options& options, TrustRegister& content) {
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    auto categories = categories_of(options, *period);
    if (!categories) return Unexpected(std::move(categories).error());
    InstitutionRecord record;
    record.licence = options.id;
    record.uscc = options.uscc;
    record.categories = *std::move(categories);
    if (!options.until.empty()) record.licensed.push_back(*period);
    auto name = options.name;
    auto short_name = options.short_name;
    if (!options.certificate.empty()) {
        auto certificate = certificate_of(options.certificate);
        if (!certificate) return Unexpected(std::move(certificate).error());
        const auto& identity = certificate->identity();
        if (!identity.licence.empty() && identity.licence != options.id)
            return fail("trust.other-licence", {{"licence", identity.licence}, {"given", options.id}});
        if (name.empty()) name = identity.name;
        if (short_name.empty()) short_name = identity.short_name;
        const Period valid{certificate->not_before(), certificate->not_after() + 1};
        record.keys.push_back({certificate->public_key().to_der(), valid, {}});
        for (const auto& host : identity.hosts) record.hosts.push_back({host, {certificate->not_before(), {}}});
    }
    if (!name.empty()) record.names.push_back({name, short_name, {period->from, {}}});
    for (const auto& host : options.hosts) record.hosts.push_back({host, {period->from, {}}});
    for (const auto& signer : options.signers) record.signers.push_back({signer, {period->from, {}}});
    if (options.seals) record.seals.push_back({period->from, {}});
    return content.add(record);
}

Result<void> add_appraiser(const Options& options, TrustRegister& content) {
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    auto categories = categories_of(options, *period);
    if (!categories) return Unexpected(std::move(categories).error());
    AppraiserRecord record;
    record.licence = options.id;
    record.categories = *std::move(categories);
    if (!options.name.empty()) record.names.push_back({options.name, {}, {period->from, {}}});
    if (!options.until.empty()) record.licensed.push_back(*period);
    if (!options.institution.empty()) record.institutions.push_back({options.institution, {period->from, {}}});
    return content.add(record);
}

Result<void> add_authority(const Options& options, TrustRegister& content) {
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    AuthorityRecord record;
    record.id = options.id;
    if (!options.name.empty()) record.names.push_back({options.name, {}, {period->from, {}}});
    if (!options.certificate.empty()) {
        auto certificate = certificate_of(options.certificate);
        if (!certificate) return Unexpected(std::move(certificate).error());
        record.keys.push_back(
            {certificate->public_key().to_der(), {certificate->not_before(), certificate->not_after() + 1}, {}});
    }
    for (const auto& host : options.hosts) record.hosts.push_back({host, {period->from, {}}});
    return content.add(record);
}

Result<void> add_event(const Options& options, TrustRegister& content) {
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    StatusEvent event;
    event.kind = *status_event_kind(options.kind);
    event.period = *period;
    event.authority = options.authority;
    event.document = options.document;
    event.keeper = options.keeper;
    if (!options.categories.empty()) {
        auto category = Category::parse(options.categories.front());
        if (!category) return Unexpected(std::move(category).error());
        event.category = category->number();
    }
    auto added = content.add_event(options.id, event);
    if (added)
        std::cout << say("cli.trust.event-recorded", {{"licence", options.id}, {"event", say("event." + options.kind)}})
                  << '\n';
    return added;
}

Result<void> revoke(const Options& options, TrustRegister& content) {
    if (options.key.empty()) return add_event(options, content);
    std::error_code ignored;
    auto wanted = std::filesystem::exists(options.key, ignored) ? fingerprint_of_certificate(options.key)
                                                                : fingerprint_from(options.key);
    if (!wanted) return Unexpected(std::move(wanted).error());
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    return content.end_key(options.id, *wanted, period->from, options.stolen);
}

/// The delta from an older list to the one just signed, where it is asked for.
Result<void> write_delta(const Options& options, const Bytes& file, const PublicKey& root) {
    auto older = open_list(options.delta_from);
    if (!older) return Unexpected(std::move(older).error());
    auto newer = TrustList::open(InputFile::borrow(file), fingerprint(root));
    if (!newer) return Unexpected(std::move(newer).error());
    const auto delta = make_trust_delta(older->list, *newer);
    if (!delta) return Unexpected(delta.error());
    const std::array pieces{ByteView(*delta)};
    return write_file(options.delta, pieces, Overwrite::yes);
}

CredentialOptions signing_key(const Options& options, const std::string& key) {
    return {key, {}, options.passphrase_file, options.module};
}

int sign(const Options& options) {
    if (options.delta.empty() != options.delta_from.empty()) return report(Error{"usage.delta", {}, {}, {}, {}});
    auto content = read_register(options.file);
    if (!content) return report(content.error());
    auto key = read_signer(signing_key(options, options.signing_key));
    if (!key) return report(key.error());
    const auto now = system_clock()();
    auto root = *std::move(key);
    if (!options.next_key.empty()) {
        auto next = read_signer(signing_key(options, options.next_key));
        if (!next) return report(next.error());
        auto change = sign_root_change(content->content.info.id, (*next)->public_key(), now, *root);
        if (!change) return report(change.error());
        content->root_changes.push_back(*std::move(change));
        root = *std::move(next);
    }
    auto file = content->sign(*root, now, now + options.days * day_seconds);
    if (!file) return report(file.error());
    const std::array pieces{ByteView(*file)};
    if (auto written = write_file(options.output, pieces, options.overwrite ? Overwrite::yes : Overwrite::no); !written)
        return report(written.error());
    // The number is used up by the list that was written.
    if (auto written = write_register(options.file, *content); !written) return report(written.error());
    std::cout << say("cli.trust.signed", {{"file", options.output},
                                          {"number", std::to_string(content->content.info.number)},
                                          {"fingerprint", to_hex(fingerprint(root->public_key()))}})
              << '\n';
    if (!options.delta.empty()) {
        if (auto written = write_delta(options, *file, root->public_key()); !written) return report(written.error());
        std::cout << say("cli.trust.delta-written", {{"file", options.delta}}) << '\n';
    }
    return ok;
}

using OptionsPointer = std::shared_ptr<Options>;

void add_register_option(CLI::App& command, const OptionsPointer& options) {
    command.add_option("register", options->file, say("cli.trust.option.register"))->type_name("FILE")->required();
}

void add_period_options(CLI::App& command, const OptionsPointer& options) {
    command.add_option("--from", options->from, say("cli.trust.option.from"))->type_name("DATE");
    command.add_option("--until", options->until, say("cli.trust.option.until"))->type_name("DATE");
}

void add_add_commands(CLI::App& trust, Action& action) {
    auto* add = trust.add_subcommand("add", say("cli.trust.add.about"));
    add->require_subcommand(1);
    add->footer(say("cli.trust.add.example"));
    const auto command = [&](const char* name, const std::string& about,
                             Result<void> (*run)(const Options&, TrustRegister&)) {
        auto options = std::make_shared<Options>();
        auto* made = add->add_subcommand(name, about);
        add_register_option(*made, options);
        made->callback([options, run, &action] {
            action = [options, run] {
                return change_register(options->file, [&](TrustRegister& content) { return run(*options, content); });
            };
        });
        return std::pair(made, options);
    };
    auto [institution, one] = command("institution", say("cli.trust.add.institution.about"), add_institution);
    institution->add_option("--licence", one->id, say("cli.key.option.licence"))->type_name("NUMBER")->required();
    institution->add_option("--name", one->name, say("cli.key.option.name"))->type_name("NAME");
    institution->add_option("--short-name", one->short_name, say("cli.key.option.short-name"))->type_name("NAME");
    institution->add_option("--uscc", one->uscc, say("cli.trust.option.uscc"))->type_name("CODE");
    institution->add_option("--category", one->categories, say("cli.trust.option.category"))->type_name("CODE");
    institution->add_option("--cert", one->certificate, say("cli.trust.option.cert"))->type_name("FILE");
    institution->add_option("--host", one->hosts, say("cli.key.option.host"))
        ->type_name("HOST")
        ->allow_extra_args(false);
    institution->add_option("--signer", one->signers, say("cli.trust.option.signer"))
        ->type_name("ID")
        ->allow_extra_args(false);
    institution->add_flag("--seals", one->seals, say("cli.trust.option.seals"));
    add_period_options(*institution, one);
    institution->footer(say("cli.trust.add.institution.example"));

    auto [appraiser, two] = command("appraiser", say("cli.trust.add.appraiser.about"), add_appraiser);
    appraiser->add_option("--licence", two->id, say("cli.trust.option.appraiser-licence"))
        ->type_name("NUMBER")
        ->required();
    appraiser->add_option("--name", two->name, say("cli.trust.option.appraiser-name"))->type_name("NAME");
    appraiser->add_option("--institution", two->institution, say("cli.trust.option.institution"))->type_name("NUMBER");
    appraiser->add_option("--category", two->categories, say("cli.trust.option.category"))->type_name("CODE");
    add_period_options(*appraiser, two);

    appraiser->footer(say("cli.trust.add.appraiser.example"));

    auto [authority, three] = command("authority", say("cli.trust.add.authority.about"), add_authority);
    authority->add_option("--id", three->id, say("cli.trust.option.id"))->type_name("ID")->required();
    authority->add_option("--name", three->name, say("cli.trust.option.authority-name"))->type_name("NAME");
    authority->add_option("--cert", three->certificate, say("cli.trust.option.cert"))->type_name("FILE");
    authority->add_option("--host", three->hosts, say("cli.key.option.host"))
        ->type_name("HOST")
        ->allow_extra_args(false);
    add_period_options(*authority, three);
    authority->footer(say("cli.trust.add.authority.example"));
}

void add_event_options(CLI::App& command, const OptionsPointer& options, std::vector<std::string> kinds) {
    add_register_option(command, options);
    command.add_option("licence", options->id, say("cli.trust.option.licence"))->type_name("NUMBER")->required();
    options->kind = kinds.front();
    command.add_option("--kind", options->kind, say("cli.trust.option.kind"))
        ->type_name("KIND")
        ->check(CLI::IsMember(std::move(kinds)))
        ->capture_default_str();
    command.add_option("--category", options->categories, say("cli.trust.option.event-category"))
        ->type_name("CODE")
        ->expected(1);
    add_period_options(command, options);
    command.add_option("--authority", options->authority, say("cli.trust.option.authority"))->type_name("NAME");
    command.add_option("--document", options->document, say("cli.trust.option.document"))->type_name("NUMBER");
    command.add_option("--keeper", options->keeper, say("cli.trust.option.keeper"))->type_name("NAME");
}

}  // namespace

CLI::App& add_trust_command(CLI::App& app, Action& action) {
    auto* trust = app.add_subcommand("trust", say("cli.trust.about"));
    trust->require_subcommand(1);

    auto options = std::make_shared<Options>();
    auto* command = trust->add_subcommand("init", say("cli.trust.init.about"));
    command->add_option("--id", options->list_id, say("cli.trust.option.list-id"))->type_name("ID")->required();
    command->add_option("--publisher", options->publisher, say("cli.trust.option.publisher"))
        ->type_name("NAME")
        ->required();
    command->add_option("--region", options->regions, say("cli.trust.option.region"))->type_name("DIGITS");
    command->add_option("-o,--output", options->output, say("cli.trust.option.register"))
        ->type_name("FILE")
        ->required();
    command->add_flag("--overwrite", options->overwrite, say("cli.option.overwrite"));
    command->footer(say("cli.trust.init.example"));
    command->callback([options, &action] { action = [options] { return init(*options); }; });

    add_add_commands(*trust, action);

    options = std::make_shared<Options>();
    command = trust->add_subcommand("suspend", say("cli.trust.suspend.about"));
    add_event_options(*command, options, {"suspended", "closed", "blacklisted", "commissioning-stopped"});
    command->footer(say("cli.trust.suspend.example"));
    command->callback([options, &action] {
        action = [options] {
            return change_register(options->file, [&](TrustRegister& content) { return add_event(*options, content); });
        };
    });

    options = std::make_shared<Options>();
    command = trust->add_subcommand("revoke", say("cli.trust.revoke.about"));
    add_event_options(*command, options, {"cancelled", "registration-revoked", "licence-revoked"});
    command->add_option("--key", options->key, say("cli.trust.option.key"))->type_name("FINGERPRINT");
    command->add_flag("--stolen", options->stolen, say("cli.trust.option.stolen"));
    command->footer(say("cli.trust.revoke.example"));
    command->callback([options, &action] {
        action = [options] {
            return change_register(options->file, [&](TrustRegister& content) { return revoke(*options, content); });
        };
    });

    options = std::make_shared<Options>();
    command = trust->add_subcommand("sign", say("cli.trust.sign.about"));
    add_register_option(*command, options);
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
    return *trust;
}

}  // namespace sjcode::cli

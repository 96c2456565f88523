// `trust init|add|suspend|revoke`: the regulator's side, on a register.
#include "commands.h"
#include "terminal.h"
#include "trust_options.h"
#include "trust_register_file.h"
#include "trust_sign_command.h"

#include "sjcode/category.h"
#include "sjcode/certificate.h"
#include "sjcode/file.h"
#include "sjcode/identifier.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

constexpr UnixTime day_seconds = 86'400;

enum class LicenceHolder { institution, appraiser };

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
    std::string beside_key;  ///< an option that --key excludes and that was given
    bool stolen = false;
    std::string output;
    bool overwrite = false;
};

/// A licence or a decision without end.
bool is_open_end(const std::string& text) {
    return text == "open" || text == "长期" || text == "长期有效";
}

/// --from and --until, the last day, as a period; `now` where no beginning is given.
Result<Period> period_of(const Options& options) {
    Period period{system_clock()(), {}};
    if (!options.from.empty()) {
        auto from = day_from(options.from);
        if (!from) return Unexpected(std::move(from).error());
        period.from = *from;
    }
    if (!options.until.empty() && !is_open_end(options.until)) {
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

/// The number as it is written in a register. A mistyped one would be found when a report of that holder fails.
Result<std::string> licence_from(const std::string& text, LicenceHolder holder) {
    auto checked = holder == LicenceHolder::appraiser ? check_appraiser_licence(text) : check_institution_licence(text);
    if (!checked) return Unexpected(std::move(checked).error());
    for (const auto& warning : checked->warnings)
        if (warning.code == "identifier.licence-number") return Unexpected(warning);
    return std::move(checked->text);
}

/// The period of the licence, where one is meant: what a new record says from a day on, or what has an end or says that
/// it has none. Else --from is that of another name, a category or the like.
template <class Record>
std::vector<Period> licensed(const Options& options, const Period& period, const std::vector<Record>& known) {
    const bool is_new =
        std::none_of(known.begin(), known.end(), [&](const Record& record) { return record.licence == options.id; });
    if (!options.until.empty() || (is_new && !options.from.empty())) return {period};
    if (is_new) std::cerr << say("cli.warning") << say("cli.trust.no-licence", {{"licence", options.id}}) << '\n';
    return {};
}

/// Opens the register, lets `change` at it, writes it, and says so, with what was recorded.
template <class Change>
int change_register(const std::string& path, Change change, const std::string& recorded = {}) {
    auto file = TrustRegisterFile::open(path);
    if (!file) return report(file.error());
    if (auto changed = change(file->content()); !changed) return report(changed.error());
    if (auto written = file->save(); !written) return report(written.error());
    if (!recorded.empty()) std::cout << recorded << '\n';
    std::cout << say("cli.trust.register-written", {{"file", path}}) << '\n';
    return ok;
}

int init(const Options& options) {
    TrustRegister content;
    content.content.info.id = options.list_id;
    content.content.info.publisher = options.publisher;
    content.content.info.regions = options.regions;
    const auto how = options.overwrite ? Overwrite::yes : Overwrite::no;
    if (auto written = write_register(options.output, content, how); !written) return report(written.error());
    std::cout << say("cli.trust.register-written", {{"file", options.output}}) << '\n';
    return ok;
}

Result<void> add_institution(Options options, TrustRegister& content) {
    auto licence = licence_from(options.id, LicenceHolder::institution);
    if (!licence) return Unexpected(std::move(licence).error());
    options.id = *std::move(licence);
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    auto categories = categories_of(options, *period);
    if (!categories) return Unexpected(std::move(categories).error());
    InstitutionRecord record;
    record.licence = options.id;
    record.licensed = licensed(options, *period, content.content.institutions);
    record.uscc = options.uscc;
    record.categories = *std::move(categories);
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

Result<void> add_appraiser(Options options, TrustRegister& content) {
    auto licence = licence_from(options.id, LicenceHolder::appraiser);
    if (!licence) return Unexpected(std::move(licence).error());
    options.id = *std::move(licence);
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    auto categories = categories_of(options, *period);
    if (!categories) return Unexpected(std::move(categories).error());
    AppraiserRecord record;
    record.licence = options.id;
    record.licensed = licensed(options, *period, content.content.appraisers);
    record.categories = *std::move(categories);
    if (!options.name.empty()) record.names.push_back({options.name, {}, {period->from, {}}});
    if (!options.institution.empty()) record.institutions.push_back({options.institution, {period->from, {}}});
    return content.add(record);
}

Result<void> add_authority(Options options, TrustRegister& content) {
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    AuthorityRecord record;
    record.id = options.id;
    if (!options.certificate.empty()) {
        auto certificate = certificate_of(options.certificate);
        if (!certificate) return Unexpected(std::move(certificate).error());
        const auto& identity = certificate->identity();
        if (options.name.empty()) options.name = identity.name;
        record.keys.push_back(
            {certificate->public_key().to_der(), {certificate->not_before(), certificate->not_after() + 1}, {}});
        for (const auto& host : identity.hosts) record.hosts.push_back({host, {certificate->not_before(), {}}});
    }
    if (!options.name.empty()) record.names.push_back({options.name, {}, {period->from, {}}});
    for (const auto& host : options.hosts) record.hosts.push_back({host, {period->from, {}}});
    return content.add(record);
}

std::string event_recorded(const Options& options) {
    return say("cli.trust.event-recorded", {{"licence", options.id}, {"event", say("event." + options.kind)}});
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
    return content.add_event(options.id, event);
}

/// Ends a key, or records what ends the registration: never the one for the other.
Result<void> revoke(const Options& options, TrustRegister& content) {
    if (options.key.empty() && options.stolen) return fail("usage.stolen");
    if (options.key.empty() && options.authority.empty()) return fail("usage.authority");
    if (options.key.empty()) return add_event(options, content);
    if (!options.beside_key.empty()) return fail("usage.beside-key", {{"option", options.beside_key}});
    std::error_code ignored;
    auto wanted = std::filesystem::exists(options.key, ignored) ? fingerprint_of_certificate(options.key)
                                                                : fingerprint_from(options.key);
    if (!wanted) return Unexpected(std::move(wanted).error());
    auto period = period_of(options);
    if (!period) return Unexpected(std::move(period).error());
    return content.end_key(options.id, *wanted, period->from, options.stolen);
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
    const auto command = [&](const char* name, const std::string& about, Result<void> (*run)(Options, TrustRegister&)) {
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
    command->get_option("--authority")->required();
    command->footer(say("cli.trust.suspend.example"));
    command->callback([options, &action] {
        action = [options] {
            return change_register(
                options->file, [&](TrustRegister& content) { return add_event(*options, content); },
                event_recorded(*options));
        };
    });

    options = std::make_shared<Options>();
    command = trust->add_subcommand("revoke", say("cli.trust.revoke.about"));
    add_event_options(*command, options, {"cancelled", "registration-revoked", "licence-revoked"});
    command->get_option("--authority")->description(say("cli.trust.option.revoke-authority"));
    command->add_option("--key", options->key, say("cli.trust.option.key"))->type_name("FINGERPRINT");
    command->add_flag("--stolen", options->stolen, say("cli.trust.option.stolen"));
    command->footer(say("cli.trust.revoke.example"));
    command->callback([options, command, &action] {
        for (const auto* name : {"--kind", "--category", "--until", "--authority", "--document", "--keeper"})
            if (command->count(name) > 0) options->beside_key = name;
        action = [options] {
            return change_register(
                options->file, [&](TrustRegister& content) { return revoke(*options, content); },
                options->key.empty() ? event_recorded(*options) : std::string());
        };
    });

    add_trust_sign_command(*trust, action);
    return *trust;
}

}  // namespace sjcode::cli

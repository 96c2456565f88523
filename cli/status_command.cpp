#include "commands.h"
#include "credentials.h"
#include "status_journal_file.h"
#include "status_show.h"
#include "terminal.h"

#include "sjcode/file.h"
#include "sjcode/report_number.h"
#include "sjcode/symbol_url.h"
#include "sjcode/trust.h"
#include "sjcode/verify.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

namespace sjcode::cli {
namespace {

struct Options {
    std::string journal;
    std::string issuer;
    std::string report;
    std::string trust;
    std::string number;
    std::optional<std::uint64_t> index;
    std::string state;
    std::string reason;
    std::string successor;
    bool correct = false;
    std::uint32_t count = 1;
    CredentialOptions signing;
    std::string output;
    std::uint32_t days = 30;
    std::uint32_t hours = 12;
};

struct Code {
    std::uint64_t index;
    CodeNumber number;
};

/// The one report code that a PDF or the text of a symbol carries.
Result<Bytes> carried_code(const std::string& report) {
    std::error_code ignored;
    if (report.starts_with("https://") && !std::filesystem::exists(report, ignored)) {
        const auto url = SymbolUrl::parse(report);
        if (!url) return Unexpected(url.error());
        const auto* content = std::get_if<SymbolUrl::Report>(&url->content);
        if (content == nullptr) return fail("show.no-code", {{"file", report}});
        return content->code;
    }
    const auto file = InputFile::open(report);
    if (!file) return Unexpected(file.error());
    const auto codes = carried_codes(*file);
    if (!codes) return Unexpected(codes.error());
    if (codes->empty()) return fail("show.no-code", {{"file", report}});
    for (const auto& code : *codes)
        if (code.code != codes->front().code) return fail("status-journal.several-codes", {{"file", report}});
    return codes->front().code;
}

/// The code of a report, only where the institution itself signed it: else a forged report could have another one
/// revoked.
Result<Code> code_of_report(const Options& options, const std::string& issuer) {
    if (options.trust.empty()) return fail("status-journal.trust");
    const auto trust = CertificateFolder::open(options.trust);
    if (!trust) return Unexpected(trust.error());
    const auto encoded = carried_code(options.report);
    if (!encoded) return Unexpected(encoded.error());
    const auto raw = RawReportCode::decode(*encoded);
    if (!raw) return Unexpected(raw.error());
    if (raw->unverified_claims().issuer != issuer)
        return fail("status-journal.other-issuer", {{"issuer", raw->unverified_claims().issuer}});
    for (const auto& certificate : trust->certificates(issuer)) {
        const auto verified = VerifiedReportCode::verify(*raw, certificate.public_key());
        if (!verified) continue;
        const auto& claims = verified->claims();
        if (options.index && *options.index != claims.status)
            return fail("status-journal.other-index",
                        {{"index", std::to_string(claims.status)}, {"given", std::to_string(*options.index)}});
        return Code{claims.status, claims.code};
    }
    return fail("status-journal.not-ours", {{"file", options.report}});
}

Result<Code> code_of_number(const Options& options, const StatusJournal& journal) {
    const auto number = CodeNumber::parse(options.number);
    if (!number) return Unexpected(number.error());
    if (options.index) return Code{*options.index, *number};
    const auto known = journal.index_of(*number);
    if (!known) return fail("status-journal.index-missing", {{"number", number->grouped()}});
    return Code{*known, *number};
}

/// A code number, or the usual form of a report number; what is neither was most likely a mistyped code number.
Result<PriorReport> successor_of(const std::string& text) {
    auto code = CodeNumber::parse(text);
    if (code) return PriorReport(*std::move(code));
    const auto number = ReportNumber::parse(text);
    if (number && number->parts()) return PriorReport(number->canonical());
    return Unexpected(std::move(code).error());
}

int set(const Options& options) {
    if (options.report.empty() == options.number.empty()) return report(Error{"usage.status-which", {}, {}, {}, {}});
    auto file = StatusJournalFile::open(options.journal, options.issuer);
    if (!file) return report(file.error());
    auto& journal = file->journal();
    const auto code =
        options.report.empty() ? code_of_number(options, journal) : code_of_report(options, journal.issuer());
    if (!code) return report(code.error());
    StatusChange change{system_clock()(), code_status(options.state).value_or(CodeStatus::valid), options.reason, {}};
    if (!options.successor.empty()) {
        auto successor = successor_of(options.successor);
        if (!successor) return report(successor.error());
        change.successor = *std::move(successor);
    }
    const auto correction = options.correct ? StatusJournal::Correction::yes : StatusJournal::Correction::no;
    if (const auto done = journal.set(code->index, code->number, std::move(change), correction); !done)
        return report(done.error());
    if (const auto saved = file->save(); !saved) return report(saved.error());
    std::cout << say("cli.status.recorded", {{"number", code->number.grouped()},
                                             {"index", std::to_string(code->index)},
                                             {"status", options.state}})
              << '\n';
    return ok;
}

int index(const Options& options) {
    auto file = StatusJournalFile::open(options.journal, options.issuer);
    if (!file) return report(file.error());
    std::vector<std::uint64_t> indices;
    for (std::uint32_t i = 0; i < options.count; ++i) {
        const auto drawn = file->journal().assign(system_random());
        if (!drawn) return report(drawn.error());
        indices.push_back(*drawn);
    }
    // Kept before it is told: what was told is never drawn again.
    if (const auto saved = file->save(); !saved) return report(saved.error());
    for (const auto drawn : indices) std::cout << drawn << '\n';
    return ok;
}

/// No two lists of one journal have the same time: within a second of the last, the next second is waited for.
UnixTime time_to_sign(const StatusJournal& journal) {
    auto now = system_clock()();
    for (int waits = 0; waits < 30 && journal.last_signed() == now; ++waits) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        now = system_clock()();
    }
    return now;
}

/// A list that nobody accepts would take the place of the one that is published. An authority that signs for the
/// institution has a certificate of its own: then --issuer says that it is meant.
Result<void> check_signer(const Credentials& credentials, const std::string& issuer, const Options& options) {
    if (!(credentials.key->public_key() == credentials.certificate.public_key())) return fail("issue.key");
    const auto& licence = credentials.certificate.identity().licence;
    if (licence == issuer || options.issuer == issuer) return {};
    return fail("status-journal.other-certificate", {{"licence", licence}, {"issuer", issuer}});
}

int sign(const Options& options) {
    auto file = StatusJournalFile::open(options.journal, {});
    if (!file) return report(file.error());
    auto& journal = file->journal();
    if (!options.issuer.empty() && options.issuer != journal.issuer())
        return report(Error{
            "status-journal.issuer-differs", {{"file", options.journal}, {"issuer", journal.issuer()}}, {}, {}, {}});
    const auto credentials = read_credentials(options.signing);
    if (!credentials) return report(credentials.error());
    if (const auto fits = check_signer(*credentials, journal.issuer(), options); !fits) return report(fits.error());
    const auto made = journal.sign(*credentials->key, time_to_sign(journal), UnixTime{options.days} * 86'400,
                                   std::uint64_t{options.hours} * 3'600, system_random());
    if (!made) return report(made.error());
    std::error_code failure;
    std::filesystem::create_directories(options.output, failure);
    if (failure)
        return report(Error{"file.write", {{"file", options.output}, {"reason", failure.message()}}, {}, {}, {}});
    const auto subject = status_list_subject(journal.issuer());
    const auto base =
        (std::filesystem::path(options.output) / ("status-" + subject.substr(subject.rfind(':') + 1))).string();
    // The journal first: a list that went out is never older than the journal knows.
    if (const auto saved = file->save(); !saved) return report(saved.error());
    const std::array details{ByteView(made->details)};
    const std::array list{ByteView(made->list)};
    if (const auto written = write_file(base + ".details", details, Overwrite::yes); !written)
        return report(written.error());
    if (const auto written = write_file(base + ".cwt", list, Overwrite::yes); !written) return report(written.error());
    std::cout << say("cli.status.signed", {{"list", base + ".cwt"},
                                           {"details", base + ".details"},
                                           {"codes", std::to_string(journal.entries().size())},
                                           {"days", std::to_string(options.days)}})
              << '\n';
    return ok;
}

using Shared = std::shared_ptr<Options>;

CLI::App* add(CLI::App* status, const std::string& name) {
    auto* command = status->add_subcommand(name, say("cli.status." + name + ".about"));
    command->footer(say("cli.status." + name + ".example"));
    return command;
}

void add_journal(CLI::App* command, const Shared& options) {
    command->add_option("journal", options->journal, say("cli.status.option.journal"))
        ->type_name("JOURNAL")
        ->required();
}

void add_issuer(CLI::App* command, const Shared& options) {
    command->add_option("--issuer", options->issuer, say("cli.status.option.issuer"))->type_name("LICENCE");
}

void add_set(CLI::App* status, Action& action) {
    auto* command = add(status, "set");
    const auto options = std::make_shared<Options>();
    add_journal(command, options);
    command->add_option("report", options->report, say("cli.status.option.report"))->type_name("REPORT");
    command->add_option("--trust", options->trust, say("cli.status.option.trust"))->type_name("FOLDER");
    command->add_option("--number", options->number, say("cli.status.option.number"))->type_name("NUMBER");
    command->add_option("--index", options->index, say("cli.status.option.index"))->type_name("INDEX");
    command->add_option("--state", options->state, say("cli.status.option.state"))
        ->type_name("STATE")
        ->required()
        ->check(CLI::IsMember({"valid", "revoked", "suspended", "superseded", "withdrawn", "reappraised"}));
    command->add_option("--reason", options->reason, say("cli.status.option.reason"))->type_name("TEXT");
    command->add_option("--successor", options->successor, say("cli.status.option.successor"))->type_name("NUMBER");
    command->add_flag("--correct", options->correct, say("cli.status.option.correct"));
    add_issuer(command, options);
    command->callback([options, &action] { action = [options] { return set(*options); }; });
}

void add_index(CLI::App* status, Action& action) {
    auto* command = add(status, "index");
    const auto options = std::make_shared<Options>();
    add_journal(command, options);
    add_issuer(command, options);
    command->add_option("--count", options->count, say("cli.status.option.count"))
        ->type_name("COUNT")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    command->callback([options, &action] { action = [options] { return index(*options); }; });
}

void add_sign(CLI::App* status, Action& action) {
    auto* command = add(status, "sign");
    const auto options = std::make_shared<Options>();
    add_journal(command, options);
    command->add_option("--key", options->signing.key, say("cli.issue.option.key"))->type_name("FILE")->required();
    command->add_option("--cert", options->signing.certificate, say("cli.issue.option.cert"))->type_name("FILE");
    command->add_option("--pkcs11-module", options->signing.module, say("cli.option.pkcs11-module"))->type_name("FILE");
    command->add_option("--passphrase-file", options->signing.passphrase_file, say("cli.option.passphrase-file"))
        ->type_name("FILE");
    command->add_option("--issuer", options->issuer, say("cli.status.option.sign-issuer"))->type_name("LICENCE");
    command->add_option("--days", options->days, say("cli.status.option.days"))
        ->type_name("DAYS")
        ->check(CLI::Range(1, 3'660))
        ->capture_default_str();
    command->add_option("--hours", options->hours, say("cli.status.option.hours"))
        ->type_name("HOURS")
        ->check(CLI::Range(1, 8'784))
        ->capture_default_str();
    command->add_option("-o,--output", options->output, say("cli.status.option.output"))
        ->type_name("FOLDER")
        ->required();
    command->callback([options, &action] { action = [options] { return sign(*options); }; });
}

void add_show(CLI::App* status, Action& action) {
    auto* command = add(status, "show");
    const auto options = std::make_shared<StatusShowOptions>();
    command->add_option("file", options->file, say("cli.status.option.file"))->type_name("FILE")->required();
    command->add_option("--trust", options->trust, say("cli.status.option.trust"))->type_name("FOLDER");
    command->add_option("--index", options->index, say("cli.status.option.index"))->type_name("INDEX");
    command->add_option("--number", options->number, say("cli.status.option.number"))->type_name("NUMBER");
    command->add_flag("--json", options->json, say("cli.status.option.json"));
    command->callback([options, &action] { action = [options] { return show_status(*options); }; });
}

}  // namespace

void add_status_command(CLI::App& app, Action& action) {
    auto* status = app.add_subcommand("status", say("cli.status.about"));
    status->require_subcommand(1);
    add_set(status, action);
    add_index(status, action);
    add_sign(status, action);
    add_show(status, action);
}

}  // namespace sjcode::cli

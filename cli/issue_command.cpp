#include "commands.h"
#include "issuing.h"
#include "output_files.h"
#include "terminal.h"

#include "sjcode/issue.h"

#include <array>
#include <charconv>
#include <iostream>
#include <memory>
#include <sstream>

namespace sjcode::cli {
namespace {

struct Options {
    std::string document;
    std::string facts;
    CredentialOptions credentials;
    std::string output;
    std::string record;
    std::string preview;
    std::string page = "first-free";
    std::string place;
    std::string level = "M";
    std::vector<std::string> entries;
    std::vector<std::string> allow;
    IssueOptions issue;
    SealOptions seal;
    bool overwrite = false;
    bool json = false;
};

Unexpected wrong_option(const std::string& option, const std::string& value) {
    return fail("usage.option", {{"option", option}, {"value", value}});
}

std::optional<std::uint32_t> page_number(std::string_view text) {
    std::uint32_t page = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
    if (error != std::errc() || end != text.data() + text.size() || page == 0) return std::nullopt;
    return page;
}

std::optional<double> millimetres(const std::string& text) {
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    double value = 0;
    if (!(in >> value) || !in.eof() || value < 0) return std::nullopt;
    return value;
}

Result<Placement> placement(const Options& options) {
    Placement result = options.issue.placement;
    if (options.page == "first") {
        result.pages = Placement::Pages::first;
    } else if (options.page == "last") {
        result.pages = Placement::Pages::last;
    } else if (options.page == "all") {
        result.pages = Placement::Pages::all;
    } else if (options.page != "first-free") {
        const auto page = page_number(options.page);
        if (!page) return wrong_option("--page", options.page);
        result.pages = Placement::Pages::number;
        result.page = *page;
    }
    if (options.place.empty()) return result;
    result.corner = corner(options.place);
    if (result.corner) return result;
    const auto comma = options.place.find(',');
    if (comma == std::string::npos) return wrong_option("--place", options.place);
    const auto x = millimetres(options.place.substr(0, comma));
    const auto y = millimetres(options.place.substr(comma + 1));
    if (!x || !y) return wrong_option("--place", options.place);
    result.position = Position{*x, *y};
    return result;
}

Result<std::vector<EntrySymbol>> entries(const Options& options) {
    std::vector<EntrySymbol> symbols;
    for (const auto& text : options.entries) {
        const auto at = text.find('@');
        const auto key = record_key(text.substr(0, at));
        const auto page = at == std::string::npos ? std::optional<std::uint32_t>(0) : page_number(text.substr(at + 1));
        if (!key || !page) return wrong_option("--entry", text);
        symbols.push_back({*key, *page});
    }
    return symbols;
}

std::vector<std::string> inputs_of(const Options& options) {
    std::vector<std::string> inputs{options.document, options.facts};
    for (const auto& files : {files_of(options.credentials), files_of(options.seal)})
        inputs.insert(inputs.end(), files.begin(), files.end());
    return inputs;
}

int issue(Options options) {
    if (options.output.empty() && options.preview.empty()) return report(Error{"usage.output", {}, {}, {}, {}});
    auto place = placement(options);
    if (!place) return report(place.error());
    options.issue.placement = *place;
    auto symbols = entries(options);
    if (!symbols) return report(symbols.error());
    options.issue.entries = *symbols;
    options.issue.countersignatures = options.seal.countersignatures;
    options.issue.level = options.level == "Q" ? QrLevel::Q : QrLevel::M;
    options.issue.allow.insert(options.allow.begin(), options.allow.end());
    if (auto free =
            check_outputs({options.output, options.record, options.preview}, inputs_of(options), options.overwrite);
        !free)
        return report(free.error());

    auto document = InputFile::open(options.document);
    if (!document) return report(document.error());
    auto facts_text = read_text_file(options.facts);
    if (!facts_text) return report(facts_text.error());
    auto facts = Facts::from_json(*facts_text);
    if (!facts) {
        auto error = std::move(facts).error();
        error.file = options.facts;
        return report(error);
    }
    const auto issuing = Issuing::open(options.credentials, options.seal);
    if (!issuing) return report(issuing.error());
    const auto& issuer = (*issuing)->issuer();
    if (!options.preview.empty()) {
        auto png = issuer.preview(*document, *facts, options.issue);
        if (!png) return report(png.error());
        const std::array<ByteView, 1> pieces{*png};
        const auto mode = options.overwrite ? Overwrite::yes : Overwrite::no;
        if (auto written = write_file(options.preview, pieces, mode); !written) return report(written.error());
        std::cout << say("cli.issue.previewed", {{"file", options.preview}}) << '\n';
        return ok;
    }
    auto issued = issuer.issue(*document, *facts, options.issue);
    if (!issued) {
        auto error = std::move(issued).error();
        if (error.file.empty() && error.code.starts_with("pdf.")) error.file = options.document;
        return report(error);
    }
    return write_issued({options.output, options.record, options.overwrite, options.json}, *issued);
}

}  // namespace

void add_issue_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("issue", say("cli.issue.about"));
    auto options = std::make_shared<Options>();
    command->add_option("document", options->document, say("cli.option.document"))->type_name("FILE")->required();
    command->add_option("--facts", options->facts, say("cli.issue.option.facts"))->type_name("FILE")->required();
    command->add_option("--key", options->credentials.key, say("cli.issue.option.key"))->type_name("FILE")->required();
    command->add_option("--cert", options->credentials.certificate, say("cli.issue.option.cert"))->type_name("FILE");
    command->add_option("--passphrase-file", options->credentials.passphrase_file, say("cli.option.passphrase-file"))
        ->type_name("FILE");
    command->add_option("--pkcs11-module", options->credentials.module, say("cli.option.pkcs11-module"))
        ->type_name("FILE");
    command->add_option("--host", options->issue.host, say("cli.issue.option.host"))->type_name("HOST");
    command->add_option("-o,--output", options->output, say("cli.issue.option.output"))->type_name("FILE");
    add_seal_options(*command, options->seal);
    command->add_option("--record", options->record, say("cli.issue.option.record"))->type_name("FILE");
    command->add_option("--preview", options->preview, say("cli.issue.option.preview"))->type_name("FILE");
    command->add_option("--page", options->page, say("cli.issue.option.page"))
        ->type_name("PAGE")
        ->capture_default_str();
    command->add_option("--place", options->place, say("cli.issue.option.place"))->type_name("PLACE");
    command->add_flag("--force-place", options->issue.placement.force, say("cli.issue.option.force-place"));
    command->add_option("--qr-level", options->level, say("cli.issue.option.level"))
        ->type_name("LEVEL")
        ->check(CLI::IsMember({"M", "Q"}))
        ->capture_default_str();
    command->add_option("--entry", options->entries, say("cli.issue.option.entry"))
        ->type_name("ENTRY")
        ->allow_extra_args(false)
        ->delimiter(',');
    command->add_option("--allow", options->allow, say("cli.issue.option.allow"))
        ->type_name("RULE")
        ->allow_extra_args(false)
        ->delimiter(',');
    command->add_flag("!--no-page-text", options->issue.page_text, say("cli.issue.option.no-page-text"));
    command->add_flag("--repair", options->issue.repair, say("cli.issue.option.repair"));
    command->add_flag("--overwrite", options->overwrite, say("cli.option.overwrite"));
    command->add_flag("--json", options->json, say("cli.option.json"));
    command->footer(say("cli.issue.example"));
    command->callback([options, &action] { action = [options] { return issue(*options); }; });
}

}  // namespace sjcode::cli

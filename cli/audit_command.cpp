#include "commands.h"
#include "output_files.h"
#include "terminal.h"

#include "sjcode/audit.h"
#include "sjcode/terminal_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

struct AuditInputs {
    std::vector<std::string> files;
    bool json = false;
};

struct ExtractOptions {
    std::string file;
    std::string output;
    bool original = false;
    bool overwrite = false;
};

void print(const AuditReport& report, const std::string& file, bool json, bool several) {
    if (json) {
        std::cout << report.to_json(language(), file) << '\n';
        return;
    }
    if (several) std::cout << "== " << harmless(file) << '\n';
    std::cout << report.to_text(language());
    if (several) std::cout << '\n';
}

void print(const Error& error, const std::string& file, bool json) {
    if (json) {
        const nlohmann::ordered_json line{{"input", file}, {"error", {{"code", error.code}, {"message", say(error)}}}};
        std::cout << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    }
    report(error);
}

/// A wrong file, of which a history would tell nothing.
bool is_no_pdf(const AuditReport& report) {
    return report.checks.size() == 1 && report.checks.front().code == "audit.no-pdf";
}

/// The worst of all files: one that cannot be opened, then a failed check, nothing signed, no failure.
int audit_files(const AuditInputs& inputs) {
    int failure = 0;
    bool failed = false;
    bool nothing = false;
    for (const auto& name : inputs.files) {
        const auto file = InputFile::open(name);
        if (!file) {
            print(file.error(), name, inputs.json);
            if (failure == 0) failure = status_of(file.error());
            continue;
        }
        const auto found = audit(*file);
        if (is_no_pdf(found)) {
            const Error error{"pdf.no-pdf", {}, name, {}, {}};
            print(error, name, inputs.json);
            if (failure == 0) failure = status_of(error);
            continue;
        }
        print(found, name, inputs.json, inputs.files.size() > 1);
        failed |= found.outcome == AuditOutcome::failed;
        nothing |= found.outcome == AuditOutcome::nothing_signed;
    }
    if (failure != 0) return failure;
    const auto worst = failed    ? AuditOutcome::failed
                       : nothing ? AuditOutcome::nothing_signed
                                 : AuditOutcome::no_failure;
    return static_cast<int>(worst);
}

int extract(const ExtractOptions& options) {
    if (auto free = check_outputs({options.output}, {options.file}, options.overwrite); !free)
        return report(free.error());
    const auto file = InputFile::open(options.file);
    if (!file) return report(file.error());
    const auto original = original_part(*file);
    if (!original) {
        auto error = original.error();
        if (error.file.empty()) error.file = options.file;
        return report(error);
    }
    const std::array<ByteView, 1> pieces{*original};
    const auto written = write_file(options.output, pieces, options.overwrite ? Overwrite::yes : Overwrite::no);
    if (!written) return report(written.error());
    return ok;
}

}  // namespace

void add_audit_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("audit", say("cli.audit.about"));
    auto inputs = std::make_shared<AuditInputs>();
    command->add_option("file", inputs->files, say("cli.audit.option.file"))->type_name("FILE")->required();
    command->add_flag("--json", inputs->json, say("cli.option.json"));
    command->footer(say("cli.audit.example"));
    command->callback([inputs, &action] { action = [inputs] { return audit_files(*inputs); }; });
}

void add_extract_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("extract", say("cli.extract.about"));
    auto options = std::make_shared<ExtractOptions>();
    command->add_option("file", options->file, say("cli.extract.option.file"))->type_name("FILE")->required();
    command->add_flag("--original", options->original, say("cli.extract.option.original"))->required();
    command->add_option("-o,--output", options->output, say("cli.extract.option.output"))
        ->type_name("FILE")
        ->required();
    command->add_flag("--overwrite", options->overwrite, say("cli.option.overwrite"));
    command->footer(say("cli.extract.example"));
    command->callback([options, &action] { action = [options] { return extract(*options); }; });
}

}  // namespace sjcode::cli

#include "commands.h"
#include "output_files.h"
#include "seal_options.h"
#include "terminal.h"

#include "sjcode/preserve.h"

#include <nlohmann/json.hpp>

#include <ctime>
#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

struct Options {
    std::string document;
    std::string output;
    std::string field;
    SealOptions seal;
    bool overwrite = false;
    bool json = false;
};

std::string iso_time(UnixTime time) {
    const auto seconds = static_cast<std::time_t>(time);
    std::tm fields{};
    gmtime_r(&seconds, &fields);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &fields);
    return text;
}

/// Asked before any work, so that nothing is signed for a file that cannot be written.
Result<void> check_output(const Options& options) {
    auto inputs = files_of(options.seal);
    inputs.push_back(options.document);
    return check_outputs({options.output}, inputs, options.overwrite);
}

/// What both commands do around their work.
template <class Work>
int extend(const Options& options, Work&& work) {
    auto document = InputFile::open(options.document);
    if (!document) return report(document.error());
    Result<ExtendedReport> extended = work(*document);
    if (!extended) {
        auto error = std::move(extended).error();
        if (error.file.empty() && error.code.starts_with("pdf.")) error.file = options.document;
        return report(error);
    }
    const auto mode = options.overwrite ? Overwrite::yes : Overwrite::no;
    if (auto written = extended->write(options.output, mode); !written) return report(written.error());
    if (options.json) {
        auto json = nlohmann::ordered_json::object();
        json["output"] = options.output;
        json["new_proofs"] = extended->has_new_proofs;
        json["stamped"] = extended->stamped ? nlohmann::json(iso_time(*extended->stamped)) : nlohmann::json();
        json["field"] = extended->field.empty() ? nlohmann::json() : nlohmann::json(extended->field);
        std::cout << json.dump() << '\n';
        return ok;
    }
    if (!extended->field.empty()) {
        std::cout << say("cli.countersign.done", {{"file", options.output}, {"field", extended->field}}) << '\n';
        return ok;
    }
    std::cout << say("cli.preserve.done", {{"file", options.output}}) << '\n';
    if (extended->has_new_proofs) std::cout << say("cli.preserve.proofs") << '\n';
    if (extended->stamped) std::cout << say("cli.preserve.stamped", {{"time", iso_time(*extended->stamped)}}) << '\n';
    return ok;
}

int preserve(const Options& options) {
    if (auto free = check_output(options); !free) return report(free.error());
    auto proofs = revocation_clients(options.seal);
    if (!proofs) return report(proofs.error());
    auto timestamps = timestamp_client(options.seal);
    if (!timestamps) return report(timestamps.error());
    const Preserver preserver{system_clock(), system_random(), (*proofs)->clients(), timestamps->get()};
    return extend(options, [&](const InputFile& document) { return preserver.preserve(document); });
}

int countersign(const Options& options) {
    if (auto free = check_output(options); !free) return report(free.error());
    auto signer = own_seal_signer(options.seal);
    if (!signer) return report(signer.error());
    auto timestamps = timestamp_client(options.seal);
    if (!timestamps) return report(timestamps.error());
    const Countersigner countersigner{**signer, system_clock(), system_random(), timestamps->get()};
    return extend(options,
                  [&](const InputFile& document) { return countersigner.countersign(document, options.field); });
}

void add_common_options(CLI::App& command, Options& options) {
    command.add_option("document", options.document, say("cli.extend.option.document"))->required();
    command.add_option("-o,--output", options.output, say("cli.issue.option.output"))->type_name("FILE")->required();
    command.add_flag("--overwrite", options.overwrite, say("cli.option.overwrite"));
    command.add_flag("--json", options.json, say("cli.option.json"));
}

}  // namespace

void add_preserve_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("preserve", say("cli.preserve.about"));
    auto options = std::make_shared<Options>();
    add_common_options(*command, *options);
    add_timestamp_options(*command, options->seal);
    add_proof_options(*command, options->seal);
    command->footer(say("cli.preserve.example"));
    command->callback([options, &action] {
        options->seal.level = options->seal.tsa.empty() ? std::string(proofs_only) : "B-LTA";
        action = [options] { return preserve(*options); };
    });
}

void add_countersign_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("countersign", say("cli.countersign.about"));
    auto options = std::make_shared<Options>();
    add_common_options(*command, *options);
    add_key_options(*command, options->seal);
    command->get_option("--seal-key")->required();
    command->add_option("--pkcs11-module", options->seal.module, say("cli.option.pkcs11-module"))->type_name("FILE");
    add_timestamp_options(*command, options->seal);
    command->add_option("--field", options->field, say("cli.countersign.option.field"))->type_name("NAME");
    command->footer(say("cli.countersign.example"));
    command->callback([options, &action] {
        options->seal.level = options->seal.tsa.empty() ? "B-B" : "B-T";
        action = [options] { return countersign(*options); };
    });
}

}  // namespace sjcode::cli

#include "commands.h"
#include "output_files.h"
#include "terminal.h"

#include "sjcode/facts.h"
#include "sjcode/file.h"
#include "sjcode/worker.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

struct Options {
    std::string document;
    std::string output;
    bool overwrite = false;
};

Result<std::vector<std::string>> page_texts(const std::string& path) {
    auto file = InputFile::open(path);
    if (!file) return Unexpected(std::move(file).error());
    // Poppler looks no further for it; what is no PDF is told before a worker is started.
    constexpr std::size_t header_within = 1024;
    const auto bytes = file->bytes();
    if (as_text(bytes.first(std::min(bytes.size(), header_within))).find("%PDF-") == std::string_view::npos)
        return Unexpected(Error{"pdf.no-pdf", {}, path, {}, {}});
    const Worker worker(worker_options());
    auto session = worker.open(*file);
    auto count = session.page_count();
    if (!count) return Unexpected(std::move(count).error());
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t page = 1; page <= *count; ++page) numbers.push_back(page);
    return session.page_texts(numbers, Annotations::without_ours);
}

int facts(const Options& options) {
    if (auto free = check_outputs({options.output}, {options.document}, options.overwrite); !free)
        return report(free.error());
    const auto texts = page_texts(options.document);
    if (!texts) return report(texts.error());
    if (!has_report_text(*texts)) std::cerr << "sjcode: " << say("warning.no-text") << '\n';
    const auto proposal = propose_facts(*texts);
    if (options.output.empty()) {
        std::cout << proposal.json;
    } else {
        const std::array pieces{as_bytes(proposal.json)};
        const auto mode = options.overwrite ? Overwrite::yes : Overwrite::no;
        if (auto written = write_file(options.output, pieces, mode); !written) return report(written.error());
        std::cerr << say("cli.facts.written", {{"file", options.output}}) << '\n';
    }
    for (const auto& field : proposal.missing) std::cerr << say("cli.facts.missing", {{"field", field}}) << '\n';
    return ok;
}

}  // namespace

void add_facts_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("facts", say("cli.facts.about"));
    auto options = std::make_shared<Options>();
    command->add_option("document", options->document, say("cli.option.document"))->type_name("FILE")->required();
    command->add_option("-o,--output", options->output, say("cli.facts.option.output"))->type_name("FILE");
    command->add_flag("--overwrite", options->overwrite, say("cli.option.overwrite"));
    command->footer(say("cli.facts.example"));
    command->callback([options, &action] { action = [options] { return facts(*options); }; });
}

}  // namespace sjcode::cli

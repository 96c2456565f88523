#include "licence_command.h"
#include "receipt_options.h"
#include "terminal.h"
#include "trust_options.h"
#include "version.h"

#include "sjcode/code_number.h"
#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/opened_trust.h"
#include "sjcode/verify.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <thread>

namespace sjcode::cli {
namespace {

struct SourceOptions {
    std::string folder;                     // --trust
    std::string bundle;                     // --bundle
    std::string root;                       // --root
    std::vector<std::string> status_lists;  // --status
};

struct Options {
    std::vector<std::string> inputs;
    SourceOptions source;
    std::string record;
    std::string as_of;
    bool json = false;
    bool render = false;
    bool all_pages = false;
    bool licence = false;  ///< the documents are to be licence documents
    ReceiptOptions receipt;
};

/// One thing to verify, and what came of it.
struct Item {
    std::string input;
    bool is_text = false;
    std::optional<Verdict> verdict;
    std::optional<Error> error;
    std::optional<InputFile> document{};  ///< for its receipt: the very bytes that were verified
    bool ready = false;                   ///< guarded by the printing lock
};

/// A folder stands for the documents in it, by name; hidden files are passed over.
std::vector<std::string> documents_in(const std::filesystem::path& folder) {
    std::vector<std::string> files;
    std::error_code failure;
    for (std::filesystem::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
         at.increment(failure))
        if (at->is_regular_file(failure) && !at->path().filename().string().starts_with("."))
            files.push_back(at->path().string());
    std::sort(files.begin(), files.end());
    return files;
}

/// An existing path is a file, a URL or a well-formed number is text, anything else is no such file.
std::vector<Item> items_of(const std::vector<std::string>& inputs) {
    std::vector<Item> items;
    for (const auto& input : inputs) {
        std::error_code ignored;
        if (std::filesystem::is_directory(input, ignored)) {
            for (auto& file : documents_in(input)) items.push_back({std::move(file), false, {}, {}, {}, false});
        } else if (std::filesystem::exists(input, ignored)) {
            items.push_back({input, false, {}, {}, {}, false});
        } else {
            const bool is_text = input.starts_with("https://") || CodeNumber::parse(input).has_value();
            items.push_back({input, is_text, {}, {}, {}, false});
        }
    }
    return items;
}

void verify_item(const Verifier& verifier, const VerifyOptions& options, Item& item) {
    if (item.is_text) {
        item.verdict = verifier.verify_text(item.input, options);
        return;
    }
    auto file = InputFile::open(item.input);
    if (file) {
        item.verdict = verifier.verify(*file, options);
        item.document = *std::move(file);
    } else {
        item.error = std::move(file).error();
    }
}

void show_progress(std::size_t done, std::size_t all) {
    constexpr std::size_t width = 40;
    const auto filled = all == 0 ? width : done * width / all;
    std::cerr << "\r[" << std::string(filled, '#') << std::string(width - filled, '.') << "] " << done << '/' << all
              << (done == all ? "\n" : "") << std::flush;
}

void print(const Item& item, bool json, bool several) {
    if (item.error) {
        if (json) {
            const nlohmann::ordered_json line{{"input", item.input},
                                              {"error", {{"code", item.error->code}, {"message", say(*item.error)}}}};
            std::cout << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
        }
        report(*item.error);
        return;
    }
    if (json) {
        std::cout << item.verdict->to_json(language(), item.input) << '\n';
    } else {
        if (several) std::cout << "== " << item.input << '\n';
        std::cout << item.verdict->to_text(language());
        if (several) std::cout << '\n';
    }
    // What was found counts, whatever befalls the next file.
    std::cout << std::flush;
}

/// Verifies on all cores; prints in the order of the inputs, as soon as that allows.
void verify_all(const Verifier& verifier, const VerifyOptions& options, std::vector<Item>& items, bool json,
                bool keep_documents) {
    const bool several = items.size() > 1;
    const bool progress = several && errors_are_terminal();
    std::atomic<std::size_t> next{0};
    std::size_t printed = 0;
    std::size_t done = 0;
    std::mutex printing;
    const auto work = [&] {
        for (std::size_t i = next.fetch_add(1); i < items.size(); i = next.fetch_add(1)) {
            try {
                verify_item(verifier, options, items[i]);
            } catch (const std::bad_alloc&) {
                items[i].error = Error{"cli.memory", {}, items[i].input, {}, {}};
            }
            if (!keep_documents) items[i].document.reset();
            const std::lock_guard lock(printing);
            items[i].ready = true;
            ++done;
            // The bar stands in the last line: what is printed above it takes its place first.
            if (progress && items[printed].ready) std::cerr << "\r\033[K" << std::flush;
            while (printed < items.size() && items[printed].ready) {
                print(items[printed], json, several);
                ++printed;
            }
            if (progress) show_progress(done, items.size());
        }
    };
    std::vector<std::thread> threads;
    const auto count = std::min<std::size_t>(items.size(), std::max(1U, std::thread::hardware_concurrency()));
    for (std::size_t i = 1; i < count; ++i) threads.emplace_back(work);
    work();
    for (auto& thread : threads) thread.join();
}

/// The worst of all: an input that could not be read, then not authentic, undetermined, code genuine, authentic.
int status_of_all(const std::vector<Item>& items) {
    static const std::map<Outcome, int> rank = {
        {Outcome::authentic, 0}, {Outcome::code_genuine, 1}, {Outcome::undetermined, 2}, {Outcome::not_authentic, 3}};
    auto worst = Outcome::authentic;
    for (const auto& item : items) {
        if (item.error) return status_of(*item.error);
        if (rank.at(item.verdict->outcome) > rank.at(worst)) worst = item.verdict->outcome;
    }
    return static_cast<int>(worst);
}

Result<OpenedTrust> open_sources(const SourceOptions& options) {
    TrustSources sources{.folder = options.folder};
    if (!options.bundle.empty()) {
        auto file = InputFile::open(options.bundle);
        if (!file) return Unexpected(std::move(file).error());
        sources.bundle = *std::move(file);
    }
    if (!options.root.empty()) {
        auto root = fingerprint_from(options.root);
        if (!root) return Unexpected(std::move(root).error());
        sources.root = *root;
    }
    for (const auto& path : options.status_lists) {
        auto file = open_status_file(path);
        if (!file) return Unexpected(std::move(file).error());
        sources.status_lists.push_back(*std::move(file));
    }
    return open_trust(sources);
}

int verify(const Options& options) {
    const auto source = open_sources(options.source);
    if (!source) return report(source.error());
    for (const auto& refused : source->refused) report(refused);
    VerifyOptions verify_options;
    verify_options.statuses = &source->statuses;
    verify_options.render = options.render;
    verify_options.licence = options.licence;
    if (options.all_pages) verify_options.page_scan_time = std::chrono::hours(24);
    if (!options.record.empty()) {
        auto record = read_text_file(options.record);
        if (!record) return report(record.error());
        verify_options.record = Bytes(record->begin(), record->end());
    }
    if (!options.as_of.empty()) {
        auto day = day_from(options.as_of);
        if (!day) return report(day.error());
        verify_options.as_of = *day;
    }
    auto items = items_of(options.inputs);
    if (items.empty()) return report(Error{"file.folder-empty", {}, {}, {}, {}});
    const bool wants_receipt = !options.receipt.path.empty();
    if (wants_receipt && (items.size() != 1 || items.front().is_text))
        return report(Error{"usage.receipt-inputs", {}, {}, {}, {}});
    const auto receipt = ReceiptWriter::prepare(options.receipt);
    if (!receipt) return report(receipt.error());
    const Worker worker(worker_options());
    const Verifier verifier(*source->trust, worker, system_clock());
    verify_all(verifier, verify_options, items, options.json, wants_receipt);
    const int status = status_of_all(items);
    if (wants_receipt && items.front().verdict) {
        auto& item = items.front();
        const auto name = std::filesystem::path(item.input).filename().string();
        const auto written = receipt->write({*std::move(item.verdict), VerifiedFile::of(*item.document, name),
                                             trust_of(*source->trust, options.source.folder), system_clock()(),
                                             std::string("sjcode ") + version});
        if (!written) return report(written.error());
    }
    return status;
}

void add_options(CLI::App& command, const std::shared_ptr<Options>& options, Action& action) {
    command.add_option("input", options->inputs, say("cli.verify.option.input"))->type_name("FILE")->required();
    command.add_option("--trust", options->source.folder, say("cli.verify.option.trust"))->type_name("DIR");
    command.add_option("--bundle", options->source.bundle, say("cli.verify.option.bundle"))->type_name("FILE");
    command.add_option("--root", options->source.root, say("cli.verify.option.root"))->type_name("FINGERPRINT");
    command.add_option("--status", options->source.status_lists, say("cli.verify.option.status"))
        ->type_name("FILE")
        ->allow_extra_args(false);
    command.add_option("--record", options->record, say("cli.verify.option.record"))->type_name("FILE");
    command.add_option("--as-of", options->as_of, say("cli.verify.option.as-of"))->type_name("DATE");
    command.add_flag("--json", options->json, say("cli.option.json"));
    command.add_flag("--render", options->render, say("cli.verify.option.render"));
    command.add_flag("--all-pages", options->all_pages, say("cli.verify.option.all-pages"));
    add_receipt_options(command, options->receipt);
    command.callback([options, &action] { action = [options] { return verify(*options); }; });
}

}  // namespace

void add_verify_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("verify", say("cli.verify.about"));
    add_options(*command, std::make_shared<Options>(), action);
    command->footer(say("cli.verify.example"));
}

void add_licence_verify_command(CLI::App& licence, Action& action) {
    auto* command = licence.add_subcommand("verify", say("cli.licence.verify.about"));
    auto options = std::make_shared<Options>();
    options->licence = true;
    add_options(*command, options, action);
    command->footer(say("cli.licence.verify.example"));
}

}  // namespace sjcode::cli

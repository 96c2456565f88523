#include "commands.h"
#include "terminal.h"
#include "trust_options.h"

#include "sjcode/bundle.h"
#include "sjcode/file.h"
#include "sjcode/opened_trust.h"
#include "sjcode/status_lists.h"
#include "sjcode/trust.h"
#include "sjcode/trust_store.h"

#include <array>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

namespace sjcode::cli {
namespace {

struct Options {
    std::string trust;
    std::vector<std::string> status_lists;
    std::string output;
    bool overwrite = false;
};

/// Each is held to the lists that it is packed with: a court that opens the bundle has nothing else. Its details are
/// those beside it. `files` keeps open what `parts` points to.
Result<void> add_statuses(const std::vector<std::string>& paths, const std::vector<TrustList>& lists,
                          std::vector<StatusFile>& files, std::vector<BundlePart>& parts) {
    const auto trust = TrustLists::of(lists);
    StatusLists statuses;
    for (const auto& path : paths) {
        auto file = open_status_file(path);
        if (!file) return Unexpected(std::move(file).error());
        const auto details = file->details ? std::optional<ByteView>(file->details->bytes()) : std::nullopt;
        if (const auto added = statuses.add(file->list.bytes(), details, trust); !added) {
            auto error = added.error();
            error.file = path;
            return Unexpected(std::move(error));
        }
        parts.push_back({std::string(status_list_media_type), file->list.bytes()});
        if (details) parts.push_back({std::string(status_details_media_type), *details});
        files.push_back(*std::move(file));
    }
    return {};
}

int bundle(const Options& options) {
    std::vector<StatusFile> files;
    std::vector<TrustList> lists;
    std::error_code ignored;
    if (std::filesystem::is_directory(options.trust, ignored)) {
        auto store = TrustStore::open(options.trust);
        if (!store) return report(store.error());
        auto held = store->lists();
        if (!held) return report(held.error());
        lists = *std::move(held);
    } else {
        auto list = open_list(options.trust);
        if (!list) return report(list.error());
        lists.push_back(std::move(list->list));
    }
    std::vector<BundlePart> parts;
    for (const auto& list : lists) {
        // Whoever opens the bundle would find out; better now.
        if (auto whole = list.verify_all(); !whole) return report(whole.error());
        parts.push_back({std::string(trust_list_media_type), list.bytes()});
    }
    if (const auto added = add_statuses(options.status_lists, lists, files, parts); !added)
        return report(added.error());
    const auto made = make_bundle(parts);
    if (!made) return report(made.error());
    const std::array pieces{ByteView(*made)};
    if (auto written = write_file(options.output, pieces, options.overwrite ? Overwrite::yes : Overwrite::no); !written)
        return report(written.error());
    std::cout << say("cli.bundle.written", {{"file", options.output},
                                            {"lists", std::to_string(lists.size())},
                                            {"statuses", std::to_string(options.status_lists.size())}})
              << '\n';
    return ok;
}

}  // namespace

void add_bundle_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("bundle", say("cli.bundle.about"));
    auto options = std::make_shared<Options>();
    command->add_option("--trust", options->trust, say("cli.trust.option.store-or-list"))
        ->type_name("PATH")
        ->required();
    command->add_option("--status", options->status_lists, say("cli.verify.option.status"))
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->add_option("-o,--output", options->output, say("cli.trust.option.output"))->type_name("FILE")->required();
    command->add_flag("--overwrite", options->overwrite, say("cli.option.overwrite"));
    command->footer(say("cli.bundle.example"));
    command->callback([options, &action] { action = [options] { return bundle(*options); }; });
}

}  // namespace sjcode::cli

// `trust import|export|show|diff`: whoever verifies.
#include "commands.h"
#include "terminal.h"
#include "trust_options.h"
#include "trust_table_import.h"

#include "sjcode/bundle.h"
#include "sjcode/facts.h"
#include "sjcode/file.h"
#include "sjcode/trust_store.h"

#include <array>
#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

struct Options {
    std::string file;
    std::string other;
    std::string trust;
    std::string root;
    std::string list_id;
    std::string record;
    std::string output;
    std::string register_file;
    std::string table;
    bool dry_run = false;
    bool as_register = false;
    bool overwrite = false;
};

int import_one(TrustStore& store, const InputFile& file, const TrustImportOptions& how) {
    const auto imported = store.import(file, how);
    if (!imported) return report(imported.error());
    const auto& info = imported->info;
    const Parameters parameters{{"list", info.id},
                                {"publisher", info.publisher},
                                {"number", std::to_string(info.number)},
                                {"previous", std::to_string(imported->previous)},
                                {"date", Date::of(info.issued).iso()},
                                {"due", Date::of(info.next_update).iso()}};
    std::cout << say(imported->unchanged ? "cli.trust.import-unchanged"
                     : imported->first   ? "cli.trust.import-first"
                                         : "cli.trust.import-done",
                     parameters)
              << '\n';
    if (imported->root_changed)
        std::cout << say("cli.trust.import-root", {{"fingerprint", to_hex(imported->root)}}) << '\n';
    if (system_clock()() >= info.next_update) std::cout << say("cli.trust.import-stale", parameters) << '\n';
    return ok;
}

int import_list(const Options& options) {
    TrustImportOptions how;
    if (!options.root.empty()) {
        auto root = fingerprint_from(options.root);
        if (!root) return report(root.error());
        how.root = *root;
    }
    auto file = InputFile::open(options.file);
    if (!file) return report(file.error());
    auto store = TrustStore::open_or_create(options.trust);
    if (!store) return report(store.error());
    if (trust_file_kind(file->bytes()) != TrustFileKind::bundle) return import_one(*store, *file, how);
    // Every list of a bundle; a status list is used from the bundle itself.
    auto parts = open_bundle(file->bytes());
    if (!parts) return report(parts.error());
    int status = ok;
    std::size_t statuses = 0;
    for (const auto& part : *parts) {
        if (part.type == status_list_media_type) ++statuses;
        if (part.type != trust_list_media_type) continue;
        if (const auto done = import_one(*store, InputFile::borrow(part.content, options.file), how); done != ok)
            status = done;
    }
    if (statuses > 0) std::cerr << say("cli.trust.import-statuses", {{"count", std::to_string(statuses)}}) << '\n';
    return status;
}

int import_file(const Options& options) {
    if (options.trust.empty() == options.register_file.empty())
        return report(Error{"usage.trust-import", {}, {}, {}, {}});
    if (options.register_file.empty()) return import_list(options);
    return import_trust_table(options.file, options.table, options.register_file, options.dry_run);
}

int export_list(const Options& options) {
    auto opened = open_list(options.trust, options.list_id);
    if (!opened) return report(opened.error());
    const auto how = options.overwrite ? Overwrite::yes : Overwrite::no;
    if (!options.as_register) {
        const std::array pieces{opened->list.bytes()};
        if (auto written = write_file(options.output, pieces, how); !written) return report(written.error());
    } else {
        auto content = opened->list.read_all();
        if (!content) return report(content.error());
        const auto text = TrustRegister{*std::move(content), opened->list.root_changes()}.to_json();
        const std::array pieces{as_bytes(text)};
        if (auto written = write_file(options.output, pieces, how); !written) return report(written.error());
    }
    std::cout << say("cli.trust.exported", {{"file", options.output}}) << '\n';
    return ok;
}

int show_record(const TrustList& list, const std::string& id) {
    auto institution = list.institution(id);
    if (!institution) return report(institution.error());
    if (*institution) {
        std::cout << to_json(**institution) << '\n';
        return ok;
    }
    auto appraiser = list.appraiser(id);
    if (!appraiser) return report(appraiser.error());
    if (*appraiser) {
        std::cout << to_json(**appraiser) << '\n';
        return ok;
    }
    auto authority = list.authority(id);
    if (!authority) return report(authority.error());
    if (*authority) {
        std::cout << to_json(**authority) << '\n';
        return ok;
    }
    return report(Error{"trust-register.unknown", {{"licence", id}}, {}, {}, {}});
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : " ") + text;
    return all;
}

int show(const Options& options) {
    auto opened = open_list(options.file, options.list_id);
    if (!opened) return report(opened.error());
    const auto& list = opened->list;
    if (!options.record.empty()) return show_record(list, options.record);
    const auto& info = list.info();
    std::cout << say("cli.trust.show",
                     {{"list", info.id},
                      {"publisher", info.publisher},
                      {"regions", info.regions.empty() ? say("cli.trust.all-regions") : joined(info.regions)},
                      {"number", std::to_string(info.number)},
                      {"issued", Date::of(info.issued).iso()},
                      {"due", Date::of(info.next_update).iso()},
                      {"institutions", std::to_string(list.institution_count())},
                      {"appraisers", std::to_string(list.appraiser_count())},
                      {"authorities", std::to_string(list.authority_count())},
                      {"fingerprint", to_hex(fingerprint(list.root()))}})
              << '\n'
              << say(opened->is_pinned ? "cli.trust.show-pinned" : "cli.trust.show-unpinned") << '\n';
    if (system_clock()() >= info.next_update)
        std::cout << say("cli.trust.import-stale", {{"due", Date::of(info.next_update).iso()}}) << '\n';
    return ok;
}

int diff(const Options& options) {
    auto older = open_list(options.file, options.list_id);
    if (!older) return report(older.error());
    auto newer = open_list(options.other, options.list_id);
    if (!newer) return report(newer.error());
    auto was = older->list.read_all();
    if (!was) return report(was.error());
    auto is = newer->list.read_all();
    if (!is) return report(is.error());
    const auto found = differences(*was, *is);
    print_differences(found);
    std::cout << say("cli.trust.differences", {{"count", std::to_string(found.size())},
                                               {"older", std::to_string(was->info.number)},
                                               {"newer", std::to_string(is->info.number)}})
              << '\n';
    return ok;
}

}  // namespace

void add_trust_store_commands(CLI::App& trust, Action& action) {
    auto options = std::make_shared<Options>();
    auto* command = trust.add_subcommand("import", say("cli.trust.import.about"));
    command->add_option("file", options->file, say("cli.trust.option.list-or-table"))->type_name("FILE")->required();
    auto* store = command->add_option("--trust", options->trust, say("cli.trust.option.store"))->type_name("DIR");
    command->add_option("--root", options->root, say("cli.trust.option.root"))->type_name("FINGERPRINT")->needs(store);
    auto* to = command->add_option("--register", options->register_file, say("cli.trust.option.to-register"))
                   ->type_name("FILE")
                   ->excludes(store);
    auto* table = command->add_option("--table", options->table, say("cli.trust.option.table"))
                      ->type_name("KIND")
                      ->check(CLI::IsMember({"institutions", "appraisers", "events"}))
                      ->needs(to);
    to->needs(table);
    command->add_flag("--dry-run", options->dry_run, say("cli.trust.option.dry-run"))->needs(to);
    command->footer(say("cli.trust.import.example"));
    command->callback([options, &action] { action = [options] { return import_file(*options); }; });

    options = std::make_shared<Options>();
    command = trust.add_subcommand("export", say("cli.trust.export.about"));
    command->add_option("--trust", options->trust, say("cli.trust.option.store-or-list"))
        ->type_name("PATH")
        ->required();
    command->add_option("--list", options->list_id, say("cli.trust.option.list-id"))->type_name("ID");
    command->add_flag("--register", options->as_register, say("cli.trust.option.as-register"));
    command->add_option("-o,--output", options->output, say("cli.trust.option.output"))->type_name("FILE")->required();
    command->add_flag("--overwrite", options->overwrite, say("cli.option.overwrite"));
    command->footer(say("cli.trust.export.example"));
    command->callback([options, &action] { action = [options] { return export_list(*options); }; });

    options = std::make_shared<Options>();
    command = trust.add_subcommand("show", say("cli.trust.show.about"));
    command->add_option("trust", options->file, say("cli.trust.option.store-or-list"))->type_name("PATH")->required();
    command->add_option("licence", options->record, say("cli.trust.option.licence"))->type_name("NUMBER");
    command->add_option("--list", options->list_id, say("cli.trust.option.list-id"))->type_name("ID");
    command->footer(say("cli.trust.show.example"));
    command->callback([options, &action] { action = [options] { return show(*options); }; });

    options = std::make_shared<Options>();
    command = trust.add_subcommand("diff", say("cli.trust.diff.about"));
    command->add_option("older", options->file, say("cli.trust.option.store-or-list"))->type_name("PATH")->required();
    command->add_option("newer", options->other, say("cli.trust.option.store-or-list"))->type_name("PATH")->required();
    command->add_option("--list", options->list_id, say("cli.trust.option.list-id"))->type_name("ID");
    command->footer(say("cli.trust.diff.example"));
    command->callback([options, &action] { action = [options] { return diff(*options); }; });
}

}  // namespace sjcode::cli

#include "commands.h"
#include "help.h"
#include "licence_command.h"
#include "terminal.h"
#include "vanished_input.h"

#include <iostream>
#include <new>

namespace {

/// The language is needed before the parser runs, for its own messages and the help.
std::string language_option(int argc, char* argv[]) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--lang" && i + 1 < argc) return argv[i + 1];
        if (argument.starts_with("--lang=")) return std::string(argument.substr(7));
    }
    return {};
}

}  // namespace

int main(int argc, char* argv[]) try {
    using namespace sjcode::cli;
    set_language(choose_language(language_option(argc, argv)));
    tell_of_vanished_input();

    CLI::App app{say("cli.about"), "sjcode"};
    set_up_help(app);
    app.require_subcommand(1);
    app.fallthrough();
    std::string lang;
    app.add_option("--lang", lang, say("cli.option.lang"))->type_name("LANGUAGE")->check(CLI::IsMember({"zh", "en"}));
    Action action;
    add_key_command(app, action);
    add_facts_command(app, action);
    add_issue_command(app, action);
    add_verify_command(app, action);
    add_audit_command(app, action);
    add_extract_command(app, action);
    add_preserve_command(app, action);
    add_countersign_command(app, action);
    add_show_command(app, action);
    add_number_command(app, action);
    add_licence_command(app, action);
    auto& trust = add_trust_command(app, action);
    add_trust_store_commands(trust, action);
    add_trust_site_command(trust, action);
    add_bundle_command(app, action);
    add_serve_command(app, action);
    add_status_command(app, action);
    app.footer(say("cli.example"));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::cerr << "sjcode: " << say("usage.arguments", {{"what", error.what()}}) << '\n';
        return usage;
    }
    return action ? action() : static_cast<int>(usage);
} catch (const std::bad_alloc&) {
    std::cerr << "sjcode: " << sjcode::cli::say("cli.memory") << '\n';
    return sjcode::cli::software;
}

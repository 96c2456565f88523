// The commands: each adds its options to the parser and leaves what it does in `action`.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace sjcode::cli {

/// What the chosen command does; returns the exit status.
using Action = std::function<int()>;

void add_key_command(CLI::App& app, Action& action);
void add_facts_command(CLI::App& app, Action& action);
void add_issue_command(CLI::App& app, Action& action);
void add_verify_command(CLI::App& app, Action& action);
void add_audit_command(CLI::App& app, Action& action);
void add_extract_command(CLI::App& app, Action& action);
void add_show_command(CLI::App& app, Action& action);
void add_preserve_command(CLI::App& app, Action& action);
void add_countersign_command(CLI::App& app, Action& action);
void add_number_command(CLI::App& app, Action& action);
void add_serve_command(CLI::App& app, Action& action);
/// `trust`, with what a regulator does; the other commands of `trust` are added to what it returns.
CLI::App& add_trust_command(CLI::App& app, Action& action);
void add_trust_site_command(CLI::App& trust, Action& action);
void add_trust_store_commands(CLI::App& trust, Action& action);
void add_bundle_command(CLI::App& app, Action& action);
void add_status_command(CLI::App& app, Action& action);

}  // namespace sjcode::cli

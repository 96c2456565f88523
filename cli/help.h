// The help of every command, laid out for a terminal in either language, and the same as data: manual pages, completion
// and the reference on the site are made from it, so none of them can say what the program does not do.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace sjcode::cli {

/// Gives the program, and every command that is added later, our layout of help, --version and --definition.
/// The footer of a command is text and examples: a line that begins with "$ " is a command, the line before it says
/// what it does, every other line is text.
void set_up_help(CLI::App& app);

/// All commands and options as JSON, in the chosen language.
std::string definition(const CLI::App& app);

}  // namespace sjcode::cli

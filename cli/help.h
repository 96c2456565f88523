// The help of every command, laid out for a terminal in either language, and the same as data: manual pages, completion
// and the reference on the site are made from it, so none of them can say what the program does not do.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace sjcode::cli {

/// Gives the program, and every command that is added later, our layout of help, --version and --definition.
/// The footer of a command is text and examples: a line that begins with "$ " is a command, the line before it says
/// what it does, every other line is text.
void set_up_help(CLI::App& app);

struct ValueOfOption {
    std::string name;  ///< FILE, DIR, URL, …; empty for a flag
    std::vector<std::string> choices;
    std::string range;  ///< as in "1 - 30"
};
ValueOfOption value_of(const CLI::Option& option);

/// How it is written on the command line: the long name, or that of an argument in upper case.
std::string name_of(const CLI::Option& option);

/// "sjcode trust import".
std::string full_name(const CLI::App& command);

/// The commands of a command that are not hidden.
std::vector<const CLI::App*> commands_of(const CLI::App& command);

std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// All commands and options as JSON, in the chosen language.
std::string definition(const CLI::App& app);

}  // namespace sjcode::cli

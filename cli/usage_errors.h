// What is wrong with a command line, as an error with a code and a sentence in the user's language; the parser has
// neither.
#pragma once

#include "sjcode/result.h"

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sjcode::cli {

/// What the parser refused, told from where it stopped. Code: "usage.…"; "usage.arguments" with the parser's own
/// English words where it is none of the usual mistakes.
Error usage_error(const CLI::App& app, const CLI::ParseError& error);

/// The word that was probably meant: the one that the fewest changed, missing, added or swapped letters lead to, at
/// most a third of them; empty where there is none.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace sjcode::cli

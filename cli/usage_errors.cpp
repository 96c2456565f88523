#include "usage_errors.h"

#include "help.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sjcode::cli {
namespace {

const CLI::App& innermost(const CLI::App& app) {
    const auto* command = &app;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().back();
    return *command;
}

/// The options of the command and of those that it belongs to, which take them too.
std::vector<const CLI::Option*> options_of_all(const CLI::App& command) {
    std::vector<const CLI::Option*> options;
    for (const auto* one = &command; one != nullptr; one = one->get_parent())
        for (const auto* option : one->get_options()) options.push_back(option);
    return options;
}

Error wrong(std::string code, Parameters parameters) {
    return Error{std::move(code), std::move(parameters), {}, {}, {}};
}

Error unknown_option(const std::string& word, const CLI::App& command) {
    const auto name = word.substr(0, word.find('='));
    std::vector<std::string> known;
    for (const auto* option : options_of_all(command))
        if (!option->get_positional() && !option->get_group().empty()) known.push_back(name_of(*option));
    if (auto near = nearest(name, known); !near.empty())
        return wrong("usage.unknown-option-near",
                     {{"word", name}, {"nearest", std::move(near)}, {"command", full_name(command)}});
    return wrong("usage.unknown-option", {{"word", name}, {"command", full_name(command)}});
}

Error no_command(const std::string& word, const CLI::App& command) {
    std::vector<std::string> known;
    for (const auto* one : commands_of(command)) known.push_back(one->get_name());
    if (word.empty()) return wrong("usage.command", {{"commands", join(known, ", ")}, {"command", full_name(command)}});
    if (auto near = nearest(word, known); !near.empty())
        return wrong("usage.unknown-command-near",
                     {{"word", word}, {"nearest", std::move(near)}, {"command", full_name(command)}});
    return wrong("usage.unknown-command", {{"word", word}, {"command", full_name(command)}});
}

/// The option that the parser speaks of: the one whose name comes first in its words.
const CLI::Option* option_in(std::string_view what, const CLI::App& command) {
    const CLI::Option* found = nullptr;
    std::pair<std::size_t, std::size_t> best;
    for (const auto* option : options_of_all(command)) {
        const auto name = option->get_name();
        const auto at = what.find(name);
        if (at == std::string_view::npos || name.empty()) continue;
        const std::pair place{at, std::string_view::npos - name.size()};  // the longer of two at one place
        if (found == nullptr || place < best) {
            found = option;
            best = place;
        }
    }
    return found;
}

Error wrong_value(const CLI::Option& option, const CLI::ParseError& error, const CLI::App& command) {
    const auto allowed = value_of(option);
    Parameters parameters{{"option", name_of(option)}, {"command", full_name(command)}};
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ArgumentMismatch) || option.results().empty())
        return wrong("usage.value-missing",
                     {{"option", name_of(option)}, {"value", allowed.name}, {"command", full_name(command)}});
    auto value = option.results().back();
    for (const auto& given : option.results())
        if (!allowed.choices.empty() &&
            std::find(allowed.choices.begin(), allowed.choices.end(), given) == allowed.choices.end()) {
            value = given;
            break;
        }
    parameters.emplace("value", std::move(value));
    if (!allowed.choices.empty()) {
        parameters.emplace("choices", join(allowed.choices, ", "));
        return wrong("usage.choice", std::move(parameters));
    }
    if (!allowed.range.empty()) {
        parameters.emplace("range", allowed.range);
        return wrong("usage.range", std::move(parameters));
    }
    return wrong("usage.value", std::move(parameters));
}

bool is_about_a_value(const CLI::ParseError& error) {
    const auto code = static_cast<CLI::ExitCodes>(error.get_exit_code());
    return code == CLI::ExitCodes::ValidationError || code == CLI::ExitCodes::ConversionError ||
           code == CLI::ExitCodes::ArgumentMismatch;
}

}  // namespace

Error usage_error(const CLI::App& app, const CLI::ParseError& error) {
    const auto& command = innermost(app);
    auto words = app.remaining(true);
    std::erase(words, "--");
    const auto is_option = [](const std::string& word) { return word.size() > 1 && word.starts_with('-'); };
    const bool needs_command = !commands_of(command).empty();
    // Behind a word that is no command nothing else can be judged.
    if (needs_command && !words.empty() && !is_option(words.front())) return no_command(words.front(), command);
    if (const auto option = std::find_if(words.begin(), words.end(), is_option); option != words.end())
        return unknown_option(*option, command);
    if (is_about_a_value(error))
        if (const auto* option = option_in(error.what(), command); option != nullptr)
            return wrong_value(*option, error, command);
    if (needs_command) return no_command({}, command);
    std::vector<std::string> missing;
    for (const auto* one : command.get_options())
        if (one->get_required() && one->count() == 0) missing.push_back(name_of(*one));
    if (!missing.empty())
        return wrong("usage.required", {{"options", join(missing, ", ")}, {"command", full_name(command)}});
    if (!words.empty()) return wrong("usage.unexpected", {{"word", words.front()}, {"command", full_name(command)}});
    return wrong("usage.arguments", {{"what", error.what()}, {"command", full_name(command)}});
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    // Optimal string alignment, with two rows before the one that is made.
    const auto distance = [](std::string_view a, std::string_view b) {
        std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
        std::iota(last.begin(), last.end(), std::size_t{0});
        for (std::size_t i = 1; i <= a.size(); ++i) {
            row[0] = i;
            for (std::size_t j = 1; j <= b.size(); ++j) {
                row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
            before_last = std::exchange(last, row);
        }
        return last[b.size()];
    };
    constexpr std::size_t longest = 64;  // a longer word is none of ours, and would take long
    std::string best;
    if (word.size() > longest) return best;
    auto least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const auto& one : known)
        if (const auto changes = distance(word, one); changes < least) {
            least = changes;
            best = one;
        }
    return best;
}

}  // namespace sjcode::cli

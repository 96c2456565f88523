#include "commands.h"
#include "terminal.h"

#include "sjcode/code_number.h"

#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

int check(const std::string& text) {
    const auto number = CodeNumber::parse(text);
    if (!number) return report(number.error());
    std::cout << number->grouped() << '\n' << say("number.well-formed", {{"number", number->grouped()}}) << '\n';
    return ok;
}

}  // namespace

void add_number_command(CLI::App& app, Action& action) {
    auto* number = app.add_subcommand("number", say("cli.number.about"));
    number->require_subcommand(1);
    auto* command = number->add_subcommand("check", say("cli.number.check.about"));
    auto text = std::make_shared<std::string>();
    command->add_option("number", *text, say("cli.number.option.number"))->type_name("NUMBER")->required();
    command->footer(say("cli.number.check.example"));
    command->callback([text, &action] { action = [text] { return check(*text); }; });
}

}  // namespace sjcode::cli

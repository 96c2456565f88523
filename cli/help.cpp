#include "help.h"

#include "sjcode/terminal_text.h"
#include "terminal.h"
#include "version.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace sjcode::cli {
namespace {

constexpr std::size_t line_width = 80;
constexpr std::size_t first_column = 24;

using Json = nlohmann::ordered_json;

struct Example {
    std::string about;
    std::string command;
};

struct Footer {
    std::vector<std::string> notes;
    std::vector<Example> examples;
};

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

Footer footer_of(const CLI::App& command) {
    Footer footer;
    std::optional<std::string> caption;
    for (auto& line : split(command.get_footer(), '\n')) {
        if (line.starts_with("$ ")) {
            footer.examples.push_back({std::exchange(caption, std::nullopt).value_or(""), line.substr(2)});
            continue;
        }
        if (caption) footer.notes.push_back(*std::move(caption));
        caption = std::nullopt;
        if (!line.empty()) caption = std::move(line);
    }
    if (caption) footer.notes.push_back(*std::move(caption));
    return footer;
}

std::vector<std::string> names_of(const CLI::Option& option) {
    std::vector<std::string> names;
    for (const auto& name : option.get_snames()) names.push_back("-" + name);
    for (const auto& name : option.get_lnames()) names.push_back("--" + name);
    return names;
}

std::string upper(std::string text) {
    for (auto& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return text;
}

}  // namespace

/// CLI11 tells the type and what the checks allow in one text, as "TEXT:{zh,en}" or "INT:INT in [1 - 30]".
ValueOfOption value_of(const CLI::Option& option) {
    if (option.get_items_expected_max() == 0) return {};
    const auto text = option.get_type_name();
    ValueOfOption value{text.substr(0, text.find(':')), {}, {}};
    if (const auto open = text.find('{'), close = text.find('}'); open < close && close != std::string::npos)
        value.choices = split(std::string_view(text).substr(open + 1, close - open - 1), ',');
    if (const auto open = text.find("in ["), close = text.find(']'); open < close && close != std::string::npos)
        value.range = text.substr(open + 4, close - open - 4);
    return value;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : std::string(separator)) + part;
    return text;
}

std::vector<const CLI::App*> commands_of(const CLI::App& command) {
    return command.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); });
}

std::string full_name(const CLI::App& command) {
    const auto* parent = command.get_parent();
    return (parent == nullptr ? "" : full_name(*parent) + " ") + command.get_name();
}

std::string name_of(const CLI::Option& option) {
    if (option.get_positional()) return upper(option.get_name(true, false));
    return names_of(option).back();
}

namespace {

bool is_repeatable(const CLI::Option& option) {
    return option.get_items_expected_max() > 1;
}

/// What is shown: all but what has no group, as CLI11 marks hidden things.
std::vector<const CLI::Option*> options_of(const CLI::App& command, bool positional) {
    return command.get_options([positional](const CLI::Option* option) {
        return !option->get_group().empty() && option->get_positional() == positional;
    });
}

void paragraph(std::string& out, std::string_view text, std::size_t indent) {
    for (const auto& line : wrapped(text, line_width - indent)) out += std::string(indent, ' ') + line + '\n';
}

void row(std::string& out, const std::string& left, const std::string& right) {
    const auto lines = wrapped(right, line_width - first_column);
    std::size_t next = 0;
    if (display_width(left) + 4 > first_column) {
        out += "  " + left + '\n';
    } else {
        out += padded("  " + left, first_column) + lines.at(next++) + '\n';
    }
    for (; next < lines.size(); ++next) out += std::string(first_column, ' ') + lines[next] + '\n';
}

/// In a line of usage one name is enough: the long one.
std::string in_usage(const CLI::Option& option) {
    const auto value = value_of(option);
    const auto words = value.choices.empty() ? value.name : join(value.choices, "|");
    return names_of(option).back() + (words.empty() ? "" : " " + words);
}

std::string left_of(const CLI::Option& option) {
    const auto value = value_of(option);
    auto text = option.get_positional() ? upper(option.get_name(true, false)) : join(names_of(option), ", ");
    if (option.get_positional()) return text + (is_repeatable(option) ? "…" : "");
    if (!value.choices.empty()) return text + ' ' + join(value.choices, "|");
    return value.name.empty() ? text : text + ' ' + value.name;
}

std::string right_of(const CLI::Option& option) {
    auto text = option.get_description();
    const auto value = value_of(option);
    if (!value.range.empty()) text += say("cli.help.range", {{"range", value.range}});
    if (const auto standard = option.get_default_str(); !standard.empty() && !value.name.empty())
        text += say("cli.help.default", {{"value", standard}});
    if (option.get_required() && !option.get_positional()) text += say("cli.help.required");
    return text;
}

void section(std::string& out, std::string_view code) {
    out += '\n' + say(code) + '\n';
}

/// A long command in several lines, broken before options, as a shell takes it.
void command_lines(std::string& out, std::string_view command) {
    constexpr std::size_t indent = 4;
    std::string line;
    bool first = true;
    const auto end_line = [&](bool more) {
        out += std::string(first ? indent : indent + 4, ' ') + line + (more ? " \\\n" : "\n");
        first = false;
        line.clear();
    };
    while (!command.empty()) {
        const auto next = command.find(" -", 1);
        const auto part = command.substr(0, next);
        if (!line.empty() && display_width(line) + display_width(part) + indent + 6 > line_width) end_line(true);
        line += line.empty() && part.starts_with(' ') ? part.substr(1) : part;
        command.remove_prefix(next == std::string_view::npos ? command.size() : next);
    }
    end_line(false);
}

std::string usage_line(const CLI::App& command) {
    auto line = full_name(command);
    const auto commands = commands_of(command);
    if (!commands.empty()) return line + ' ' + say("cli.help.command-word");
    for (const auto* option : options_of(command, false))
        if (option->get_required()) line += ' ' + in_usage(*option);
    line += ' ' + say("cli.help.options-word");
    for (const auto* option : options_of(command, true)) line += ' ' + left_of(*option);
    return line;
}

std::string help(const CLI::App& command) {
    std::string out;
    paragraph(out, command.get_description(), 0);
    section(out, "cli.help.usage");
    paragraph(out, usage_line(command), 2);
    if (const auto commands = commands_of(command); !commands.empty()) {
        section(out, "cli.help.commands");
        for (const auto* one : commands) row(out, one->get_name(), one->get_description());
    }
    if (const auto arguments = options_of(command, true); !arguments.empty()) {
        section(out, "cli.help.arguments");
        for (const auto* option : arguments) row(out, left_of(*option), right_of(*option));
    }
    section(out, "cli.help.options");
    for (const auto* option : options_of(command, false)) row(out, left_of(*option), right_of(*option));
    const auto* program = &command;
    while (program->get_parent() != nullptr) program = program->get_parent();
    if (program != &command)
        if (const auto* language = program->get_option_no_throw("--lang"); language != nullptr)
            row(out, left_of(*language), right_of(*language));
    const auto footer = footer_of(command);
    for (const auto& note : footer.notes) {
        out += '\n';
        paragraph(out, note, 0);
    }
    if (!footer.examples.empty()) section(out, "cli.help.examples");
    for (const auto& example : footer.examples) {
        if (!example.about.empty()) paragraph(out, example.about, 2);
        command_lines(out, example.command);
    }
    if (!commands_of(command).empty()) {
        out += '\n';
        paragraph(out, say("cli.help.more", {{"command", full_name(command)}}), 0);
    }
    return out;
}

Json option_json(const CLI::Option& option) {
    const auto value = value_of(option);
    Json json;
    json["names"] = option.get_positional() ? std::vector{option.get_name(true, false)} : names_of(option);
    json["positional"] = option.get_positional();
    json["value"] = value.name;
    json["choices"] = value.choices;
    json["range"] = value.range;
    json["default"] = value.name.empty() ? std::string() : option.get_default_str();
    json["required"] = option.get_required();
    json["repeatable"] = is_repeatable(option);
    json["about"] = option.get_description();
    return json;
}

Json command_json(const CLI::App& command) {
    Json json;
    json["name"] = full_name(command);
    json["about"] = command.get_description();
    json["usage"] = usage_line(command);
    json["options"] = Json::array();
    for (const bool positional : {true, false})
        for (const auto* option : options_of(command, positional)) json["options"].push_back(option_json(*option));
    const auto footer = footer_of(command);
    json["notes"] = footer.notes;
    json["examples"] = Json::array();
    for (const auto& example : footer.examples)
        json["examples"].push_back({{"about", example.about}, {"command", example.command}});
    json["commands"] = Json::array();
    for (const auto* one : commands_of(command)) json["commands"].push_back(command_json(*one));
    return json;
}

class HelpFormatter : public CLI::FormatterBase {
public:
    std::string make_help(const CLI::App* command, std::string, CLI::AppFormatMode) const override {
        return help(*command);
    }
};

}  // namespace

void set_up_help(CLI::App& app) {
    app.formatter(std::make_shared<HelpFormatter>());
    app.set_help_flag("-h,--help", say("cli.option.help"));
    app.set_version_flag("--version", std::string("sjcode ") + version, say("cli.option.version"));
    app.add_flag_callback(
           "--definition",
           [&app] {
               std::cout << definition(app) << '\n';
               throw CLI::Success();
           },
           say("cli.option.definition"))
        ->group("");
}

std::string definition(const CLI::App& app) {
    auto json = command_json(app);
    json["version"] = version;
    return json.dump(1);
}

}  // namespace sjcode::cli

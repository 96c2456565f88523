#include "verify_inputs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <utility>

namespace sjcode::cli {
namespace {

namespace fs = std::filesystem;

Error file_error(std::string code, const std::string& file) {
    return Error{std::move(code), {{"file", file}}, {}, {}, {}};
}

/// What one entry of a folder is to `verify`; folders are left to the walk.
NamedInput entry_of(const fs::directory_entry& entry) {
    NamedInput input{entry.path().string()};
    std::error_code failure;
    const auto status = entry.status(failure);
    // A link that leads nowhere and a file that may not be looked at are reported when they are opened.
    if (failure || status.type() == fs::file_type::not_found) return input;
    if (fs::is_directory(status))
        input.error = file_error("file.folder-link", input.name);
    else if (!fs::is_regular_file(status))
        input.error = file_error("file.not-regular", input.name);
    return input;
}

/// The entries of one folder; its own folders are added to `waiting`.
std::error_code look_into(const fs::path& folder, std::vector<fs::path>& waiting, std::vector<NamedInput>& found) {
    std::error_code failure;
    for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
        std::error_code ignored;
        if (at->symlink_status(ignored).type() == fs::file_type::directory) {
            waiting.push_back(at->path());
        } else if (!at->path().filename().string().starts_with(".")) {
            found.push_back(entry_of(*at));
        }
    }
    return failure;
}

std::vector<NamedInput> inputs_in(const std::string& folder) {
    std::vector<NamedInput> found;
    std::vector<fs::path> waiting{folder};
    while (!waiting.empty()) {
        const auto next = std::move(waiting.back());
        waiting.pop_back();
        if (const auto failure = look_into(next, waiting, found)) {
            auto error = file_error("file.folder", next.string());
            error.parameters["reason"] = failure.message();
            found.push_back({next.string(), {}, std::move(error)});
        }
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    if (found.empty()) found.push_back({folder, {}, file_error("file.folder-empty", folder)});
    return found;
}

bool take_off(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// White space that comes with copied text: ASCII, U+00A0, U+3000, U+FEFF.
std::string_view without_space_around(std::string_view text) {
    constexpr std::array<std::string_view, 9> spaces = {" ",  "\t",     "\n",     "\r",    "\v",
                                                        "\f", "\u00A0", "\u3000", "\uFEFF"};
    const auto strip = [&](const auto& step) {
        while (std::any_of(spaces.begin(), spaces.end(), step)) {
        }
    };
    strip([&](std::string_view space) { return take_off(text, space); });
    strip([&](std::string_view space) {
        if (!text.ends_with(space)) return false;
        text.remove_suffix(space.size());
        return true;
    });
    return text;
}

/// The address with its scheme in lower case, in which case it means the same.
std::optional<std::string> address(std::string_view text) {
    const auto end = text.find("://");
    if (end == 0 || end == std::string_view::npos) return std::nullopt;
    std::string result(text);
    for (std::size_t i = 0; i < end; ++i) {
        if (std::isalpha(static_cast<unsigned char>(text[i])) == 0) return std::nullopt;
        result[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
    }
    return result;
}

/// What is no file's name but may be a number: letters and digits in groups.
struct Groups {
    std::string text;  ///< with "-" for every dash
    std::size_t characters = 0;
    bool of_four = true;  ///< every group but the last
    char first = 0;
};

/// Takes one letter or digit from the front, also in its full-width form; 0 where there is none.
char take_character(std::string_view& text, std::string& taken) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    // U+FF01 to U+FF5E in UTF-8: EF BC 81 to EF BD 9E.
    const bool is_wide = text.size() >= 3 && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD);
    const int code = is_wide ? (byte(1) - 0xBC) * 0x40 + byte(2) - 0x80 + 0x20 : byte(0);
    if (code > 0x7F || std::isalnum(code) == 0) return 0;
    const std::size_t size = is_wide ? 3 : 1;
    taken += text.substr(0, size);
    text.remove_prefix(size);
    return static_cast<char>(std::toupper(code));
}

std::optional<Groups> groups_of(std::string_view text) {
    constexpr std::array<std::string_view, 9> dashes = {"-",      "\u2010", "\u2011", "\u2012", "\u2013",
                                                        "\u2014", "\u2212", "\uFF0D", "_"};
    Groups groups;
    std::size_t in_group = 0;
    while (!text.empty()) {
        if (const char character = take_character(text, groups.text); character != 0) {
            if (groups.characters == 0) groups.first = character;
            ++groups.characters;
            ++in_group;
            continue;
        }
        const bool is_space = take_off(text, " ") || take_off(text, "\u3000") || take_off(text, "\u00A0");
        if (!is_space && std::none_of(dashes.begin(), dashes.end(), [&](auto dash) { return take_off(text, dash); }))
            return std::nullopt;
        groups.text += is_space ? ' ' : '-';
        if (in_group != 0 && in_group != 4) groups.of_four = false;
        in_group = 0;
    }
    return groups;
}

/// Whether letters and digits are likely to be a number that somebody typed, perhaps wrongly. A file's name nearly
/// always has a dot.
bool looks_like_number(const Groups& groups, bool has_label) {
    if (has_label) return groups.characters >= 8;
    if (groups.characters < 16 || groups.characters > 24) return false;
    return groups.first == 'J' || (groups.of_four && groups.text.find_first_of("- ") != std::string::npos);
}

}  // namespace

std::optional<std::string> typed_text(std::string_view argument) {
    auto text = without_space_around(argument);
    if (auto found = address(text)) return found;
    constexpr std::string_view colon = ":";
    constexpr std::string_view wide_colon = "：";
    const auto narrow = text.find(colon);
    const auto wide = text.find(wide_colon);
    const auto label_end = std::min(narrow, wide);
    const bool has_label = label_end != std::string_view::npos && label_end > 0;
    if (has_label) {
        text = without_space_around(text.substr(label_end + (wide < narrow ? wide_colon : colon).size()));
        if (auto found = address(text)) return found;
    }
    const auto groups = groups_of(text);
    if (!groups || !looks_like_number(*groups, has_label)) return std::nullopt;
    return groups->text;
}

std::vector<NamedInput> named_inputs(const std::vector<std::string>& arguments) {
    std::vector<NamedInput> inputs;
    for (const auto& argument : arguments) {
        std::error_code ignored;
        if (fs::is_directory(argument, ignored)) {
            for (auto& input : inputs_in(argument)) inputs.push_back(std::move(input));
        } else if (fs::exists(argument, ignored)) {
            inputs.push_back({argument});
        } else {
            inputs.push_back({argument, typed_text(argument)});
        }
    }
    return inputs;
}

}  // namespace sjcode::cli

// What the arguments of `verify` name: files, all files of a folder, an address or a number that somebody typed.
#pragma once

#include "sjcode/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::cli {

struct NamedInput {
    std::string name;                   ///< as given, or the path of what lies in a folder that was given
    std::optional<std::string> text{};  ///< the address or number as it was meant, where it is no file
    std::optional<Error> error{};       ///< why it cannot be verified, where that shows before it is opened
};

/// One for each argument, and for a folder one for each entry, by name. Nothing that lies there is passed over without
/// a word but hidden files: a folder that cannot be read, a link to a folder and what is no file come with an error
/// ("file.folder", "file.folder-link", "file.not-regular"), so does a folder without files ("file.folder-empty").
std::vector<NamedInput> named_inputs(const std::vector<std::string>& arguments);

/// The address or number that a person meant by what is no file's name, without white space around it and a label
/// before it ("赋码编号："); nothing where it looks like neither. A mistyped number is one too: `verify` says what is
/// wrong with it.
std::optional<std::string> typed_text(std::string_view argument);

}  // namespace sjcode::cli

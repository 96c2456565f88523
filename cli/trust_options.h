// What the commands of `trust` share.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/result.h"
#include "sjcode/trust_list.h"
#include "sjcode/trust_register.h"

#include <optional>
#include <string>

namespace sjcode::cli {

/// A register from its file. Errors: those of read_text_file() and TrustRegister::parse(), the latter with the file.
Result<TrustRegister> read_register(const std::string& path);
Result<void> write_register(const std::string& path, const TrustRegister& content, Overwrite overwrite);

/// "2026-09-03": the first second of that day in China. Error: "facts.date".
Result<UnixTime> day_from(const std::string& text);

/// A list from a file, or the one of its kind that a store holds. A file is opened under its own root key: what it says
/// of itself, compared with nothing.
struct OpenedList {
    TrustList list;
    bool is_pinned = false;  ///< from a store, under its pin
};
/// `list_id` says which, where a store holds several. Errors: those of TrustStore and TrustList, "trust.which"
/// ({lists}).
Result<OpenedList> open_list(const std::string& path, const std::string& list_id = {});

}  // namespace sjcode::cli

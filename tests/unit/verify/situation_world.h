// Makes what a situation of tests/situations/situations.json tells: a trust list, a report on paper, a status list.
#pragma once

#include "sjcode/status_lists.h"
#include "sjcode/trust_register.h"
#include "sjcode/verify.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>

namespace situations {

using Json = nlohmann::ordered_json;

/// The keys that a situation names: "root", "next", "own", "other", "platform", "stranger".
const sjcode::PrivateKey& key(const std::string& name);

/// An instant as a register writes it.
sjcode::UnixTime time(const std::string& text);

/// The register of a world, its keys filled in; number, times and regions by `list`.
sjcode::TrustListContent list_content(const Json& world);

/// What is verified: the text of a symbol, and the record that belongs to it.
struct Report {
    std::string url;
    std::optional<sjcode::Bytes> record;
    sjcode::Claims claims;
};
Report make_report(const Json& world);

/// The files of a world's status list; nothing where it has none.
struct StatusFiles {
    sjcode::Bytes list;
    std::optional<sjcode::Bytes> details;
};
std::optional<StatusFiles> status_files(const Json& world, const Report& report);

/// The same, checked under the trust records.
std::optional<sjcode::StatusLists> make_statuses(const Json& world, const Report& report,
                                                 const sjcode::TrustRecords& trust);

/// The verdict on a report's symbol, as of the world's day, under the trust records and its status list.
sjcode::Verdict verdict_of(const Json& world, const Report& report, const sjcode::TrustRecords& trust);

}  // namespace situations

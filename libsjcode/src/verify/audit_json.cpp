// An audit as JSON: docs/audit.md.
#include "sjcode/audit.h"
#include "verify/audit_message.h"
#include "verify/check_json.h"

#include <nlohmann/json.hpp>

namespace sjcode {
namespace {

using Json = nlohmann::ordered_json;

Json revisions_json(const std::vector<AuditRevision>& revisions) {
    auto list = Json::array();
    for (const auto& revision : revisions)
        list.push_back({{"number", revision.number},
                        {"begin", revision.begin},
                        {"end", revision.end},
                        {"added", revision.added},
                        {"replaced", revision.replaced},
                        {"freed", revision.freed},
                        {"signatures", revision.signatures}});
    return list;
}

Json signatures_json(const std::vector<AuditSignature>& signatures) {
    auto list = Json::array();
    for (const auto& signature : signatures)
        list.push_back({{"field", signature.field},
                        {"kind", name(signature.kind)},
                        {"object", signature.object},
                        {"format", signature.format},
                        {"claimed_name", signature.claimed_name},
                        {"claimed_time", signature.claimed_time},
                        {"signer", signature.signer},
                        {"issuer", signature.issuer},
                        {"timestamp", signature.timestamp ? Json(*signature.timestamp) : Json()},
                        {"level", signature.level.empty() ? Json() : Json(signature.level)},
                        {"revision", signature.revision},
                        {"valid", signature.valid},
                        {"covers_file", signature.covers_file},
                        {"removed", signature.removed}});
    return list;
}

}  // namespace

std::string AuditReport::to_json(Language language, std::string_view input_name) const {
    const std::string outcome_name(name(outcome));
    Json json;
    json["outcome"] = outcome_name;
    if (!input_name.empty()) json["input"] = input_name;
    json["message"] = sentence("audit-report." + outcome_name, {}, language);
    json["checks"] = verify::checks_json(checks, [&](const Check& check) { return audit_message(check, language); });
    json["revisions"] = revisions_json(revisions);
    json["signatures"] = signatures_json(signatures);
    json["disclaimer"] = sentence("audit-report.disclaimer", {}, language);
    // What a hostile document says need not be UTF-8; dump() would throw.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sjcode

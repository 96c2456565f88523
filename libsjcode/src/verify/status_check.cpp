#include "verify/status_check.h"

#include "verify/standing.h"

#include <algorithm>

namespace sjcode {
namespace {

using standing::day;

std::string text_of(const PriorReport& report) {
    if (const auto* code = std::get_if<CodeNumber>(&report)) return code->grouped();
    return std::get<std::string>(report);
}

void tell(Findings& findings, CheckResult result, const char* code, Parameters parameters) {
    // A failure counts; nothing else of a status changes what was issued.
    findings.add({"status", result, code, std::move(parameters), result == CheckResult::fail});
}

void check_age(const VerifiedStatusList& list, UnixTime now, Findings& findings) {
    const Parameters parameters{{"date", day(list.claims().issued)}};
    switch (list.age(now)) {
        case StatusListAge::current:
            break;
        case StatusListAge::refresh_due:
        case StatusListAge::expired:
            findings.warn("status", "status.list-stale", parameters);
            break;
        case StatusListAge::future:
            findings.warn("status", "status.list-from-future", parameters);
    }
}

/// The changes of a code up to `now`; empty where no details are at hand, or they cannot be read.
std::vector<StatusChange> history_of(const HeldStatusList& held, const Claims& claims, UnixTime now,
                                     Findings& findings) {
    if (!held.details_fault.empty())
        findings.warn("status", "status.details-unreadable", {{"reason", held.details_fault}});
    if (!held.details) return {};
    auto history = held.details->history(claims.status, claims.code);
    if (!history) {
        findings.warn("status", "status.details-unreadable", {{"reason", history.error().code}});
        return {};
    }
    std::erase_if(*history, [&](const StatusChange& change) { return change.time > now; });
    return *std::move(history);
}

void tell_status(CodeStatus status, const StatusChange* change, const std::string& list_date, Findings& findings) {
    Parameters parameters{{"date", change != nullptr ? day(change->time) : list_date},
                          {"reason", change != nullptr ? change->reason : std::string()}};
    const bool successor = change != nullptr && change->successor.has_value();
    if (successor) parameters["successor"] = text_of(*change->successor);
    switch (status) {
        case CodeStatus::valid:
            tell(findings, CheckResult::pass, "status.valid", {{"date", list_date}});
            break;
        case CodeStatus::revoked:
            tell(findings, CheckResult::fail, "status.revoked", std::move(parameters));
            break;
        case CodeStatus::withdrawn:
            tell(findings, CheckResult::fail, "status.withdrawn", std::move(parameters));
            break;
        case CodeStatus::suspended:
            tell(findings, CheckResult::warn, "status.suspended", std::move(parameters));
            break;
        case CodeStatus::superseded:
            tell(findings, CheckResult::warn, successor ? "status.superseded-by" : "status.superseded",
                 std::move(parameters));
            break;
        case CodeStatus::reappraised:
            tell(findings, CheckResult::warn, successor ? "status.reappraised-by" : "status.reappraised",
                 std::move(parameters));
    }
}

}  // namespace

void check_status(const OpenedCode& opened, const StatusLists* statuses, UnixTime now, Findings& findings) {
    const auto& claims = opened.raw.unverified_claims();
    const auto held = statuses != nullptr && opened.verified ? statuses->find(claims.issuer) : nullptr;
    if (!held) {
        const auto refusal = statuses != nullptr ? statuses->refusal(claims.issuer) : std::nullopt;
        if (refusal)
            findings.skipped("status", "status.list-refused", {{"reason", *refusal}});
        else
            findings.skipped("status", "status.no-list");
        return;
    }
    const auto& list = held->list;
    const auto list_date = day(list.claims().issued);
    check_age(list, now, findings);
    const auto value = list.value(claims.status);
    const auto status = value ? code_status_of(*value) : std::nullopt;
    if (!value) {
        findings.skipped("status", "status.not-in-list", {{"date", list_date}});
        return;
    }
    if (!status) {
        findings.skipped("status", "status.unknown-value", {{"date", list_date}});
        return;
    }
    const auto history = history_of(*held, claims, now, findings);
    const auto* last = history.empty() ? nullptr : &history.back();
    // The list knows of its own day only; how it was on an earlier one, the details know.
    const bool earlier = now < list.claims().issued && held->details.has_value();
    const auto then = earlier ? status_at(history, now) : *status;
    if (earlier && then == CodeStatus::valid) {
        tell(findings, CheckResult::pass, "status.valid-on-day", {{"day", day(now)}, {"date", list_date}});
        return;
    }
    tell_status(then, last != nullptr && last->status == then ? last : nullptr, list_date, findings);
    if (then == CodeStatus::valid && list.claims().issued < claims.issued)
        findings.warn("status", "status.list-older-than-report", {{"date", list_date}});
}

}  // namespace sjcode

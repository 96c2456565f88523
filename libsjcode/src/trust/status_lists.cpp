#include "sjcode/status_lists.h"

#include "base/try.h"

#include <vector>

namespace sjcode {
namespace {

/// The licence number in a subject: what status_list_subject() puts behind everything else.
std::optional<std::string> licence_of(const std::string& subject) {
    const auto prefix = status_list_subject("");
    if (!subject.starts_with(prefix) || subject.size() == prefix.size()) return std::nullopt;
    return subject.substr(prefix.size());
}

/// `subject` is what the list claims, as far as it could be read.
Result<VerifiedStatusList> verify(ByteView list, const TrustRecords& trust, std::string& subject) {
    SJCODE_TRY(auto raw, RawStatusList::decode(list));
    subject = raw.unverified_claims().subject;
    const auto licence = licence_of(subject);
    if (!licence) return fail("status-lists.unknown-issuer", {{"subject", subject}});
    SJCODE_TRY(const auto issuer, trust.issuer(*licence));
    if (!issuer) return fail("status-lists.unknown-issuer", {{"subject", subject}});
    const auto issued = raw.unverified_claims().issued;
    std::vector<PublicKey> keys;
    for (const auto& key : issuer->keys)
        // Whoever stole a key could set every code right again.
        if (key.period.covers(issued) && (!key.invalid_since || issued < *key.invalid_since)) keys.push_back(key.key);
    return VerifiedStatusList::verify(std::move(raw), status_list_subject(*licence), keys);
}

Result<VerifiedStatusDetails> open_details(ByteView details, const VerifiedStatusList& list) {
    SJCODE_TRY(auto raw, RawStatusDetails::decode(Bytes(details.begin(), details.end())));
    return VerifiedStatusDetails::verify(std::move(raw), list);
}

}  // namespace

Result<std::string> StatusLists::add(ByteView list, std::optional<ByteView> details, const TrustRecords& trust) {
    std::string subject;
    auto verified = verify(list, trust, subject);
    if (!verified) {
        refused_.push_back({licence_of(subject).value_or(""), verified.error().code});
        return Unexpected(std::move(verified).error());
    }
    const auto licence = licence_of(subject).value_or("");
    if (const auto held = lists_.find(licence); held != lists_.end()) {
        if (auto newer = may_replace(held->second->list, *verified); !newer)
            return fail("status-lists.older", {{"licence", licence}});
    }
    HeldStatusList held{*std::move(verified)};
    // Whoever exchanges the details must not rid the code of its status.
    std::optional<Error> fault;
    if (details) {
        auto opened = open_details(*details, held.list);
        if (opened) {
            held.details = *std::move(opened);
        } else {
            fault = std::move(opened).error();
            held.details_fault = fault->code;
        }
    }
    lists_.insert_or_assign(licence, std::make_shared<const HeldStatusList>(std::move(held)));
    if (fault) return Unexpected(*std::move(fault));
    return licence;
}

std::optional<std::string> StatusLists::refusal(std::string_view licence) const {
    for (const auto& one : refused_)
        if (one.licence.empty() || one.licence == licence) return one.reason;
    return std::nullopt;
}

std::shared_ptr<const HeldStatusList> StatusLists::find(std::string_view licence) const {
    const auto found = lists_.find(licence);
    return found == lists_.end() ? nullptr : found->second;
}

}  // namespace sjcode

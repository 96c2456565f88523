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

}  // namespace

Result<std::string> StatusLists::add(ByteView list, std::optional<ByteView> details, const TrustRecords& trust) {
    SJCODE_TRY(auto raw, RawStatusList::decode(list));
    const auto& subject = raw.unverified_claims().subject;
    const auto licence = licence_of(subject);
    if (!licence) return fail("status-lists.unknown-issuer", {{"subject", subject}});
    SJCODE_TRY(const auto issuer, trust.issuer(*licence));
    if (!issuer) return fail("status-lists.unknown-issuer", {{"subject", subject}});
    const auto issued = raw.unverified_claims().issued;
    std::vector<PublicKey> keys;
    for (const auto& key : issuer->keys)
        // Whoever stole a key could set every code right again.
        if (key.period.covers(issued) && (!key.invalid_since || issued < *key.invalid_since)) keys.push_back(key.key);
    SJCODE_TRY(auto verified, VerifiedStatusList::verify(std::move(raw), status_list_subject(*licence), keys));
    if (const auto held = lists_.find(*licence); held != lists_.end()) {
        if (auto newer = may_replace(held->second->list, verified); !newer)
            return fail("status-lists.older", {{"licence", *licence}});
    }
    std::optional<VerifiedStatusDetails> opened;
    if (details) {
        SJCODE_TRY(auto raw_details, RawStatusDetails::decode(Bytes(details->begin(), details->end())));
        SJCODE_TRY(opened, VerifiedStatusDetails::verify(std::move(raw_details), verified));
    }
    lists_.insert_or_assign(
        *licence, std::make_shared<const HeldStatusList>(HeldStatusList{std::move(verified), std::move(opened)}));
    return *licence;
}

std::shared_ptr<const HeldStatusList> StatusLists::find(std::string_view licence) const {
    const auto found = lists_.find(licence);
    return found == lists_.end() ? nullptr : found->second;
}

}  // namespace sjcode

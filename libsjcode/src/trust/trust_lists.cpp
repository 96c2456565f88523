#include "base/try.h"
#include "sjcode/trust.h"
#include "trust/trust_list_head.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>

namespace sjcode {
namespace {

/// More issuers than China has. Beyond it everything is looked up anew.
constexpr std::size_t most_kept = 8'192;

/// The time that two periods share; nothing where they share none.
std::optional<Period> common(const Period& a, const Period& b) {
    Period both{std::max(a.from, b.from), a.until};
    if (b.until && (!both.until || *b.until < *both.until)) both.until = b.until;
    if (both.until && *both.until <= both.from) return std::nullopt;
    return both;
}

Result<void> add_key(KnownIssuer& issuer, const DatedKey& dated, const Period& period, const std::string& signer) {
    SJCODE_TRY(auto key, PublicKey::from_der(dated.key));
    issuer.keys.push_back({std::move(key), period, dated.invalid_since, signer, {}});
    return {};
}

/// Keys and hosts of an authority, for the time in which it signs for the issuer.
Result<void> add_signer(KnownIssuer& issuer, const AuthorityRecord& authority, const Period& period) {
    // By its latest name.
    const auto& name =
        std::max_element(authority.names.begin(), authority.names.end(), [](const auto& a, const auto& b) {
            return a.period.from < b.period.from;
        })->name;
    for (const auto& key : authority.keys)
        if (const auto both = common(key.period, period)) SJCODE_CHECK(add_key(issuer, key, *both, name));
    for (const auto& host : authority.hosts)
        if (const auto both = common(host.period, period)) issuer.hosts.push_back({host.host, *both});
    return {};
}

Result<std::shared_ptr<const KnownIssuer>> issuer_in(const TrustList& list, std::string_view licence) {
    SJCODE_TRY(auto record, list.institution(licence));
    if (!record) return std::shared_ptr<const KnownIssuer>();
    auto issuer = std::make_shared<KnownIssuer>();
    issuer->record = *std::move(record);
    issuer->hosts = issuer->record.hosts;
    issuer->list = list.info();
    issuer->lists_appraisers = list.appraiser_count() > 0;
    for (const auto& key : issuer->record.keys) SJCODE_CHECK(add_key(*issuer, key, key.period, {}));
    for (const auto& signer : issuer->record.signers) {
        SJCODE_TRY(const auto authority, list.authority(signer.id));
        if (authority) SJCODE_CHECK(add_signer(*issuer, *authority, signer.period));
    }
    return std::shared_ptr<const KnownIssuer>(std::move(issuer));
}

}  // namespace

struct TrustLists::State {
    std::vector<TrustList> lists;
    std::shared_mutex mutex;
    std::map<std::string, std::shared_ptr<const KnownIssuer>, std::less<>> kept;
};

TrustLists TrustLists::of(std::vector<TrustList> lists) {
    auto state = std::make_shared<State>();
    state->lists = std::move(lists);
    // The newest first: it speaks where several know an issuer.
    std::stable_sort(state->lists.begin(), state->lists.end(),
                     [](const TrustList& a, const TrustList& b) { return a.info().issued > b.info().issued; });
    return TrustLists(std::move(state));
}

Result<std::shared_ptr<const KnownIssuer>> TrustLists::issuer(std::string_view licence) const {
    {
        const std::shared_lock lock(state_->mutex);
        if (const auto found = state_->kept.find(licence); found != state_->kept.end()) return found->second;
    }
    for (const auto& list : state_->lists) {
        if (!trust::answers_for(list.info(), licence)) continue;
        SJCODE_TRY(auto found, issuer_in(list, licence));
        if (!found) continue;
        const std::unique_lock lock(state_->mutex);
        if (state_->kept.size() < most_kept) state_->kept.emplace(licence, found);
        return found;
    }
    // What is not known is not kept: strangers' codes could fill the memory with names that nobody has.
    return std::shared_ptr<const KnownIssuer>();
}

Result<std::optional<AppraiserRecord>> TrustLists::appraiser(std::string_view licence) const {
    for (const auto& list : state_->lists) {
        if (!trust::answers_for(list.info(), licence)) continue;
        SJCODE_TRY(auto found, list.appraiser(licence));
        if (found) return found;
    }
    return std::optional<AppraiserRecord>();
}

bool TrustLists::is_official_host(std::string_view host) const {
    return std::any_of(state_->lists.begin(), state_->lists.end(), [&](const TrustList& list) {
        const auto known = list.is_official_host(host);
        return known && *known;
    });
}

const std::vector<TrustList>& TrustLists::lists() const noexcept {
    return state_->lists;
}

}  // namespace sjcode

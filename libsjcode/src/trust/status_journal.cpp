#include "sjcode/status_journal.h"

#include "base/byte_reader.h"
#include "base/civil_time.h"
#include "base/try.h"
#include "base/unicode.h"
#include "sjcode/identifier.h"

#include <algorithm>
#include <array>

namespace sjcode {
namespace {

Unexpected refused(std::string code, CodeStatus status) {
    return fail(std::move(code), {{"status", std::string(name(status))}});
}

bool is_final(CodeStatus status) noexcept {
    return status == CodeStatus::revoked || status == CodeStatus::withdrawn;
}

Result<void> check_reason(const StatusChange& change) {
    const bool needs_reason = is_final(change.status) || change.status == CodeStatus::suspended;
    if (needs_reason && change.reason.empty()) return refused("status-journal.reason", change.status);
    if (change.reason.size() > StatusJournal::longest_reason)
        return fail("status-journal.reason-length", {{"limit", std::to_string(StatusJournal::longest_reason)}});
    const auto points = unicode::decode(change.reason);
    if (!points || std::any_of(points->begin(), points->end(), unicode::is_control_or_format))
        return fail("status-journal.reason-text");
    if (contains_resident_id(change.reason)) return fail("status-journal.resident-id");
    return {};
}

Result<void> check_successor(const CodeNumber& code, const StatusChange& change) {
    const bool may_have = change.status == CodeStatus::superseded || change.status == CodeStatus::reappraised;
    if (change.status == CodeStatus::superseded && !change.successor)
        return refused("status-journal.successor", change.status);
    if (!change.successor) return {};
    if (!may_have) return refused("status-journal.no-successor", change.status);
    const auto* number = std::get_if<CodeNumber>(&*change.successor);
    if (number != nullptr && *number == code) return fail("status-journal.own-successor");
    if (number == nullptr && contains_resident_id(std::get<std::string>(*change.successor)))
        return fail("status-journal.resident-id");
    return {};
}

}  // namespace

Result<StatusJournal> StatusJournal::create(std::string licence) {
    if (licence.empty() || !unicode::is_utf8(licence)) return fail("status-journal.issuer");
    return StatusJournal(std::move(licence));
}

std::optional<std::uint64_t> StatusJournal::index_of(const CodeNumber& code) const {
    const auto found = index_of_.find(code.characters());
    if (found == index_of_.end()) return std::nullopt;
    return found->second;
}

void StatusJournal::take(std::uint64_t index) {
    assigned_.insert(index);
    size_ = std::max(size_, (index / space + 1) * space);
}

Result<std::uint64_t> StatusJournal::assign(const RandomSource& random) {
    // Below three quarters a draw finds a free index in a few rounds.
    while (assigned_.size() >= size_ / 4 * 3) {
        if (size_ >= most_codes) return fail("status-journal.full");
        size_ += space;
    }
    for (int round = 0; round < 1'000; ++round) {
        std::array<std::uint8_t, 8> bytes{};
        SJCODE_CHECK(random(bytes));
        const auto index = ByteReader(bytes).big_endian(bytes.size()).value_or(0) % size_;
        if (!assigned_.insert(index).second) continue;
        return index;
    }
    return fail("crypto.random");
}

Result<void> StatusJournal::check_identity(std::uint64_t index, const CodeNumber& code) const {
    const auto other = [&] { return fail("status-journal.other-code", {{"index", std::to_string(index)}}); };
    if (index >= most_codes) return fail("status-journal.index", {{"limit", std::to_string(most_codes - 1)}});
    if (const auto entry = entries_.find(index); entry != entries_.end() && entry->second.code != code) return other();
    if (const auto known = index_of(code); known && *known != index) return other();
    return {};
}

Result<void> StatusJournal::set(std::uint64_t index, const CodeNumber& code, StatusChange change,
                                Correction correction) {
    SJCODE_CHECK(check_identity(index, code));
    SJCODE_CHECK(check_reason(change));
    SJCODE_CHECK(check_successor(code, change));
    const auto entry = entries_.find(index);
    if (entry == entries_.end()) {
        if (change.status == CodeStatus::valid) return refused("status-journal.unchanged", change.status);
        if (change.time < 0) return fail("status-journal.earlier");
        entries_.emplace(index, StatusDetailsEntry{index, code, {std::move(change)}});
        index_of_.emplace(code.characters(), index);
        take(index);
        return {};
    }
    auto& history = entry->second.history;
    const auto& last = history.back();
    const bool same =
        last.status == change.status && last.reason == change.reason && last.successor == change.successor;
    if (same) return refused("status-journal.unchanged", change.status);
    if (is_final(last.status) && correction == Correction::no) return refused("status-journal.final", last.status);
    if (change.time < last.time) return fail("status-journal.earlier");
    history.push_back(std::move(change));
    return {};
}

Result<SignedStatus> StatusJournal::sign(const Signer& signer, UnixTime issued, UnixTime valid_for,
                                         std::uint64_t time_to_live, const RandomSource& random) {
    if (last_signed_ && issued <= *last_signed_)
        return fail("status-journal.clock", {{"last", chinese_time_text(*last_signed_)}});
    SJCODE_TRY(auto statuses, StatusArray::create(4, size_));
    std::vector<StatusDetailsEntry> details;
    for (const auto& [index, entry] : entries_) {
        const auto value = static_cast<std::uint8_t>(entry.history.back().status);
        if (!statuses.set(index, value)) return fail("status-journal.index", {{"limit", std::to_string(size_ - 1)}});
        details.push_back(entry);
    }
    const StatusListClaims claims{status_list_subject(issuer_), issued, issued + valid_for, time_to_live};
    SignedStatus signed_status;
    SJCODE_TRY(signed_status.list, sign_status_list(claims, statuses, signer));
    SJCODE_TRY(signed_status.details, sign_status_details(claims, std::move(details), signer, random));
    last_signed_ = issued;
    return signed_status;
}

}  // namespace sjcode

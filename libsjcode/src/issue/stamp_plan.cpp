#include "issue/stamp_plan.h"

#include "base/try.h"
#include "code/claims.h"
#include "code/cose.h"
#include "qr/draw.h"
#include "sjcode/symbol_url.h"

#include <algorithm>
#include <set>

namespace sjcode {
namespace {

// docs/code-format.md, section 7.
constexpr int main_version_limit_m = 12;
constexpr int main_version_limit_q = 14;
constexpr int entry_version_limit = 22;

/// Whether the facts left an entry out that may be left out.
bool is_absent(const RecordValues& values, RecordKey key) {
    switch (key) {
        case RecordKey::matter:
            return !values.matter;
        case RecordKey::commissioner:
            return !values.commissioner;
        case RecordKey::case_code:
            return !values.case_code;
        case RecordKey::copies:
            return !values.copies;
        case RecordKey::use:
            return !values.use;
        case RecordKey::text:
            return !values.text;
        default:
            return false;
    }
}

}  // namespace

Bytes unsigned_code(const Claims& claims, Algorithm algorithm) {
    const auto payload = encode_claims(claims);
    const Bytes signature(64, 0);
    return cose::encode({algorithm, payload, signature});
}

Result<StampPlan> StampPlan::make(const Record& record, const Claims& claims, std::string host, QrLevel level,
                                  std::vector<EntrySymbol> entries, Symbols symbols) {
    StampPlan plan(claims);
    plan.host_ = std::move(host);
    plan.level_ = level;
    plan.symbols_ = symbols;
    for (const auto& entry : entries) {
        const auto index = Record::index_of(entry.key);
        const auto disclosure = Disclosure::make(record, claims.issuer, claims.code, index);
        // An entry symbol that says nothing would only puzzle its reader.
        if (is_absent(record.values(), entry.key))
            return fail("issue.entry", {{"entry", std::string(name(entry.key))}});
        plan.entries_.push_back({entry.page, entry.key, disclosure.encode()});
    }
    return plan;
}

Result<QrSymbol> StampPlan::symbol(const std::string& prefix, const std::string& digits, QrLevel level,
                                   int version_limit) const {
    return symbols_ == Symbols::drawn ? draw_qr(prefix, digits, level, version_limit)
                                      : qr::blank_symbol(prefix.size(), digits.size(), level, version_limit);
}

Result<pdf::StampBlock> StampPlan::main(ByteView code) const {
    const int limit = level_ == QrLevel::Q ? main_version_limit_q : main_version_limit_m;
    SJCODE_TRY(auto drawn, symbol(report_url_prefix(host_), encode_digits(code), level_, limit));
    return pdf::main_block(std::move(drawn), claims_, host_);
}

Result<pdf::StampLayout> StampPlan::plain_layout(ByteView code) const {
    SJCODE_TRY(auto block, main(code));
    return pdf::lay_out({std::move(block)});
}

Result<pdf::StampLayout> StampPlan::layout(ByteView code, std::uint32_t page) const {
    SJCODE_TRY(auto block, main(code));
    std::vector<pdf::StampBlock> blocks;
    blocks.push_back(std::move(block));
    for (const auto& entry : entries_) {
        if (entry.page != page) continue;
        SJCODE_TRY(auto drawn,
                   symbol(entry_url_prefix(host_), encode_digits(entry.disclosure), QrLevel::M, entry_version_limit));
        blocks.push_back(pdf::entry_block(std::move(drawn), entry.key));
    }
    return pdf::lay_out(blocks);
}

std::vector<std::uint32_t> StampPlan::entry_keys(std::uint32_t page) const {
    std::vector<std::uint32_t> keys;
    for (const auto& entry : entries_)
        if (entry.page == page) keys.push_back(static_cast<std::uint32_t>(entry.key));
    return keys;
}

std::vector<std::uint32_t> StampPlan::entry_pages() const {
    std::set<std::uint32_t> pages;
    for (const auto& entry : entries_)
        if (entry.page != 0) pages.insert(entry.page);
    return {pages.begin(), pages.end()};
}

}  // namespace sjcode

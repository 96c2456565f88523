#include "sjcode/trust_list.h"

#include "base/try.h"
#include "code/cose.h"
#include "trust/trust_list_block.h"
#include "trust/trust_list_head.h"
#include "trust/trust_record_cbor.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace sjcode {

using trust::BlockEntry;
using trust::Table;
using trust::TableIndex;

struct TrustList::State {
    State(InputFile opened, trust::Head read, ByteView body_of_file, Digest digest_of_head)
        : file(std::move(opened)), head(std::move(read)), body(body_of_file), head_digest(digest_of_head) {
        for (std::size_t i = 0; i < trust::table_count; ++i)
            checked[i] = std::vector<std::atomic<bool>>(head.tables[i].blocks.size());
    }
    InputFile file;
    trust::Head head;
    ByteView body;
    Digest head_digest;
    /// Which blocks were found to be what the head says. Two threads may find out at once; both find the same.
    mutable std::array<std::vector<std::atomic<bool>>, trust::table_count> checked;

    [[nodiscard]] const TableIndex& table(Table which) const { return head.tables[static_cast<std::size_t>(which)]; }

    Result<ByteView> block(Table which, std::size_t index) const {
        const auto& blocks = table(which).blocks;
        const auto& entry = blocks[index];
        // split_file() and decode_payload() saw to it that all blocks together are the body.
        const auto bytes = body.subspan(static_cast<std::size_t>(entry.offset), static_cast<std::size_t>(entry.size));
        auto& is_checked = checked[static_cast<std::size_t>(which)][index];
        if (is_checked.load(std::memory_order_acquire)) return bytes;
        const auto* next = index + 1 < blocks.size() ? &blocks[index + 1] : nullptr;
        if (!trust::check_block(bytes, entry, next, digest_of(head.root.algorithm())))
            return fail("trust-list.block", {{"block", entry.first}});
        is_checked.store(true, std::memory_order_release);
        return bytes;
    }

    /// The bytes of a record; nothing where the list has none of this identifier.
    [[nodiscard]] Result<std::optional<ByteView>> find(Table which, std::string_view id) const {
        const auto& blocks = table(which).blocks;
        const auto after = std::upper_bound(blocks.begin(), blocks.end(), id,
                                            [](std::string_view a, const BlockEntry& b) { return a < b.first; });
        std::optional<ByteView> found;
        if (after == blocks.begin()) return found;
        SJCODE_TRY(const auto bytes, block(which, static_cast<std::size_t>(after - blocks.begin()) - 1));
        trust::for_each_record(bytes, [&](std::string_view other, ByteView record) {
            if (other == id) found = record;
            return other < id;
        });
        return found;
    }

    Result<void> for_all(Table which, const std::function<Result<void>(std::string_view, ByteView)>& visit) const {
        const auto& index = table(which);
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < index.blocks.size(); ++i) {
            SJCODE_TRY(const auto bytes, block(which, i));
            Result<void> result;
            trust::for_each_record(bytes, [&](std::string_view id, ByteView record) {
                ++count;
                result = visit(id, record);
                return result.has_value();
            });
            SJCODE_CHECK(std::move(result));
        }
        if (count != index.records) return fail("trust-list.order");
        return {};
    }
};

namespace {

template <class Record>
Result<std::optional<Record>> decoded(const Result<std::optional<ByteView>>& bytes, std::string_view id,
                                      Result<Record> (*decode)(ByteView), std::string Record::*id_member) {
    if (!bytes) return Unexpected(bytes.error());
    if (!*bytes) return std::optional<Record>();
    SJCODE_TRY(auto record, decode(**bytes));
    // The block says whose record it is, and so does the record.
    if (record.*id_member != id) return fail("trust-record.id", {{"record", std::string(id)}});
    return std::optional<Record>(std::move(record));
}

template <class Record>
Result<void> read_table(const TrustList::State& state, Table table, Result<Record> (*decode)(ByteView),
                        std::string Record::*id_member, std::vector<Record>* keep) {
    return state.for_all(table, [&](std::string_view id, ByteView bytes) -> Result<void> {
        SJCODE_TRY(auto record, decode(bytes));
        if (record.*id_member != id) return fail("trust-record.id", {{"record", std::string(id)}});
        if (keep != nullptr) keep->push_back(std::move(record));
        return {};
    });
}

Result<void> read_tables(const TrustList::State& state, TrustListContent* keep) {
    SJCODE_CHECK(read_table(state, Table::authorities, trust::decode_authority, &AuthorityRecord::id,
                            keep != nullptr ? &keep->authorities : nullptr));
    SJCODE_CHECK(read_table(state, Table::institutions, trust::decode_institution, &InstitutionRecord::licence,
                            keep != nullptr ? &keep->institutions : nullptr));
    SJCODE_CHECK(read_table(state, Table::appraisers, trust::decode_appraiser, &AppraiserRecord::licence,
                            keep != nullptr ? &keep->appraisers : nullptr));
    return state.for_all(Table::hosts, [](std::string_view, ByteView) -> Result<void> { return {}; });
}

}  // namespace

Result<TrustList> TrustList::open(InputFile file, const Digest& root) {
    SJCODE_TRY(const auto parts, trust::split_file(file.bytes()));
    // A copy, since what is verified must be what is then read, whoever writes into the file meanwhile.
    const Bytes encoded(parts.head.begin(), parts.head.end());
    auto decoded_cose = cose::decode(encoded, trust::head_limit);
    if (!decoded_cose) return fail("trust-list.format", {{"reason", decoded_cose.error().code}});
    const auto& sign1 = *decoded_cose;
    SJCODE_TRY(auto head, trust::decode_payload(sign1.payload));
    SJCODE_CHECK(trust::follow_root_changes(root, head));
    if (head.root.algorithm() != sign1.algorithm ||
        !head.root.verify(cose::signed_bytes(sign1.algorithm, trust::list_context, sign1.payload), sign1.signature))
        return fail("trust-list.signature");
    if (head.body_size != parts.body.size()) return fail("trust-list.truncated");
    const auto head_digest = digest(DigestAlgorithm::sha256, sign1.payload);
    return TrustList(std::make_shared<const State>(std::move(file), std::move(head), parts.body, head_digest));
}

Result<TrustList::Unverified> TrustList::unverified(ByteView file) {
    SJCODE_TRY(const auto size, trust::cose_size(file));
    auto sign1 = cose::decode(file.first(size), trust::head_limit);
    if (!sign1) return fail("trust-list.format", {{"reason", sign1.error().code}});
    SJCODE_TRY(auto head, trust::decode_payload(sign1->payload));
    return Unverified{std::move(head.info), std::move(head.root)};
}

const TrustListInfo& TrustList::info() const noexcept {
    return state_->head.info;
}
const PublicKey& TrustList::root() const noexcept {
    return state_->head.root;
}
const Digest& TrustList::head_digest() const noexcept {
    return state_->head_digest;
}
std::vector<Bytes> TrustList::root_changes() const {
    return state_->head.root_changes;
}
ByteView TrustList::bytes() const noexcept {
    return state_->file.bytes();
}

std::uint64_t TrustList::authority_count() const noexcept {
    return state_->table(Table::authorities).records;
}
std::uint64_t TrustList::institution_count() const noexcept {
    return state_->table(Table::institutions).records;
}
std::uint64_t TrustList::appraiser_count() const noexcept {
    return state_->table(Table::appraisers).records;
}

Result<std::optional<AuthorityRecord>> TrustList::authority(std::string_view id) const {
    return decoded(state_->find(Table::authorities, id), id, trust::decode_authority, &AuthorityRecord::id);
}

Result<std::optional<InstitutionRecord>> TrustList::institution(std::string_view licence) const {
    return decoded(state_->find(Table::institutions, licence), licence, trust::decode_institution,
                   &InstitutionRecord::licence);
}

Result<std::optional<AppraiserRecord>> TrustList::appraiser(std::string_view licence) const {
    return decoded(state_->find(Table::appraisers, licence), licence, trust::decode_appraiser,
                   &AppraiserRecord::licence);
}

Result<bool> TrustList::is_official_host(std::string_view host) const {
    SJCODE_TRY(const auto found, state_->find(Table::hosts, host));
    return found.has_value();
}

Result<TrustListContent> TrustList::read_all() const {
    TrustListContent content;
    content.info = info();
    SJCODE_CHECK(read_tables(*state_, &content));
    return content;
}

Result<void> TrustList::verify_all() const {
    return read_tables(*state_, nullptr);
}

}  // namespace sjcode

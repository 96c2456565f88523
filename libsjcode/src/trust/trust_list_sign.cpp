// Writes a trust list: docs/trust-list.md, sections 2 to 4.
#include "base/try.h"
#include "code/cbor.h"
#include "code/cose.h"
#include "trust/trust_list_head.h"
#include "trust/trust_record_cbor.h"

#include <algorithm>
#include <map>

namespace sjcode {
namespace {

using trust::BlockEntry;
using trust::Table;
using trust::TableIndex;

/// A block ends behind a record whose identifier says so, one in sixteen: where blocks end does not depend on what
/// stands before, so that one more record changes one block and a delta stays small.
constexpr unsigned records_in_a_block = 16;
/// Or where it has become this large.
constexpr std::size_t large_block = 65'536;

bool ends_block(const std::string& id) {
    return digest(DigestAlgorithm::sha256, as_bytes(id)).front() % records_in_a_block == 0;
}

using EncodedRecords = std::map<std::string, Bytes>;

class BlockWriter {
public:
    BlockWriter(DigestAlgorithm algorithm, Bytes& body) : algorithm_(algorithm), body_(body) {}

    Result<TableIndex> write(const EncodedRecords& records) {
        TableIndex index;
        index.records = records.size();
        for (const auto& [id, record] : records) {
            if (record.size() > trust::record_limit) return fail("trust-list.limit", {{"what", id}});
            if (count_ == 0) first_ = id;
            pairs_.text_string(id).byte_string(record);
            ++count_;
            if (ends_block(id) || pairs_.bytes().size() >= large_block) close(index);
        }
        close(index);
        return index;
    }

private:
    void close(TableIndex& index) {
        if (count_ == 0) return;
        const auto block = cbor::Writer().array(2 * count_).item(pairs_.bytes()).take();
        index.blocks.push_back({first_, body_.size(), block.size(), digest(algorithm_, block)});
        body_.insert(body_.end(), block.begin(), block.end());
        pairs_ = {};
        count_ = 0;
    }

    DigestAlgorithm algorithm_;
    Bytes& body_;
    cbor::Writer pairs_;
    std::string first_;
    std::uint64_t count_ = 0;
};

template <class Record>
EncodedRecords encode_all(const std::vector<Record>& records, std::string Record::*id) {
    EncodedRecords encoded;
    for (const auto& record : records) encoded.emplace(record.*id, trust::encode(record));
    return encoded;
}

/// Every host that was ever official for an issuer. A host that is no more is still none of a stranger's.
EncodedRecords all_hosts(const TrustListContent& content) {
    EncodedRecords hosts;
    for (const auto& authority : content.authorities)
        for (const auto& host : authority.hosts) hosts.emplace(host.host, Bytes());
    for (const auto& institution : content.institutions)
        for (const auto& host : institution.hosts) hosts.emplace(host.host, Bytes());
    return hosts;
}

Result<void> check_keys(const std::vector<DatedKey>& keys, const std::string& id) {
    for (const auto& key : keys)
        if (!PublicKey::from_der(key.key)) return fail("trust-record.key", {{"record", id}});
    return {};
}

template <class Record>
Result<void> check_records(const std::vector<Record>& records, std::string Record::*id) {
    std::vector<std::string_view> ids;
    for (const auto& record : records) {
        SJCODE_CHECK(trust::check(record));
        ids.push_back(record.*id);
    }
    std::sort(ids.begin(), ids.end());
    const auto twice = std::adjacent_find(ids.begin(), ids.end());
    if (twice != ids.end()) return fail("trust-record.twice", {{"record", std::string(*twice)}});
    return {};
}

bool two_digits(const std::string& region) {
    return region.size() == 2 && std::all_of(region.begin(), region.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<void> check_info(const TrustListInfo& info) {
    constexpr std::size_t longest = 200;
    const auto wrong = [](const char* field) { return fail("trust-list.info", {{"field", field}}); };
    if (info.id.empty() || info.id.size() > longest) return wrong("id");
    if (info.publisher.empty() || info.publisher.size() > longest) return wrong("publisher");
    if (!std::all_of(info.regions.begin(), info.regions.end(), two_digits)) return wrong("regions");
    if (info.number == 0) return wrong("number");
    if (info.issued < 0) return wrong("issued");
    if (info.next_update <= info.issued) return wrong("next_update");
    return {};
}

}  // namespace

Result<void> check(const TrustListContent& content) {
    SJCODE_CHECK(check_info(content.info));
    SJCODE_CHECK(check_records(content.authorities, &AuthorityRecord::id));
    SJCODE_CHECK(check_records(content.institutions, &InstitutionRecord::licence));
    SJCODE_CHECK(check_records(content.appraisers, &AppraiserRecord::licence));
    for (const auto& authority : content.authorities) SJCODE_CHECK(check_keys(authority.keys, authority.id));
    for (const auto& institution : content.institutions) {
        SJCODE_CHECK(check_keys(institution.keys, institution.licence));
        if (!trust::answers_for(content.info, institution.licence))
            return fail("trust-record.region", {{"record", institution.licence}});
        for (const auto& signer : institution.signers) {
            const auto known = std::any_of(content.authorities.begin(), content.authorities.end(),
                                           [&](const AuthorityRecord& authority) { return authority.id == signer.id; });
            if (!known) return fail("trust-record.signer", {{"record", institution.licence}, {"authority", signer.id}});
        }
    }
    for (const auto& appraiser : content.appraisers)
        if (!trust::answers_for(content.info, appraiser.licence))
            return fail("trust-record.region", {{"record", appraiser.licence}});
    return {};
}

Result<Bytes> sign_trust_list(const TrustListContent& content, const Signer& root,
                              const std::vector<Bytes>& root_changes) {
    SJCODE_CHECK(check(content));
    const auto algorithm = root.algorithm();
    trust::Head head{content.info, root.public_key(), root_changes, {}, 0};
    SJCODE_CHECK(trust::follow_root_changes(fingerprint(head.root), head));
    Bytes body;
    BlockWriter blocks(digest_of(algorithm), body);
    const auto write = [&](Table table, const EncodedRecords& records) -> Result<void> {
        SJCODE_TRY(head.tables[static_cast<std::size_t>(table)], blocks.write(records));
        return {};
    };
    SJCODE_CHECK(write(Table::authorities, encode_all(content.authorities, &AuthorityRecord::id)));
    SJCODE_CHECK(write(Table::institutions, encode_all(content.institutions, &InstitutionRecord::licence)));
    SJCODE_CHECK(write(Table::appraisers, encode_all(content.appraisers, &AppraiserRecord::licence)));
    SJCODE_CHECK(write(Table::hosts, all_hosts(content)));
    const auto payload = trust::encode_payload(head);
    if (payload.size() + 1'024 > trust::head_limit) return fail("trust-list.limit", {{"what", content.info.id}});
    SJCODE_TRY(const auto signature, root.sign(cose::signed_bytes(algorithm, trust::list_context, payload)));
    auto file = cose::encode({algorithm, payload, signature});
    const auto tail = cbor::Writer().byte_string(body).take();
    file.insert(file.end(), tail.begin(), tail.end());
    return file;
}

}  // namespace sjcode

// Vectors of trust lists: what is opened, and what takes the place of a list that is held.
#include "vector_operations.h"

#include "base/try.h"
#include "sjcode/trust_store.h"
#include "temporary_folder.h"
#include "trust/trust_record_cbor.h"

#include <algorithm>
#include <set>
#include <stdexcept>

using namespace sjcode;

namespace {

Digest pin(const Json& hex) {
    const auto read = bytes_of(hex);
    Digest digest;
    if (read.size() != digest.size()) throw std::invalid_argument("no fingerprint");
    std::copy(read.begin(), read.end(), digest.begin());
    return digest;
}

template <class Record>
Json records_of(const std::vector<Record>& records, std::string Record::*id) {
    auto list = Json::array();
    for (const auto& record : records) list.push_back(Json::array({record.*id, to_hex(trust::encode(record))}));
    return list;
}

/// A store in a folder of its own, gone at the end.
}  // namespace

Result<Json> open_trust_list(const Json& input) {
    SJCODE_TRY(const auto list,
               TrustList::open(InputFile::own(bytes_of(input.at("hex")), "list"), pin(input.at("pin"))));
    SJCODE_TRY(const auto content, list.read_all());
    // The hosts of a list are asked for, never listed: those that the records name must be there.
    auto hosts = Json::array();
    std::set<std::string> named;
    for (const auto& record : content.authorities)
        for (const auto& host : record.hosts) named.insert(host.host);
    for (const auto& record : content.institutions)
        for (const auto& host : record.hosts) named.insert(host.host);
    for (const auto& host : named) {
        SJCODE_TRY(const auto is_official, list.is_official_host(host));
        if (is_official) hosts.push_back(Json::array({host, ""}));
    }
    const auto& info = list.info();
    return Json{{"list", info.id},
                {"publisher", info.publisher},
                {"regions", info.regions},
                {"number", info.number},
                {"issued", info.issued},
                {"next_update", info.next_update},
                {"root", to_hex(fingerprint(list.root()))},
                {"head_digest", to_hex(list.head_digest())},
                {"authorities", records_of(content.authorities, &AuthorityRecord::id)},
                {"institutions", records_of(content.institutions, &InstitutionRecord::licence)},
                {"appraisers", records_of(content.appraisers, &AppraiserRecord::licence)},
                {"hosts", hosts}};
}

Result<Json> replace_trust_list(const Json& input) {
    const TemporaryFolder folder;
    auto store = TrustStore::open_or_create(folder.path()).value();
    if (!store.import(InputFile::own(bytes_of(input.at("held")), "held"), {pin(input.at("pin")), false}))
        throw std::logic_error("the list that is held is refused");
    const auto held = store.pins().front();
    const auto imported = store.import(InputFile::own(bytes_of(input.at("hex")), "offered"));
    // Whatever was offered: a store is left that can be used, with the list held before where the new one is refused.
    const auto after = TrustStore::open(folder.path()).value();
    if (!after.lists()) throw std::logic_error("no list is left");
    if (!imported) {
        if (after.pins().front() != held) throw std::logic_error("the list that was held did not stay");
        const auto& error = imported.error();
        return error.code == "trust-store.refused" ? fail(error.parameters.at("why")) : Unexpected(error);
    }
    const auto& now = after.pins().front();
    return Json{
        {"list", now.list_id}, {"number", now.number}, {"root", to_hex(now.root)}, {"head_digest", to_hex(now.head)}};
}

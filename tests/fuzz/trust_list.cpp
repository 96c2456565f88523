// Trust lists, their heads, blocks and records: what is accepted comes back as the same bytes, and nothing of nobody's
// key is opened.
#include "sjcode/trust_list.h"
#include "check.h"
#include "code/cbor.h"
#include "trust/licence_statement.h"
#include "trust/trust_list_block.h"
#include "trust/trust_list_head.h"
#include "trust/trust_record_cbor.h"

using namespace sjcode;

namespace {

/// Keys of the future are not kept, so what is written again may be shorter; written once more it is the same.
template <class Record>
void round_trip(Result<Record> (*decode)(ByteView), ByteView bytes) {
    const auto record = decode(bytes);
    if (!record) return;
    const auto encoded = trust::encode(*record);
    check(encoded.size() <= bytes.size());
    const auto again = decode(encoded);
    check(again && *again == *record);
}

/// What a licence document states comes back as it was.
void round_trip_statement(LicenceKind kind, ByteView bytes) {
    const auto statement = trust::decode_licence_statement(bytes, kind);
    if (!statement) return;
    const auto encoded = trust::encode(*statement, kind);
    const auto again = trust::decode_licence_statement(encoded, kind);
    check(again && trust::encode(*again, kind) == encoded && again->licence == statement->licence);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    round_trip(trust::decode_authority, bytes);
    round_trip(trust::decode_institution, bytes);
    round_trip(trust::decode_appraiser, bytes);
    round_trip_statement(LicenceKind::institution, bytes);
    round_trip_statement(LicenceKind::appraiser, bytes);
    if (const auto head = trust::decode_payload(bytes)) {
        check(trust::encode_payload(*head).size() <= size);
        // Ours has a pinned root that nobody's head can be signed with.
        check(!trust::follow_root_changes(Digest{}, *head));
    }
    if (const auto parts = trust::split_file(bytes)) {
        check(parts->head.size() + parts->body.size() < size);
        if (const auto claimed = TrustList::unverified(bytes)) {
            const auto list = TrustList::open(InputFile::borrow(bytes), fingerprint(claimed->root));
            if (list) (void)list->verify_all();
        }
        check(!TrustList::open(InputFile::borrow(bytes), Digest{}));
    }
    trust::BlockEntry entry;
    entry.digest = digest(DigestAlgorithm::sha256, bytes);
    if (auto opened = cbor::open(bytes, trust::block_limit); opened && opened->array())
        if (const auto first = opened->text_string()) entry.first = *first;
    if (trust::check_block(bytes, entry, nullptr, DigestAlgorithm::sha256)) {
        std::string last;
        trust::for_each_record(bytes, [&](std::string_view id, ByteView) {
            check(last.empty() || last < id);
            last = id;
            return true;
        });
    }
    return 0;
}

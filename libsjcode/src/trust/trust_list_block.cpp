#include "trust/trust_list_block.h"

#include "code/cbor.h"

namespace sjcode::trust {

void for_each_record(ByteView block, const std::function<bool(std::string_view, ByteView)>& visit) {
    auto reader = cbor::reader_of(block);
    const auto items = reader.array();
    for (std::uint64_t i = 0; items && i + 1 < *items; i += 2) {
        const auto id = reader.text_string();
        const auto record = reader.byte_string();
        if (!id || !record || !visit(*id, *record)) return;
    }
}

bool check_block(ByteView block, const BlockEntry& entry, const BlockEntry* next, DigestAlgorithm algorithm) {
    if (digest(algorithm, block) != entry.digest) return false;
    auto opened = cbor::open(block, block_limit);
    if (!opened) return false;
    const auto items = opened->array();
    if (!items || *items == 0 || *items % 2 != 0) return false;
    std::string_view last;
    for (std::uint64_t i = 0; i < *items; i += 2) {
        const auto id = opened->text_string();
        if (!id || !opened->byte_string()) return false;
        if (i == 0 ? *id != entry.first : *id <= last) return false;
        last = *id;
    }
    return next == nullptr || last < next->first;
}

}  // namespace sjcode::trust

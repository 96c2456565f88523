#include "sjcode/trust_list_parts.h"

#include "code/cose.h"
#include "trust/trust_list_head.h"

namespace sjcode {

TrustListParts parts_of(const TrustList& list) {
    TrustListParts parts;
    // Both were read when the list was opened, so neither fails; and the file may have been written into since.
    const auto file = trust::split_file(list.bytes());
    if (!file) return parts;
    const auto sign1 = cose::decode(file->head, trust::head_limit);
    if (!sign1) return parts;
    const auto head = trust::decode_payload(sign1->payload);
    if (!head || head->body_size != file->body.size()) return parts;
    parts.head = file->head;
    for (const auto& table : head->tables)
        for (const auto& block : table.blocks)
            parts.blocks.push_back({block.digest, file->body.subspan(static_cast<std::size_t>(block.offset),
                                                                     static_cast<std::size_t>(block.size))});
    return parts;
}

}  // namespace sjcode

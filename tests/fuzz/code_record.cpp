// Records: what is accepted keeps its bytes, and each of its entries proves itself.
#include "check.h"
#include "code/merkle.h"
#include "sjcode/record.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto record = Record::decode(bytes, DigestAlgorithm::sha256);
    if (!record) return 0;
    check(record->encoded() == Bytes(bytes.begin(), bytes.end()));
    check(record->entries() >= 12 + record->values().pages.size());
    // A few are enough: paths of a long record take time.
    for (const auto index : {0U, 7U, record->entries() - 1}) {
        const auto leaf = merkle::leaf_digest(DigestAlgorithm::sha256, record->entry(index));
        const auto root =
            merkle::root_from_path(DigestAlgorithm::sha256, leaf, index, record->entries(), record->path(index));
        check(root && *root == record->digest());
    }
    return 0;
}

#include "pdf/sealed_state.h"

#include "base/hex.h"
#include "crypto/message_digest.h"
#include "sjcode/digest.h"

#include <algorithm>

namespace sjcode::pdf {

Result<void> fill_contents(AppendedRevision& revision, std::uint64_t base_size, ByteView signed_data) {
    if (!revision.gap || gap_size(signed_data.size()) > revision.gap->size()) return fail("seal.room");
    std::string digits;
    serialise(Object(String{std::string(as_text(signed_data))}), digits);
    digits.pop_back();  // zeros follow instead
    std::copy(digits.begin(), digits.end(),
              revision.bytes.begin() + static_cast<std::ptrdiff_t>(revision.gap->begin - base_size));
    if (revision.next) {
        auto& contents = revision.next->signatures.back().contents;
        std::fill(std::copy(signed_data.begin(), signed_data.end(), contents.begin()), contents.end(), 0);
    }
    return {};
}

std::string validation_key(ByteView contents) {
    auto key = to_hex(crypto::digest_of(crypto::DigestMethod::sha1, contents));
    for (auto& c : key)
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    return key;
}

FileIdentifier later_identifier(const RevisionBase& base) {
    std::string before;
    if (const auto* id = base.trailer.find("ID"))
        if (const auto* pair = id->as<Array>(); pair != nullptr && pair->size() == 2 && pair->back().as<String>())
            before = pair->back().as<String>()->value;
    const auto digest = sjcode::digest(DigestAlgorithm::sha256, as_bytes(before));
    return next_identifier(base.trailer, {}, std::string(as_text(ByteView(digest).first(16))));
}

}  // namespace sjcode::pdf

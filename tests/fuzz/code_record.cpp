// Records: what is accepted keeps its bytes, is made again from its values, and each of its entries proves itself, to a
// code that names the record and to no other.
#include "check.h"
#include "code/merkle.h"
#include "sjcode/category.h"
#include "sjcode/disclosure_level.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/record.h"

#include <algorithm>

using namespace sjcode;

namespace {

const PrivateKey& test_key() {
    static const auto key = PrivateKey::generate(Algorithm::ed25519).value();
    return key;
}

/// A code that names the record; nothing where no code can (the record has a category that no code may have).
std::optional<VerifiedReportCode> code_of(const Record& record, const Digest& digest) {
    static const auto number = CodeNumber::generate(system_random()).value();
    const Claims claims{.issuer = "440100001",
                        .issued = 1'789'000'000,
                        .code = number,
                        .number = ShortReportNumber{2026, "临鉴字", 18},
                        .record = digest,
                        .entries = record.entries(),
                        .pages = static_cast<std::uint32_t>(record.values().pages.size()),
                        .category = record.values().categories.front()};
    const auto code = sign_report_code(claims, test_key());
    if (!code) return std::nullopt;
    return VerifiedReportCode::verify(RawReportCode::decode(*code).value(), test_key().public_key()).value();
}

/// A few are enough: paths of a long record take time.
void disclose_entries(const Record& record) {
    const auto code = code_of(record, record.digest());
    const auto other = code_of(record, Digest{1});
    for (std::uint32_t index = 0; index < std::min(record.entries(), 16U); ++index) {
        const auto leaf = merkle::leaf_digest(DigestAlgorithm::sha256, record.entry(index));
        const auto root =
            merkle::root_from_path(DigestAlgorithm::sha256, leaf, index, record.entries(), record.path(index));
        check(root && *root == record.digest());
        if (!code || !other) continue;
        const auto disclosure =
            Disclosure::decode(Disclosure::make(record, code->claims().issuer, code->claims().code, index).encode());
        check(disclosure && disclosure->verify(*code) && !disclosure->verify(*other));
        check(!disclosure->value_text().empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto record = Record::decode(bytes, DigestAlgorithm::sha256);
    if (!record) return 0;
    check(record->encoded() == Bytes(bytes.begin(), bytes.end()));
    check(record->entries() >= 12 + record->values().pages.size());
    const auto again = Record::make(record->values(), DigestAlgorithm::sha256, system_random());
    check(again && again->values() == record->values());
    disclose_entries(*record);
    const auto everyone = disclosed_entries("public", record->values());
    const auto party = disclosed_entries("party", record->values());
    check(everyone && party && std::includes(party->begin(), party->end(), everyone->begin(), everyone->end()));
    return 0;
}

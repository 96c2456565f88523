// Status lists, their details and the journal: what is read and written again is the same, and a list that nobody's key
// signed is of nobody.
#include "check.h"
#include "sjcode/status_details.h"
#include "sjcode/status_journal.h"
#include "sjcode/status_list.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    for (const unsigned bits : {1U, 2U, 4U, 8U}) {
        const auto array = StatusArray::decompress(bits, bytes);
        if (!array) continue;
        check(array->bytes().size() <= StatusArray::most_bytes);
        check(!array->get(array->size()));
        const auto packed = array->compress();
        check(packed.has_value());
        const auto again = StatusArray::decompress(bits, *packed);
        check(again && *again == *array);
    }
    if (auto raw = RawStatusList::decode(bytes)) {
        const auto claims = raw->unverified_claims();
        check(!claims.subject.empty() && claims.issued >= 0);
        check(!VerifiedStatusList::verify(*std::move(raw), claims.subject, {}));
    }
    (void)RawStatusDetails::decode(Bytes(bytes.begin(), bytes.end()));
    if (const auto journal = StatusJournal::parse(as_text(bytes))) {
        const auto text = journal->to_json();
        const auto again = StatusJournal::parse(text);
        check(again && again->to_json() == text);
    }
    return 0;
}

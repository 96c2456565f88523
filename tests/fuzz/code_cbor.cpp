// The strict CBOR check: what it accepts is read and written back as the same bytes.
#include "check.h"
#include "code/cbor.h"

using namespace sjcode;
using cbor::Type;

namespace {

/// Copies the next item, read by type.
void copy(cbor::Reader& from, cbor::Writer& to) {
    const auto several = [&](std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i) copy(from, to);
    };
    switch (from.type()) {
        case Type::unsigned_integer:
            to.unsigned_integer(from.unsigned_integer().value());
            return;
        case Type::negative_integer: {
            const auto value = from.integer();
            // Below the range of 64 bits: taken over as it is.
            if (value)
                to.integer(*value);
            else
                to.item(from.item());
            return;
        }
        case Type::byte_string:
            to.byte_string(from.byte_string().value());
            return;
        case Type::text_string:
            to.text_string(from.text_string().value());
            return;
        case Type::array: {
            const auto count = from.array().value();
            to.array(count);
            return several(count);
        }
        case Type::map: {
            const auto pairs = from.map().value();
            to.map(pairs);
            return several(2 * pairs);
        }
        case Type::tag:
            to.tag(from.tag().value());
            return several(1);
        case Type::null:
            check(from.null());
            to.null();
            return;
        case Type::none:
            check(false);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    auto reader = cbor::open(bytes, cbor::record_limit);
    if (!reader) return 0;
    auto items = *reader;
    check(items.item().size() == size && items.at_end());
    cbor::Writer writer;
    copy(*reader, writer);
    check(reader->at_end());
    check(writer.bytes() == Bytes(bytes.begin(), bytes.end()));
    return 0;
}

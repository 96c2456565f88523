#include "pdf/seal_entry.h"

#include "code/cbor.h"

#include <array>

namespace sjcode::pdf {

Bytes seal_entry(DigestAlgorithm algorithm, ByteView certificate) {
    static constexpr std::array<std::uint8_t, 1> domain{0x04};
    Hasher hasher(algorithm);
    hasher.update(domain);
    hasher.update(certificate);
    cbor::Writer writer;
    writer.byte_string(hasher.finish());
    return std::move(writer).take();
}

}  // namespace sjcode::pdf

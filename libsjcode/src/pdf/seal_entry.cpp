#include "pdf/seal_entry.h"

#include "code/cbor.h"

#include <algorithm>
#include <array>

namespace sjcode::pdf {

Bytes seal_entry(DigestAlgorithm algorithm, const Bytes& signer, std::vector<Bytes> certificates) {
    std::sort(certificates.begin(), certificates.end());
    certificates.erase(std::unique(certificates.begin(), certificates.end()), certificates.end());
    static constexpr std::array<std::uint8_t, 1> domain{0x04};
    Hasher hasher(algorithm);
    hasher.update(domain);
    hasher.update(signer);
    for (const auto& certificate : certificates)
        if (certificate != signer) hasher.update(certificate);
    cbor::Writer writer;
    writer.byte_string(hasher.finish());
    return std::move(writer).take();
}

}  // namespace sjcode::pdf

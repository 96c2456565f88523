#include "sjcode/trust.h"

#include <algorithm>

namespace sjcode {

Digest CertificateFolder::digest() const {
    std::vector<Digest> fingerprints;
    for (const auto& certificate : certificates_) fingerprints.push_back(certificate.fingerprint());
    std::sort(fingerprints.begin(), fingerprints.end());
    fingerprints.erase(std::unique(fingerprints.begin(), fingerprints.end()), fingerprints.end());
    Hasher hasher(DigestAlgorithm::sha256);
    for (const auto& fingerprint : fingerprints) hasher.update(fingerprint);
    return hasher.finish();
}

}  // namespace sjcode

// What proves, years later, that a signature's certificates were good: its chain, and for each certificate of it an
// OCSP response or a revocation list (ETSI EN 319 142-1, 5.4).
#pragma once

#include "crypto/chain.h"
#include "crypto/revocation.h"
#include "sjcode/revocation.h"

#include <string>
#include <vector>

namespace sjcode::crypto {

struct ValidationData {
    std::vector<Bytes> certificates{};
    std::vector<Bytes> responses{};
    std::vector<Bytes> lists{};

    /// What the other has besides.
    void add(const ValidationData& other);
};

/// Which signature is to be proven: its certificate, those that may stand between, and when it was made.
struct ProvenSigner {
    ByteView certificate;
    const std::vector<Bytes>& others;
    UnixTime at;
    ChainPurpose purpose;
};

/// Gets proofs from those whom the certificates name, and checks each before it is taken: whose signature, of which
/// certificate, of what time. A self-signed certificate needs none, and its chain ends there. Nothing is left out in
/// silence. Errors: those of the clients and of revocation.h, "chain.*", "revocation.no-issuer" ({subject}: its
/// issuer's certificate is not at hand), "revocation.no-source" ({subject}: it names neither responder nor list),
/// "revocation.revoked" ({subject}, {time}), "revocation.outdated" ({subject}: the proof is not of now).
Result<ValidationData> collect_validation_data(const ProvenSigner& signer, const RevocationClients& clients,
                                               UnixTime now);

enum class ProofState {
    none_needed,  ///< self-signed, or trusted itself
    good,
    revoked,   ///< at that time
    unproven,  ///< the data say nothing about it, or not about that time
};

struct ProofCheck {
    ProofState state = ProofState::unproven;
    std::string subject{};  ///< of the certificate that it turned on
    UnixTime revoked = 0;
};

/// What the data say about a signature's chain, up to a self-signed certificate or one of `anchors`.
ProofCheck check_validation_data(const ProvenSigner& signer, const ValidationData& data,
                                 const std::vector<Bytes>& anchors);

}  // namespace sjcode::crypto

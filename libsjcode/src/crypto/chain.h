// Whether a certificate leads to one that is trusted, at a time (RFC 5280, section 6). Revocation is not looked at.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"

#include <optional>
#include <string>
#include <vector>

namespace sjcode::crypto {

enum class ChainPurpose {
    document,   ///< key usage, where it is given, allows signatures or non-repudiation
    timestamp,  ///< extended key usage is critical and timeStamping alone
};

struct ChainCheck {
    /// Empty where the chain holds. Else "chain.format", "chain.no-anchor", "chain.expired" ({subject}),
    /// "chain.not-yet-valid" ({subject}), "chain.not-ca" ({subject}), "chain.too-long", "chain.signature"
    /// ({subject}), "chain.key-usage" ({subject}), "chain.constraint" ({subject}).
    std::string code{};
    Parameters parameters{};
    /// DER from the signer to the anchor, as far as it was built.
    std::vector<Bytes> path{};

    [[nodiscard]] bool holds() const noexcept { return code.empty(); }
};

/// `others` are certificates that may stand between, in any order; `anchors` those that are trusted: roots, issuers
/// or the signer's own. All DER; those that cannot be read are passed over, the signer's apart.
ChainCheck check_chain(ByteView signer, const std::vector<Bytes>& others, const std::vector<Bytes>& anchors,
                       UnixTime time, ChainPurpose purpose = ChainPurpose::document);

/// Whether the issuer's key signed the certificate, and the issuer may issue some. True of a self-signed one and
/// itself, whether it may issue others or not. Dates are not looked at.
bool is_issued_by(ByteView certificate, ByteView issuer);

/// What is shown of a certificate. Text is as in the certificate: foreign, in UTF-8.
struct CertificateSummary {
    std::string common_name;  ///< the last one; empty where there is none
    std::string subject;      ///< RFC 4514
    std::string issuer;       ///< RFC 4514
    std::string serial;       ///< hexadecimal
    UnixTime not_before = 0;
    UnixTime not_after = 0;
    bool is_self_issued = false;
};

/// Nothing where it cannot be read.
std::optional<CertificateSummary> summarize(ByteView certificate);

}  // namespace sjcode::crypto

// The report code (赋码): signed facts about one report. docs/code-format.md, sections 3, 4 and 6.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/code_number.h"
#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace sjcode {

/// Claim 10.
enum class ReportKind : std::uint8_t {
    report = 0,
    correction = 1,     ///< 补正书
    supplementary = 2,  ///< 补充鉴定
    reappraisal = 3,    ///< 重新鉴定
};

/// Claim 4 in its array form: stands for PREFIX〔year〕middle第serial号, PREFIX being the issuer's short name.
struct ShortReportNumber {
    std::uint32_t year;
    std::string middle;
    std::uint64_t serial;
    friend bool operator==(const ShortReportNumber&, const ShortReportNumber&) = default;
};

/// Claim 11: a code number, or the report number of an uncoded report.
using PriorReport = std::variant<CodeNumber, std::string>;

/// The claims of section 4. A plain value: says nothing of whether anybody signed them.
struct Claims {
    std::string issuer;   ///< licence number of the institution
    UnixTime issued = 0;  ///< a claim, no proof of time
    CodeNumber code;
    std::variant<ShortReportNumber, std::string> number;
    Digest record{};             ///< record digest
    std::uint32_t entries = 0;   ///< entries in the record
    std::uint32_t pages = 0;     ///< page count, at least 1
    std::uint32_t category = 0;  ///< class × 1,000,000 + item; 0 = withheld
    std::uint64_t status = 0;    ///< index in the issuer's status list
    ReportKind kind = ReportKind::report;
    std::optional<PriorReport> prior{};  ///< present exactly when kind is not report

    /// The report number in canonical form; `short_name` stands in for PREFIX.
    [[nodiscard]] std::string report_number(const std::string& short_name) const;

    friend bool operator==(const Claims&, const Claims&) = default;
};

/// A report code taken apart, nothing verified: only good for asking which keys to try, and for diagnosis.
class RawReportCode {
public:
    /// Errors: "cbor.*", "cose.structure", "cose.unprotected", "cose.protected", "cose.algorithm", "claims.missing",
    /// "claims.type", "claims.value", "claims.number", "claims.kind" (each with {claim}), "number.*" (claims 3 and 11),
    /// "claims.newer-format" ({key}: a claim key below 24 that this version does not know).
    static Result<RawReportCode> decode(ByteView cose_sign1);

    [[nodiscard]] const Claims& unverified_claims() const noexcept { return claims_; }
    [[nodiscard]] Algorithm algorithm() const noexcept { return algorithm_; }
    [[nodiscard]] const Bytes& encoded() const noexcept { return encoded_; }

private:
    friend class VerifiedReportCode;
    RawReportCode(Algorithm algorithm, Claims claims, Bytes payload, Bytes signature, Bytes encoded)
        : algorithm_(algorithm),
          claims_(std::move(claims)),
          payload_(std::move(payload)),
          signature_(std::move(signature)),
          encoded_(std::move(encoded)) {}
    Algorithm algorithm_;
    Claims claims_;
    Bytes payload_;
    Bytes signature_;
    Bytes encoded_;
};

/// A report code whose signature verifies under the key given: made by verify() only, so that unverified claims cannot
/// be passed where verified ones are wanted. Says that the key's holder signed these claims; whether the holder may,
/// the trust records say; whether the opinion is right, nobody here says.
class VerifiedReportCode {
public:
    /// Error: "cose.signature" (also where the key's algorithm is not the header's).
    static Result<VerifiedReportCode> verify(const RawReportCode& raw, const PublicKey& key);

    [[nodiscard]] const Claims& claims() const noexcept { return claims_; }
    [[nodiscard]] Algorithm algorithm() const noexcept { return algorithm_; }
    [[nodiscard]] const Bytes& encoded() const noexcept { return encoded_; }

private:
    VerifiedReportCode(Algorithm algorithm, Claims claims, Bytes encoded)
        : algorithm_(algorithm), claims_(std::move(claims)), encoded_(std::move(encoded)) {}
    Algorithm algorithm_;
    Claims claims_;
    Bytes encoded_;
};

/// Signs claims: COSE_Sign1 with external_aad "sjcode/report/1". Deterministic but for the signature's own randomness.
/// Errors: those of RawReportCode::decode for claims that it would refuse, and those of the signer.
Result<Bytes> sign_report_code(const Claims& claims, const Signer& signer);

}  // namespace sjcode

// Trust records: which keys may sign for which institution, which hosts are official for it, and whether it was allowed
// to practise.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/certificate.h"
#include "sjcode/digest.h"
#include "sjcode/key.h"
#include "sjcode/result.h"
#include "sjcode/trust_list.h"
#include "sjcode/trust_record.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// A key that may sign codes of an issuer, with its time.
struct SigningKey {
    PublicKey key;
    Period period;
    std::optional<UnixTime> invalid_since{};   ///< see DatedKey
    std::string signer{};                      ///< the authority that signs for the issuer; empty: the issuer itself
    std::optional<Certificate> certificate{};  ///< where the records are certificates
};

/// What trust records say of one issuer. Immutable; shared between threads.
struct KnownIssuer {
    InstitutionRecord record;      ///< of a certificate folder: licence number only
    std::vector<SigningKey> keys;  ///< its own, and those of authorities while they sign for it
    std::vector<DatedHost> hosts;  ///< its own, and those of authorities while they sign for it
    /// The list that says so; nothing for certificates, which say nothing of licences and status.
    std::optional<TrustListInfo> list{};
    bool lists_appraisers = false;  ///< whether that list has appraisers at all
};

/// What the verifier believes of issuers. An interface, since trust records come in several forms; safe to share
/// between threads.
class TrustRecords {
public:
    virtual ~TrustRecords() = default;
    /// By licence number; null where the records do not know it. Errors: where the records turn out to be damaged,
    /// those of TrustList::institution().
    [[nodiscard]] virtual Result<std::shared_ptr<const KnownIssuer>> issuer(std::string_view licence) const = 0;
    /// By licence number; nothing where the records do not know it. Errors: those of TrustList::appraiser().
    [[nodiscard]] virtual Result<std::optional<AppraiserRecord>> appraiser(std::string_view licence) const = 0;
    /// Whether a host is, or was, official for any issuer.
    [[nodiscard]] virtual bool is_official_host(std::string_view host) const = 0;
    /// DER certificates, of any algorithm, in which the chains of trusted timestamp authorities end; none by default.
    [[nodiscard]] virtual std::vector<Bytes> timestamp_anchors() const { return {}; }
    /// The same for those who countersign reports.
    [[nodiscard]] virtual std::vector<Bytes> countersign_anchors() const { return {}; }
};

/// A folder of institution certificates (*.pem, *.crt, *.cer, *.der, upper case too); every other file is passed over,
/// and so is a PEM file that holds no certificate, such as a private key. Of the folders in it one is read: `tsa`, with
/// the certificates of any algorithm in which the chains of trusted timestamp authorities end.
class CertificateFolder final : public TrustRecords {
public:
    /// All certificates of every file. Nothing broken is passed over in silence.
    /// Errors: "trust.folder" ({folder}: missing or unreadable), "trust.empty" ({folder}: no certificate in it),
    /// "trust.unreadable" ({file}, {reason}: the code of what is wrong with it), "trust.identity" ({file}: a
    /// certificate without a licence number).
    static Result<CertificateFolder> open(const std::string& path);
    /// From certificates at hand.
    static CertificateFolder of(std::vector<Certificate> certificates);

    /// The certificates of an issuer (licence number); empty where there are none.
    [[nodiscard]] std::vector<Certificate> certificates(std::string_view issuer) const;
    [[nodiscard]] Result<std::shared_ptr<const KnownIssuer>> issuer(std::string_view licence) const override;
    /// Always nothing: certificates of institutions name no appraisers.
    [[nodiscard]] Result<std::optional<AppraiserRecord>> appraiser(std::string_view licence) const override;
    [[nodiscard]] bool is_official_host(std::string_view host) const override;
    /// Every certificate, in the order of the files' names.
    [[nodiscard]] const std::vector<Certificate>& all() const noexcept { return certificates_; }
    [[nodiscard]] std::vector<Bytes> timestamp_anchors() const override { return timestamp_anchors_; }
    [[nodiscard]] std::vector<Bytes> countersign_anchors() const override { return countersign_anchors_; }
    [[nodiscard]] std::size_t size() const noexcept { return certificates_.size(); }
    /// Which certificates these are: SHA-256 over their SHA-256 fingerprints, in ascending order, each once.
    [[nodiscard]] Digest digest() const;

private:
    explicit CertificateFolder(std::vector<Certificate> certificates) : certificates_(std::move(certificates)) {}
    std::vector<Certificate> certificates_;
    std::vector<Bytes> timestamp_anchors_;
    std::vector<Bytes> countersign_anchors_;
};

/// Trust lists as trust records. Where several know an issuer, the one that was issued last speaks. Each speaks only
/// for licence numbers of its own regions. What was looked up is kept, up to a limit.
class TrustLists final : public TrustRecords {
public:
    static TrustLists of(std::vector<TrustList> lists);

    [[nodiscard]] Result<std::shared_ptr<const KnownIssuer>> issuer(std::string_view licence) const override;
    [[nodiscard]] Result<std::optional<AppraiserRecord>> appraiser(std::string_view licence) const override;
    [[nodiscard]] bool is_official_host(std::string_view host) const override;
    [[nodiscard]] const std::vector<TrustList>& lists() const noexcept;

    struct State;

private:
    explicit TrustLists(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
};

}  // namespace sjcode

// Trust records: which keys may sign for which institution, and which hosts are official for it.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/certificate.h"
#include "sjcode/digest.h"
#include "sjcode/result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// What the verifier believes of issuers. An interface, since trust records come in several forms; safe to share
/// between threads.
class TrustRecords {
public:
    virtual ~TrustRecords() = default;
    /// The certificates of an issuer (licence number); empty where the records do not know it.
    [[nodiscard]] virtual std::vector<Certificate> certificates(std::string_view issuer) const = 0;
    /// Whether a host is official for any issuer.
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

    [[nodiscard]] std::vector<Certificate> certificates(std::string_view issuer) const override;
    [[nodiscard]] bool is_official_host(std::string_view host) const override;
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

}  // namespace sjcode

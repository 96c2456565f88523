// Issuing: facts and a PDF in, a stamped PDF with a signed code out.
#pragma once

#include "sjcode/certificate.h"
#include "sjcode/environment.h"
#include "sjcode/facts.h"
#include "sjcode/file.h"
#include "sjcode/key.h"
#include "sjcode/qr.h"
#include "sjcode/result.h"
#include "sjcode/revocation.h"
#include "sjcode/seal_key.h"
#include "sjcode/stamp_fonts.h"
#include "sjcode/timestamp.h"
#include "sjcode/worker.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sjcode {

/// Where on a page, as it is seen. Each lies 8 mm inside the crop box; those at the right keep clear of the cross-page
/// seal (骑缝章).
enum class Corner { bottom_left, bottom_right, top_left, top_right };
std::string_view name(Corner corner) noexcept;
std::optional<Corner> corner(std::string_view name) noexcept;

/// An exact place: the lower left corner of the stamp, in millimetres from the lower left corner of the page as seen.
struct Position {
    double x_mm;
    double y_mm;
};

struct Placement {
    enum class Pages { first_free, first, last, all, number };
    Pages pages = Pages::first_free;
    std::uint32_t page = 0;  ///< with Pages::number, from 1
    std::optional<Corner> corner{};
    std::optional<Position> position{};
    bool force = false;  ///< cover what is there
};

/// An entry of the record to draw as a symbol of its own beside the main one.
struct EntrySymbol {
    RecordKey key;
    std::uint32_t page = 0;  ///< the page for it, from 1; 0: beside the (first) main symbol
};

/// Rules that refuse a document before stamping, by name; see docs/issue.md. Each may be allowed.
struct IssueOptions {
    std::string host{};  ///< one of the certificate's; may be empty where it has only one
    Placement placement{};
    QrLevel level = QrLevel::M;  ///< M or Q
    std::vector<EntrySymbol> entries{};
    std::set<std::string> allow{};  ///< names of rules: javascript, automatic-action, embedded-files, …, facts
    /// Reads the pages' text, to compare the facts with it and to put a digest of each page into the record, by which a
    /// verdict names the page that was changed; and counts the pages with a second reader. Without it none of this is
    /// done ("warning.no-page-text"): for batches that were checked before, where it costs most of the time.
    bool page_text = true;
    /// Empty signature fields that the seal leaves for others, as the appraisers, to sign: at most 32. See preserve.h.
    std::uint32_t countersignatures = 0;
    bool repair = false;  ///< normalise a damaged document first; the result is then the original
};

/// Where a stamp went.
struct PlacedStamp {
    std::uint32_t page;  ///< from 1
    std::optional<Corner> corner;
    double x_mm, y_mm, width_mm, height_mm;  ///< as in Position
};

/// A report ready to be written: the stamped file is `original` followed by `revision`.
struct IssuedReport {
    InputFile original;
    Bytes revision;
    Bytes record;     ///< for safe keeping beside the file
    Bytes code;       ///< COSE_Sign1
    std::string url;  ///< what the symbol says
    CodeNumber number;
    std::vector<PlacedStamp> stamps;
    std::vector<Error> warnings;  ///< findings that did not stop the issue

    /// Writes the stamped file whole or not at all.
    Result<void> write(const std::string& path, Overwrite overwrite) const;
};

struct Issuer {
    const Signer& signer;
    Certificate certificate;
    const Worker& worker;
    Clock clock;
    RandomSource random;
    StampFonts fonts;
    /// Seals the stamped file with a PAdES signature over all of it (for SM2: SignedData as GB/T 35275); without one
    /// the file bears a code only. Must outlive the calls.
    const SealSigner* seal = nullptr;
    /// With one, the seal carries a timestamp (PAdES B-T). Where none can be had, nothing is issued.
    const TimestampClient* timestamps = nullptr;
    /// With these too, a revision behind the seal proves that the certificates of seal and timestamp were good
    /// (PAdES B-LT). A self-signed certificate needs no proof. Where one cannot be had, nothing is issued.
    const RevocationClients* proofs = nullptr;
    /// And a document timestamp over all of that (PAdES B-LTA).
    bool document_timestamp = false;

    /// Errors: "pdf.encrypted", "pdf.signed", "pdf.no-pages", "pdf.damaged", "pdf.limit", "hygiene.<rule>",
    /// "issue.facts" ({field}, {expected}, {found}), "issue.key" (key and certificate differ), "issue.licence" (facts
    /// of another institution than the certificate's), "issue.host", "place.occupied", "place.page", "place.too-small",
    /// "qr.too-large", "seal.*", "timestamp.*", "issue.countersignatures" ({most}), "issue.seal-level" (proofs without
    /// a timestamp, or a document timestamp without proofs), "revocation.*", "ocsp.*", "crl.*", "chain.*", and those of
    /// the signers, the client and the worker.
    [[nodiscard]] Result<IssuedReport> issue(const InputFile& document, const Facts& facts,
                                             const IssueOptions& options) const;
    /// A PNG of the first page that would be stamped, with a symbol that verifies nowhere. Nothing is signed.
    [[nodiscard]] Result<Bytes> preview(const InputFile& document, const Facts& facts, const IssueOptions& options,
                                        double dpi = 150) const;
};

}  // namespace sjcode

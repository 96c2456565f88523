// Licence documents (电子证照): 司法鉴定许可证 of an institution, 司法鉴定人执业证 of an appraiser, as a PDF with code
// and seal, made from the trust list's own record and signed by an authority. docs/licence.md.
//
// They are verified as reports are (verify.h): the check `holder` compares them with the trust list.
#pragma once

#include "sjcode/issue.h"
#include "sjcode/licence_kind.h"
#include "sjcode/receipt_fonts.h"
#include "sjcode/result.h"
#include "sjcode/trust_list.h"
#include "sjcode/trust_record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sjcode {

/// What a licence document is made from: records of one trust list, and the authority whose key is to sign.
struct LicenceGrant {
    InstitutionRecord institution;               ///< the holder, or where the holder practises
    std::optional<AppraiserRecord> appraiser{};  ///< the holder, where it is an appraiser's
    AuthorityRecord authority;                   ///< signs for the institution at `time`
    UnixTime time = 0;                           ///< as of when all of this holds

    [[nodiscard]] LicenceKind kind() const noexcept {
        return appraiser ? LicenceKind::appraiser : LicenceKind::institution;
    }
};

/// Looks up a holder by licence number, and the authority that has `key`. Where an appraiser is registered at several
/// institutions, `institution` says which.
/// Errors: "licence-document.unknown" ({licence}), "licence-document.not-in-force" ({licence}, {date}: not licensed
/// then), "licence-document.forbidden" ({licence}, {event}, {from}, {source}: suspended, closed, …),
/// "licence-document.which-institution" ({licence}, {institutions}), "licence-document.no-institution" ({licence}),
/// "licence-document.no-category" ({licence}), "licence-document.no-authority" ({institution}: no authority that signs
/// for it has this key), "licence-document.key" ({authority}: its key is not to be used at that time); of a list
/// those of its look-ups, of a content "trust-record.*".
Result<LicenceGrant> find_licence(const TrustListContent& content, std::string_view licence, const PublicKey& key,
                                  UnixTime time, std::string_view institution = {});
Result<LicenceGrant> find_licence(const TrustList& list, std::string_view licence, const PublicKey& key, UnixTime time,
                                  std::string_view institution = {});

/// Sizes of paper. The symbol has the same size on each.
enum class LicencePaper {
    a4_landscape,  ///< 297 mm × 210 mm, for the wall
    a4,            ///< 210 mm × 297 mm
    a7,            ///< 105 mm × 74 mm, a badge
    id_1,          ///< 85.6 mm × 54 mm (ISO/IEC 7810), a card
};
std::string_view name(LicencePaper paper) noexcept;
/// By "a4-landscape", "a4", "a7", "id-1"; nothing for another name.
std::optional<LicencePaper> licence_paper(std::string_view name) noexcept;

struct LicenceOptions {
    LicencePaper paper = LicencePaper::a4_landscape;
    std::string host{};  ///< one of the certificate's and the authority's; may be empty where the first has only one
    QrLevel level = QrLevel::M;           ///< M or Q
    std::uint64_t status = 0;             ///< index in the institution's status list
    std::uint32_t countersignatures = 0;  ///< as in IssueOptions
    std::string software{};               ///< name and version of the program, for the file's properties
};

/// Draws the document, and issues it with the authority's key and certificate (`issuer`), sealed as `issuer` says. The
/// time of the grant is only what it was looked up for: the code states the issuer's clock.
/// Errors: "licence-document.host" ({host}: none of the authority's), "licence-document.character" ({character},
/// {text}: no typeface has it), "licence-document.paper" ({paper}: too small for what is to be said, or for the
/// symbol), "font.missing", "font.unusable", and those of Issuer::issue().
Result<IssuedReport> issue_licence(const Issuer& issuer, const ReceiptFonts& fonts, const LicenceGrant& grant,
                                   const LicenceOptions& options);

}  // namespace sjcode

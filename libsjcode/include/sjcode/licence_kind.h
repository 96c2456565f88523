// Which codes are those of licence documents (许可证, 执业证) and not of reports: docs/licence.md, section 1.
#pragma once

#include "sjcode/report_code.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sjcode {

/// What a licence document licences: an institution, or an appraiser.
enum class LicenceKind : std::uint8_t {
    institution = 1,  ///< 司法鉴定许可证
    appraiser = 2,    ///< 司法鉴定人执业证
};

/// Of a category as claim 8 of a code states it: 9009901 (QT9901) is a licence document of an institution, 9009902
/// (QT9902) one of an appraiser; nothing for the code of a report.
std::optional<LicenceKind> licence_kind(std::uint64_t category) noexcept;

/// Claim 8 of a licence document.
std::uint32_t licence_category(LicenceKind kind) noexcept;

/// What such a document is called, in Chinese: part of the format.
std::string_view licence_title(LicenceKind kind) noexcept;

/// Claim 4 of a licence document: its title, followed at once by the holder's licence number.
std::string licence_document_number(LicenceKind kind, std::string_view licence);

/// Whose licence the document is: the licence number in claim 4. Nothing where the claims are those of a report, or
/// claim 4 has another form, or is that of an institution other than claim 1.
std::optional<std::string> licence_holder(const Claims& claims);

}  // namespace sjcode

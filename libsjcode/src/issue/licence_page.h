// The page of a licence document: what it says, where. The stamp comes into its lower left corner.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/licence.h"
#include "sjcode/receipt_fonts.h"
#include "sjcode/result.h"
#include "trust/licence_statement.h"

#include <string>

namespace sjcode::issue {

struct LicencePage {
    LicenceKind kind;
    trust::LicenceStatement statement;
    std::string institution;  ///< name of the institution
    std::string authority;    ///< name of the authority
    UnixTime made = 0;
    LicencePaper paper = LicencePaper::a4_landscape;
    std::string software;
};

/// A PDF of one page. Same input, same bytes. Errors: "licence-document.character", "licence-document.paper", "font.*".
Result<Bytes> draw_licence_page(const LicencePage& page, const ReceiptFonts& fonts);

/// The same in one sentence, for the record: what the authority certifies.
std::string licence_sentence(const LicencePage& page);

}  // namespace sjcode::issue

// Signed PDFs for tests of the audit: coverage and history are right, the CMS is none.
#pragma once

#include "pdf/audit/audit.h"

#include "pdf_builder.h"

#include <set>
#include <string>

namespace sjcode::test {

/// Digits of one width, so that filling them in moves nothing.
inline std::string ten_digits(std::uint64_t value) {
    auto digits = std::to_string(value);
    return std::string(10 - digits.size(), '0') + digits;
}

/// A signature dictionary whose ByteRange seal() fills in.
inline std::string signature_dictionary(const std::string& entries = {}) {
    return "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached" + entries +
           "/ByteRange[0 1111111111 2222222222 3333333333]/Contents<30820004DEADBEEF00000000>>>";
}

/// The file with its last signature's ByteRange filled in: everything but the gap of /Contents.
inline std::string seal(std::string file) {
    const auto begin = file.rfind("/Contents<30820004") + 9;
    const auto end = file.find('>', begin) + 1;
    file = replaced(file, "1111111111", ten_digits(begin));
    file = replaced(file, "2222222222", ten_digits(end));
    return replaced(file, "3333333333", ten_digits(file.size() - end));
}

/// /Reference with a DocMDP transform; level 0: none.
inline std::string certification(int level) {
    if (level == 0) return {};
    return "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P " +
           std::to_string(level) + ">>>>]";
}

/// What the builders below write: catalog 1, pages 2, page 3, content 4, form 5; fields 6 (signed by 9), 7 (text, drawn
/// by 10), 8 (empty, for a signature); note 11; font 12, image 13 which the page draws with; information 14.
inline std::string catalog_text(int level, const std::string& entries = {}) {
    return "<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R" +
           (level == 0 ? std::string() : std::string("/Perms<</DocMDP 9 0 R>>")) + entries + ">>";
}
inline std::string page_text(const std::string& annotations = "6 0 R 7 0 R 8 0 R 11 0 R",
                             const std::string& contents = "4 0 R", const std::string& entries = {}) {
    return "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents " + contents +
           "/Resources<</Font<</F 12 0 R>>/XObject<</X 13 0 R>>>>/Annots[" + annotations + "]" + entries + ">>";
}
inline std::string form_text(const std::string& fields = "6 0 R 7 0 R 8 0 R", const std::string& entries = {}) {
    return "<</SigFlags 3/Fields[" + fields + "]" + entries + ">>";
}
inline std::string text_field(const std::string& entries) {
    return "<</FT/Tx/T(name)/Type/Annot/Subtype/Widget/Rect[10 10 90 30]/P 3 0 R" + entries + ">>";
}
inline std::string signature_field(const std::string& name, const std::string& entries = {}) {
    return "<</FT/Sig/T(" + name + ")/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R" + entries + ">>";
}

/// One page with a form, signed once; certified where the level is not 0.
inline std::string signed_file(int level = 0, Kind kind = Kind::table, const std::string& catalog = {},
                               const std::string& signature = {}) {
    PdfBuilder builder;
    builder.object(1, catalog_text(level, catalog));
    builder.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    builder.object(3, page_text());
    builder.stream(4, "", "0 0 100 100 re f");
    builder.object(5, form_text());
    builder.object(6, signature_field("first", "/V 9 0 R"));
    builder.object(7, text_field("/AP<</N 10 0 R>>"));
    builder.object(8, signature_field("second"));
    builder.object(9, signature_dictionary(certification(level) + signature));
    builder.stream(10, "/Type/XObject/Subtype/Form/BBox[0 0 80 20]", "q Q");
    builder.object(11, "<</Type/Annot/Subtype/Text/Rect[1 1 2 2]/Contents(note)>>");
    builder.object(12, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>");
    builder.stream(13, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "q Q");
    builder.object(14, "<</Title(a report)>>");
    builder.trailer("/Info 14 0 R/ID[<61><62>]");
    return seal(builder.write(kind));
}

/// A revision behind it, which keeps the trailer as it is.
inline std::string later(const PdfBuilder& revision, const std::string& base, Kind kind = Kind::table) {
    auto own = revision;
    return own.trailer("/Info 14 0 R/ID[<61><63>]").write(kind, base);
}

/// Codes of the findings of one result, the CMS apart, which these files do not have.
inline std::set<std::string> codes_of(const std::string& file, pdf::FindingResult result,
                                      const pdf::AuditSettings& settings = {}) {
    std::set<std::string> codes;
    for (const auto& finding : pdf::audit(as_bytes(file), settings).findings)
        if (finding.result == result && finding.check != "signature" && finding.check != "timestamp")
            codes.insert(finding.code);
    return codes;
}

inline std::set<std::string> failures(const std::string& file, const pdf::AuditSettings& settings = {}) {
    return codes_of(file, pdf::FindingResult::fail, settings);
}

using Codes = std::set<std::string>;

}  // namespace sjcode::test

// The report number (文号): docs/code-format.md, section 4.
#pragma once

#include "sjcode/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sjcode {

/// A report number in canonical form: year in 〔〕, half-width digits, no white space, no zero padding.
/// Any pair of 〔〕 [] ［］ () （） 【】 around the year is read.
class ReportNumber {
public:
    /// PREFIX〔year〕middle第serial号, taken apart.
    struct Parts {
        std::string prefix;  ///< the institution's short name
        std::uint32_t year;
        std::string middle;  ///< e.g. 临鉴字
        std::uint64_t serial;
        friend bool operator==(const Parts&, const Parts&) = default;
    };

    /// Error: "report-number.form" for an empty text, one over 200 bytes, or one that is no UTF-8.
    static Result<ReportNumber> parse(std::string_view text);

    [[nodiscard]] const std::string& canonical() const noexcept { return canonical_; }
    /// The parts, where the number is of the usual form; else nothing.
    [[nodiscard]] const std::optional<Parts>& parts() const noexcept { return parts_; }

    friend bool operator==(const ReportNumber&, const ReportNumber&) = default;

private:
    ReportNumber(std::string canonical, std::optional<Parts> parts)
        : canonical_(std::move(canonical)), parts_(std::move(parts)) {}
    std::string canonical_;
    std::optional<Parts> parts_;
};

}  // namespace sjcode

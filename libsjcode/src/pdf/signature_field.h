// The signature of a seal revision as PDF objects: a certifying signature (ISO 32000-2, 12.8) in an invisible field.
// docs/code-format.md, section 8.10.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/environment.h"
#include "sjcode/result.h"

#include "pdf/document.h"
#include "pdf/embedded_font.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::pdf {

/// /SubFilter of a PAdES signature (ETSI EN 319 142-1), and of an SM2 one: SignedData as GB/T 35275 has it.
inline constexpr std::string_view pades_sub_filter = "ETSI.CAdES.detached";
inline constexpr std::string_view sm2_sub_filter = "SJSeal.GBT35275.detached";

/// The values that a signature's objects are written from.
struct SealSignature {
    std::string sub_filter;
    UnixTime signed_at = 0;
    Bytes contents;  ///< the SignedData, and zeros up to the room kept for it
};

/// The name of the field; no field of the base may have it.
inline constexpr std::string_view seal_field_name = "SJSeal";

/// Names of the fields of document timestamps: this, and a number from 1.
inline constexpr std::string_view timestamp_field_prefix = "SJTimestamp";

/// Names of the empty fields for countersignatures: this, and a number from 1.
inline constexpr std::string_view countersign_field_prefix = "SJCountersign";

/// An invisible signature field with its widget; `value` is its signature, 0 for none.
Dictionary signature_widget(std::string_view name, Reference page, std::uint32_t value, std::uint32_t appearance);
/// Draws nothing: PDF/A-1 wants an appearance of every widget.
NewObject empty_appearance(std::uint32_t number);

/// Signature dictionary, field (with its widget), the widget's empty appearance, interactive form; behind them stand
/// the fields for countersignatures.
constexpr std::uint32_t signature_object_count = 4;

/// Where the signature's dictionary has the first digit's "<", counted from the beginning of the object.
std::uint64_t contents_offset(std::uint32_t number);

/// The first of these objects. `byte_range` is the value of /ByteRange.
NewObject seal_dictionary(const SealSignature& signature, std::uint32_t number,
                          const std::array<std::uint64_t, 4>& byte_range);

/// The objects from `first` on, with as many fields for countersignatures; /ByteRange is all zeros still. `page` shows
/// the widgets.
/// Errors: "pdf.damaged" where the base's form cannot be added to.
Result<std::vector<NewObject>> signature_objects(Document& base, const SealSignature& signature, std::uint32_t first,
                                                 Reference page, std::uint32_t countersign);

/// The base's catalog with the form and the certification of a signature at `first`.
/// Errors: "pdf.damaged" where it has certification already, or keys twice.
Result<NewObject> certified_catalog(Document& base, std::uint32_t first);

/// The number of the field's object, for the page's annotations.
constexpr std::uint32_t signature_field_number(std::uint32_t first) noexcept {
    return first + 1;
}

/// The number of the interactive form's object.
constexpr std::uint32_t signature_form_number(std::uint32_t first) noexcept {
    return first + 3;
}

/// The number of the `i`th field for countersignatures, from 0.
constexpr std::uint32_t countersign_field_number(std::uint32_t first, std::uint32_t i) noexcept {
    return first + signature_object_count + i;
}

/// The values of a signature whose dictionary is object `first`. Error: "revision.shape", "pdf.damaged".
Result<SealSignature> read_signature(Document& whole, std::uint32_t first);

/// "D:20260903140509+08'00'" (7.9.4), as a signature of ours states its time.
std::string date_string(UnixTime time);
/// Back; nothing for any other form.
std::optional<UnixTime> time_of_date_string(std::string_view text);

}  // namespace sjcode::pdf

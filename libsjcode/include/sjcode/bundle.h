// The bundle (*.sjb): trust lists, status lists and whatever else a closed network needs, in one file.
// docs/trust-list.md, section 8. It has no signature of its own: everything in it has one.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

inline constexpr std::string_view bundle_media_type = "application/vnd.sjcode.bundle; version=1";
/// Types of parts. A trust list has trust_list_media_type.
inline constexpr std::string_view status_list_media_type = "application/statuslist+cwt";
/// Belongs to the status list right before it.
inline constexpr std::string_view status_details_media_type = "application/vnd.sjcode.status-details; version=1";

struct BundlePart {
    std::string type;  ///< media type
    ByteView content;  ///< borrowed: of open_bundle(), from the file
};

/// Writes the parts one after the other. Error: "bundle.type" (an empty or overlong type).
Result<Bytes> make_bundle(std::span<const BundlePart> parts);

/// The parts, in their order; their content is not looked at. They borrow the file's bytes. Errors: "bundle.format"
/// ({reason}), "bundle.newer-format", "bundle.limit" (over 1,024 parts).
Result<std::vector<BundlePart>> open_bundle(ByteView file);

}  // namespace sjcode

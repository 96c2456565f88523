// The typefaces of a receipt.
#pragma once

#include <string>

namespace sjcode {

/// TrueType files, embedded as subsets. What one lacks is taken from another; what all lack is written as [U+1F600].
struct ReceiptFonts {
    std::string chinese;
    std::string latin;
    std::string digits;  ///< monospaced, for digests

    /// Where Debian's fonts-droid-fallback and fonts-dejavu-core put them.
    static ReceiptFonts installed();
};

}  // namespace sjcode

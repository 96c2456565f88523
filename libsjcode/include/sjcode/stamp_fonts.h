// The typefaces of a stamp.
#pragma once

#include <string>

namespace sjcode {

/// The two typefaces of a stamp: TrueType files, embedded as subsets. The Latin one must be monospaced, with digits and
/// letters 0.602 em wide, as DejaVu Sans Mono is.
struct StampFonts {
    std::string chinese;
    std::string latin;

    /// Where Debian's fonts-droid-fallback and fonts-dejavu-core put them.
    static StampFonts installed();
};

}  // namespace sjcode

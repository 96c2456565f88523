// How hard an image is read: the worker reads many pages, and most have no symbol.
#pragma once

#include "sjcode/qr.h"
#include "sjcode/result.h"

#include <vector>

namespace sjcode::qr {

enum class Effort {
    quick,     ///< a few sizes: enough for what was rendered
    thorough,  ///< everything: photographs and scans
};

struct Reading {
    std::vector<ReadSymbol> symbols;
    bool complete = false;  ///< something was read, and nothing that looks like a further symbol is left
};

/// As read_qr().
Result<Reading> read(const GreyImageView& image, Effort effort);

}  // namespace sjcode::qr

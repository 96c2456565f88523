// The only file that knows ZXing-C++. Compiled against 1.4 (Debian 12); the names of 2.x and 3.x are taken from their
// published headers.
#define ZX_USE_UTF8 1

#include "qr/read_zxing.h"

#include <ZXing/ReadBarcode.h>
#if __has_include(<ZXing/ZXVersion.h>)
#include <ZXing/ZXVersion.h>
#else
#include <ZXing/Version.h>
#endif

#include <new>

namespace sjcode::qr {
namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions;  // from 2.2
#else
using Options = ZXing::DecodeHints;
#endif

#if ZXING_VERSION_MAJOR >= 3
constexpr auto kFormat = ZXing::BarcodeFormat::QRCodeModel2;  // there QRCode stands for Micro and rMQR as well
#else
constexpr auto kFormat = ZXing::BarcodeFormat::QRCode;
#endif

ZXing::Binarizer engine_binarizer(Threshold threshold) {
    switch (threshold) {
        case Threshold::local:
            return ZXing::Binarizer::LocalAverage;
        case Threshold::global:
            return ZXing::Binarizer::GlobalHistogram;
        case Threshold::fixed:
            return ZXing::Binarizer::FixedThreshold;
    }
    return ZXing::Binarizer::LocalAverage;
}

}  // namespace

std::vector<ReadSymbol> engine_read(const GreyImageView& image, Threshold threshold) try {
    Options options;
    options.setFormats(kFormat);
    options.setTryHarder(true);
    options.setTryRotate(false);     // concerns other symbologies: QR is found at any angle
    options.setTryDownscale(false);  // read.cpp chooses the scales
    options.setBinarizer(engine_binarizer(threshold));
    const ZXing::ImageView view(image.pixels, image.width, image.height, ZXing::ImageFormat::Lum, image.stride);

    std::vector<ReadSymbol> symbols;
    for (const auto& result : ZXing::ReadBarcodes(view, options)) {
        if (!result.isValid()) continue;
        ReadSymbol symbol;
        const auto& content = result.bytes();
        symbol.bytes.assign(content.begin(), content.end());
        const auto& position = result.position();
        for (std::size_t i = 0; i < symbol.corners.size(); ++i) {
            const auto& corner = position[i];
            symbol.corners.at(i) = {corner.x, corner.y};
        }
        symbols.push_back(std::move(symbol));
    }
    return symbols;
} catch (const std::bad_alloc&) {
    throw;
} catch (const std::exception&) {
    return {};  // the engine gave up on this image
}

}  // namespace sjcode::qr

// The drawing of a stamp, as a verifier reads it: what is accepted is a symbol that can be drawn again.
#include "check.h"
#include "pdf/stamp_content.h"
#include "qr/exact.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto content = pdf::read_stamp_content(ByteView(data, size));
    if (!content) return 0;
    pdf::StampLayout layout;
    for (const auto& symbol : content->symbols) {
        check(symbol.size == 17 + 4 * symbol.version);
        check(symbol.modules.size() == static_cast<std::size_t>(symbol.size) * static_cast<std::size_t>(symbol.size));
        static_cast<void>(qr::read_exact(symbol));
        layout.symbols.push_back({symbol, 1, 2});
    }
    for (std::size_t i = 0; i < content->glyphs.size(); ++i) layout.texts.push_back({pdf::Face::latin, 5, 1, 1, U"x"});
    const auto written = pdf::write_stamp_content(layout, content->glyphs);
    const auto again = pdf::read_stamp_content(as_bytes(written));
    check(again && again->glyphs == content->glyphs && again->symbols.size() == content->symbols.size());
    for (std::size_t i = 0; i < content->symbols.size(); ++i)
        check(again->symbols[i].modules == content->symbols[i].modules);
    return 0;
}

// A symbol drawn, against libqrencode alone over the same segments; and read back from a grey image.
#include "ratios.h"

#include "sjcode/qr.h"
#include "sjcode/symbol_url.h"

#include <benchmark/benchmark.h>
#include <qrencode.h>

#include <cstdlib>
#include <memory>
#include <string>

namespace {

using namespace sjcode;

constexpr int version_limit = 12;
// The usual report code has about 177 bytes.
const std::string& digits() {
    static const std::string text = [] {
        Bytes code(177);
        for (std::size_t i = 0; i < code.size(); ++i) code[i] = static_cast<std::uint8_t>(i * 37 + 11);
        return encode_digits(code);
    }();
    return text;
}
const std::string& prefix() {
    static const std::string text = report_url_prefix("v.example.cn");
    return text;
}

void draw_ours(benchmark::State& state) {
    for (auto _ : state) {
        const auto symbol = draw_qr(prefix(), digits(), QrLevel::M, version_limit);
        if (!symbol) std::abort();
        benchmark::DoNotOptimize(symbol->modules.data());
    }
}

void draw_bare(benchmark::State& state) {
    for (auto _ : state) {
        const std::unique_ptr<QRinput, void (*)(QRinput*)> input(QRinput_new2(0, QR_ECLEVEL_M), QRinput_free);
        QRinput_append(input.get(), QR_MODE_8, static_cast<int>(prefix().size()),
                       reinterpret_cast<const unsigned char*>(prefix().data()));
        QRinput_append(input.get(), QR_MODE_NUM, static_cast<int>(digits().size()),
                       reinterpret_cast<const unsigned char*>(digits().data()));
        const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeInput(input.get()), QRcode_free);
        if (!code) std::abort();
        benchmark::DoNotOptimize(code->data);
    }
}

/// The symbol at `scale` pixels a module, with its quiet zone, on a page of A4 at 150 dpi.
GreyImage page_with_symbol(int scale) {
    const auto symbol = draw_qr(prefix(), digits(), QrLevel::M, version_limit);
    if (!symbol) std::abort();
    GreyImage page{Bytes(1240 * 1754, 255), 1240, 1754};
    for (int row = 0; row < symbol->size * scale; ++row) {
        for (int column = 0; column < symbol->size * scale; ++column) {
            if (!symbol->dark(row / scale, column / scale)) continue;
            page.pixels[static_cast<std::size_t>((row + 1300) * page.width + column + 100)] = 0;
        }
    }
    return page;
}

void read_page(benchmark::State& state) {
    const auto page = page_with_symbol(3);
    for (auto _ : state) {
        const auto symbols = read_qr(page.view());
        if (!symbols || symbols->size() != 1) std::abort();
        benchmark::DoNotOptimize(symbols->data());
    }
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::RegisterBenchmark("draw_ours", draw_ours);
    benchmark::RegisterBenchmark("draw_bare", draw_bare);
    benchmark::RegisterBenchmark("read_page_150dpi", read_page)->Unit(benchmark::kMillisecond);
    return bench::run(argc, argv, {{"draw_ours", "draw_bare", 3.0}});
}

#include "pdf_file.h"

#include "catch.h"

#include <zlib.h>

#include <array>
#include <cstdio>

namespace sjcode::test {
namespace {

constexpr int kFirstNumber = 4;

std::string decimal(double value) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.4f", value);
    return text.data();
}

std::string offset_line(std::size_t offset) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%010zu 00000 n \n", offset);
    return text.data();
}

}  // namespace

int PdfFile::add(std::string body) {
    objects_.push_back(std::move(body));
    return static_cast<int>(objects_.size()) - 1 + kFirstNumber;
}

int PdfFile::add_stream(std::string_view data, std::string_view entries) {
    return add("<</Length " + std::to_string(data.size()) + std::string(entries) + ">>\nstream\n" + std::string(data) +
               "\nendstream");
}

int PdfFile::add_deflated(std::string_view data, std::string_view entries) {
    return add_stream(deflate(data), "/Filter/FlateDecode" + std::string(entries));
}

void PdfFile::add_page(std::string_view content, std::string_view entries, std::string_view box) {
    const int stream = add_stream(content);
    const int page = add("<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/MediaBox[" + std::string(box) +
                         "]/Contents " + std::to_string(stream) + " 0 R" + std::string(entries) + ">>");
    kids_ += std::to_string(page) + " 0 R ";
    ++pages_;
}

std::string PdfFile::text() const {
    std::vector<std::string> all{"<</Type/Catalog/Pages 2 0 R" + catalog_ + ">>",
                                 "<</Type/Pages/Count " + std::to_string(pages_) + "/Kids[" + kids_ + "]>>",
                                 "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
    all.insert(all.end(), objects_.begin(), objects_.end());
    std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < all.size(); ++i) {
        table += offset_line(out.size());
        out += std::to_string(i + 1) + " 0 obj\n" + all[i] + "\nendobj\n";
    }
    const auto start = out.size();
    const auto size = std::to_string(all.size() + 1);
    out += "xref\n0 " + size + "\n" + table + "trailer\n<</Size " + size + "/Root 1 0 R>>\nstartxref\n" +
           std::to_string(start) + "\n%%EOF\n";
    return out;
}

InputFile PdfFile::file() const {
    return own(text());
}

std::string symbol_content(const QrSymbol& symbol, double x, double y, double module) {
    std::string content = "0 g\n";
    for (int row = 0; row < symbol.size; ++row)
        for (int column = 0; column < symbol.size; ++column)
            if (symbol.dark(row, column)) {
                int end = column;
                while (end < symbol.size && symbol.dark(row, end)) ++end;
                content += decimal(x + column * module) + " " + decimal(y - (row + 1) * module) + " " +
                           decimal((end - column) * module) + " " + decimal(module) + " re\n";
                column = end;
            }
    return content + "f\n";
}

std::string digits(std::size_t count, unsigned seed) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        seed = seed * 1103515245U + 12345U;
        text += static_cast<char>('0' + (seed >> 16) % 10);
    }
    return text;
}

std::string deflate(std::string_view data) {
    auto size = ::compressBound(data.size());
    std::string packed(size, '\0');
    REQUIRE(::compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
                        data.size(), 9) == Z_OK);
    packed.resize(size);
    return packed;
}

InputFile own(std::string_view bytes) {
    const auto view = as_bytes(bytes);
    return InputFile::own(Bytes(view.begin(), view.end()));
}

WorkerOptions options() {
    WorkerOptions chosen;
    chosen.program = SJCODE_WORKER;
    return chosen;
}

WorkerSession open(InputFile document) {
    return Worker(options()).open(std::move(document));
}

std::filesystem::path corpus(std::string_view folder) {
    const auto path = std::filesystem::path(SJCODE_SOURCE_DIR) / ".." / "shared" / "corpus" / folder;
    if (std::filesystem::is_directory(path)) return path;
    WARN("skipped: " << path.string() << " is absent");
    return {};
}

}  // namespace sjcode::test

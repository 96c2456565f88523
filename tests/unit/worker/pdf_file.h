// Small PDFs and worker sessions for the tests of this room.
#pragma once

#include "sjcode/qr.h"
#include "sjcode/worker.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::test {

/// A classic PDF, written object by object. Object 1 is the catalog, object 2 the page tree, object 3 a font (F1).
class PdfFile {
public:
    /// Adds an object (without `obj` and `endobj`) and tells its number.
    int add(std::string body);
    /// Adds a stream; `entries` are further entries of its dictionary.
    int add_stream(std::string_view data, std::string_view entries = {});
    /// As add_stream(), deflated.
    int add_deflated(std::string_view data, std::string_view entries = {});
    /// Adds a page. `entries` are further entries of its dictionary, e.g. "/Rotate 90".
    void add_page(std::string_view content, std::string_view entries = {}, std::string_view box = "0 0 595 842");
    /// Further entries of the catalog.
    void catalog(std::string entries) { catalog_ = std::move(entries); }

    [[nodiscard]] int next() const { return static_cast<int>(objects_.size()) + 4; }
    [[nodiscard]] std::string text() const;
    [[nodiscard]] InputFile file() const;

private:
    std::vector<std::string> objects_;
    std::string kids_;
    int pages_ = 0;
    std::string catalog_;
};

/// Drawing operators for a symbol whose top left module is at (x, y) points; `module` in points.
std::string symbol_content(const QrSymbol& symbol, double x, double y, double module);

/// The module of 0.42 mm, in points.
inline constexpr double kUsualModule = 0.42 * 72 / 25.4;

/// `count` digits that depend on `seed`.
std::string digits(std::size_t count, unsigned seed);

std::string deflate(std::string_view data);

InputFile own(std::string_view bytes);

WorkerOptions options();
WorkerSession open(InputFile document);

/// A folder of the shared corpus; empty where it is absent, after saying so.
std::filesystem::path corpus(std::string_view folder);

}  // namespace sjcode::test

// Small PDFs for tests, written object by object with right offsets: one revision at a time, with a cross-reference
// table, a cross-reference stream or both.
#pragma once

#include "pdf/document.h"
#include "pdf/filters.h"
#include "pdf/page_tree.h"

#include "catch.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace sjcode::test {

inline std::string text_of(const Bytes& bytes) {
    return std::string(as_text(bytes));
}

/// `count` bytes of a value, big-endian.
inline std::string big_endian(std::uint64_t value, std::size_t count) {
    std::string out;
    for (std::size_t i = count; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
    return out;
}

/// Equal as far as what the format writes can tell.
inline bool near(double a, double b) {
    return std::abs(a - b) < 0.0006;
}

/// Every occurrence of a text replaced.
inline std::string replaced(std::string in, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = in.find(what, at)) != std::string::npos; at += with.size())
        in.replace(at, what.size(), with);
    return in;
}

/// A cross-reference table entry with its two bytes of line end.
inline std::string table_entry(std::uint64_t offset, unsigned generation = 0, char kind = 'n') {
    std::string digits = std::to_string(offset);
    std::string generations = std::to_string(generation);
    return std::string(10 - digits.size(), '0') + digits + ' ' + std::string(5 - generations.size(), '0') +
           generations + ' ' + kind + " \n";
}

/// The number after the last `key` of a file, or `otherwise`.
inline std::uint64_t last_number(const std::string& file, std::string_view key, std::uint64_t otherwise) {
    const auto at = file.rfind(key);
    return at == std::string::npos ? otherwise : std::strtoull(file.c_str() + at + key.size(), nullptr, 10);
}

class PdfBuilder {
public:
    enum class Kind { table, stream, hybrid };

    /// The text between `obj` and `endobj`.
    PdfBuilder& object(std::uint32_t number, std::string text) {
        objects_[number] = std::move(text);
        return *this;
    }
    /// A stream; its /Length is written behind the other entries.
    PdfBuilder& stream(std::uint32_t number, std::string_view entries, std::string_view data) {
        return object(number, "<<" + std::string(entries) + "/Length " + std::to_string(data.size()) + ">>stream\n" +
                                  std::string(data) + "\nendstream");
    }
    /// An object for the revision's object stream; not with Kind::table.
    PdfBuilder& packed(std::uint32_t number, std::string text) {
        packed_[number] = std::move(text);
        return *this;
    }
    /// Further trailer entries; /Root is 1 0 R in any case.
    PdfBuilder& trailer(std::string entries) {
        trailer_ = std::move(entries);
        return *this;
    }
    /// The file so far, followed by this revision; a header where there is none yet.
    [[nodiscard]] std::string write(Kind kind = Kind::table, std::string base = {}) const {
        auto out = base.empty() ? std::string("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") : base;
        auto next = static_cast<std::uint32_t>(last_number(base, "/Size ", 1));
        for (const auto& [number, text] : objects_) next = std::max(next, number + 1);
        for (const auto& [number, text] : packed_) next = std::max(next, number + 1);
        std::map<std::uint32_t, std::string> entries;  // of the cross-reference stream
        std::string table = base.empty() ? "0 1\n" + table_entry(0, 65535, 'f') : "";
        for (const auto& [number, text] : objects_) {
            entries[number] = big_endian(1, 1) + big_endian(out.size(), 4) + big_endian(0, 2);
            table += std::to_string(number) + " 1\n" + table_entry(out.size());
            out += std::to_string(number) + " 0 obj\n" + text + "\nendobj\n";
        }
        if (!packed_.empty()) {
            const auto container = next++;
            write_object_stream(container, out, entries);
            for (const auto& [number, text] : packed_)
                table += std::to_string(number) + " 1\n" + table_entry(0, 0, 'f');
        }
        auto rest = trailer_ + "/Root 1 0 R";
        if (!base.empty()) rest += "/Prev " + std::to_string(last_number(base, "startxref\n", 0));
        const auto hidden = out.size();
        if (kind != Kind::table) {
            const auto number = next++;
            entries[number] = big_endian(1, 1) + big_endian(hidden, 4) + big_endian(0, 2);
            std::string index;
            std::string data;
            for (const auto& [k, entry] : entries) {
                index += std::to_string(k) + " 1 ";
                data += entry;
            }
            out += std::to_string(number) + " 0 obj\n<</Type/XRef/Size " + std::to_string(next) + "/W[1 4 2]/Index[" +
                   index + "]/Length " + std::to_string(data.size()) + (kind == Kind::stream ? rest : "") +
                   ">>stream\n" + data + "\nendstream\nendobj\n";
        }
        const auto section = kind == Kind::stream ? hidden : out.size();
        if (kind != Kind::stream) {
            out += "xref\n" + table + "trailer\n<</Size " + std::to_string(next) + rest;
            if (kind == Kind::hybrid) out += "/XRefStm " + std::to_string(hidden);
            out += ">>\n";
        }
        return out + "startxref\n" + std::to_string(section) + "\n%%EOF\n";
    }

private:
    void write_object_stream(std::uint32_t container, std::string& out,
                             std::map<std::uint32_t, std::string>& entries) const {
        std::string head;
        std::string body;
        std::uint64_t index = 0;
        for (const auto& [number, text] : packed_) {
            head += std::to_string(number) + ' ' + std::to_string(body.size()) + ' ';
            body += text + ' ';
            entries[number] = big_endian(2, 1) + big_endian(container, 4) + big_endian(index++, 2);
        }
        entries[container] = big_endian(1, 1) + big_endian(out.size(), 4) + big_endian(0, 2);
        out += std::to_string(container) + " 0 obj\n<</Type/ObjStm/N " + std::to_string(packed_.size()) + "/First " +
               std::to_string(head.size()) + "/Length " + std::to_string(head.size() + body.size()) + ">>stream\n" +
               head + body + "\nendstream\nendobj\n";
    }

    std::map<std::uint32_t, std::string> objects_;
    std::map<std::uint32_t, std::string> packed_;
    std::string trailer_;
};

using Kind = PdfBuilder::Kind;

/// Catalog 1, page tree 2, page 3 with content 4. `page` and `catalog` are further entries.
inline PdfBuilder one_page(const std::string& page = {}, const std::string& catalog = {}) {
    PdfBuilder builder;
    builder.object(1, "<</Type/Catalog/Pages 2 0 R" + catalog + ">>");
    builder.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    builder.object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + page + ">>");
    builder.stream(4, "", "0 0 100 100 re f");
    return builder;
}

/// The document of a file that opens; the file must outlive it.
inline pdf::Document opened(const std::string& file, const pdf::Limits& limits = {}) {
    auto document = pdf::Document::open(as_bytes(file), limits);
    if (!document)
        FAIL(document.error().code + " " +
             (document.error().parameters.empty() ? std::string() : document.error().parameters.begin()->second));
    return *std::move(document);
}

/// Code and its one parameter, e.g. "pdf.damaged: /Prev"; "" for success.
template <class T>
std::string outcome(const Result<T>& result) {
    if (result) return {};
    const auto& error = result.error();
    return error.code + (error.parameters.empty() ? "" : ": " + error.parameters.begin()->second);
}

inline std::string open_outcome(const std::string& file, const pdf::Limits& limits = {}) {
    return outcome(pdf::Document::open(as_bytes(file), limits));
}

/// The indirect object with generation 0, loaded.
inline pdf::ObjectPointer loaded(pdf::Document& document, std::uint32_t number) {
    auto object = document.object({number, 0});
    if (!object) FAIL(outcome(object));
    return *object;
}

inline std::vector<pdf::Page> pages_of(pdf::Document& document) {
    auto pages = pdf::read_pages(document);
    if (!pages) FAIL(outcome(pages));
    return *pages;
}

}  // namespace sjcode::test

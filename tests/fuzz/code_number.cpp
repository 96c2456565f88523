// What people type, and the text of pages: code numbers, report numbers, categories. What is accepted has a form that
// stays.
#include "sjcode/code_number.h"
#include "check.h"
#include "code/page_text.h"
#include "sjcode/category.h"
#include "sjcode/record.h"
#include "sjcode/report_number.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const auto text = as_text(bytes);
    if (const auto number = CodeNumber::parse(text)) {
        check(CodeNumber::from_characters(number->characters()).value() == *number);
        check(CodeNumber::parse(number->grouped()).value() == *number);
        check(CodeNumber::from_bytes(number->to_bytes()).value() == *number);
    }
    if (const auto number = CodeNumber::from_bytes(bytes)) {
        const auto again = number->to_bytes();
        check(Bytes(again.begin(), again.end()) == Bytes(bytes.begin(), bytes.end()));
    }
    if (const auto number = ReportNumber::parse(text)) {
        check(ReportNumber::parse(number->canonical()).value() == *number);
        if (const auto& parts = number->parts())
            check(parts->prefix + "〔" + std::to_string(parts->year) + "〕" + parts->middle + "第" +
                      std::to_string(parts->serial) + "号" ==
                  number->canonical());
    }
    if (const auto category = Category::parse(text)) {
        check(category->code() == text);
        check(Category::from_number(category->number()).value() == *category);
        check(!category->class_name().empty() && (category->name().has_value() || !category->name_verified()));
    }
    if (const auto page = normalised_page_text(text)) {
        check(normalised_page_text(*page) == page);
        const auto digest = page_digest(DigestAlgorithm::sha256, 1, text);
        check(digest && digest->has_value() != page->empty());
        check(*digest == *page_digest(DigestAlgorithm::sha256, 1, *page));
    }
    return 0;
}

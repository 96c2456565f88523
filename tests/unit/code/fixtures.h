// Invented facts that several tests share.
#pragma once

#include "catch.h"
#include "sjcode/key.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"

#include <string>
#include <vector>

/// Bytes that look random and are the same on every run.
inline sjcode::RandomSource counting_random(std::uint8_t seed = 1) {
    return [state = std::uint32_t{seed}](std::span<std::uint8_t> bytes) mutable -> sjcode::Result<void> {
        for (auto& byte : bytes) {
            state = state * 1'664'525U + 1'013'904'223U;
            byte = static_cast<std::uint8_t>(state >> 24);
        }
        return {};
    };
}

inline sjcode::CodeNumber some_number(std::uint8_t seed = 1) {
    return sjcode::CodeNumber::generate(counting_random(seed)).value();
}

inline sjcode::RecordValues some_values() {
    sjcode::RecordValues values;
    values.original.fill(0x11);
    values.original_length = 123'456;
    values.institution = "明州司法鉴定中心";
    values.short_name = "明司鉴中心";
    values.appraisers = {{"张三", "330203001001"}, {"李四", "330203001002"}};
    values.categories = {1'000'202};
    values.matter = "伤残等级";
    values.commissioner = sjcode::Commissioner{sjcode::CommissionerKind::court, "明州市人民法院"};
    values.accepted = 1'788'364'800;  // 2026-09-03 00:00 +08:00
    values.opinion = "被鉴定人构成十级伤残。";
    values.text = sjcode::TextExtractor{"poppler", "22.12.0"};
    for (std::uint32_t page = 1; page <= 3; ++page)
        values.pages.push_back(
            sjcode::page_digest(sjcode::DigestAlgorithm::sha256, page, "第" + std::to_string(page) + "页").value());
    return values;
}

inline sjcode::Claims some_claims(const sjcode::Record& record) {
    return {"330203001",
            1'788'400'000,
            some_number(),
            sjcode::ShortReportNumber{2026, "临鉴字", 18},
            record.digest(),
            record.entries(),
            static_cast<std::uint32_t>(record.values().pages.size()),
            1'000'202,
            7};
}

inline sjcode::Record some_record(sjcode::DigestAlgorithm algorithm = sjcode::DigestAlgorithm::sha256) {
    return sjcode::Record::make(some_values(), algorithm, counting_random()).value();
}

template <class T>
std::string error_code(const sjcode::Result<T>& result) {
    return result ? std::string("no error") : result.error().code;
}

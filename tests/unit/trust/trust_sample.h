// A small trust list for tests. All facts are invented.
#pragma once

#include "catch.h"
#include "sjcode/file.h"
#include "sjcode/trust_list.h"
#include "temporary_folder.h"

#include <string>

namespace trust_sample {

using namespace sjcode;

constexpr UnixTime day = 86'400;
constexpr UnixTime t2020 = 1'577'808'000;  // 2020-01-01 00:00+08:00
constexpr UnixTime t2026 = 1'767'196'800;  // 2026-01-01 00:00+08:00

inline InputFile file_of(Bytes bytes) {
    return InputFile::own(std::move(bytes), "list.sjt");
}

inline InstitutionRecord institution(const std::string& licence, const PublicKey& key) {
    InstitutionRecord record;
    record.licence = licence;
    record.uscc = "34330000MD00000001";
    record.names = {{"明州司法鉴定中心", "明司鉴中心", {t2020, {}}}};
    record.licensed = {{t2020, t2020 + 5 * 365 * day}, {t2020 + 5 * 365 * day, t2020 + 10 * 365 * day}};
    record.categories = {{1'000'202, {t2020, {}}}, {1'000'100, {t2020, t2026}}};
    record.keys = {{key.to_der(), {t2020, {}}, {}}};
    record.hosts = {{"v.example.cn", {t2020, {}}}};
    record.seals = {{t2026, {}}};
    record.events = {
        {StatusEventKind::suspended, 1'000'202, {t2026, t2026 + 30 * day}, "明州市司法局", "明司鉴〔2026〕1号", {}}};
    return record;
}

inline AppraiserRecord appraiser(const std::string& licence, const std::string& institution) {
    AppraiserRecord record;
    record.licence = licence;
    record.names = {{"张三", {}, {t2020, {}}}};
    record.licensed = {{t2020, t2020 + 10 * 365 * day}};
    record.institutions = {{institution, {t2020, {}}}};
    record.categories = {{1'000'202, {t2020, {}}}};
    return record;
}

/// `count` institutions with two appraisers each.
inline TrustListContent content(const PublicKey& key, std::uint64_t number, std::size_t count = 100) {
    TrustListContent all;
    all.info = {"cn.example.trust",
                "示例司法局",
                {"33"},
                number,
                t2026 + static_cast<UnixTime>(number) * day,
                t2026 + static_cast<UnixTime>(number + 30) * day};
    all.authorities = {{"330000", {{"示例省赋码平台", {}, {t2020, {}}}}, {{key.to_der(), {t2020, {}}, {}}}, {}}};
    for (std::size_t i = 0; i < count; ++i) {
        const auto licence = std::to_string(330'100'000 + i);
        all.institutions.push_back(institution(licence, key));
        all.appraisers.push_back(appraiser(licence + "001", licence));
        all.appraisers.push_back(appraiser(licence + "002", licence));
    }
    return all;
}

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? std::string("no error") : result.error().code;
}

}  // namespace trust_sample

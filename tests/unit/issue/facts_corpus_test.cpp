// The reports of the corpus, through poppler's pdftotext.
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include "catch.h"
#include "sample_report.h"

using namespace sjcode;

namespace {

const std::filesystem::path corpus = std::filesystem::path(SJCODE_SOURCE_DIR) / "../shared/corpus/reports";

bool is_available() {
    if (std::filesystem::is_directory(corpus) && std::system("pdftotext -v >/dev/null 2>&1") == 0) return true;
    WARN("skipped: needs ../shared/corpus and pdftotext");
    return false;
}

std::vector<std::string> page_texts(const std::string& name, const std::string& mode) {
    const auto command = "pdftotext " + mode + " '" + (corpus / name).string() + "' -";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
    REQUIRE(pipe);
    std::vector<std::string> pages(1);
    std::array<char, 4096> buffer{};
    for (std::size_t size; (size = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
        for (std::size_t i = 0; i < size; ++i)
            if (buffer[i] == '\f')
                pages.emplace_back();
            else
                pages.back() += buffer[i];
    pages.pop_back();
    return pages;
}

/// As page_texts, each read once.
const std::vector<std::string>& cached_texts(const std::string& name, const std::string& mode) {
    static std::map<std::pair<std::string, std::string>, std::vector<std::string>> texts;
    const auto found = texts.find({name, mode});
    if (found != texts.end()) return found->second;
    return texts.emplace(std::pair(name, mode), page_texts(name, mode)).first->second;
}

struct Report {
    std::string file, short_name, number, matter, opinion;
};

const std::array reports{
    Report{"injury.pdf", "示例司鉴中心", "示例司鉴中心〔2026〕临鉴字第18号", "对甲某的人体损伤致残等级进行鉴定",
           "甲某因交通事故致右侧胫骨平台骨折，经手术内固定治疗后，右膝关节活动功能部分丧失，依照《人体损伤致残程度分级"
           "》第5.10.6条之规定，评定为十级伤残。"},
    Report{"injury-xref-stream.pdf", "示例司鉴中心", "示例司鉴中心〔2026〕临鉴字第18号",
           "对甲某的人体损伤致残等级进行鉴定",
           "甲某因交通事故致右侧胫骨平台骨折，经手术内固定治疗后，右膝关节活动功能部分丧失，依照《人体损伤致残程度分级"
           "》第5.10.6条之规定，评定为十级伤残。"},
    Report{"dna.pdf", "示例司鉴中心", "示例司鉴中心〔2026〕物鉴字第207号",
           "对乙某与丙某之间是否存在亲生血缘关系进行鉴定",
           "依据现有资料和DNA分析结果，在不考虑多胞胎、近亲和外源干扰的前提下，支持乙某为丙某的生物学父亲。"},
    Report{"dna-classic.pdf", "示例司鉴中心", "示例司鉴中心〔2026〕物鉴字第207号",
           "对乙某与丙某之间是否存在亲生血缘关系进行鉴定",
           "依据现有资料和DNA分析结果，在不考虑多胞胎、近亲和外源干扰的前提下，支持乙某为丙某的生物学父亲。"},
    Report{"dna-linearized.pdf", "示例司鉴中心", "示例司鉴中心〔2026〕物鉴字第207号",
           "对乙某与丙某之间是否存在亲生血缘关系进行鉴定",
           "依据现有资料和DNA分析结果，在不考虑多胞胎、近亲和外源干扰的前提下，支持乙某为丙某的生物学父亲。"},
    Report{"document.pdf", "示例司鉴所", "示例司鉴所〔2026〕文鉴字第5号",
           "对标称日期为“2024年3月1日”的《借款合同》上“丁某”签名笔迹进行鉴定",
           "检材《借款合同》上“丁某”签名字迹与样本字迹不是同一人所写。"},
    Report{"document-rotated.pdf", "示例司鉴所", "示例司鉴所〔2026〕文鉴字第5号",
           "对标称日期为“2024年3月1日”的《借款合同》上“丁某”签名笔迹进行鉴定",
           "检材《借款合同》上“丁某”签名字迹与样本字迹不是同一人所写。"},
    Report{"environment.pdf", "示例环境司鉴中心", "示例环境司鉴中心〔2026〕环鉴字第31号",
           "对某河段水体污染造成的生态环境损害进行鉴定评估",
           "本次事件造成的地表水生态环境损害数额为人民币1,286,400元。"},
};

}  // namespace

TEST_CASE("Corpus: facts are proposed and borne out, in every order of text") {
    if (!is_available()) return;
    for (const auto& report : reports)
        for (const char* mode : {"-raw", "-layout", ""}) {
            INFO(report.file << " " << mode);
            const auto& pages = cached_texts(report.file, mode);
            auto document = nlohmann::json::parse(propose_facts(pages).json);
            CHECK(document["licence"] == "440100001");
            CHECK(document["institution"] == "示例司法鉴定中心");
            CHECK(document["short_name"] == report.short_name);
            CHECK(document["number"] == report.number);
            CHECK(document["matter"] == report.matter);
            CHECK(document["commissioner"] == nlohmann::json{{"kind", "court"}, {"name", "某某市中级人民法院"}});
            CHECK(document["accepted"] == "2026-09-03");
            CHECK(document["opinion"] == report.opinion);
            REQUIRE(document["appraisers"].size() == 2);
            CHECK(document["appraisers"][0]["licence"] == "440100001001");
            CHECK(document["appraisers"][1]["licence"] == "440100001002");
            document["categories"] = {"FY0202"};
            document["appraisers"][0]["name"] = "张三";
            document["appraisers"][1]["name"] = "李四";
            document["status"] = 1;
            const auto facts = facts_from(document);
            for (const auto& mismatch : check_facts(facts, pages))
                FAIL_CHECK(mismatch.field << ": " << mismatch.expected << " | " << mismatch.found);
            // And every other report is the wrong file for them.
            for (const auto& other : reports)
                if (other.number != report.number)
                    CHECK(check_facts(facts, cached_texts(other.file, mode)).size() >= 2);
        }
}

TEST_CASE("Corpus: a scan is known as one") {
    if (!is_available()) return;
    CHECK_FALSE(has_report_text(page_texts("dna-scanned.pdf", "-raw")));
}

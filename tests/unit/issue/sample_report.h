// A report's pages as an extractor gives them: cover, declaration, contents, body, opinion over a page break.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catch.h"
#include "sjcode/facts.h"

inline std::vector<std::string> sample_report() {
    return {"司法鉴定意见书\n示例司法鉴定中心\n司法鉴定许可证号：440100001\n",
            "声 "
            "明\n1．委托人应当向鉴定机构提供真实的鉴定材料。\n2．司法鉴定人按照法律、法规进行鉴定，补充鉴定、重新鉴定依"
            "照规定办理。\n"
            "地址：某某市某某路1号\n电话：020-12345678 邮编：510000\n",
            "目 录\n一、基本情况........3\n五、分析说明........4\n六、鉴定意见........4\n七、附件\n",
            "示例司鉴中心〔2026〕临鉴字第18号\n司法鉴定意见书\n示例司鉴中心〔2026〕临鉴字第 18 号\n一、基本情况\n委 托 "
            "人：某某市中级人民法院\n"
            "委托鉴定事项：对甲某的人体损伤致残\n等级进行鉴定\n受理日期：2026 年 9 月 3 日\n"
            "鉴定材料：另一司鉴所〔2025〕临鉴字第7号鉴定意见书（受理时间见附件）\n"
            "鉴定日期：2026年9月10日\n被鉴定人：甲某，男，1980年1月2日出生\n二、基本案情\n甲某于2026年5月1日受伤。\n第 "
            "1 页 共 3 页",
            "示例司鉴中心〔2026〕临鉴字第18号\n五、分析说明\n经审查，鉴定材料完整。\n六、鉴定意见\n甲某因交通事故致右侧"
            "胫骨平台骨折，经手术内固定治疗后，右膝关节\n第 2 页 共 3 页",
            "示例司鉴中心〔2026〕临鉴字第18号\n活动功能部分丧失，依照《人体损伤致残程度分级》第 5.10.6 "
            "条之规定，\n评定为十级伤残。\n七、附件\n"
            "鉴定材料照片、鉴定机构及鉴定人资质复印件。\n司法鉴定人：（签名） 执业证号：440100001001\n"
            "司法鉴定人：（签名） 执业证号：440100001002\n二〇二六年十一月二日\n第 3 页 共 3 页"};
}

inline nlohmann::json sample_facts_json() {
    std::ifstream in(std::string(SJCODE_SOURCE_DIR) + "/docs/facts.schema.json");
    return nlohmann::json::parse(in).at("examples").at(0);
}

inline sjcode::Facts facts_from(const nlohmann::json& document) {
    auto facts = sjcode::Facts::from_json(document.dump());
    REQUIRE(facts);
    return *std::move(facts);
}

/// The pages with every occurrence of one text replaced.
inline std::vector<std::string> with(std::vector<std::string> pages, const std::string& from, const std::string& to) {
    bool found = false;
    for (auto& page : pages)
        for (auto at = page.find(from); at != std::string::npos; at = page.find(from, at + to.size())) {
            page.replace(at, from.size(), to);
            found = true;
        }
    REQUIRE(found);
    return pages;
}

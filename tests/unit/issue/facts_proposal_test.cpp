#include "catch.h"
#include "sample_report.h"

using namespace sjcode;
using nlohmann::json;

namespace {

json propose(const std::vector<std::string>& pages) {
    return json::parse(propose_facts(pages).json);
}

json propose_with(const std::string& from, const std::string& to) {
    return propose(with(sample_report(), from, to));
}

}  // namespace

TEST_CASE("Facts are proposed from a report's text") {
    const auto proposal = propose_facts(sample_report());
    CHECK(nlohmann::ordered_json::parse(proposal.json) == nlohmann::ordered_json::parse(R"({
        "licence": "440100001",
        "institution": "示例司法鉴定中心",
        "short_name": "示例司鉴中心",
        "number": "示例司鉴中心〔2026〕临鉴字第18号",
        "categories": [],
        "appraisers": [{"name": "", "licence": "440100001001"}, {"name": "", "licence": "440100001002"}],
        "matter": "对甲某的人体损伤致残等级进行鉴定",
        "commissioner": {"kind": "court", "name": "某某市中级人民法院"},
        "accepted": "2026-09-03",
        "opinion": "甲某因交通事故致右侧胫骨平台骨折，经手术内固定治疗后，右膝关节活动功能部分丧失，依照《人体损伤致残程度分级》第5.10.6条之规定，评定为十级伤残。",
        "kind": "report",
        "prior": null,
        "case": null,
        "copies": null,
        "use": null,
        "status": null
    })"));
    CHECK(proposal.missing ==
          std::vector<std::string>{"categories", "appraisers[0].name", "appraisers[1].name", "status"});
}

TEST_CASE("A proposal is refused until it is filled in, and then bears out") {
    auto document = propose(sample_report());
    const auto refused = Facts::from_json(document.dump());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "facts.missing");
    document["categories"] = {"FY0202"};
    document["appraisers"][0]["name"] = "张三";
    document["appraisers"][1]["name"] = "李四";
    document["status"] = 18;
    CHECK(check_facts(facts_from(document), sample_report()).empty());
}

TEST_CASE("Nothing is proposed from nothing") {
    const auto proposal = propose_facts({"", "\f"});
    const auto document = json::parse(proposal.json);
    CHECK(document.size() == 16);
    CHECK(document["licence"] == "");
    CHECK(document["commissioner"].is_null());
    CHECK(document["appraisers"].empty());
    CHECK(document["kind"] == "report");
    CHECK(proposal.missing == std::vector<std::string>{"licence", "institution", "short_name", "number", "categories",
                                                       "appraisers", "matter", "commissioner", "accepted", "opinion",
                                                       "status"});
}

TEST_CASE("Appraisers in several layouts") {
    const auto appraisers = [](const std::string& signatures) {
        const auto found = propose({"六、鉴定意见\n十级伤残。\n" + signatures}).at("appraisers");
        std::string text;
        for (const auto& appraiser : found)
            text += appraiser["name"].get<std::string>() + "/" + appraiser["licence"].get<std::string>() + " ";
        return text;
    };
    const std::string both = "张三/440100001001 李四/440100001002 ";
    CHECK(appraisers("司法鉴定人：张三 执业证号：440100001001\n司法鉴定人：李四 执业证号：440100001002") == both);
    CHECK(appraisers("司法鉴定人：张三 李四\n《司法鉴定人执业证》证号：440100001001、440100001002") == both);
    CHECK(appraisers("司法鉴定人：\n张三\n执业证号：\n440100001001\n司法鉴定人：\n李四\n执业证号：\n440100001002") ==
          both);
    CHECK(appraisers("司法鉴定人签名：张 三\n《司法鉴定人执业证》证号：4401 0000 1001\n司法鉴定人签名：李 "
                     "四\n《司法鉴定人执业证》证号：440100001002") == both);
    CHECK(appraisers("司法鉴定人：李四、张三\n司法鉴定人：张三 执业证号：440100001001\n司法鉴定人：李四 "
                     "执业证号：440100001002") == both);
    CHECK(appraisers("鉴定人：主任法医师 张三（签名）\n执业证号：440100001001\n鉴定人：法医师 "
                     "李四（签名）\n执业证号：440100001002\n授权签字人：王五") == both);
    CHECK(appraisers("司法鉴定人：买买提·吐尔逊 执业证号：440100001001") == "买买提·吐尔逊/440100001001 ");
    CHECK(appraisers("司法鉴定人：张三\n司法鉴定人：李四\n二〇二六年十一月二日") == "张三/ 李四/ ");
    CHECK(appraisers("被鉴定人：王五\n司法鉴定人按照法律进行鉴定。\n司法鉴定人：（签名）") == "");
}

TEST_CASE("Who commissioned") {
    const auto commissioner = [](const std::string& name) {
        return propose_with("某某市中级人民法院", name).at("commissioner");
    };
    const auto is = [](const char* kind, const char* name) { return json{{"kind", kind}, {"name", name}}; };
    CHECK(commissioner("某某区人民法院") == is("court", "某某区人民法院"));
    CHECK(commissioner("某某市公安局交通警察支队") == is("organ", "某某市公安局交通警察支队"));
    CHECK(commissioner("某某市人民检察院") == is("organ", "某某市人民检察院"));
    CHECK(commissioner("某某财产保险股份有限公司\n某某分公司") ==
          is("organisation", "某某财产保险股份有限公司某某分公司"));
    CHECK(commissioner("某某律师事务所") == is("organisation", "某某律师事务所"));
    CHECK(commissioner("张三丰") == is("person", "张某"));
    CHECK(commissioner("欧阳三") == is("person", "欧阳某"));
    CHECK(commissioner("张某某") == is("person", "张某某"));
    CHECK(commissioner("买买提·吐尔逊") == is("person", "买某"));
    CHECK(commissioner("张三，男，1980年1月2日出生") == is("person", "张某"));
    CHECK(commissioner("张三、李四") == is("joint", "张某、李某"));
    CHECK(commissioner("某某财产保险有限公司、张三") == is("joint", "某某财产保险有限公司、张某"));
    CHECK(commissioner("甲乙丙丁戊己庚").at("kind").is_null());
    CHECK(commissioner("某某市中级人民法院　联系人：张三") == is("court", "某某市中级人民法院"));
}

TEST_CASE("Kinds of document") {
    const auto correction =
        propose({"司法鉴定意见补正书\n示例司鉴中心〔2026〕临鉴补字第2号\n某某市中级人民法院：\n根据贵院委托，我中心已完"
                 "成鉴定并出具了示例司鉴中心〔2026〕临鉴字第18号司法鉴定意见书。"
                 "现对该鉴定意见书作如下补正，补正如下：\n第3页“左膝”应为“右膝”。\n司法鉴定人：（签名） "
                 "执业证号：440100001001"});
    CHECK(correction["kind"] == "correction");
    CHECK(correction["number"] == "示例司鉴中心〔2026〕临鉴补字第2号");
    CHECK(correction["prior"] == "示例司鉴中心〔2026〕临鉴字第18号");
    CHECK(correction["opinion"] == "第3页“左膝”应为“右膝”。");

    auto again = propose_facts(with(sample_report(), "等级进行鉴定", "等级进行重新鉴定"));
    CHECK(json::parse(again.json)["kind"] == "reappraisal");
    CHECK(json::parse(again.json)["prior"] == "另一司鉴所〔2025〕临鉴字第7号");
    again = propose_facts(
        with(with(sample_report(), "等级进行鉴定", "等级进行补充鉴定"), "另一司鉴所〔2025〕临鉴字第7号", ""));
    CHECK(json::parse(again.json)["kind"] == "supplementary");
    CHECK(json::parse(again.json)["prior"].is_null());
    CHECK(std::find(again.missing.begin(), again.missing.end(), "prior") != again.missing.end());
}

TEST_CASE("Categories by name; the field alone is left to the clerk") {
    const auto code = Category::parse("FY0103");
    REQUIRE(code);
    REQUIRE(code->name());
    CHECK(propose_with("鉴定日期：", "鉴定类别：" + *code->name() + "\n鉴定日期：")["categories"] == json{"FY0103"});
    CHECK(propose_with("鉴定日期：", "鉴定类别：法医临床\n鉴定日期：")["categories"].empty());
    // Several fields have an item of this name.
    CHECK(propose_with("鉴定日期：", "鉴定类别：医疗损害鉴定\n鉴定日期：")["categories"].empty());
}

TEST_CASE("Copies and use") {
    CHECK(propose_with("鉴定日期：", "鉴定用途：保险理赔\n本意见书一式四份。\n鉴定日期：")["copies"] == 4);
    CHECK(propose_with("鉴定日期：", "鉴定用途：保险理赔\n鉴定日期：")["use"] == "保险理赔");
    CHECK(propose_with("鉴定日期：", "一式3份\n鉴定日期：")["copies"] == 3);
    CHECK(propose_with("鉴定日期：", "一式若干份\n鉴定日期：")["copies"].is_null());
}

TEST_CASE("The section with the opinion") {
    const auto opinion = [](const std::string& page) { return propose({page}).at("opinion").get<std::string>(); };
    CHECK(opinion("五、鉴定结论\n甲某构成十级伤残。\n六、落款") == "甲某构成十级伤残。");
    CHECK(opinion("六、鉴定意见\n1．甲某构成十级伤残。\n2．误工期120日。\n附件：照片") ==
          "1．甲某构成十级伤残。\n2．误工期120日。");
    CHECK(opinion("六、鉴定意见\n一、甲某构成十级伤残。\n二、误工期120日。\n七、附件") ==
          "一、甲某构成十级伤残。\n二、误工期120日。");
    CHECK(opinion("【鉴定意见】\n甲某构成十级伤残。\n司法鉴定人：张三") == "甲某构成十级伤残。");
    CHECK(opinion("鉴定意见：甲某构成十级伤残。\n二〇二六年十一月二日") == "甲某构成十级伤残。");
    CHECK(opinion("六、鉴定意见\n司法鉴定人认为甲某构成十级伤残。\n（以下空白）") ==
          "司法鉴定人认为甲某构成十级伤残。");
    CHECK(opinion("六、鉴定意见\n12\n七、附件\n13") == "");
    CHECK(opinion("五、分析说明\n六、鉴定意见\n司法鉴定意见书\n一、基本情况\n甲某。") == "");
    CHECK(opinion("原鉴定意见认为不构成伤残。") == "");
}

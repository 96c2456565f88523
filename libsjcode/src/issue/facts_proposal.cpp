// Proposes FACTS.json from what a report says.
#include "base/unicode.h"
#include "issue/facts_find.h"
#include "issue/facts_text.h"
#include "sjcode/facts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace sjcode {
namespace {

using issue::Flow;
using issue::fold;
using issue::ReportText;
using Json = nlohmann::ordered_json;

bool has_any(std::u32string_view text, std::initializer_list<std::u32string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}

/// Pieces between 、 ， ； and the like.
std::vector<std::u32string> pieces(std::string_view value) {
    std::vector<std::u32string> found(1);
    for (const auto c : unicode::decode(value).value_or(U""))
        if (std::u32string_view(U"、，,；;\n").find(c) != std::u32string_view::npos)
            found.emplace_back();
        else
            found.back().push_back(c);
    std::erase_if(found, [](const auto& piece) { return piece.empty(); });
    return found;
}

/// What a name in the place of 委托人 seems to be. Courts come first: 人民法院 also issues orders as an organ.
std::optional<CommissionerKind> kind_of(std::u32string_view name) {
    if (has_any(name, {U"法院", U"法庭", U"仲裁委"})) return CommissionerKind::court;
    if (has_any(name,
                {U"公司", U"集团", U"律师事务所", U"医院", U"学校", U"大学", U"银行", U"保险", U"合作社", U"协会",
                 U"基金会", U"研究所", U"研究院", U"调解", U"村民委", U"居民委", U"村委会", U"居委会", U"有限合伙"}))
        return CommissionerKind::organisation;
    if (has_any(name, {U"公安", U"检察", U"司法", U"交警", U"交通警察", U"交通管理", U"派出所",
                       U"监察", U"支队", U"大队", U"总队", U"人民政府", U"委员会",   U"管理局",
                       U"分局", U"监狱", U"海关", U"纪委", U"办公室",   U"公证处"}) ||
        name.ends_with(U"局") || name.ends_with(U"厅") || name.ends_with(U"部"))
        return CommissionerKind::organ;
    const bool han = std::all_of(name.begin(), name.end(), [](char32_t c) { return issue::is_han(c) || c == U'·'; });
    const bool dotted = name.find(U'·') != name.npos;
    if (han && name.size() >= 2 && (name.size() <= 4 || dotted)) return CommissionerKind::person;
    return std::nullopt;
}

/// 张三 → 张某, 欧阳三 → 欧阳某, 买买提·吐尔逊 → 买某.
std::u32string masked(std::u32string_view name) {
    static constexpr std::u32string_view double_names[] = {
        U"欧阳", U"司马", U"上官", U"诸葛", U"司徒", U"东方", U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐", U"长孙",
        U"宇文", U"夏侯", U"轩辕", U"端木", U"百里", U"南宫", U"独孤", U"申屠", U"太史", U"西门", U"呼延", U"闻人"};
    if (name.find(U'某') != name.npos) return std::u32string(name);
    const bool is_double = name.size() > 2 && std::find(std::begin(double_names), std::end(double_names),
                                                        name.substr(0, 2)) != std::end(double_names);
    return std::u32string(name.substr(0, is_double ? 2 : 1)) + U"某";
}

Json propose_commissioner(const ReportText& text) {
    const auto value =
        issue::labelled_value(text, {U"委托人", U"委托单位", U"委托方", U"委托机关", U"委托机构", U"委托人名称"}, 3);
    if (!value) return nullptr;
    const auto parts = pieces(*value);
    std::optional<CommissionerKind> kind;
    std::u32string name;
    std::size_t known = 0;
    for (const auto& part : parts) {
        // 张三，男，1980年…: only names count.
        const auto part_kind = kind_of(part);
        if (!part_kind || part == U"男" || part == U"女" || part == U"汉族") continue;
        ++known;
        if (!name.empty()) name += U"、";
        name += *part_kind == CommissionerKind::person ? masked(part) : part;
        kind = part_kind;
    }
    if (known > 1) kind = CommissionerKind::joint;
    if (!kind && parts.size() == 1) {
        // A name of a form not known here: the clerk decides what it is.
        return {{"kind", nullptr}, {"name", unicode::encode(parts.front())}};
    }
    if (!kind) return nullptr;
    return {{"kind", sjcode::name(*kind)}, {"name", unicode::encode(name)}};
}

/// Folded, without the 鉴定 that some write and some leave out.
std::u32string category_key(std::string_view name) {
    auto key = fold(name);
    if (key.ends_with(U"鉴定")) key.resize(key.size() - 2);
    return key;
}

/// Items of the table by name; an empty code where several fields share the name (医疗损害).
const std::map<std::u32string, std::string>& categories_by_name() {
    static const auto by_name = [] {
        std::map<std::u32string, std::string> table;
        for (const auto category_class :
             {CategoryClass::forensic_medicine, CategoryClass::physical_evidence, CategoryClass::audio_visual,
              CategoryClass::environment, CategoryClass::other})
            for (std::uint64_t item = 100; item < 10'000; ++item) {
                const auto category =
                    Category::from_number(static_cast<std::uint64_t>(category_class) * 1'000'000 + item);
                const auto name = category ? category->name() : std::nullopt;
                if (!name) continue;
                const auto [entry, is_new] = table.emplace(category_key(*name), category->code());
                if (!is_new) entry->second.clear();
            }
        return table;
    }();
    return by_name;
}

/// Categories by their names in the table. Class and field alone (法医临床) are no category: the clerk chooses.
std::vector<std::string> propose_categories(const ReportText& text) {
    const auto& by_name = categories_by_name();
    std::vector<std::string> found;
    const auto value =
        issue::labelled_value(text, {U"鉴定类别", U"执业类别", U"鉴定项目", U"业务类别", U"鉴定类型"}, 3);
    for (const auto& piece : pieces(value.value_or(""))) {
        const auto entry = by_name.find(category_key(unicode::encode(piece)));
        if (entry == by_name.end() || entry->second.empty()) continue;
        if (std::find(found.begin(), found.end(), entry->second) == found.end()) found.push_back(entry->second);
    }
    return found;
}

/// From the title on the first pages, or what the commission asks for; never from the declaration, which names all
/// kinds.
ReportKind propose_kind(const ReportText& text, const std::string& matter) {
    constexpr std::size_t title_pages = 3;
    for (const auto& line : text.lines()) {
        if (line.page >= title_pages) break;
        const std::u32string_view title = line.folded;
        if (title.size() > 40 || !title.ends_with(U"书")) continue;
        if (title.find(U"补正书") != title.npos) return ReportKind::correction;
        if (has_any(title, {U"补充鉴定意见书", U"补充意见书"})) return ReportKind::supplementary;
        if (has_any(title, {U"重新鉴定意见书"})) return ReportKind::reappraisal;
    }
    const auto asked =
        fold(matter) + U"\n" + fold(issue::labelled_value(text, {U"鉴定类型", U"鉴定性质"}, 1).value_or(""));
    if (has_any(asked, {U"重新鉴定"})) return ReportKind::reappraisal;
    if (has_any(asked, {U"补充鉴定"})) return ReportKind::supplementary;
    return ReportKind::report;
}

/// 一式四份.
Json propose_copies(const Flow& flow) {
    constexpr std::u32string_view words = U"一式", digits = U"一二三四五六七八九十";
    for (auto at = flow.text.find(words); at != std::u32string::npos; at = flow.text.find(words, at + 1)) {
        const auto value = at + words.size();
        if (value + 1 >= flow.text.size() || flow.text[value + 1] != U'份') continue;
        const auto c = flow.text[value];
        if (c >= U'1' && c <= U'9') return static_cast<unsigned>(c - U'0');
        if (c == U'两') return 2;
        if (const auto digit = digits.find(c); digit != digits.npos) return digit + 1;
    }
    return nullptr;
}

Json text_or_null(std::optional<std::string> value) {
    return value ? Json(*std::move(value)) : Json(nullptr);
}

}  // namespace

FactsProposal propose_facts(const std::vector<std::string>& pages) {
    const ReportText text(pages);
    const auto flow = text.flow();
    FactsProposal proposal;
    const auto note = [&](std::string field) { proposal.missing.push_back(std::move(field)); };
    const auto text_or_note = [&](const char* field, std::string value) {
        if (value.empty()) note(field);
        return value;
    };

    const auto licences = issue::institution_licences(flow);
    const auto institutions = issue::institution_names(text);
    const auto numbers = issue::find_report_numbers(flow);
    const auto* number = issue::own_number(numbers);
    const auto accepted = issue::acceptance_dates(flow);
    const auto opinion = issue::find_opinion(text);
    const auto matter = issue::labelled_value(
        text, {U"委托鉴定事项", U"委托事项", U"鉴定委托事项", U"鉴定事项", U"鉴定要求", U"委托要求", U"委托鉴定要求"},
        12);

    Json facts;
    facts["licence"] = text_or_note("licence", licences.empty() ? "" : licences.front());
    facts["institution"] = text_or_note("institution", institutions.empty() ? "" : institutions.front());
    facts["short_name"] = text_or_note("short_name", number != nullptr ? number->prefix : "");
    facts["number"] = text_or_note("number", number != nullptr ? number->canonical : "");
    facts["categories"] = propose_categories(text);
    if (facts["categories"].empty()) note("categories");
    facts["appraisers"] = Json::array();
    for (const auto& [appraiser, is_pair] : issue::find_appraisers(flow)) {
        const auto field = "appraisers[" + std::to_string(facts["appraisers"].size()) + "]";
        if (appraiser.name.empty()) note(field + ".name");
        if (appraiser.licence.empty()) note(field + ".licence");
        facts["appraisers"].push_back({{"name", appraiser.name}, {"licence", appraiser.licence}});
    }
    if (facts["appraisers"].size() < 2) note("appraisers");
    facts["matter"] = text_or_null(matter);
    if (!matter) note("matter");
    facts["commissioner"] = propose_commissioner(text);
    if (facts["commissioner"].is_null())
        note("commissioner");
    else if (facts["commissioner"]["kind"].is_null())
        note("commissioner.kind");
    facts["accepted"] = text_or_note("accepted", accepted.empty() ? "" : accepted.front().iso());
    facts["opinion"] = text_or_note("opinion", opinion ? opinion->text : "");
    const auto kind = propose_kind(text, matter.value_or(""));
    facts["kind"] = name(kind);
    facts["prior"] = nullptr;
    if (kind != ReportKind::report) {
        for (const auto& other : numbers)
            if (facts["prior"].is_null() && number != nullptr && other.canonical != number->canonical &&
                has_any(fold(other.canonical), {U"鉴", U"检"}))
                facts["prior"] = other.canonical;
        if (facts["prior"].is_null()) note("prior");
    }
    facts["case"] = nullptr;
    facts["copies"] = propose_copies(flow);
    facts["use"] = text_or_null(issue::labelled_value(text, {U"鉴定用途", U"用途"}, 2));
    facts["status"] = nullptr;
    note("status");
    proposal.json = facts.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    return proposal;
}

}  // namespace sjcode

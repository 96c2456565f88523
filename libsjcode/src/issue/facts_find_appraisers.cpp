// Names and licence numbers of appraisers.
#include "base/unicode.h"
#include "issue/facts_find.h"

#include <algorithm>

namespace sjcode::issue {
namespace {

constexpr std::size_t usual_licence = 12;
/// More than any report has; what a hostile text repeats is not collected without end.
constexpr std::size_t most = 200;

bool any_of(std::u32string_view characters, char32_t c) noexcept {
    return characters.find(c) != characters.npos;
}

/// Two to four characters, or longer with the dot of names from other languages; no word of the form, no title.
bool is_name(std::u32string_view text) {
    static constexpr std::u32string_view words[] = {U"签名",   U"签字", U"盖章", U"签章", U"姓名",   U"执业",   U"日期",
                                                    U"附件",   U"附注", U"声明", U"目录", U"附图",   U"证号",   U"授权",
                                                    U"复核",   U"鉴定", U"职称", U"主任", U"工程师", U"法医师", U"教授",
                                                    U"研究员", U"资格", U"年",   U"月"};
    if (std::any_of(std::begin(words), std::end(words),
                    [&](std::u32string_view word) { return text.find(word) != text.npos; }))
        return false;
    const bool dotted = any_of(text, U'·');
    return text.size() >= 2 && text.size() <= (dotted ? 20U : 4U);
}

/// Names and licence numbers of one run of each, as they follow on each other.
struct Group {
    std::vector<std::string> names;
    std::vector<std::string> licences;
};

class Reader {
public:
    explicit Reader(const Flow& flow) : flow_(flow), text_(flow.text) {}

    std::vector<Group> read() {
        for (std::size_t at = 0; at < text_.size() && count_ < most; ++at) {
            // 被鉴定人 is the person examined.
            if (starts(at, U"鉴定人") && !(at > 0 && text_[at - 1] == U'被'))
                read_names(at + 3);
            else if (starts(at, U"执业证"))
                read_licences(at + 3);
        }
        return std::move(groups_);
    }

private:
    [[nodiscard]] bool starts(std::size_t at, std::u32string_view what) const noexcept {
        return at <= text_.size() && text_.substr(at).starts_with(what);
    }
    [[nodiscard]] bool is_apart(std::size_t at) const noexcept { return flow_.gaps[at] != Gap::none; }

    void add_name(std::u32string_view name) {
        if (!is_name(name) || count_ >= most) return;
        if (groups_.empty() || !groups_.back().licences.empty()) groups_.emplace_back();
        auto& names = groups_.back().names;
        const auto text = unicode::encode(name);
        // A list on the cover and then the signatures: the later one counts.
        names.erase(std::remove(names.begin(), names.end(), text), names.end());
        names.push_back(text);
        ++count_;
    }

    void read_names(std::size_t at) {
        for (const std::u32string_view form :
             {U"(签名)", U"(签字)", U"(签章)", U"(签名或盖章)", U"签名", U"签字", U"姓名"})
            if (starts(at, form)) {
                at += form.size();
                break;
            }
        if (!starts(at, U":")) return;
        std::u32string single;  // 张 三: characters set apart are one name
        for (bool first = true; ++at < text_.size();) {
            if (text_[at] == U',' || text_[at] == U';') continue;
            // The value may begin on the next line; what follows it stands on the same one.
            if (!is_han(text_[at]) || (!first && flow_.gaps[at] == Gap::line)) break;
            const auto begin = at;
            while (at + 1 < text_.size() && (is_han(text_[at + 1]) || text_[at + 1] == U'·') && !is_apart(at + 1)) ++at;
            auto name = text_.substr(begin, at + 1 - begin);
            name = name.substr(0, std::min(name.find(U"执业"), name.size()));
            first = false;
            if (name.size() > 1) {
                add_name(name);
            } else if ((single += name).size() == 2) {
                add_name(single);
                single.clear();
            }
        }
    }

    /// 执业证号：…, 《司法鉴定人执业证》证号：…
    void read_licences(std::size_t at) {
        while (at < text_.size() && any_of(U"证书编号码:)>\"", text_[at])) ++at;
        for (;;) {
            const auto number = number_after(flow_, at, usual_licence);
            const bool digits =
                std::all_of(number.begin(), number.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
            if (number.size() < 6 || number.size() > 20 || !digits) return;
            if (groups_.empty()) groups_.emplace_back();
            groups_.back().licences.push_back(unicode::encode(number));
            if (++count_ >= most) return;
            while (at < text_.size() && any_of(U",;/", text_[at])) ++at;
        }
    }

    const Flow& flow_;
    std::u32string_view text_;
    std::vector<Group> groups_;
    std::size_t count_ = 0;
};

/// Adds what is new, and completes what was found before.
void add(std::vector<FoundAppraiser>& found, FoundAppraiser entry) {
    for (auto& other : found) {
        const bool same_licence =
            !entry.appraiser.licence.empty() && other.appraiser.licence == entry.appraiser.licence;
        const bool same_name = !entry.appraiser.name.empty() && other.appraiser.name == entry.appraiser.name;
        const bool completes = same_name && (other.appraiser.licence.empty() || entry.appraiser.licence.empty());
        if (!same_licence && !completes) continue;
        if (other.appraiser.name.empty()) other.appraiser.name = entry.appraiser.name;
        if (other.appraiser.licence.empty()) other.appraiser.licence = entry.appraiser.licence;
        other.is_pair = other.is_pair || entry.is_pair;
        return;
    }
    found.push_back(std::move(entry));
}

}  // namespace

std::vector<FoundAppraiser> find_appraisers(const Flow& flow) {
    std::vector<FoundAppraiser> found;
    for (const auto& [names, licences] : Reader(flow).read()) {
        // More names than numbers: those before are a list, the last ones are the signatures.
        const auto skipped = names.size() > licences.size() && !licences.empty() ? names.size() - licences.size() : 0;
        for (std::size_t i = 0; i < std::max(names.size() - skipped, licences.size()); ++i) {
            const auto name = skipped + i < names.size() ? names[skipped + i] : std::string();
            const auto licence = i < licences.size() ? licences[i] : std::string();
            add(found, {{name, licence}, names.size() - skipped == 1 && licences.size() == 1});
        }
        for (std::size_t i = 0; i < skipped; ++i) add(found, {{names[i], ""}, false});
    }
    return found;
}

}  // namespace sjcode::issue

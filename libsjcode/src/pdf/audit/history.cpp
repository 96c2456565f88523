#include "pdf/audit/history.h"

#include "base/try.h"
#include "pdf/accounting.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <optional>
#include <set>

namespace sjcode::pdf {
namespace {

bool in_use(const CrossReferenceEntry* entry) {
    return entry != nullptr && entry->type != CrossReferenceEntry::Type::free;
}

void describe(const Document* before, const Document& after, RevisionInfo& info) {
    const auto older = before == nullptr ? 0 : before->sections().size();
    const auto later = after.sections().size() - std::min(after.sections().size(), older);
    std::set<std::uint32_t> numbers;
    for (std::size_t i = 0; i < later; ++i)
        for (const auto* list : {&after.sections()[i].entries, &after.sections()[i].stream_entries})
            for (const auto& entry : *list)
                if (entry.number != 0) numbers.insert(entry.number);
    for (const auto number : numbers) {
        const bool was = before != nullptr && in_use(before->entry(number));
        const bool is = in_use(after.entry(number));
        if (is) (was ? info.replaced : info.added).push_back(number);
        if (was && !is) info.freed.push_back(number);
    }
}

}  // namespace

std::vector<std::uint64_t> ends_of_revisions(const Document& document) {
    auto ends = revision_ends(document);
    std::reverse(ends.begin(), ends.end());
    return ends;
}

Result<Document> open_state(const Document& whole, std::uint64_t end) {
    SJCODE_TRY(auto state, Document::open(whole.file().first(static_cast<std::size_t>(end)), whole.limits()));
    const auto& all = whole.sections();
    const auto& own = state.sections();
    const bool chain =
        own.size() <= all.size() && std::equal(own.rbegin(), own.rend(), all.rbegin(),
                                               [](const auto& a, const auto& b) { return a.offset == b.offset; });
    if (!chain) return damaged("revision that the newest one does not know", end);
    return state;
}

std::vector<RevisionInfo> read_history(const Document& whole, const std::vector<std::uint64_t>& ends) {
    std::vector<RevisionInfo> history;
    std::optional<Document> before;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        RevisionInfo info;
        info.number = static_cast<std::uint32_t>(i + 1);
        info.begin = i == 0 ? 0 : ends[i - 1];
        info.end = ends[i];
        auto state = open_state(whole, ends[i]);
        if (state) {
            describe(before ? &*before : nullptr, *state, info);
            before = *std::move(state);
        }
        history.push_back(std::move(info));
    }
    return history;
}

}  // namespace sjcode::pdf

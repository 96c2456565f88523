#include "issue_options.h"

#include "call.h"

#include <cmath>

using sjcode::Corner;
using sjcode::IssueOptions;
using sjcode::Placement;
using sjcode::Result;
using sjcode::c::bad_argument;
using sjcode::c::guarded;

namespace {

constexpr std::uint32_t most_countersignatures = 32;

template <class Set>
sjcode_status set(sjcode_issue_options* options, sjcode_error** error, Set&& change) {
    return guarded(error, [&]() -> Result<void> {
        if (options == nullptr) return bad_argument("options");
        return change(options->options);
    });
}

}  // namespace

sjcode_status sjcode_issue_options_new(sjcode_issue_options** options, sjcode_error** error) {
    if (options != nullptr) *options = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (options == nullptr) return bad_argument("options");
        *options = new sjcode_issue_options;
        return {};
    });
}

void sjcode_issue_options_free(sjcode_issue_options* options) {
    delete options;
}

sjcode_status sjcode_issue_options_set_host(sjcode_issue_options* options, const char* host, sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        if (host == nullptr) return bad_argument("host");
        wanted.host = host;
        return {};
    });
}

sjcode_status sjcode_issue_options_set_pages(sjcode_issue_options* options, int pages, uint32_t page,
                                             sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        auto& placement = wanted.placement;
        if ((pages == SJCODE_PAGE_NUMBER) != (page != 0)) return bad_argument("page");
        switch (pages) {
            case SJCODE_FIRST_FREE_PAGE:
                placement.pages = Placement::Pages::first_free;
                break;
            case SJCODE_FIRST_PAGE:
                placement.pages = Placement::Pages::first;
                break;
            case SJCODE_LAST_PAGE:
                placement.pages = Placement::Pages::last;
                break;
            case SJCODE_ALL_PAGES:
                placement.pages = Placement::Pages::all;
                break;
            case SJCODE_PAGE_NUMBER:
                placement.pages = Placement::Pages::number;
                break;
            default:
                return bad_argument("pages");
        }
        placement.page = page;
        return {};
    });
}

sjcode_status sjcode_issue_options_set_corner(sjcode_issue_options* options, int corner, sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        switch (corner) {
            case SJCODE_BOTTOM_LEFT:
                wanted.placement.corner = Corner::bottom_left;
                break;
            case SJCODE_BOTTOM_RIGHT:
                wanted.placement.corner = Corner::bottom_right;
                break;
            case SJCODE_TOP_LEFT:
                wanted.placement.corner = Corner::top_left;
                break;
            case SJCODE_TOP_RIGHT:
                wanted.placement.corner = Corner::top_right;
                break;
            default:
                return bad_argument("corner");
        }
        return {};
    });
}

sjcode_status sjcode_issue_options_set_position(sjcode_issue_options* options, double x_mm, double y_mm,
                                                sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        if (!std::isfinite(x_mm)) return bad_argument("x_mm");
        if (!std::isfinite(y_mm)) return bad_argument("y_mm");
        wanted.placement.position = sjcode::Position{x_mm, y_mm};
        return {};
    });
}

sjcode_status sjcode_issue_options_set_force(sjcode_issue_options* options, int force, sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        wanted.placement.force = force != 0;
        return {};
    });
}

sjcode_status sjcode_issue_options_set_level(sjcode_issue_options* options, char level, sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        if (level != 'M' && level != 'Q') return bad_argument("level");
        wanted.level = level == 'M' ? sjcode::QrLevel::M : sjcode::QrLevel::Q;
        return {};
    });
}

sjcode_status sjcode_issue_options_allow(sjcode_issue_options* options, const char* rule, sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        if (rule == nullptr) return bad_argument("rule");
        wanted.allow.insert(rule);
        return {};
    });
}

sjcode_status sjcode_issue_options_set_repair(sjcode_issue_options* options, int repair, sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        wanted.repair = repair != 0;
        return {};
    });
}

sjcode_status sjcode_issue_options_set_page_text(sjcode_issue_options* options, int page_text, sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        wanted.page_text = page_text != 0;
        return {};
    });
}

sjcode_status sjcode_issue_options_set_countersignatures(sjcode_issue_options* options, uint32_t count,
                                                         sjcode_error** error) {
    return set(options, error, [&](IssueOptions& wanted) -> Result<void> {
        if (count > most_countersignatures) return bad_argument("count");
        wanted.countersignatures = count;
        return {};
    });
}

// Resident identity numbers (GB 11643), only so that they can be refused.
#include "sjcode/identifier.h"

#include "base/civil_time.h"
#include "base/unicode.h"

#include <array>
#include <string>
#include <vector>

namespace sjcode {
namespace {

int number(std::string_view digits) noexcept {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

/// Not only those of today: whoever was born in 1890 may stand in an old case.
bool is_birth_date(int year, int month, int day) noexcept {
    return year >= 1880 && year < 2100 && is_valid_day({year, month, day});
}

bool is_of_18(std::string_view run) noexcept {
    static constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (run[i] == 'X') return false;
        sum += (run[i] - '0') * weights[i];
    }
    return run[17] == std::string_view("10X98765432")[static_cast<std::size_t>(sum % 11)] &&
           is_birth_date(number(run.substr(6, 4)), number(run.substr(10, 2)), number(run.substr(12, 2)));
}

bool is_of_15(std::string_view run) noexcept {
    if (run.find('X') != std::string_view::npos) return false;
    return is_birth_date(1900 + number(run.substr(6, 2)), number(run.substr(8, 2)), number(run.substr(10, 2)));
}

bool is_resident_id(std::string_view run) {
    if (run.size() != 15 && run.size() != 18) return false;
    return region_name(run.substr(0, 2)) && (run.size() == 18 ? is_of_18(run) : is_of_15(run));
}

/// Groups that stand beside one another, "110105 19491231 002X": any of them together may be the number. What is a part
/// of a longer group is none.
bool any_is_resident_id(const std::vector<std::string>& groups) {
    for (std::size_t first = 0; first < groups.size(); ++first) {
        std::string joined;
        for (std::size_t last = first; last < groups.size() && joined.size() < 18; ++last) {
            joined += groups[last];
            if (is_resident_id(joined)) return true;
        }
    }
    return false;
}

}  // namespace

bool contains_resident_id(std::string_view text) {
    const auto points = unicode::decode(text);
    if (!points) return false;
    std::vector<std::string> groups;
    bool in_group = false;
    for (auto c : *points) {
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c == U'x') c = U'X';
        if ((c >= U'0' && c <= U'9') || (c == U'X' && in_group)) {
            if (!in_group) groups.emplace_back();
            in_group = true;
            groups.back() += static_cast<char>(c);
            continue;
        }
        in_group = false;
        if (unicode::is_white_space(c) || c == U'-') continue;
        if (any_is_resident_id(groups)) return true;
        groups.clear();
    }
    return any_is_resident_id(groups);
}

}  // namespace sjcode

#include "verdict.h"

#include <utility>

using sjcode::Result;
using sjcode::c::bad_argument;
using sjcode::c::guarded;
using sjcode::c::without_nul;

namespace {

sjcode_outcome outcome_of(sjcode::Outcome outcome) noexcept {
    switch (outcome) {
        case sjcode::Outcome::authentic:
            return SJCODE_AUTHENTIC;
        case sjcode::Outcome::not_authentic:
            return SJCODE_NOT_AUTHENTIC;
        case sjcode::Outcome::undetermined:
            return SJCODE_UNDETERMINED;
        case sjcode::Outcome::code_genuine:
            return SJCODE_CODE_GENUINE;
    }
    return SJCODE_UNDETERMINED;
}

const sjcode::c::ShownCheck* check_at(const sjcode_verdict* verdict, size_t index) noexcept {
    return index < sjcode_verdict_check_count(verdict) ? &verdict->checks[index] : nullptr;
}

const sjcode_verdict::Fact* fact_at(const sjcode_verdict* verdict, size_t index) noexcept {
    return index < sjcode_verdict_fact_count(verdict) ? &verdict->facts[index] : nullptr;
}

}  // namespace

sjcode_verdict::sjcode_verdict(sjcode::Verdict from)
    : verdict(std::move(from)), checks(sjcode::c::shown(verdict.checks)) {
    for (const auto& fact : verdict.facts)
        facts.push_back(
            {fact.name, without_nul(fact.value), fact.is_signed, sjcode::c::sentence_of("fact." + fact.name, {})});
}

void sjcode_verdict_free(sjcode_verdict* verdict) {
    delete verdict;
}

sjcode_outcome sjcode_verdict_outcome(const sjcode_verdict* verdict) {
    return verdict == nullptr ? SJCODE_UNDETERMINED : outcome_of(verdict->verdict.outcome);
}

const char* sjcode_outcome_name(int outcome) {
    switch (outcome) {
        case SJCODE_AUTHENTIC:
            return "authentic";
        case SJCODE_NOT_AUTHENTIC:
            return "not_authentic";
        case SJCODE_UNDETERMINED:
            return "undetermined";
        case SJCODE_CODE_GENUINE:
            return "code_genuine";
        default:
            return nullptr;
    }
}

sjcode_status sjcode_verdict_text(const sjcode_verdict* verdict, int language, char** text, sjcode_error** error) {
    if (text != nullptr) *text = nullptr;
    return guarded(error, [&]() -> Result<void> {
        const auto wanted = sjcode::c::language_of(language);
        if (verdict == nullptr) return bad_argument("verdict");
        if (!wanted) return bad_argument("language");
        if (text == nullptr) return bad_argument("text");
        *text = sjcode::c::copied(verdict->verdict.to_text(*wanted));
        return {};
    });
}

sjcode_status sjcode_verdict_json(const sjcode_verdict* verdict, int language, const char* input_name, char** json,
                                  sjcode_error** error) {
    if (json != nullptr) *json = nullptr;
    return guarded(error, [&]() -> Result<void> {
        const auto wanted = sjcode::c::language_of(language);
        if (verdict == nullptr) return bad_argument("verdict");
        if (!wanted) return bad_argument("language");
        if (json == nullptr) return bad_argument("json");
        *json = sjcode::c::copied(verdict->verdict.to_json(*wanted, input_name == nullptr ? "" : input_name));
        return {};
    });
}

size_t sjcode_verdict_check_count(const sjcode_verdict* verdict) {
    return verdict == nullptr ? 0 : verdict->checks.size();
}

const char* sjcode_verdict_check_name(const sjcode_verdict* verdict, size_t index) {
    const auto* check = check_at(verdict, index);
    return check == nullptr ? nullptr : check->name.c_str();
}

sjcode_check_result sjcode_verdict_check_result(const sjcode_verdict* verdict, size_t index) {
    const auto* check = check_at(verdict, index);
    return check == nullptr ? SJCODE_UNCHECKED : check->result;
}

const char* sjcode_verdict_check_code(const sjcode_verdict* verdict, size_t index) {
    const auto* check = check_at(verdict, index);
    return check == nullptr ? nullptr : check->code.c_str();
}

const char* sjcode_verdict_check_text(const sjcode_verdict* verdict, size_t index, int language) {
    const auto* check = check_at(verdict, index);
    return check == nullptr ? nullptr : check->sentence.in(language);
}

int sjcode_verdict_check_is_mandatory(const sjcode_verdict* verdict, size_t index) {
    const auto* check = check_at(verdict, index);
    return check != nullptr && check->mandatory ? 1 : 0;
}

size_t sjcode_verdict_fact_count(const sjcode_verdict* verdict) {
    return verdict == nullptr ? 0 : verdict->facts.size();
}

const char* sjcode_verdict_fact_name(const sjcode_verdict* verdict, size_t index) {
    const auto* fact = fact_at(verdict, index);
    return fact == nullptr ? nullptr : fact->name.c_str();
}

const char* sjcode_verdict_fact_label(const sjcode_verdict* verdict, size_t index, int language) {
    const auto* fact = fact_at(verdict, index);
    return fact == nullptr ? nullptr : fact->label.in(language);
}

const char* sjcode_verdict_fact_value(const sjcode_verdict* verdict, size_t index) {
    const auto* fact = fact_at(verdict, index);
    return fact == nullptr ? nullptr : fact->value.c_str();
}

int sjcode_verdict_fact_is_signed(const sjcode_verdict* verdict, size_t index) {
    const auto* fact = fact_at(verdict, index);
    return fact != nullptr && fact->is_signed ? 1 : 0;
}

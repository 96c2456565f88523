#include "call.h"

#include "sjcode/code_number.h"

#include <algorithm>
#include <cstdlib>

sjcode_error::sjcode_error(const sjcode::Error& from)
    : code(from.code),
      file(sjcode::c::without_nul(from.file)),
      chinese(sjcode::c::without_nul(sentence(from, sjcode::Language::zh))),
      english(sjcode::c::without_nul(sentence(from, sjcode::Language::en))) {
    for (const auto& [name, value] : from.parameters) parameters.emplace_back(name, sjcode::c::without_nul(value));
}

namespace sjcode::c {

std::string without_nul(std::string text) {
    for (auto at = text.find('\0'); at != std::string::npos; at = text.find('\0', at)) text.replace(at, 1, "\uFFFD");
    return text;
}

std::optional<Language> language_of(int language) noexcept {
    switch (language) {
        case SJCODE_CHINESE:
            return Language::zh;
        case SJCODE_ENGLISH:
            return Language::en;
        default:
            return std::nullopt;
    }
}

Unexpected bad_argument(const char* name) {
    return fail("c-api.argument", {{"argument", name}});
}

char* copied(const std::string& text) {
    const auto clean = without_nul(text);
    auto* memory = static_cast<char*>(std::malloc(clean.size() + 1));
    if (memory == nullptr) throw std::bad_alloc();
    std::copy_n(clean.c_str(), clean.size() + 1, memory);
    return memory;
}

std::uint8_t* copied(ByteView first, ByteView second) {
    auto* memory = static_cast<std::uint8_t*>(std::malloc(std::max<std::size_t>(1, first.size() + second.size())));
    if (memory == nullptr) throw std::bad_alloc();
    std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), memory));
    return memory;
}

sjcode_status give(const Error& failure, sjcode_error** error) noexcept {
    try {
        if (error != nullptr) *error = new sjcode_error(failure);
    } catch (...) {
        return SJCODE_NO_MEMORY;
    }
    if (failure.code == "c-api.argument") return SJCODE_MISUSE;
    return failure.code == "c-api.internal" ? SJCODE_INTERNAL : SJCODE_FAILED;
}

}  // namespace sjcode::c

int sjcode_c_version(void) {
    return SJCODE_C_VERSION;
}

const char* sjcode_version(void) {
    return SJCODE_LIBRARY_VERSION;
}

int sjcode_format_version(void) {
    return 1;
}

const char* sjcode_installed_worker(void) {
    return SJCODE_INSTALLED_WORKER;
}

void sjcode_free(void* memory) {
    std::free(memory);
}

void sjcode_error_free(sjcode_error* error) {
    delete error;
}

const char* sjcode_error_code(const sjcode_error* error) {
    return error == nullptr ? nullptr : error->code.c_str();
}

const char* sjcode_error_text(const sjcode_error* error, int language) {
    const auto wanted = sjcode::c::language_of(language);
    if (error == nullptr || !wanted) return nullptr;
    return (*wanted == sjcode::Language::zh ? error->chinese : error->english).c_str();
}

const char* sjcode_error_file(const sjcode_error* error) {
    return error == nullptr ? nullptr : error->file.c_str();
}

size_t sjcode_error_parameter_count(const sjcode_error* error) {
    return error == nullptr ? 0 : error->parameters.size();
}

const char* sjcode_error_parameter_name(const sjcode_error* error, size_t index) {
    return index < sjcode_error_parameter_count(error) ? error->parameters[index].first.c_str() : nullptr;
}

const char* sjcode_error_parameter_value(const sjcode_error* error, size_t index) {
    return index < sjcode_error_parameter_count(error) ? error->parameters[index].second.c_str() : nullptr;
}

sjcode_status sjcode_code_number(const char* typed, char** number, sjcode_error** error) {
    if (number != nullptr) *number = nullptr;
    return sjcode::c::guarded(error, [&]() -> sjcode::Result<void> {
        if (typed == nullptr) return sjcode::c::bad_argument("typed");
        if (number == nullptr) return sjcode::c::bad_argument("number");
        auto parsed = sjcode::CodeNumber::parse(typed);
        if (!parsed) return sjcode::Unexpected(std::move(parsed).error());
        *number = sjcode::c::copied(parsed->grouped());
        return {};
    });
}

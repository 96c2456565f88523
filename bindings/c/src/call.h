// What every function of the C interface does: no exception leaves it, and its errors become handles.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/messages.h"
#include "sjcode/result.h"
#include "sjcode/sjcode.h"

#include <cstddef>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Its texts are made when it is, so that reading them needs no lock.
struct sjcode_error {
    explicit sjcode_error(const sjcode::Error& from);

    std::string code;
    std::string file;
    std::string chinese;
    std::string english;
    std::vector<std::pair<std::string, std::string>> parameters;
};

namespace sjcode::c {

/// As a C string can hold it: each NUL becomes U+FFFD, lest a value be cut short unseen.
std::string without_nul(std::string text);

/// The library's language, or nothing for a number that is none.
std::optional<Language> language_of(int language) noexcept;

/// Misuse: "c-api.argument".
Unexpected bad_argument(const char* name);

/// Memory for sjcode_free().
char* copied(const std::string& text);
std::uint8_t* copied(ByteView first, ByteView second = {});

/// Hands an error out, if it is wanted.
sjcode_status give(const Error& failure, sjcode_error** error) noexcept;

/// Runs `work`, which returns Result<void>.
template <class Work>
sjcode_status guarded(sjcode_error** error, Work&& work) noexcept {
    if (error != nullptr) *error = nullptr;
    try {
        const Result<void> done = work();
        return done ? SJCODE_OK : give(done.error(), error);
    } catch (const std::bad_alloc&) {
        return SJCODE_NO_MEMORY;
    } catch (const std::exception& thrown) {
        try {
            return give(Error{"c-api.internal", {{"reason", thrown.what()}}, {}, {}, {}}, error);
        } catch (...) {
            return SJCODE_NO_MEMORY;
        }
    } catch (...) {
        return SJCODE_INTERNAL;
    }
}

}  // namespace sjcode::c

// Passes an error on to the caller: what `?` is elsewhere.
#pragma once

#include "sjcode/result.h"

#define SJCODE_TRY_JOIN_(a, b) a##b
#define SJCODE_TRY_NAME_(line) SJCODE_TRY_JOIN_(sjcode_result_, line)

// SJCODE_TRY(declaration, expression): evaluates to a value bound to the declaration, or returns the error.
#define SJCODE_TRY(declaration, ...)                                                                             \
    auto SJCODE_TRY_NAME_(__LINE__) = (__VA_ARGS__);                                                             \
    if (!SJCODE_TRY_NAME_(__LINE__)) return ::sjcode::Unexpected(std::move(SJCODE_TRY_NAME_(__LINE__)).error()); \
    declaration = *std::move(SJCODE_TRY_NAME_(__LINE__))

// SJCODE_CHECK(expression): for Result<void>.
#define SJCODE_CHECK(...)                                                  \
    do {                                                                   \
        if (auto sjcode_check_ = (__VA_ARGS__); !sjcode_check_)            \
            return ::sjcode::Unexpected(std::move(sjcode_check_).error()); \
    } while (false)

// What a call that can fail returns: a value, or a coded error.
//
// A bad *document* is never an error here: verification answers it with a Verdict. Errors are for misuse, input and
// output, keys and configuration. No exception crosses the API (std::bad_alloc apart).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace sjcode {

/// Named values for the gaps of a message's sentence, e.g. {"page", "3"}. Values are UTF-8.
using Parameters = std::map<std::string, std::string>;

/// What went wrong. The sentence for a person comes from messages/ by `code` (see messages.h).
struct Error {
    std::string code;                       ///< stable, e.g. "pdf.encrypted"; the full list is docs/messages.md
    Parameters parameters{};                ///< fill the gaps of the sentence
    std::string file{};                     ///< the file concerned, where there is one
    std::optional<std::uint64_t> offset{};  ///< byte offset in that file
    std::optional<std::uint32_t> object{};  ///< PDF object number

    friend bool operator==(const Error&, const Error&) = default;
};

/// Marks an error on its way into a Result: `return Unexpected(Error{"pdf.encrypted"});`
/// Named as in C++23's std::expected, which is to take over.
class Unexpected {
public:
    explicit Unexpected(Error error) : error_(std::move(error)) {}
    Error& error() & noexcept { return error_; }
    Error&& error() && noexcept { return std::move(error_); }

private:
    Error error_;
};

/// Short for Unexpected(Error{...}).
inline Unexpected fail(std::string code, Parameters parameters = {}) {
    return Unexpected(Error{std::move(code), std::move(parameters), {}, {}, {}});
}

/// A value of type T, or an Error. Reading the wrong one ends the program, as a null pointer would: ask first.
template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    template <class U = T>
    requires(std::is_constructible_v<T, U&&> && !std::is_same_v<std::remove_cvref_t<U>, Unexpected> &&
             !std::is_same_v<std::remove_cvref_t<U>, Result>) Result(U&& value)
        : state_(std::in_place_index<0>, std::forward<U>(value)) {}
    Result(Unexpected unexpected) : state_(std::in_place_index<1>, std::move(unexpected).error()) {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T& value() & { return *pointer(); }
    const T& value() const& { return *pointer(); }
    T&& value() && { return std::move(*pointer()); }
    T& operator*() & { return *pointer(); }
    const T& operator*() const& { return *pointer(); }
    T&& operator*() && { return std::move(*pointer()); }
    T* operator->() { return pointer(); }
    const T* operator->() const { return pointer(); }

    [[nodiscard]] const Error& error() const& {
        if (const auto* error = std::get_if<1>(&state_)) return *error;
        std::abort();
    }
    [[nodiscard]] Error&& error() && {
        if (auto* error = std::get_if<1>(&state_)) return std::move(*error);
        std::abort();
    }

    template <class U>
    T value_or(U&& other) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(other));
    }

private:
    T* pointer() {
        if (auto* value = std::get_if<0>(&state_)) return value;
        std::abort();
    }
    const T* pointer() const {
        if (const auto* value = std::get_if<0>(&state_)) return value;
        std::abort();
    }

    std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Unexpected unexpected) : error_(std::move(unexpected).error()) {}

    [[nodiscard]] bool has_value() const noexcept { return !error_; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] const Error& error() const& {
        if (error_) return *error_;
        std::abort();
    }
    [[nodiscard]] Error&& error() && {
        if (error_) return std::move(*error_);
        std::abort();
    }

private:
    std::optional<Error> error_;
};

}  // namespace sjcode

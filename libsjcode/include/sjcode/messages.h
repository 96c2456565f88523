// Sentences for people, by code: messages/zh-CN.json and messages/en.json, embedded in the library.
#pragma once

#include "sjcode/result.h"

#include <string>
#include <string_view>

namespace sjcode {

enum class Language { zh, en };

/// The sentence for a code, its gaps `{name}` filled from `parameters`. A code without a sentence gives the code itself
/// (a test holds that there is none).
std::string sentence(std::string_view code, const Parameters& parameters, Language language);

/// The sentence of an error, with file, object and offset where it has them.
std::string sentence(const Error& error, Language language);

/// True if both languages have a sentence for this code.
bool has_sentence(std::string_view code);

}  // namespace sjcode

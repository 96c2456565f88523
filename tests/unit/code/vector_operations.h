// What each `kind` of test-vectors/ runs: from the vector's input to its output, through the library.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>

using Json = nlohmann::json;

/// Throws nlohmann's exceptions for a vector that is not of the form that its kind has.
using VectorOperation = std::function<sjcode::Result<Json>(const Json& input)>;

/// By kind.
const std::map<std::string, VectorOperation>& vector_operations();

/// Of hexadecimal digits. Throws where they are none.
sjcode::Bytes bytes_of(const Json& hex);

// Those of status_vector_operations.cpp.
sjcode::Result<Json> open_status_array(const Json& input);
sjcode::Result<Json> open_status_list(const Json& input);
sjcode::Result<Json> open_status_details(const Json& input);

// Those of trust_vector_operations.cpp.
sjcode::Result<Json> open_trust_list(const Json& input);
sjcode::Result<Json> replace_trust_list(const Json& input);

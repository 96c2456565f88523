// The user id of SM2 signatures.
#pragma once

#include <string_view>

namespace sjcode::crypto {

/// GB/T 35276: the user id where none was agreed on. Set explicitly everywhere: OpenSSL before 4.0 would take an empty
/// one.
inline constexpr std::string_view sm2_user_id = "1234567812345678";

}  // namespace sjcode::crypto

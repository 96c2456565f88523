// The files of data/ (see make.sh there).
#pragma once

#include "base/hex.h"
#include "sjcode/bytes.h"

#include <string>

/// Of the encrypted files.
extern const std::string test_passphrase;

/// Fail the running test where there is no such file.
sjcode::Bytes data_bytes(const std::string& name);
std::string data_text(const std::string& name);

/// Bytes of hexadecimal digits written in a test.
inline sjcode::Bytes hex(std::string_view digits) {
    return sjcode::from_hex(digits).value();
}

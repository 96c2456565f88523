// The files of data/ (see make.sh there).
#pragma once

#include "base/hex.h"
#include "catch.h"
#include "sjcode/file.h"

#include <string>

inline const std::string test_passphrase = "口令-secret";

inline std::string data_path(const std::string& name) {
    return SJCODE_SOURCE_DIR "/tests/unit/crypto/data/" + name;
}

inline sjcode::Bytes data_bytes(const std::string& name) {
    const auto file = sjcode::InputFile::open(data_path(name));
    REQUIRE(file);
    return {file->bytes().begin(), file->bytes().end()};
}

inline std::string data_text(const std::string& name) {
    return std::string(sjcode::as_text(data_bytes(name)));
}

/// Bytes of hexadecimal digits written in a test.
inline sjcode::Bytes hex(std::string_view digits) {
    return sjcode::from_hex(digits).value();
}

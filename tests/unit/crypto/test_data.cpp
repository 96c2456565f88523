#include "test_data.h"

#include "catch.h"
#include "sjcode/file.h"

const std::string test_passphrase = "口令-secret";

sjcode::Bytes data_bytes(const std::string& name) {
    const auto file = sjcode::InputFile::open(SJCODE_SOURCE_DIR "/tests/unit/crypto/data/" + name);
    REQUIRE(file);
    return {file->bytes().begin(), file->bytes().end()};
}

std::string data_text(const std::string& name) {
    return std::string(sjcode::as_text(data_bytes(name)));
}

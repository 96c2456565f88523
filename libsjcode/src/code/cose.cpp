#include "code/cose.h"

#include "base/try.h"
#include "code/cbor.h"

#include <array>
#include <optional>

namespace sjcode::cose {
namespace {

constexpr std::uint64_t sign1_tag = 18;
constexpr std::uint64_t algorithm_header = 1;

std::optional<Algorithm> algorithm_of(std::int64_t wanted) noexcept {
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2})
        if (number(algorithm) == wanted) return algorithm;
    return std::nullopt;
}

Bytes protected_header(Algorithm algorithm) {
    return cbor::Writer().map(1).unsigned_integer(algorithm_header).integer(number(algorithm)).take();
}

Result<Algorithm> read_protected_header(ByteView bytes) {
    // RFC 9052 would allow an empty string for an empty header; ours never is.
    if (bytes.empty()) return fail("cose.protected");
    SJCODE_TRY(auto header, cbor::open(bytes, cbor::code_limit));
    if (header.map() != 1 || header.unsigned_integer() != algorithm_header) return fail("cose.protected");
    const auto type = header.type();
    if (type != cbor::Type::unsigned_integer && type != cbor::Type::negative_integer) return fail("cose.protected");
    const auto named = header.integer();
    const auto algorithm = named ? algorithm_of(*named) : std::nullopt;
    if (!algorithm) return fail("cose.algorithm");
    return *algorithm;
}

}  // namespace

std::int64_t number(Algorithm algorithm) noexcept {
    switch (algorithm) {
        case Algorithm::ed25519:
            return -19;
        case Algorithm::esp256:
            return -9;
        case Algorithm::sm2:
            return -65'602;
    }
    return 0;
}

Result<Sign1> decode(ByteView encoded, std::size_t limit) {
    SJCODE_TRY(auto reader, cbor::open(encoded, limit));
    if (reader.tag() != sign1_tag || reader.array() != 4) return fail("cose.structure");
    const auto header = reader.byte_string();
    const auto unprotected = reader.map();
    if (!header || !unprotected) return fail("cose.structure");
    for (std::uint64_t i = 0; i < 2 * *unprotected; ++i) reader.item();
    const auto payload = reader.byte_string();
    const auto signature = reader.byte_string();
    if (!payload || !signature) return fail("cose.structure");
    if (*unprotected != 0) return fail("cose.unprotected");
    SJCODE_TRY(const auto algorithm, read_protected_header(*header));
    return Sign1{algorithm, *payload, *signature};
}

Bytes encode(const Sign1& parts) {
    cbor::Writer writer;
    writer.tag(sign1_tag).array(4).byte_string(protected_header(parts.algorithm)).map(0);
    return writer.byte_string(parts.payload).byte_string(parts.signature).take();
}

Bytes signed_bytes(Algorithm algorithm, std::string_view external_aad, ByteView payload) {
    cbor::Writer writer;
    writer.array(4).text_string("Signature1").byte_string(protected_header(algorithm));
    return writer.byte_string(as_bytes(external_aad)).byte_string(payload).take();
}

}  // namespace sjcode::cose

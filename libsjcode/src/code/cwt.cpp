#include "code/cwt.h"

#include "base/try.h"
#include "code/cbor.h"
#include "code/cose.h"

#include <optional>

namespace sjcode::cwt {
namespace {

constexpr std::uint64_t sign1_tag = 18;
constexpr std::uint64_t algorithm_header = 1;
constexpr std::uint64_t critical_header = 2;
constexpr std::uint64_t type_header = 16;
// Deprecated by RFC 9864 and still what most implementations write.
constexpr std::int64_t es256 = -7;
constexpr std::int64_t eddsa = -8;

std::optional<Algorithm> algorithm_of(std::int64_t wanted) noexcept {
    if (wanted == es256) return Algorithm::esp256;
    if (wanted == eddsa) return Algorithm::ed25519;
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2})
        if (cose::number(algorithm) == wanted) return algorithm;
    return std::nullopt;
}

Result<Algorithm> read_protected_header(ByteView bytes, std::string_view type) {
    if (bytes.empty()) return fail("cose.protected");
    SJCODE_TRY(auto header, cbor::open(bytes, cbor::code_limit, cbor::KeyOrder::any));
    const auto pairs = header.map();
    if (!pairs) return fail("cose.protected");
    std::optional<Algorithm> algorithm;
    bool is_typed = false;
    for (std::uint64_t i = 0; i < *pairs; ++i) {
        const auto key = header.integer();
        if (!key) header.item();  // a text: none that we look for
        if (key == static_cast<std::int64_t>(algorithm_header)) {
            const auto number = header.integer();
            if (!number) return fail("cose.protected");
            algorithm = algorithm_of(*number);
            if (!algorithm) return fail("cose.algorithm");
        } else if (key == static_cast<std::int64_t>(type_header)) {
            const auto named = header.text_string();
            if (named != type) return fail("cwt.type");
            is_typed = true;
        } else if (key == static_cast<std::int64_t>(critical_header)) {
            return fail("cwt.critical");
        } else {
            header.item();
        }
    }
    if (!algorithm) return fail("cose.protected");
    if (!is_typed) return fail("cwt.type");
    return *algorithm;
}

}  // namespace

Result<Token> decode(ByteView encoded, std::size_t limit, std::string_view type) {
    SJCODE_TRY(auto reader, cbor::open(encoded, limit, cbor::KeyOrder::any));
    if (reader.tag() != sign1_tag || reader.array() != 4) return fail("cose.structure");
    const auto header = reader.byte_string();
    if (!header || reader.type() != cbor::Type::map) return fail("cose.structure");
    reader.item();
    const auto payload = reader.byte_string();
    const auto signature = reader.byte_string();
    if (!payload || !signature) return fail("cose.structure");
    SJCODE_TRY(const auto algorithm, read_protected_header(*header, type));
    return Token{algorithm, *header, *payload, *signature};
}

Bytes signed_bytes(ByteView protected_header, ByteView payload) {
    cbor::Writer writer;
    writer.array(4).text_string("Signature1").byte_string(protected_header);
    return writer.byte_string({}).byte_string(payload).take();
}

Result<Bytes> sign(ByteView payload, std::string_view type, const Signer& signer) {
    cbor::Writer header;
    header.map(2).unsigned_integer(algorithm_header).integer(cose::number(signer.algorithm()));
    header.unsigned_integer(type_header).text_string(type);
    SJCODE_TRY(const auto signature, signer.sign(signed_bytes(header.bytes(), payload)));
    cbor::Writer writer;
    writer.tag(sign1_tag).array(4).byte_string(header.bytes()).map(0);
    return writer.byte_string(payload).byte_string(signature).take();
}

}  // namespace sjcode::cwt

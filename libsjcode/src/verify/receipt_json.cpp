// A receipt as JSON (docs/receipt.schema.json), and signed (RFC 7515).
#include "base/civil_time.h"
#include "base/hex.h"
#include "base/try.h"
#include "sjcode/receipt.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace sjcode {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view standard_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 (RFC 4648) without padding.
std::string base64(ByteView bytes, std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto left = std::min<std::size_t>(bytes.size() - i, 3);
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) group = group << 8 | (j < left ? bytes[i + j] : 0U);
        for (std::size_t j = 0; j <= left; ++j) text += digits[group >> (18 - 6 * j) & 0x3F];
    }
    return text;
}

/// With padding, as x5c wants it (RFC 7515, section 4.1.6).
std::string padded_base64(ByteView bytes) {
    auto text = base64(bytes, standard_digits);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::string_view jose_name(Algorithm algorithm) noexcept {
    switch (algorithm) {
        case Algorithm::ed25519:
            return "EdDSA";
        case Algorithm::esp256:
            return "ES256";
        case Algorithm::sm2:
            return "SM2";
    }
    return {};
}

std::string text_of(const Json& json) {
    // File names and what a hostile document says need not be UTF-8; dump() would throw.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

VerifiedFile VerifiedFile::of(const InputFile& file, std::string name) {
    return {std::move(name), file.bytes().size(), digest(DigestAlgorithm::sha256, file.bytes()),
            digest(DigestAlgorithm::sm3, file.bytes())};
}

std::string Receipt::to_json(Language language, ByteView pdf) const {
    Json json;
    json["type"] = "sjcode-receipt";
    json["version"] = 1;
    json["checked"] = checked;
    json["checked_text"] = chinese_time_text(checked);
    json["software"] = software;
    json["file"] = {
        {"name", file.name}, {"size", file.size}, {"sha256", to_hex(file.sha256)}, {"sm3", to_hex(file.sm3)}};
    json["trust"] = Json::array();
    for (const auto& source : trust)
        json["trust"].push_back({{"name", source.name},
                                 {"issued", source.issued ? Json(*source.issued) : Json(nullptr)},
                                 {"sha256", to_hex(source.sha256)}});
    json["verdict"] = Json::parse(verdict.to_json(language));
    json["pdf"] = pdf.empty() ? Json(nullptr) : Json({{"sha256", to_hex(digest(DigestAlgorithm::sha256, pdf))}});
    return text_of(json);
}

Result<std::string> sign_receipt(std::string_view json, const Signer& signer, const Certificate& certificate) {
    if (!(certificate.public_key() == signer.public_key())) return fail("receipt.key");
    Json header;
    header["alg"] = jose_name(signer.algorithm());
    header["typ"] = "sjcode-receipt+jws";
    header["cty"] = "json";
    header["x5c"] = Json::array({padded_base64(certificate.der())});
    const auto protected_header = base64(as_bytes(text_of(header)), url_digits);
    const auto payload = base64(as_bytes(json), url_digits);
    SJCODE_TRY(const auto signature, signer.sign(as_bytes(protected_header + '.' + payload)));
    Json jws;
    jws["payload"] = payload;
    jws["protected"] = protected_header;
    jws["signature"] = base64(signature, url_digits);
    return text_of(jws) + '\n';
}

}  // namespace sjcode

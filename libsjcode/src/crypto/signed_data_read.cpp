#include "crypto/signed_data_read.h"

#include "base/civil_time.h"
#include "base/try.h"
#include "crypto/der.h"
#include "crypto/object_identifiers.h"

#include <algorithm>
#include <array>

namespace sjcode::crypto {
namespace {

using der::Element;
using der::Reader;

constexpr std::size_t most_certificates = 64;
constexpr std::size_t most_signers = 16;
constexpr std::size_t most_attributes = 64;

Bytes copy(ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

Unexpected too_many(std::size_t limit) {
    return fail("cms.limit", {{"limit", std::to_string(limit)}});
}

/// The next element's content, which must be of this kind.
Result<Element> take(Reader& reader, std::uint8_t identifier) {
    const auto element = reader.next(identifier);
    if (!element) return fail("cms.format");
    return *element;
}

Result<unsigned> take_version(Reader& reader) {
    SJCODE_TRY(const auto element, take(reader, der::integer));
    constexpr unsigned out_of_range = 255;
    if (element.content.size() != 1 || element.content.front() > 127) return out_of_range;
    return unsigned{element.content.front()};
}

Result<AlgorithmIdentifier> take_algorithm(Reader& reader) {
    SJCODE_TRY(const auto element, take(reader, der::sequence));
    auto algorithm = read_algorithm(element.whole);
    if (!algorithm) return fail("cms.format");
    return *std::move(algorithm);
}

Result<Attribute> read_attribute(const Element& element) {
    if (element.identifier != der::sequence) return fail("cms.format");
    Reader reader(element.content);
    SJCODE_TRY(const auto type, take(reader, der::object_identifier));
    SJCODE_TRY(const auto values, take(reader, der::set));
    if (!reader.at_end()) return fail("cms.format");
    Attribute attribute{der::dotted(type.content)};
    Reader inner(values.content);
    while (!inner.at_end()) {
        const auto value = inner.next();
        if (!value) return fail("cms.format");
        if (attribute.values.size() == most_attributes) return too_many(most_attributes);
        attribute.values.push_back(copy(value->whole));
    }
    return attribute;
}

Result<std::vector<Attribute>> read_attributes(ByteView content) {
    std::vector<Attribute> attributes;
    Reader reader(content);
    while (!reader.at_end()) {
        const auto element = reader.next();
        if (!element) return fail("cms.format");
        if (attributes.size() == most_attributes) return too_many(most_attributes);
        SJCODE_TRY(auto attribute, read_attribute(*element));
        attributes.push_back(std::move(attribute));
    }
    return attributes;
}

Result<void> read_identifier(Reader& reader, SignerInfo& signer) {
    if (const auto key = reader.next(der::tagged_primitive(0))) {
        signer.subject_key_identifier = copy(key->content);
        return {};
    }
    SJCODE_TRY(const auto pair, take(reader, der::sequence));
    Reader inner(pair.content);
    SJCODE_TRY(const auto issuer, take(inner, der::sequence));
    SJCODE_TRY(const auto serial, take(inner, der::integer));
    if (!inner.at_end()) return fail("cms.format");
    signer.issuer = copy(issuer.whole);
    signer.serial = copy(serial.content);
    return {};
}

Result<void> read_signed_attributes(const Element& element, SignerInfo& signer) {
    signer.has_signed_attributes = true;
    SJCODE_TRY(signer.attributes, read_attributes(element.content));
    signer.signed_attributes = der::element(der::set, element.content);
    signer.ordered_attributes = der::element(der::set, der::sorted(element.content));
    signer.are_attributes_ordered = signer.signed_attributes == signer.ordered_attributes;
    return {};
}

Result<SignerInfo> read_signer(const Element& element) {
    if (element.identifier != der::sequence) return fail("cms.format");
    Reader reader(element.content);
    SignerInfo signer;
    SJCODE_TRY(signer.version, take_version(reader));
    SJCODE_CHECK(read_identifier(reader, signer));
    SJCODE_TRY(signer.digest_algorithm, take_algorithm(reader));
    if (const auto attributes = reader.next(der::tagged(0))) SJCODE_CHECK(read_signed_attributes(*attributes, signer));
    SJCODE_TRY(signer.signature_algorithm, take_algorithm(reader));
    SJCODE_TRY(const auto signature, take(reader, der::octet_string));
    signer.signature = copy(signature.content);
    if (const auto attributes = reader.next(der::tagged(1))) {
        SJCODE_TRY(signer.unsigned_attributes, read_attributes(attributes->content));
    }
    if (!reader.at_end()) return fail("cms.format");
    return signer;
}

Result<void> read_signers(ByteView content, SignedData& data) {
    Reader reader(content);
    while (!reader.at_end()) {
        const auto element = reader.next();
        if (!element) return fail("cms.format");
        if (data.signers.size() == most_signers) return too_many(most_signers);
        SJCODE_TRY(auto signer, read_signer(*element));
        data.signers.push_back(std::move(signer));
    }
    return {};
}

Result<void> read_content(const Element& element, SignedData& data) {
    Reader reader(element.content);
    SJCODE_TRY(const auto type, take(reader, der::object_identifier));
    data.content_type = der::dotted(type.content);
    if (reader.at_end()) return {};
    SJCODE_TRY(const auto wrapped, take(reader, der::tagged(0)));
    Reader inner(wrapped.content);
    const auto content = inner.next();
    if (!content || !inner.at_end() || !reader.at_end()) return fail("cms.format");
    // PKCS #7 allows any type here; then, as RFC 5652 (5.2.1) says, what it holds is what was signed.
    data.content = copy(content->content);
    return {};
}

Result<void> read_certificates(ByteView content, SignedData& data) {
    Reader reader(content);
    while (!reader.at_end()) {
        const auto element = reader.next();
        if (!element) return fail("cms.format");
        // Tagged ones are attribute certificates and other forms: nobody's key.
        if (element->identifier != der::sequence) continue;
        if (data.certificates.size() == most_certificates) return too_many(most_certificates);
        data.certificates.push_back(copy(element->whole));
    }
    return {};
}

Result<void> read_digest_algorithms(ByteView content, SignedData& data) {
    Reader reader(content);
    while (!reader.at_end()) {
        if (data.digest_algorithms.size() == most_signers) return too_many(most_signers);
        SJCODE_TRY(auto algorithm, take_algorithm(reader));
        data.digest_algorithms.push_back(std::move(algorithm));
    }
    return {};
}

Result<void> read_body(const Element& body, SignedData& data) {
    Reader reader(body.content);
    SJCODE_TRY(data.version, take_version(reader));
    SJCODE_TRY(const auto digests, take(reader, der::set));
    SJCODE_CHECK(read_digest_algorithms(digests.content, data));
    SJCODE_TRY(const auto content, take(reader, der::sequence));
    SJCODE_CHECK(read_content(content, data));
    if (const auto certificates = reader.next(der::tagged(0)))
        SJCODE_CHECK(read_certificates(certificates->content, data));
    if (const auto lists = reader.next(der::tagged(1))) {
        Reader inner(lists->content);
        while (inner.next()) ++data.revocation_lists;
    }
    SJCODE_TRY(const auto signers, take(reader, der::set));
    if (!reader.at_end()) return fail("cms.format");
    return read_signers(signers.content, data);
}

std::optional<int> digits(std::string_view text) noexcept {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

struct Known {
    std::string_view identifier;
    DigestMethod method;
};
constexpr std::array known_digests = {
    Known{oid::md5, DigestMethod::md5},           Known{oid::ripemd160, DigestMethod::ripemd160},
    Known{oid::sha1, DigestMethod::sha1},         Known{oid::sha224, DigestMethod::sha224},
    Known{oid::sha256, DigestMethod::sha256},     Known{oid::sha384, DigestMethod::sha384},
    Known{oid::sha512, DigestMethod::sha512},     Known{oid::sha3_256, DigestMethod::sha3_256},
    Known{oid::sha3_384, DigestMethod::sha3_384}, Known{oid::sha3_512, DigestMethod::sha3_512},
    Known{oid::sm3, DigestMethod::sm3},
};

}  // namespace

Result<SignedData> read_signed_data(ByteView bytes) {
    SJCODE_TRY(const auto encoding, der::examine(bytes));
    const auto first = bytes.first(encoding.size);
    const auto message = encoding.is_definite ? copy(first) : der::definite(first);
    Reader outer(message);
    SJCODE_TRY(const auto info, take(outer, der::sequence));
    Reader reader(info.content);
    SJCODE_TRY(const auto type, take(reader, der::object_identifier));
    SignedData data{der::dotted(type.content)};
    if (data.type != oid::signed_data && data.type != oid::sm2_signed_data) return fail("cms.format");
    SJCODE_TRY(const auto wrapped, take(reader, der::tagged(0)));
    Reader inner(wrapped.content);
    SJCODE_TRY(const auto body, take(inner, der::sequence));
    if (!inner.at_end() || !reader.at_end()) return fail("cms.format");
    SJCODE_CHECK(read_body(body, data));
    data.size = encoding.size;
    data.is_der = encoding.is_der && std::all_of(data.signers.begin(), data.signers.end(),
                                                 [](const auto& signer) { return signer.are_attributes_ordered; });
    return data;
}

Found find(const std::vector<Attribute>& attributes, std::string_view type) {
    Found found;
    for (const auto& attribute : attributes) {
        if (attribute.type != type) continue;
        ++found.count;
        found.values.insert(found.values.end(), attribute.values.begin(), attribute.values.end());
    }
    return found;
}

std::optional<DigestMethod> digest_method(std::string_view identifier) noexcept {
    for (const auto& known : known_digests)
        if (known.identifier == identifier) return known.method;
    return std::nullopt;
}

std::optional<AlgorithmIdentifier> read_algorithm(ByteView element) {
    const auto outer = Reader(element).next(der::sequence);
    if (!outer) return std::nullopt;
    Reader reader(outer->content);
    const auto identifier = reader.next(der::object_identifier);
    if (!identifier) return std::nullopt;
    AlgorithmIdentifier algorithm{der::dotted(identifier->content)};
    if (reader.at_end()) return algorithm;
    const auto parameters = reader.next();
    if (!parameters || !reader.at_end()) return std::nullopt;
    algorithm.parameters = copy(parameters->whole);
    return algorithm;
}

std::optional<UnixTime> read_time(ByteView element) {
    const auto time = Reader(element).next();
    if (!time || (time->identifier != der::utc_time && time->identifier != der::generalized_time)) return std::nullopt;
    const bool short_year = time->identifier == der::utc_time;
    auto text = std::string(as_text(time->content));
    if (short_year) text.insert(0, text >= "5" ? "19" : "20");  // RFC 5280, 4.1.2.5.1
    constexpr std::size_t seconds_end = 14;
    constexpr std::size_t longest = 24;
    if (text.size() <= seconds_end || text.size() > longest || text.back() != 'Z') return std::nullopt;
    const auto fraction = std::string_view(text).substr(seconds_end, text.size() - seconds_end - 1);
    if (!fraction.empty() && (short_year || fraction.size() < 2 || fraction[0] != '.' || !digits(fraction.substr(1))))
        return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    std::array<int, 5> fields{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto value = digits(text.substr(4 + 2 * i, 2));
        if (!value) return std::nullopt;
        fields[i] = *value;
    }
    const auto [month, day, hour, minute, second] = fields;
    if (!year || !is_valid_day({*year, month, day}) || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return days_from_civil({*year, month, day}) * 86'400 + UnixTime{hour} * 3'600 + UnixTime{minute} * 60 + second;
}

}  // namespace sjcode::crypto

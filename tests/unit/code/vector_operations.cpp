#include "vector_operations.h"

#include "base/hex.h"
#include "base/try.h"
#include "code/cbor.h"
#include "code/claims.h"
#include "code/cose.h"
#include "code/merkle.h"
#include "code/page_text.h"
#include "code/record_entry.h"
#include "diagnostic.h"
#include "qr/capacity.h"
#include "sjcode/category.h"
#include "sjcode/code_number.h"
#include "sjcode/digest.h"
#include "sjcode/key.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/report_number.h"
#include "sjcode/symbol_url.h"

#include <stdexcept>

using namespace sjcode;

namespace {

std::string text(const Json& value) {
    return value.get<std::string>();
}

DigestAlgorithm hash(const Json& name) {
    if (name == "sha256") return DigestAlgorithm::sha256;
    if (name == "sm3") return DigestAlgorithm::sm3;
    throw std::invalid_argument("no such hash");
}

std::string hash_name(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm::sm3 ? "sm3" : "sha256";
}

Bytes data(const Json& input) {
    if (input.contains("hex")) return bytes_of(input["hex"]);
    Bytes result;
    for (const auto& part : input.at("parts"))
        for (auto count = part.at(1).get<std::size_t>(); count > 0; --count) {
            const auto piece = bytes_of(part.at(0));
            result.insert(result.end(), piece.begin(), piece.end());
        }
    return result;
}

Json digests(const std::vector<Digest>& path) {
    auto list = Json::array();
    for (const auto& digest : path) list.push_back(to_hex(digest));
    return list;
}

// --- numbers and categories

Json number_fields(const CodeNumber& number) {
    return {{"number", number.characters()}, {"shown", number.grouped()}, {"hex", to_hex(number.to_bytes())}};
}

Result<Json> read_number(const Json& input) {
    SJCODE_TRY(const auto number, CodeNumber::parse(text(input.at("text"))));
    // Shown form, characters and bytes are each read back as the same number.
    for (const auto& back : {CodeNumber::parse(number.grouped()), CodeNumber::from_characters(number.characters()),
                             CodeNumber::from_bytes(number.to_bytes())})
        if (!back || *back != number) throw std::logic_error("the number does not come back");
    return number_fields(number);
}

Result<Json> decode_number(const Json& input) {
    SJCODE_TRY(const auto number, CodeNumber::from_bytes(bytes_of(input.at("hex"))));
    return number_fields(number);
}

Result<Json> compute_check_character(const Json& input) {
    SJCODE_TRY(const auto check, mod_37_36_check_character(text(input.at("text"))));
    return Json{{"check", std::string(1, check)}};
}

Result<Json> verify_check_character(const Json& input) {
    SJCODE_CHECK(verify_mod_37_36(text(input.at("text"))));
    return Json::object();
}

Result<Json> canonical_report_number(const Json& input) {
    SJCODE_TRY(const auto number, ReportNumber::parse(text(input.at("text"))));
    return Json{{"text", number.canonical()}};
}

Result<Json> split_report_number(const Json& input) {
    SJCODE_TRY(const auto number, ReportNumber::parse(text(input.at("text"))));
    const auto& parts = number.parts();
    Json result{{"text", number.canonical()}};
    if (parts && parts->prefix == input.at("short_name"))
        result["number"] = Json::array({parts->year, parts->middle, parts->serial});
    else
        result["number"] = number.canonical();
    return result;
}

Result<Json> show_category(const Json& input) {
    const auto category = Category::from_number(input.at("value").get<std::uint64_t>());
    // Our code speaks of the whole form; the vectors' name for a class without letters is another.
    if (!category) return fail(category.error().code == "category.form" ? "category.class" : category.error().code);
    const auto back = Category::parse(category->code());
    if (!back || *back != *category) throw std::logic_error("the category does not come back");
    return Json{{"text", category->code()}};
}

// --- encodings

Result<Json> decode_cbor(const Json& input) {
    const bool is_record = input.value("limit", "code") == "record";
    const auto encoded = data(input);
    SJCODE_TRY(auto reader, cbor::open(encoded, is_record ? cbor::record_limit : cbor::code_limit));
    if (reencoded(reader) != encoded) throw std::logic_error("the bytes do not come back");
    if (!input.contains("hex")) return Json::object();
    return Json{{"diagnostic", diagnostic(reader)}};
}

Result<Json> decode_digit_string(const Json& input) {
    const auto digits = text(input.at("digits"));
    SJCODE_TRY(const auto decoded, decode_digits(digits));
    if (encode_digits(decoded) != digits) throw std::logic_error("the digits do not come back");
    return Json{{"hex", to_hex(decoded)}};
}

/// As the verifier does it: an official host is compared before the path is looked at.
Result<SymbolUrl> parse_official_url(const Json& input) {
    const auto url = text(input.at("text"));
    if (input.contains("official_hosts")) {
        const auto hosts = input.at("official_hosts").get<std::vector<std::string>>();
        constexpr std::string_view scheme = "https://";
        const auto host = url.size() < scheme.size()
                              ? std::string()
                              : url.substr(scheme.size(), url.find('/', scheme.size()) - scheme.size());
        if (url.starts_with(scheme) && is_valid_host(host) &&
            std::find(hosts.begin(), hosts.end(), host) == hosts.end())
            return fail("url.foreign-host");
    }
    return SymbolUrl::parse(url);
}

Result<Json> parse_url(const Json& input) {
    SJCODE_TRY(const auto url, parse_official_url(input));
    Json result{{"host", url.host}};
    if (const auto* report = std::get_if<SymbolUrl::Report>(&url.content)) {
        result["form"] = "report";
        result["hex"] = to_hex(report->code);
        if (report_url_prefix(url.host) + encode_digits(report->code) != text(input.at("text")))
            throw std::logic_error("the URL does not come back");
    } else if (const auto* entry = std::get_if<SymbolUrl::Entry>(&url.content)) {
        result["form"] = "entry";
        result["hex"] = to_hex(entry->disclosure);
        if (entry_url_prefix(url.host) + encode_digits(entry->disclosure) != text(input.at("text")))
            throw std::logic_error("the URL does not come back");
    } else {
        const auto& number = std::get<SymbolUrl::Number>(url.content).code;
        result["form"] = "number";
        result["number"] = number.characters();
        if (number_url(url.host, number) != text(input.at("text")))
            throw std::logic_error("the URL does not come back");
    }
    return result;
}

Result<Json> qr_version(const Json& input) {
    const auto url = text(input.at("text"));
    const auto digit_start = url.find_last_not_of("0123456789") + 1;
    const auto level = input.at("level") == "Q" ? QrLevel::Q : QrLevel::M;
    SJCODE_TRY(const auto symbol,
               draw_qr(url.substr(0, digit_start), url.substr(digit_start), level, input.at("maximum").get<int>()));
    return Json{{"version", symbol.version},
                {"modules", symbol.size},
                {"bits", qr::segment_bits(digit_start, url.size() - digit_start, symbol.version)},
                {"capacity", qr::capacity_bits(symbol.version, level)}};
}

// --- digests

Result<Json> digest_of_bytes(const Json& input) {
    return Json{{"digest", to_hex(digest(hash(input.at("hash")), bytes_of(input.at("hex"))))}};
}

Result<Json> page(const Json& input) {
    const auto page_text = text(input.at("text"));
    SJCODE_TRY(const auto digest,
               page_digest(hash(input.at("hash")), input.at("page").get<std::uint32_t>(), page_text));
    return Json{{"normalised", normalised_page_text(page_text).value()},
                {"digest", digest ? Json(to_hex(*digest)) : Json()}};
}

Result<Json> merkle_root(const Json& input) {
    const auto algorithm = hash(input.at("hash"));
    std::vector<Digest> leaves;
    for (const auto& entry : input.at("entries")) leaves.push_back(merkle::leaf_digest(algorithm, bytes_of(entry)));
    auto paths = Json::array();
    for (std::size_t i = 0; i < leaves.size(); ++i)
        paths.push_back(digests(merkle::inclusion_path(algorithm, leaves, i)));
    return Json{{"root", to_hex(merkle::root(algorithm, leaves))}, {"paths", paths}};
}

Result<Json> merkle_path(const Json& input) {
    const auto algorithm = hash(input.at("hash"));
    std::vector<Digest> path;
    for (const auto& sibling : input.at("path")) {
        const auto read = bytes_of(sibling);
        Digest digest;
        if (read.size() != digest.size()) throw std::invalid_argument("no digest");
        std::copy(read.begin(), read.end(), digest.begin());
        path.push_back(digest);
    }
    SJCODE_TRY(
        const auto root,
        merkle::root_from_path(algorithm, merkle::leaf_digest(algorithm, bytes_of(input.at("entry"))),
                               input.at("index").get<std::uint64_t>(), input.at("count").get<std::uint64_t>(), path));
    return Json{{"root", to_hex(root)}};
}

// --- claims, report codes

Json number_field(const Claims& claims) {
    if (const auto* parts = std::get_if<ShortReportNumber>(&claims.number))
        return Json::array({parts->year, parts->middle, parts->serial});
    return std::get<std::string>(claims.number);
}

/// The keys that a reader ignores, which Claims does not keep.
Json ignored_keys(ByteView payload) {
    auto reader = cbor::open(payload, cbor::code_limit).value();
    auto keys = Json::array();
    for (auto pairs = reader.map().value(); pairs > 0; --pairs) {
        const auto key = reader.unsigned_integer().value();
        reader.item();
        if (key >= 24) keys.push_back(key);
    }
    return keys;
}

Json claims_fields(const Claims& claims, ByteView payload) {
    Json prior;
    const bool coded = claims.prior && std::holds_alternative<CodeNumber>(*claims.prior);
    if (coded) prior = std::get<CodeNumber>(*claims.prior).characters();
    if (claims.prior && !coded) prior = std::get<std::string>(*claims.prior);
    auto ignored = ignored_keys(payload);
    // What is ignored is all that a new encoding would leave out.
    if (ignored.empty() && encode_claims(claims) != Bytes(payload.begin(), payload.end()))
        throw std::logic_error("the claims do not come back");
    return {{"issuer", claims.issuer},
            {"issued", claims.issued},
            {"code", claims.code.characters()},
            {"number", number_field(claims)},
            {"record", to_hex(claims.record)},
            {"entries", claims.entries},
            {"pages", claims.pages},
            {"category", claims.category},
            {"status", claims.status},
            {"kind", static_cast<int>(claims.kind)},
            {"prior", prior},
            {"prior_is_coded", coded},
            {"ignored", ignored}};
}

Result<Json> decode_claims_payload(const Json& input) {
    const auto payload = bytes_of(input.at("hex"));
    SJCODE_TRY(const auto claims, decode_claims(payload));
    auto fields = claims_fields(claims, payload);
    if (input.contains("short_name")) {
        const auto short_name = text(input.at("short_name"));
        SJCODE_CHECK(check_report_number(claims, short_name));
        fields["report_number"] = claims.report_number(short_name);
    }
    return fields;
}

Result<Json> open_with_keys(ByteView code, const Json& keys) {
    SJCODE_TRY(const auto raw, RawReportCode::decode(code));
    bool has_key = false;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto key = PublicKey::from_der(bytes_of(keys[i].at("spki")));
        if (!key) throw std::invalid_argument("a key of the vector cannot be read");
        if (cose::number(key->algorithm()) != keys[i].at("algorithm").get<std::int64_t>())
            throw std::logic_error("the key has another algorithm than the vector says");
        has_key = has_key || key->algorithm() == raw.algorithm();
        const auto verified = VerifiedReportCode::verify(raw, *key);
        if (!verified) continue;
        const auto parts = cose::decode(code, cbor::code_limit).value();
        return Json{{"algorithm", cose::number(verified->algorithm())},
                    {"hash", hash_name(digest_of(verified->algorithm()))},
                    {"key_index", i},
                    {"payload", to_hex(parts.payload)},
                    {"claims", claims_fields(verified->claims(), parts.payload)}};
    }
    return fail(has_key ? "cose.signature" : "cose.algorithm");
}

Result<Json> open_report_code(const Json& input) {
    return open_with_keys(bytes_of(input.at("hex")), input.at("keys"));
}

Result<Json> open_symbol(const Json& input) {
    SJCODE_TRY(const auto url, parse_official_url(input));
    const auto* report = std::get_if<SymbolUrl::Report>(&url.content);
    if (report == nullptr) return fail("url.path");
    return open_with_keys(report->code, input.at("keys"));
}

Result<Json> read_key(const Json& input) {
    SJCODE_TRY(const auto key, PrivateKey::from_pem(text(input.at("private_key_pem"))));
    const auto spki = key.public_key().to_der();
    // The key itself is the end of a SubjectPublicKeyInfo.
    const ByteView raw = ByteView(spki).last(key.algorithm() == Algorithm::ed25519 ? 32 : 65);
    Json fields{{"algorithm", cose::number(key.algorithm())}, {"raw", to_hex(raw)}, {"spki", to_hex(spki)}};
    if (key.algorithm() == Algorithm::sm2) {
        // GB/T 32918.2, section 5.5: ENTL, ID, a, b, G of GB/T 32918.5, and the key.
        const auto curve = from_hex(
            "0080"
            "31323334353637383132333435363738"
            "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc"
            "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"
            "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
            "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0");
        fields["z"] = to_hex(Hasher(DigestAlgorithm::sm3).update(curve.value()).update(raw.subspan(1)).finish());
    }
    const auto message = as_bytes("any message");
    SJCODE_TRY(const auto signature, key.sign(message));
    if (!key.public_key().verify(message, signature)) throw std::logic_error("the key does not verify its signature");
    return fields;
}

// --- records

Result<Json> open_record(const Json& input) {
    SJCODE_TRY(const auto record, Record::decode(bytes_of(input.at("hex")), hash(input.at("hash"))));
    if (input.contains("claims")) {
        SJCODE_TRY(const auto claims, decode_claims(bytes_of(input.at("claims"))));
        SJCODE_CHECK(record.matches(claims));
    }
    auto keys = Json::array();
    auto leaves = Json::array();
    for (std::uint32_t i = 0; i < record.entries(); ++i) {
        auto entry = cbor::open(record.entry(i), cbor::record_limit).value();
        RecordValues ignored;
        keys.push_back(record::read_entry(entry, ignored).value());
        leaves.push_back(to_hex(merkle::leaf_digest(hash(input.at("hash")), record.entry(i))));
    }
    return Json{{"digest", to_hex(record.digest())},
                {"entries", record.entries()},
                {"pages", record.values().pages.size()},
                {"keys", keys},
                {"leaves", leaves}};
}

/// A report code over the claims, verified: signed here, since a disclosure is checked against verified claims only.
VerifiedReportCode verified_code(const Claims& claims, DigestAlgorithm algorithm) {
    const auto key =
        PrivateKey::generate(algorithm == DigestAlgorithm::sm3 ? Algorithm::sm2 : Algorithm::ed25519).value();
    const auto raw = RawReportCode::decode(sign_report_code(claims, key).value()).value();
    return VerifiedReportCode::verify(raw, key.public_key()).value();
}

Result<Json> open_entry(const Json& input) {
    const auto encoded = bytes_of(input.at("hex"));
    const auto algorithm = hash(input.at("hash"));
    SJCODE_TRY(const auto claims, decode_claims(bytes_of(input.at("claims"))));
    SJCODE_TRY(const auto disclosure, Disclosure::decode(encoded));
    SJCODE_CHECK(disclosure.verify(verified_code(claims, algorithm)));
    if (disclosure.encode() != encoded) throw std::logic_error("the disclosure does not come back");
    auto entry = cbor::open(disclosure.entry(), cbor::code_limit).value();
    entry.array();
    entry.item();
    entry.item();
    return Json{{"issuer", disclosure.issuer()},
                {"number", disclosure.code().characters()},
                {"index", disclosure.index()},
                {"entries", claims.entries},
                {"key", disclosure.key()},
                {"value", diagnostic(entry)},
                {"leaf", to_hex(merkle::leaf_digest(algorithm, disclosure.entry()))}};
}

}  // namespace

Bytes bytes_of(const Json& hex) {
    auto read = from_hex(hex.get<std::string>());
    if (!read) throw std::invalid_argument("no hexadecimal digits: " + hex.get<std::string>());
    return *std::move(read);
}

const std::map<std::string, VectorOperation>& vector_operations() {
    static const std::map<std::string, VectorOperation> operations{
        {"category.show", show_category},
        {"cbor.decode", decode_cbor},
        {"claims.decode", decode_claims_payload},
        {"digest", digest_of_bytes},
        {"digits.decode", decode_digit_string},
        {"entry.open", open_entry},
        {"key", read_key},
        {"merkle.path", merkle_path},
        {"merkle.root", merkle_root},
        {"mod37-36.compute", compute_check_character},
        {"mod37-36.verify", verify_check_character},
        {"number.decode", decode_number},
        {"number.read", read_number},
        {"page.digest", page},
        {"qr.version", qr_version},
        {"record.open", open_record},
        {"report-code.open", open_report_code},
        {"report-number.canonical", canonical_report_number},
        {"report-number.split", split_report_number},
        {"status-array.open", open_status_array},
        {"status-details.open", open_status_details},
        {"status-list.open", open_status_list},
        {"symbol.open", open_symbol},
        {"trust-list.open", open_trust_list},
        {"trust-list.replace", replace_trust_list},
        {"url.parse", parse_url},
    };
    return operations;
}

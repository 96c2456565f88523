#include "crypto/timestamp_info.h"

#include "crypto/der.h"
#include "crypto/signature_verification.h"

namespace sjcode::crypto {
namespace {

using der::Reader;

Bytes copy(ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

bool read_imprint(ByteView content, TimestampInfo& info) {
    Reader reader(content);
    const auto algorithm = reader.next(der::sequence);
    const auto imprint = reader.next(der::octet_string);
    if (!algorithm || !imprint || !reader.at_end()) return false;
    const auto read = read_algorithm(algorithm->whole);
    if (!read) return false;
    info.imprint_algorithm = read->identifier;
    info.digest = digest_method(read->identifier);
    info.imprint = copy(imprint->content);
    return true;
}

/// What may follow the time: accuracy, ordering, nonce, tsa, extensions, in that order.
bool read_rest(Reader& reader, TimestampInfo& info) {
    (void)reader.next(der::sequence);
    (void)reader.next(der::boolean);
    if (const auto nonce = reader.next(der::integer)) info.nonce = copy(nonce->content);
    if (const auto authority = reader.next(der::tagged(0))) info.authority = copy(authority->content);
    (void)reader.next(der::tagged(1));
    return reader.at_end();
}

}  // namespace

std::optional<TimestampInfo> read_timestamp_info(ByteView bytes) {
    const auto encoding = der::examine(bytes);
    if (!encoding || encoding->size != bytes.size() || !encoding->is_definite) return std::nullopt;
    const auto whole = Reader(bytes).next(der::sequence);
    if (!whole) return std::nullopt;
    Reader reader(whole->content);
    TimestampInfo info;
    const auto version = reader.next(der::integer);
    const auto policy = reader.next(der::object_identifier);
    const auto imprint = reader.next(der::sequence);
    const auto serial = reader.next(der::integer);
    const auto time = reader.next(der::generalized_time);
    if (!version || !policy || !imprint || !serial || !time || !read_imprint(imprint->content, info))
        return std::nullopt;
    const auto instant = read_time(time->whole);
    if (!instant || !read_rest(reader, info)) return std::nullopt;
    info.policy = der::dotted(policy->content);
    info.serial = copy(serial->content);
    info.time = *instant;
    return info;
}

bool is_timestamping_certificate(ByteView certificate) {
    const ErrorQueueGuard guard;
    const auto parsed = parse_certificate(certificate);
    if (!parsed || (X509_get_extension_flags(parsed.get()) & EXFLAG_INVALID) != 0) return false;
    const int place = X509_get_ext_by_NID(parsed.get(), NID_ext_key_usage, -1);
    if (place < 0 || X509_EXTENSION_get_critical(X509_get_ext(parsed.get(), place)) != 1) return false;
    return X509_get_extended_key_usage(parsed.get()) == XKU_TIMESTAMP;
}

}  // namespace sjcode::crypto

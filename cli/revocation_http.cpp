#include "revocation_http.h"

#include "http.h"

namespace sjcode::cli {
namespace {

constexpr std::size_t largest_response = 1u << 20;
constexpr std::size_t largest_list = 16u << 20;

Result<Bytes> result_of(HttpAnswer answer, const std::string& url) {
    if (!answer.failure) return std::move(answer.body);
    if (answer.failure->status != 0)
        return fail("revocation.http", {{"url", url}, {"status", std::to_string(answer.failure->status)}});
    return fail("revocation.unreachable", {{"url", url}, {"reason", answer.failure->reason}});
}

}  // namespace

Result<Bytes> HttpOcspClient::request(const std::string& url, ByteView ocsp_request) const {
    return result_of(exchange({url, time_, largest_response, "application/ocsp-request", ocsp_request}), url);
}

Result<Bytes> HttpCrlClient::fetch(const std::string& url) const {
    return result_of(exchange({url, time_, largest_list}), url);
}

}  // namespace sjcode::cli

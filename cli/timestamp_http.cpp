#include "timestamp_http.h"

#include "http.h"

namespace sjcode::cli {

Result<Bytes> HttpTimestampClient::request(ByteView timestamp_request) const {
    constexpr std::size_t largest_answer = 1'048'576;
    auto answer = exchange({url_, time_, largest_answer, "application/timestamp-query", timestamp_request});
    if (!answer.failure) return std::move(answer.body);
    if (answer.failure->status != 0)
        return fail("timestamp.http", {{"url", url_}, {"status", std::to_string(answer.failure->status)}});
    return fail("timestamp.unreachable", {{"url", url_}, {"reason", answer.failure->reason}});
}

}  // namespace sjcode::cli

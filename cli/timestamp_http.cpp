#include "timestamp_http.h"

#include <curl/curl.h>

#include <memory>
#include <mutex>

namespace sjcode::cli {
namespace {

constexpr std::size_t largest_answer = 1'048'576;

struct FreeHandle {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

std::size_t receive(const char* data, std::size_t, std::size_t size, void* answer) {
    auto& bytes = *static_cast<Bytes*>(answer);
    if (size > largest_answer - bytes.size()) return 0;  // ends the transfer
    bytes.insert(bytes.end(), data, data + size);
    return size;
}

}  // namespace

Result<Bytes> HttpTimestampClient::request(ByteView timestamp_request) const {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const auto unreachable = [&](std::string reason) {
        return fail("timestamp.unreachable", {{"url", url_}, {"reason", std::move(reason)}});
    };
    const std::unique_ptr<CURL, FreeHandle> handle(curl_easy_init());
    const std::unique_ptr<curl_slist, FreeList> type(
        curl_slist_append(nullptr, "Content-Type: application/timestamp-query"));
    if (!handle || !type) return unreachable("memory");
    Bytes answer;
    auto* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, type.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(timestamp_request.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(timestamp_request.data()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(time_.count()));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    if (const auto code = curl_easy_perform(curl); code != CURLE_OK) return unreachable(curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return fail("timestamp.http", {{"url", url_}, {"status", std::to_string(status)}});
    return answer;
}

}  // namespace sjcode::cli

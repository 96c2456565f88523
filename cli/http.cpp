#include "http.h"

#include <curl/curl.h>

#include <memory>
#include <mutex>

namespace sjcode::cli {
namespace {

struct FreeHandle {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

struct Received {
    Bytes bytes;
    std::size_t limit;
};

std::size_t receive(const char* data, std::size_t, std::size_t size, void* answer) {
    auto& received = *static_cast<Received*>(answer);
    if (size > received.limit - received.bytes.size()) return 0;  // ends the transfer
    received.bytes.insert(received.bytes.end(), data, data + size);
    return size;
}

HttpAnswer failed(std::string reason, long status = 0) {
    return {{}, HttpFailure{std::move(reason), status}};
}

}  // namespace

HttpAnswer exchange(const HttpExchange& exchange) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const std::unique_ptr<CURL, FreeHandle> handle(curl_easy_init());
    if (!handle) return failed("memory");
    std::unique_ptr<curl_slist, FreeList> headers;
    Received received{{}, exchange.largest_answer};
    auto* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, exchange.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    if (!exchange.type.empty()) {
        headers.reset(curl_slist_append(nullptr, ("Content-Type: " + exchange.type).c_str()));
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(exchange.body.data()));
    }
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(exchange.time.count()));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
    if (const auto code = curl_easy_perform(curl); code != CURLE_OK) return failed(curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return failed({}, status);
    return {std::move(received.bytes), {}};
}

}  // namespace sjcode::cli

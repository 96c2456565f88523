// sjcode-worker MEMORY MILLISECONDS: serves requests about one hostile document. Started by the library only; its
// descriptors and messages are described in worker/protocol.h.
#include "worker/program/failure.h"
#include "worker/program/sandbox.h"
#include "worker/program/serve.h"
#include "worker/protocol.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <exception>
#include <new>
#include <optional>

namespace {

using namespace sjcode;
using namespace sjcode::worker;

std::optional<std::uint64_t> number(const char* text) {
    std::uint64_t value = 0;
    const auto* end = text + std::strlen(text);
    const auto [stopped, error] = std::from_chars(text, end, value);
    if (error != std::errc() || stopped != end) return std::nullopt;
    return value;
}

bool read_all(std::uint8_t* to, std::size_t count) {
    while (count > 0) {
        const auto got = ::read(kSocketDescriptor, to, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        to += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

bool write_all(ByteView bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(kSocketDescriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

bool write_message(ByteView body) {
    Bytes head;
    append_big_endian(head, body.size(), kLengthSize);
    return write_all(head) && write_all(body);
}

ByteView map_document() {
    struct stat status {};
    if (::fstat(kDocumentDescriptor, &status) != 0 || status.st_size <= 0) return {};
    const auto size = static_cast<std::size_t>(status.st_size);
    void* mapping = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, kDocumentDescriptor, 0);
    if (mapping == MAP_FAILED) return {};
    return {static_cast<const std::uint8_t*>(mapping), size};
}

Bytes answer_or_refusal(Service& service, ByteView request) {
    try {
        return service.answer(request);
    } catch (const Refusal& refusal) {
        return refusal_body(refusal.code, refusal.text);
    } catch (const std::bad_alloc&) {
        return refusal_body(Failure::memory, {});
    } catch (const std::exception& error) {
        return refusal_body(Failure::document, error.what());
    }
}

int serve(ByteView document, std::uint64_t milliseconds) {
    Service service(document);
    for (;;) {
        std::array<std::uint8_t, kLengthSize> head{};
        if (!read_all(head.data(), head.size())) return 0;  // the client has closed
        const auto size = ByteReader(head).big_endian(kLengthSize).value_or(0);
        if (size > kMostRequestBytes) return kExitProtocol;
        Bytes request(static_cast<std::size_t>(size));
        if (!read_all(request.data(), request.size())) return 0;
        start_request_clock(milliseconds);
        forget_memory_failures();
        auto answer = answer_or_refusal(service, request);
        if (memory_failed()) answer = refusal_body(Failure::memory, {});
        if (!write_message(answer)) return 0;
        stop_request_clock();
    }
}

}  // namespace

int main(int argc, char* argv[]) {
    const auto memory = argc == 3 ? number(argv[1]) : std::nullopt;
    const auto milliseconds = argc == 3 ? number(argv[2]) : std::nullopt;
    if (!memory || !milliseconds) return kExitProtocol;
#if !defined(__SANITIZE_ADDRESS__)
    (void)::close_range(kDocumentDescriptor + 1, ~0U, 0);
#endif
    set_limits(*memory);
    tell_memory_failures();
    enter_sandbox();
    int status = kExitProtocol;
    try {
        status = serve(map_document(), *milliseconds);
    } catch (const Service::BadRequest&) {
        status = kExitProtocol;
    } catch (const std::bad_alloc&) {
        status = kExitMemory;
    }
    ::_exit(status);  // destructors of hostile input's libraries have nothing left to do
}

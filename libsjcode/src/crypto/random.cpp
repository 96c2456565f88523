#include "crypto/openssl.h"
#include "sjcode/environment.h"

#include <openssl/rand.h>

#include <algorithm>
#include <limits>

namespace sjcode {

RandomSource system_random() {
    return [](std::span<std::uint8_t> bytes) -> Result<void> {
        const crypto::ErrorQueueGuard guard;
        constexpr std::size_t most = std::numeric_limits<int>::max();
        while (!bytes.empty()) {
            const auto count = std::min(bytes.size(), most);
            if (RAND_bytes(bytes.data(), static_cast<int>(count)) != 1) return fail("crypto.random");
            bytes = bytes.subspan(count);
        }
        return {};
    };
}

}  // namespace sjcode

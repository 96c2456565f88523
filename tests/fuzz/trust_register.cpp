// Registers: what is read and written again is the same.
#include "sjcode/trust_register.h"
#include "check.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto parsed = TrustRegister::parse(as_text(ByteView(data, size)));
    if (!parsed) return 0;
    const auto text = parsed->to_json();
    const auto again = TrustRegister::parse(text);
    check(again && again->to_json() == text);
    return 0;
}

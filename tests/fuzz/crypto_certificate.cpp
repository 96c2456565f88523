// Certificates: what is parsed comes back as the same DER.
#include "check.h"
#include "sjcode/certificate.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto certificate = Certificate::parse(ByteView(data, size));
    if (!certificate) return 0;
    const auto again = Certificate::parse(certificate->der());
    check(again && again->der() == certificate->der() && again->identity() == certificate->identity());
    return 0;
}

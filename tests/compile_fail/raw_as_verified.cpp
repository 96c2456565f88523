// A report code whose signature nobody looked at must not pass for a verified one.
#include "sjcode/report_code.h"

void print(const sjcode::VerifiedReportCode& code);

void use(const sjcode::RawReportCode& raw, const sjcode::PublicKey& key) {
    const auto code = sjcode::VerifiedReportCode::verify(raw, key);
    if (code) print(*code);
#ifdef WRONG
    print(raw);
#endif
}

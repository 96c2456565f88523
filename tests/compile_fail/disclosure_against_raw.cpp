// An entry is checked against verified claims only.
#include "sjcode/record.h"

bool use(const sjcode::Disclosure& disclosure, const sjcode::VerifiedReportCode& code,
         const sjcode::RawReportCode& raw) {
    (void)raw;
#ifdef WRONG
    return disclosure.verify(raw).has_value();
#endif
    return disclosure.verify(code).has_value();
}

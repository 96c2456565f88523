// A verified report code is made by verification only.
#include "sjcode/report_code.h"

sjcode::Result<sjcode::VerifiedReportCode> use(const sjcode::RawReportCode& raw, const sjcode::PublicKey& key) {
#ifdef WRONG
    return sjcode::VerifiedReportCode(raw.algorithm(), raw.unverified_claims(), raw.encoded());
#endif
    return sjcode::VerifiedReportCode::verify(raw, key);
}

// Claims, which anybody can write, must not pass for verified ones.
#include "sjcode/report_code.h"

void print(const sjcode::VerifiedReportCode& code);

void use(const sjcode::Claims& claims, const sjcode::VerifiedReportCode& code) {
    print(code);
    (void)claims;
#ifdef WRONG
    print(claims);
#endif
}

// What can fail must be looked at.
#include "sjcode/record.h"

bool use(const sjcode::Record& record, const sjcode::Claims& claims) {
#ifdef WRONG
    record.matches(claims);
#endif
    return record.matches(claims).has_value();
}

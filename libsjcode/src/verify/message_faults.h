// The faults of a CMS message as findings.
#pragma once

#include "crypto/signed_data_check.h"
#include "verify/findings.h"

#include <string>

namespace sjcode {

inline void tell_faults(const std::string& check, const crypto::SignedDataCheck& message, Findings& findings) {
    for (const auto& fault : message.faults) {
        if (fault.fails)
            findings.fail(check, fault.code, fault.parameters);
        else
            findings.warn(check, fault.code, fault.parameters);
    }
}

}  // namespace sjcode

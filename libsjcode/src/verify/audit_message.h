// The sentence of a finding in an audit.
#pragma once

#include "sjcode/messages.h"
#include "sjcode/verdict.h"

#include <string>

namespace sjcode {

/// What is wrong with a signature's data is said in general; here the field that it is about is named too.
inline std::string audit_message(const Check& check, Language language) {
    auto message = sentence(check.code, check.parameters, language);
    const auto field = check.parameters.find("field");
    if (check.code.starts_with("cms.") && field != check.parameters.end())
        message += sentence("audit-report.field", {{"field", field->second}}, language);
    return message;
}

}  // namespace sjcode

// A text becomes a code number by a check only.
#include "sjcode/code_number.h"

sjcode::Result<sjcode::CodeNumber> use(const std::string& text) {
#ifdef WRONG
    return sjcode::CodeNumber(text);
#endif
    return sjcode::CodeNumber::parse(text);
}

// A private key is in one place.
#include "sjcode/key.h"

#include <utility>

sjcode::PrivateKey use(sjcode::PrivateKey& key) {
#ifdef WRONG
    return key;
#endif
    return std::move(key);
}

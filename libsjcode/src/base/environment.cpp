#include "sjcode/environment.h"

#include <chrono>

namespace sjcode {

Clock system_clock() {
    return [] {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    };
}

}  // namespace sjcode

// PoDoFo's encodings and its use of fontconfig are shared by all its documents: one thread at a time.
#pragma once

#include <mutex>

namespace sjcode::pdf {

/// To be held while a PoDoFo object lives.
inline std::mutex& podofo_mutex() {
    static std::mutex mutex;
    return mutex;
}

}  // namespace sjcode::pdf

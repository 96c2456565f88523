// A PKCS #11 module for the tests: SoftHSM2, whose logins and signatures are counted, and fail on demand. A list of
// functions is a version and 68 pointers, in the order of PKCS #11 v2.40.
#include <dlfcn.h>

#include <array>

namespace {

struct FunctionList {
    std::array<unsigned char, 2> version;
    std::array<void*, 68> functions;
};
constexpr std::size_t login_index = 18;
constexpr std::size_t sign_index = 43;
constexpr unsigned long general_error = 5;

using GetFunctionList = unsigned long (*)(FunctionList**);
using Login = unsigned long (*)(unsigned long, unsigned long, unsigned char*, unsigned long);
using Sign = unsigned long (*)(unsigned long, unsigned char*, unsigned long, unsigned char*, unsigned long*);

FunctionList watched;
Login real_login = nullptr;
Sign real_sign = nullptr;

}  // namespace

extern "C" {

[[gnu::visibility("default")]] int watched_logins = 0;
/// What C_Login and C_Sign return instead of asking SoftHSM2; 0: they ask.
[[gnu::visibility("default")]] unsigned long watched_login_result = 0;
[[gnu::visibility("default")]] unsigned long watched_sign_result = 0;

static unsigned long login(unsigned long session, unsigned long user, unsigned char* pin, unsigned long size) {
    ++watched_logins;
    return watched_login_result != 0 ? watched_login_result : real_login(session, user, pin, size);
}

static unsigned long sign(unsigned long session, unsigned char* data, unsigned long size, unsigned char* signature,
                          unsigned long* signature_size) {
    // The module is asked in any case, so that the operation ends.
    const auto result = real_sign(session, data, size, signature, signature_size);
    return watched_sign_result != 0 ? watched_sign_result : result;
}

[[gnu::visibility("default")]] unsigned long C_GetFunctionList(FunctionList** list) {
    void* library = dlopen(SOFTHSM_MODULE, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return general_error;
    FunctionList* real = nullptr;
    const auto get = reinterpret_cast<GetFunctionList>(dlsym(library, "C_GetFunctionList"));
    if (get == nullptr || get(&real) != 0) return general_error;
    watched = *real;
    real_login = reinterpret_cast<Login>(real->functions[login_index]);
    real_sign = reinterpret_cast<Sign>(real->functions[sign_index]);
    watched.functions[login_index] = reinterpret_cast<void*>(login);
    watched.functions[sign_index] = reinterpret_cast<void*>(sign);
    *list = &watched;
    return 0;
}

}  // extern "C"

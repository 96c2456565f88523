// The engine's functions are marked as deprecated since OpenSSL 3.0, in favour of providers. Debian 12 has an engine
// for PKCS #11 and no provider, so the warning is silenced, here and nowhere else.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/pkcs11_engine.h"

#include "base/try.h"

#include <dlfcn.h>
#include <openssl/engine.h>
#include <openssl/ui.h>

#include <algorithm>
#include <mutex>
#include <utility>

namespace sjcode::crypto {
namespace {

/// Return values of PKCS #11 (v2.40, section 5.1) that have a sentence of their own.
constexpr int ckr_pin_incorrect = 0xA0;
constexpr int ckr_pin_invalid = 0xA1;
constexpr int ckr_pin_length = 0xA2;
constexpr int ckr_pin_expired = 0xA3;
constexpr int ckr_pin_locked = 0xA4;

/// As the engine has it.
constexpr std::size_t shortest_pin = 4;
constexpr std::size_t longest_pin = 32;

/// The module that stands for all those that the system has set up; the loader finds it.
constexpr const char* usual_module = "p11-kit-proxy.so";

using EngineOwner = Owner<ENGINE, ENGINE_free>;
using InterfaceOwner = Owner<UI_METHOD, UI_destroy_method>;

/// The PIN, asked for once and wiped in the end. The engine gets it through a "user interface" of OpenSSL's, without
/// which it would ask on the terminal.
class Pin {
public:
    explicit Pin(PinSource source) : source_(std::move(source)) {}
    Pin(const Pin&) = delete;
    Pin& operator=(const Pin&) = delete;
    ~Pin() { OPENSSL_cleanse(text_.data(), text_.size()); }

    /// A pem_password_cb; its user data is the Pin.
    static int give(char* buffer, int size, int, void* pin) {
        auto& self = *static_cast<Pin*>(pin);
        if (size < 0 || !self.is_usable(static_cast<std::size_t>(size))) return -1;
        std::copy(self.text_.begin(), self.text_.end(), buffer);
        return static_cast<int>(self.text_.size());
    }

    /// Hands it over as a C string, if it is there and of a length that a token may have.
    template <class Use>
    bool tell(Use&& use) {
        if (!is_usable(longest_pin)) return false;
        use(text_.c_str());
        return true;
    }

    [[nodiscard]] bool is_missing() const noexcept { return asked_ && !is_known_; }
    [[nodiscard]] bool has_bad_length() const noexcept { return has_bad_length_; }

private:
    bool is_usable(std::size_t most) {
        if (!asked_) ask();
        const auto size = text_.size();
        const bool is_text = text_.find('\0') == std::string::npos;
        has_bad_length_ = is_known_ && (size < shortest_pin || size > std::min(most, longest_pin) || !is_text);
        return is_known_ && !has_bad_length_;
    }

    void ask() {
        asked_ = true;
        auto given = source_ ? source_() : std::nullopt;
        is_known_ = given.has_value();
        if (!given) return;
        text_.assign(*given);
        OPENSSL_cleanse(given->data(), given->size());
    }

    PinSource source_;
    std::string text_;
    bool asked_ = false;
    bool is_known_ = false;
    bool has_bad_length_ = false;
};

/// The engine. A process can load it once, and it takes one module, which stays loaded: the keys that the engine keeps
/// hold it in use. All that is done with it is done under its lock, since it has one PIN and one user interface for
/// all.
class Engine {
public:
    static Engine& shared() {
        // Never destroyed, as keys may be static objects.
        static auto& engine = *new Engine;
        return engine;
    }

    std::mutex mutex;

    /// Errors: "pkcs11.engine", "pkcs11.module-in-use".
    Result<void> choose(const std::string& module) {
        if (has_module_ && module != module_) return fail("pkcs11.module-in-use", {{"file", module_}});
        if (has_module_) return {};
        if (!engine_ && (engine_ = load()) && ENGINE_init(engine_.get()) != 1) engine_.reset();
        if (!engine_ || !command("MODULE_PATH", module.c_str())) return fail("pkcs11.engine");
        module_ = module;
        return {};
    }

    /// To be called once the module of choose() was loaded.
    void keep_module() noexcept { has_module_ = true; }

    void use(UI_METHOD* interface, Pin& pin) {
        ENGINE_ctrl(engine_.get(), ENGINE_CTRL_SET_USER_INTERFACE, 0, interface, nullptr);
        ENGINE_ctrl(engine_.get(), ENGINE_CTRL_SET_CALLBACK_DATA, 0, &pin, nullptr);
    }

    /// Nothing, with the reason in OpenSSL's queue or in the PIN, where it cannot be had.
    KeyOwner load_key(const std::string& uri, UI_METHOD* interface, Pin& pin) {
        use(interface, pin);
        // The engine asks for a PIN only where it remembers none, and it can be made to remember another, but not to
        // forget. What it remembers may be of another token, so it must not be tried.
        if (remembers_pin_ && !pin.tell([this](const char* text) { command("PIN", text); })) return {};
        return KeyOwner(ENGINE_load_private_key(engine_.get(), uri.c_str(), interface, &pin));
    }

    CertificateOwner load_certificate(const std::string& uri) {
        // The structure that the engine's command takes.
        struct {
            const char* uri;
            X509* certificate;
        } request{uri.c_str(), nullptr};
        ENGINE_ctrl_cmd(engine_.get(), "LOAD_CERT_CTRL", 0, &request, nullptr, 0);
        return CertificateOwner(request.certificate);
    }

    void wipe_pin() { remembers_pin_ = command("PIN", "") || remembers_pin_; }

private:
    bool command(const char* name, const char* value) {
        return ENGINE_ctrl_cmd_string(engine_.get(), name, value, 0) == 1;
    }

    static EngineOwner load() {
        OPENSSL_init_crypto(OPENSSL_INIT_ENGINE_DYNAMIC, nullptr);
        // In none of OpenSSL's lists, so that the program's own use of engines and ours do not meet.
        EngineOwner engine(ENGINE_by_id("dynamic"));
        const auto set = [&](const char* name, const char* value) {
            return ENGINE_ctrl_cmd_string(engine.get(), name, value, 0) == 1;
        };
        const char* folder = OPENSSL_info(OPENSSL_INFO_ENGINES_DIR);
        // QUIET: it writes to standard error otherwise.
        if (!engine || folder == nullptr || !set("ID", "pkcs11") || !set("DIR_LOAD", "2") || !set("DIR_ADD", folder) ||
            !set("LIST_ADD", "0") || !set("LOAD", nullptr) || !set("QUIET", nullptr))
            return {};
        return engine;
    }

    EngineOwner engine_;
    std::string module_;
    bool has_module_ = false;
    bool remembers_pin_ = false;  ///< even if it was wiped
};

/// What OpenSSL's queue says went wrong; emptied.
struct Failure {
    std::optional<int> returned{};  ///< by the module: CKR_…
    bool no_module = false;
    std::string reason{};  ///< of the last error, in the words of OpenSSL or the engine
};

Failure take_failure() {
    Failure failure;
    while (const auto code = ERR_get_error()) {
        const char* library = ERR_lib_error_string(code);
        const char* reason = ERR_reason_error_string(code);
        if (reason != nullptr) failure.reason = reason;
        if (library == nullptr) continue;
        if (std::string_view(library) == "PKCS#11 module") failure.returned = ERR_GET_REASON(code);
        if (failure.reason == "Unable to load PKCS#11 module") failure.no_module = true;
    }
    return failure;
}

/// The PIN's part in a failure; nothing where it had none.
std::optional<Unexpected> pin_failure(const Pin& pin, const Failure& failure) {
    if (pin.is_missing()) return fail("pkcs11.pin-missing");
    if (pin.has_bad_length()) return fail("pkcs11.pin-length");
    switch (failure.returned.value_or(0)) {
        case ckr_pin_incorrect:
        case ckr_pin_invalid:
        case ckr_pin_length:
            return fail("pkcs11.pin-wrong");
        case ckr_pin_expired:
            return fail("pkcs11.pin-expired");
        case ckr_pin_locked:
            return fail("pkcs11.pin-locked");
        default:
            return std::nullopt;
    }
}

class EngineKey final : public TokenKey {
public:
    EngineKey(std::string uri, PinSource pin) : uri_(std::move(uri)), pin_(std::move(pin)) {}
    EngineKey(const EngineKey&) = delete;
    EngineKey& operator=(const EngineKey&) = delete;
    ~EngineKey() override {
        const std::lock_guard lock(engine_.mutex);
        const ErrorQueueGuard guard;
        key_.reset();
    }

    Result<void> load(const std::string& module) {
        const std::lock_guard lock(engine_.mutex);
        ERR_clear_error();
        interface_.reset(UI_UTIL_wrap_read_pem_callback(Pin::give, 0));
        if (!interface_) return fail("pkcs11.engine");
        SJCODE_CHECK(engine_.choose(module));
        key_ = engine_.load_key(uri_ + ";type=private", interface_.get(), pin_);
        const auto failure = take_failure();
        if (key_)
            if (const auto found = engine_.load_certificate(uri_ + ";type=cert"))
                certificate_ = der_of([&](unsigned char** at) { return i2d_X509(found.get(), at); });
        engine_.wipe_pin();
        ERR_clear_error();
        if (failure.no_module) return fail("pkcs11.module", {{"file", module}});
        engine_.keep_module();
        if (key_) return {};
        if (auto pin = pin_failure(pin_, failure)) return *std::move(pin);
        if (failure.returned) return fail("pkcs11.token", {{"reason", failure.reason}});
        return fail("pkcs11.not-found");
    }

    [[nodiscard]] Bytes public_key() const override {
        const std::lock_guard lock(engine_.mutex);
        const ErrorQueueGuard guard;
        return der_of([&](unsigned char** at) { return i2d_PUBKEY(key_.get(), at); });
    }

    [[nodiscard]] const std::optional<Bytes>& certificate() const override { return certificate_; }

    [[nodiscard]] Result<Bytes> sign(const SealScheme& scheme, ByteView message) override {
        const std::lock_guard lock(engine_.mutex);
        ERR_clear_error();
        engine_.use(interface_.get(), pin_);
        auto signature = sign_leaving_errors(key_.get(), scheme, message);
        if (signature) return *std::move(signature);
        const auto failure = take_failure();
        if (auto pin = pin_failure(pin_, failure)) return *std::move(pin);
        return fail("pkcs11.sign", {{"reason", failure.reason}});
    }

private:
    Engine& engine_ = Engine::shared();
    std::string uri_;
    Pin pin_;
    InterfaceOwner interface_;
    KeyOwner key_;
    std::optional<Bytes> certificate_;
};

/// Whether the loader finds it and it is a PKCS #11 module. The engine, asked for another, writes to standard error.
bool is_module(const std::string& path) {
    void* library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) return false;
    const bool is = dlsym(library, "C_GetFunctionList") != nullptr;
    dlclose(library);
    return is;
}

}  // namespace

Result<std::unique_ptr<TokenKey>> TokenKey::open(const Pkcs11Uri& uri, const std::string& module, PinSource pin) {
    const auto path = !uri.module_path.empty() ? uri.module_path : !module.empty() ? module : std::string(usual_module);
    if (!is_module(path)) return fail("pkcs11.module", {{"file", path}});
    auto key = std::make_unique<EngineKey>(uri.key, std::move(pin));
    SJCODE_CHECK(key->load(path));
    return std::unique_ptr<TokenKey>(std::move(key));
}

}  // namespace sjcode::crypto

// Keys in a SoftHSM2 token, reached through a module that counts logins and fails on demand (watched_token.cpp).
#include "sjcode/hardware_key.h"
#include "catch.h"
#include "crypto/pkcs11_uri.h"
#include "crypto/seal_scheme.h"
#include "test_data.h"

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

using namespace sjcode;

namespace {

const std::string pin = "24681357";

/// Tokens made once, in a folder that goes with the program.
class Tokens {
public:
    Tokens() {
        std::string pattern = (std::filesystem::temp_directory_path() / "sjcode-tokens-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        const auto command = std::string(SJCODE_SOURCE_DIR "/tests/make_tokens.sh ") + pattern +
                             " " SJCODE_SOURCE_DIR "/tests/unit/crypto/data";
        // Not through the environment of a sanitizer's run: the tools are not built with it.
        const auto made = std::system(("env -u LD_PRELOAD " + command).c_str());
        REQUIRE(made == 0);
        REQUIRE(setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1) == 0);
        void* module = dlopen(WATCHED_TOKEN, RTLD_NOW | RTLD_LOCAL);
        REQUIRE(module != nullptr);
        logins = static_cast<int*>(dlsym(module, "watched_logins"));
        login_result = static_cast<unsigned long*>(dlsym(module, "watched_login_result"));
        sign_result = static_cast<unsigned long*>(dlsym(module, "watched_sign_result"));
    }
    ~Tokens() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    int* logins = nullptr;
    unsigned long* login_result = nullptr;
    unsigned long* sign_result = nullptr;

private:
    std::filesystem::path folder_;
};

Tokens& tokens() {
    static Tokens made;
    *made.logins = 0;
    *made.login_result = 0;
    *made.sign_result = 0;
    return made;
}

PinSource gives(std::string text) {
    return [text = std::move(text)] { return std::optional<std::string>(text); };
}

Result<HardwareKey> open(const std::string& key, const PinSource& source = gives(pin)) {
    return HardwareKey::open("pkcs11:token=office;object=" + key, source, WATCHED_TOKEN);
}

std::string failure(const std::string& key, const PinSource& source = gives(pin)) {
    const auto opened = open(key, source);
    return opened ? "opened" : opened.error().code;
}

Bytes der(const std::string& certificate) {
    return read_certificates(data_bytes(certificate)).value().front();
}

void check_seals(const SealSigner& seal, SealAlgorithm algorithm, SealDigest digest) {
    CHECK(seal.algorithm() == algorithm);
    CHECK(seal.digest() == digest);
    const auto signature = seal.sign(as_bytes("attributes"));
    REQUIRE(signature);
    const auto key = crypto::sealing_key_of(seal.certificates().front()).value();
    CHECK(crypto::verify(key.get(), {algorithm, digest}, as_bytes("attributes"), *signature));
    CHECK_FALSE(crypto::verify(key.get(), {algorithm, digest}, as_bytes("Attributes"), *signature));
}

/// What a new process answers: in this one a token may be logged in already, and the module is chosen.
template <class Ask>
std::string in_new_process(Ask&& ask) {
    tokens();
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const std::string answer = ask();
        const auto written = write(ends[1], answer.data(), answer.size());
        _exit(written == static_cast<ssize_t>(answer.size()) ? 0 : 1);
    }
    close(ends[1]);
    std::array<char, 200> answer{};
    const auto size = read(ends[0], answer.data(), answer.size());
    close(ends[0]);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    return {answer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

}  // namespace

TEST_CASE("a wrong PIN is tried once, a missing one never") {
    const auto outcome = [](const PinSource& source, unsigned long login_result = 0) {
        return in_new_process([&] {
            const auto& made = tokens();
            *made.login_result = login_result;
            const auto code = failure("code", source);
            return code + ' ' + std::to_string(*made.logins);
        });
    };
    CHECK(outcome(gives(pin)) == "opened 1");
    CHECK(outcome(gives("00000000")) == "pkcs11.pin-wrong 1");
    CHECK(outcome([] { return std::optional<std::string>(); }) == "pkcs11.pin-missing 0");
    CHECK(outcome({}) == "pkcs11.pin-missing 0");
    CHECK(outcome(gives("123")) == "pkcs11.pin-length 0");
    CHECK(outcome(gives("")) == "pkcs11.pin-length 0");
    CHECK(outcome(gives(std::string(33, '1'))) == "pkcs11.pin-length 0");
    CHECK(outcome(gives(std::string(5000, '1'))) == "pkcs11.pin-length 0");
    CHECK(outcome(gives(std::string("1234\0", 5))) == "pkcs11.pin-length 0");
    CHECK(outcome(gives(pin), 0xA4) == "pkcs11.pin-locked 1");
    CHECK(outcome(gives(pin), 0xA3) == "pkcs11.pin-expired 1");
    CHECK(outcome(gives(pin), 0x30) == "pkcs11.token 1");
}

TEST_CASE("after a wrong PIN the right one opens the key") {
    CHECK(in_new_process([] {
              const auto first = failure("code", gives("00000000"));
              return first + ' ' + failure("code");
          }) == "pkcs11.pin-wrong opened");
}

TEST_CASE("where two tokens have the key, the PIN is tried on neither") {
    const auto& watched = tokens();
    CHECK(in_new_process([&] {
              const auto key = HardwareKey::open("pkcs11:object=code", gives(pin), WATCHED_TOKEN);
              return (key ? "opened" : key.error().code) + ' ' + std::to_string(*watched.logins);
          }) == "pkcs11.not-found 0");
}

TEST_CASE("keys of two tokens get their own PINs") {
    CHECK(in_new_process([] {
              const auto& made = tokens();
              const auto office = open("code");
              const auto other = HardwareKey::open("pkcs11:token=other;object=code", gives("97531"), WATCHED_TOKEN);
              const bool both = office && other && office->signer()->sign(as_bytes("message")) &&
                                other->signer()->sign(as_bytes("message"));
              return std::to_string(static_cast<int>(both)) + std::to_string(*made.logins);
          }) == "12");
    CHECK(in_new_process([] {
              const auto office = open("code");
              const auto other = HardwareKey::open("pkcs11:token=other;object=code", gives(pin), WATCHED_TOKEN);
              return other ? "opened" : other.error().code;
          }) == "pkcs11.pin-wrong");
}

TEST_CASE("a module that is none is told, and another can be taken then, but no third") {
    const auto code = [](const char* module, const std::string& query = {}) {
        const auto key = HardwareKey::open("pkcs11:token=office;object=code" + query, gives(pin), module);
        return key ? "opened" : key.error().code;
    };
    for (const char* wrong : {"/no/such/module.so", "no-such-module.so", "/etc/passwd", "/tmp"}) {
        INFO(wrong);
        CHECK(in_new_process([&] {
                  const auto first = code(wrong);
                  const auto second = code(WATCHED_TOKEN);
                  return first + ' ' + second + ' ' + code(SOFTHSM_MODULE);
              }) == "pkcs11.module opened pkcs11.module-in-use");
    }
    CHECK(in_new_process([&] { return code(WATCHED_TOKEN, "?module-path=/no/such/module.so"); }) == "pkcs11.module");
    CHECK(in_new_process([&] { return code("/no/such", std::string("?module-path=") + SOFTHSM_MODULE); }) == "opened");
}

TEST_CASE("a P-256 key in a token signs codes, and seals") {
    tokens();
    const auto key = open("code");
    REQUIRE(key);
    CHECK(key->certificate() == der("p256.crt"));
    const auto signer = key->signer();
    REQUIRE(signer);
    CHECK(signer->algorithm() == Algorithm::esp256);
    const auto known = PrivateKey::from_pem(data_text("p256.pem")).value();
    CHECK(signer->public_key() == known.public_key());
    // r and s are random, and one in 128 signatures has a leading zero to keep.
    for (int i = 0; i < 300; ++i) {
        const auto message = std::to_string(i);
        const auto signature = signer->sign(as_bytes(message));
        REQUIRE(signature);
        CHECK(signature->size() == 64);
        CHECK(known.public_key().verify(as_bytes(message), *signature));
    }
    for (const auto digest : {SealDigest::sha256, SealDigest::sha384, SealDigest::sha512})
        check_seals(key->seal({}, {{}, digest}).value(), SealAlgorithm::ecdsa_p256, digest);
}

TEST_CASE("an RSA key in a token seals by PKCS #1 and PSS") {
    tokens();
    const auto key = open("seal");
    REQUIRE(key);
    for (const auto digest : {SealDigest::sha256, SealDigest::sha384, SealDigest::sha512}) {
        check_seals(key->seal({}, {{}, digest}).value(), SealAlgorithm::rsa_pkcs1, digest);
        check_seals(key->seal({}, {SealAlgorithm::rsa_pss, digest}).value(), SealAlgorithm::rsa_pss, digest);
    }
    CHECK(key->signer().error().code == "pkcs11.algorithm");
    CHECK(key->seal({}, {{}, SealDigest::sm3}).error().code == "seal.digest");
}

TEST_CASE("the certificate is the token's, or one that is given") {
    tokens();
    const auto key = open("code");
    REQUIRE(key);
    const auto seal = key->seal({der("rsa.crt")});
    REQUIRE(seal);
    CHECK(seal->certificates() == std::vector<Bytes>{der("p256.crt"), der("rsa.crt")});
    const auto given = key->seal({der("rsa.crt"), der("p256.crt")});
    REQUIRE(given);
    CHECK(given->certificates() == std::vector<Bytes>{der("p256.crt"), der("rsa.crt")});

    const auto bare = open("no-certificate");
    REQUIRE(bare);
    CHECK_FALSE(bare->certificate());
    CHECK(bare->seal({}).error().code == "seal.certificate");
    CHECK(bare->seal({der("p256.crt")}).error().code == "seal.certificate");
    CHECK(bare->signer().value().sign(as_bytes("message")));
}

TEST_CASE("a token that fails while signing says so, and signs again when it can") {
    const auto& made = tokens();
    const auto signer = open("code").value().signer().value();
    *made.sign_result = 0x32;
    const auto failed = signer.sign(as_bytes("message"));
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "pkcs11.sign");
    CHECK(failed.error().parameters.at("reason") == "Device removed");
    *made.sign_result = 0;
    CHECK(signer.sign(as_bytes("message")));
}

TEST_CASE("a key that wants the PIN for each signature gets it") {
    const auto& made = tokens();
    int asked = 0;
    const auto key = open("asked", [&] {
        ++asked;
        return std::optional<std::string>(pin);
    });
    REQUIRE(key);
    const auto signer = key->signer().value();
    CHECK(signer.sign(as_bytes("one")));
    CHECK(signer.sign(as_bytes("two")));
    CHECK(asked == 1);
    CHECK(*made.logins == 2);
}

TEST_CASE("what is not there, or not usable, is told apart") {
    tokens();
    const auto opened = [](const std::string& uri) {
        const auto key = HardwareKey::open(uri, gives(pin), WATCHED_TOKEN);
        return key ? "opened" : key.error().code;
    };
    CHECK(opened("pkcs11:token=nowhere;object=code") == "pkcs11.not-found");
    CHECK(opened("pkcs11:token=office;object=nothing") == "pkcs11.not-found");
    CHECK(opened("pkcs11:token=office;object=weak") == "seal.key-size");
    CHECK(opened("pkcs11:token=office;object=p384") == "pkcs11.algorithm");
    CHECK(opened("pkcs11:token=office;id=%01;type=private") == "opened");
    CHECK(opened("pkcs11:token=office;object=code;id=%02") == "pkcs11.not-found");
}

TEST_CASE("a key is opened, closed and opened again") {
    tokens();
    for (int i = 0; i < 20; ++i) CHECK(open("code").value().signer()->sign(as_bytes("message")));
}

TEST_CASE("several threads use one key, and open others") {
    tokens();
    const auto signer = open("code").value().signer().value();
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            for (int j = 0; j < 25; ++j)
                if (signer.sign(as_bytes("message"))) ++good;
            for (int j = 0; j < 5; ++j)
                if (const auto key = open(i % 2 == 0 ? "seal" : "asked"); key && key->seal({der("rsa.crt")})) ++good;
        });
    for (auto& thread : threads) thread.join();
    CHECK(good == 4 * 25 + 2 * 5);
}

TEST_CASE("a PKCS #11 URI is read strictly") {
    const auto code = [](std::string_view uri) {
        const auto parsed = crypto::parse_pkcs11_uri(uri);
        return parsed ? parsed->key + "|" + parsed->module_path : parsed.error().code;
    };
    CHECK(code("pkcs11:token=a%20b;object=c") == "pkcs11:token=a%20b;object=c|");
    CHECK(code("pkcs11:id=%69%95;type=private;serial=1?module-path=/a%20b.so") == "pkcs11:id=%69%95;serial=1|/a b.so");
    CHECK(code("pkcs11:object=%E7%A4%BA%E4%BE%8B") == "pkcs11:object=%E7%A4%BA%E4%BE%8B|");
    CHECK(code("pkcs11:object=a?pin-value=1234") == "pkcs11.pin-in-uri");
    CHECK(code("pkcs11:object=a;pin-value=1234") == "pkcs11.pin-in-uri");
    CHECK(code("pkcs11:nonsense??pin-value=1234") == "pkcs11.pin-in-uri");
    CHECK(code("pkcs11:token=a") == "pkcs11.key-not-named");
    CHECK(code("pkcs11:") == "pkcs11.key-not-named");
    for (const std::string_view wrong : {"",
                                         "pkcs11",
                                         "PKCS11:object=a",
                                         "pkcs11:object",
                                         "pkcs11:object=",
                                         "pkcs11:object=a;",
                                         "pkcs11:;object=a",
                                         "pkcs11:object=a;object=b",
                                         "pkcs11:object=%",
                                         "pkcs11:object=%4",
                                         "pkcs11:object=%zz",
                                         "pkcs11:object=a%00b",
                                         "pkcs11:object=a b",
                                         "pkcs11:object=\xC3\xA4",
                                         "pkcs11:object=a;type=public",
                                         "pkcs11:object=a;slot-id=1",
                                         "pkcs11:object=a?pin-source=file:/pin",
                                         "pkcs11:object=a?module-name=x",
                                         "pkcs11:object=a?module-path=a&",
                                         "pkcs11:object=a?module-path=a&module-path=b",
                                         "pkcs11:object=a/b"}) {
        INFO(wrong);
        CHECK(code(wrong) == "pkcs11.uri");
    }
    CHECK(code("pkcs11:object=" + std::string(5000, 'a')) == "pkcs11.uri");
    CHECK(is_hardware_key_uri("pkcs11:object=a"));
    CHECK_FALSE(is_hardware_key_uri("key.pem"));
}

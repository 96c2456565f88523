// A report code signed and verified, against the bare signature below it: what CBOR, COSE and the claims cost.
#include "ratios.h"

#include "sjcode/category.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/report_code.h"

#include <benchmark/benchmark.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace {

using namespace sjcode;

template <class T>
T value_of(Result<T> result) {
    if (!result) std::abort();
    return *std::move(result);
}

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// The same key, once for the library and once for OpenSSL alone.
struct Keys {
    explicit Keys(Algorithm which) : algorithm(which), key(value_of(PrivateKey::generate(which))) {
        const auto pem = value_of(key.to_pem_secret());
        const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
        bare.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
        if (!bare) std::abort();
    }
    Algorithm algorithm;
    PrivateKey key;
    Owned<EVP_PKEY> bare;
};

Claims sample_claims() {
    return {.issuer = "440100001",
            .issued = 1'789'000'000,
            .code = value_of(CodeNumber::generate(system_random())),
            .number = ShortReportNumber{2026, "临鉴字", 18},
            .entries = 20,
            .pages = 8,
            .category = value_of(Category::parse("FY0202")).number(),
            .status = 18};
}

constexpr std::string_view sm2_user_id = "1234567812345678";

/// What the signature is over has about this length.
const Bytes& message() {
    static const Bytes bytes(130, 0x5a);
    return bytes;
}

/// A digest context ready to sign or verify; the SM2 user id is set as the format wants it.
struct BareContext {
    BareContext(const Keys& keys, bool sign) : context(EVP_MD_CTX_new()) {
        const EVP_MD* digest = keys.algorithm == Algorithm::ed25519 ? nullptr
                               : keys.algorithm == Algorithm::sm2   ? EVP_sm3()
                                                                    : EVP_sha256();
        if (keys.algorithm == Algorithm::sm2) {
            key_context.reset(EVP_PKEY_CTX_new(keys.bare.get(), nullptr));
            EVP_PKEY_CTX_set1_id(key_context.get(), sm2_user_id.data(), sm2_user_id.size());
            EVP_MD_CTX_set_pkey_ctx(context.get(), key_context.get());
        }
        const int done = sign ? EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, keys.bare.get())
                              : EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, keys.bare.get());
        if (done != 1) std::abort();
    }
    Owned<EVP_PKEY_CTX> key_context;
    Owned<EVP_MD_CTX> context;
};

Bytes bare_signature(const Keys& keys) {
    const BareContext bare(keys, true);
    std::size_t length = 128;
    Bytes signature(length);
    if (EVP_DigestSign(bare.context.get(), signature.data(), &length, message().data(), message().size()) != 1) {
        std::abort();
    }
    signature.resize(length);
    return signature;
}

void sign_code(benchmark::State& state, Algorithm algorithm) {
    const Keys keys(algorithm);
    const auto claims = sample_claims();
    for (auto _ : state) benchmark::DoNotOptimize(value_of(sign_report_code(claims, keys.key)));
}

void sign_bare(benchmark::State& state, Algorithm algorithm) {
    const Keys keys(algorithm);
    for (auto _ : state) benchmark::DoNotOptimize(bare_signature(keys));
}

void verify_code(benchmark::State& state, Algorithm algorithm) {
    const Keys keys(algorithm);
    const auto code = value_of(sign_report_code(sample_claims(), keys.key));
    const auto key = keys.key.public_key();
    for (auto _ : state) {
        const auto raw = value_of(RawReportCode::decode(code));
        benchmark::DoNotOptimize(value_of(VerifiedReportCode::verify(raw, key)));
    }
}

void verify_bare(benchmark::State& state, Algorithm algorithm) {
    const Keys keys(algorithm);
    const auto signature = bare_signature(keys);
    for (auto _ : state) {
        const BareContext bare(keys, false);
        if (EVP_DigestVerify(bare.context.get(), signature.data(), signature.size(), message().data(),
                             message().size()) != 1) {
            std::abort();
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<bench::Ratio> ratios;
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2}) {
        const std::string suffix(name(algorithm));
        benchmark::RegisterBenchmark(("sign_code_" + suffix).c_str(), sign_code, algorithm);
        benchmark::RegisterBenchmark(("sign_bare_" + suffix).c_str(), sign_bare, algorithm);
        benchmark::RegisterBenchmark(("verify_code_" + suffix).c_str(), verify_code, algorithm);
        benchmark::RegisterBenchmark(("verify_bare_" + suffix).c_str(), verify_bare, algorithm);
        ratios.push_back({"sign_code_" + suffix, "sign_bare_" + suffix, 2.0});
        ratios.push_back({"verify_code_" + suffix, "verify_bare_" + suffix, 2.0});
    }
    return bench::run(argc, argv, ratios);
}

// Seals a file's bytes as a detached CMS message, so that programs of others can be asked what they think of it.
//
// usage: seal_cms KEY.pem CERTIFICATES.pem ALGORITHM DIGEST CONTENT OUT
#include "crypto/message_digest.h"
#include "crypto/signed_data.h"
#include "sjcode/file.h"

#include <cstdio>
#include <fstream>
#include <map>
#include <string>

using namespace sjcode;

namespace {

Bytes read(const char* path) {
    const auto file = InputFile::open(path);
    if (!file) std::exit(2);
    return {file->bytes().begin(), file->bytes().end()};
}

[[noreturn]] void refuse(const Error& error) {
    std::fprintf(stderr, "%s\n", error.code.c_str());
    std::exit(1);
}

const std::map<std::string, SealAlgorithm> algorithms = {{"ed25519", SealAlgorithm::ed25519},
                                                         {"ecdsa-p256", SealAlgorithm::ecdsa_p256},
                                                         {"rsa-pkcs1", SealAlgorithm::rsa_pkcs1},
                                                         {"rsa-pss", SealAlgorithm::rsa_pss},
                                                         {"sm2", SealAlgorithm::sm2}};
const std::map<std::string, SealDigest> digests = {{"sha256", SealDigest::sha256},
                                                   {"sha384", SealDigest::sha384},
                                                   {"sha512", SealDigest::sha512},
                                                   {"sm3", SealDigest::sm3}};

}  // namespace

int main(int count, char** arguments) {
    if (count != 7) return 64;
    const auto pem = read(arguments[1]);
    const auto certificates = read_certificates(read(arguments[2]));
    if (!certificates) refuse(certificates.error());
    const SealMethod method{algorithms.at(arguments[3]), digests.at(arguments[4])};
    const auto key = SealKey::from_pem(as_text(pem), *certificates, {}, method);
    if (!key) refuse(key.error());
    const auto digest = crypto::digest_of(crypto::method_of(key->digest()), read(arguments[5]));
    const auto made = crypto::make_signed_data(*key, digest);
    if (!made) refuse(made.error());
    const auto bound = crypto::signed_data_size_bound(*key);
    if (!bound || made->size() > *bound) return 3;
    std::ofstream(arguments[6], std::ios::binary)
        .write(reinterpret_cast<const char*>(made->data()), static_cast<std::streamsize>(made->size()));
    return 0;
}

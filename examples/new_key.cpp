// Makes a trial key and its certificate in a folder, which then also serves as trust records.
//
// usage: example_new_key FOLDER
#include "sjcode/certificate.h"
#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/key.h"
#include "sjcode/messages.h"

#include <array>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>

namespace {

// [new_key]
sjcode::Result<void> new_key(const std::string& folder) {
    const auto key = sjcode::PrivateKey::generate(sjcode::Algorithm::sm2);
    if (!key) return sjcode::Unexpected(key.error());

    const sjcode::InstitutionIdentity institution{"440100001", "示例司法鉴定中心", "示例司鉴中心", {"v.example.cn"}};
    const auto now = sjcode::system_clock()();
    constexpr sjcode::UnixTime year = 31'557'600;  // 365.25 days
    const auto certificate =
        sjcode::Certificate::self_signed(*key, institution, now, now + 5 * year, sjcode::system_random());
    if (!certificate) return sjcode::Unexpected(certificate.error());

    const auto pem = key->to_pem_secret();
    if (!pem) return sjcode::Unexpected(pem.error());
    auto written = sjcode::write_secret_file(folder + "/key.pem", sjcode::as_bytes(*pem), sjcode::Overwrite::no);
    if (!written) return written;
    const auto text = certificate->to_pem();
    return sjcode::write_file(folder + "/cert.pem", std::array{sjcode::as_bytes(text)}, sjcode::Overwrite::no);
}
// [/new_key]

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: example_new_key FOLDER\n";
        return 64;
    }
    std::error_code ignored;
    std::filesystem::create_directories(argv[1], ignored);
    if (const auto done = new_key(argv[1]); !done) {
        std::cerr << sjcode::sentence(done.error(), sjcode::Language::en) << '\n';
        return 73;
    }
    return 0;
}

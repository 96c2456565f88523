// Issues a report with a key that the program does not have: a device signs, here one that a key in memory stands for.
//
// usage: example_device_key REPORT.pdf FACTS.json KEY_FOLDER WORKER OUT.pdf
#include "sjcode/certificate.h"
#include "sjcode/environment.h"
#include "sjcode/facts.h"
#include "sjcode/file.h"
#include "sjcode/issue.h"
#include "sjcode/key.h"
#include "sjcode/messages.h"
#include "sjcode/worker.h"

#include <iostream>
#include <string>

namespace {

/// Stands for the maker's library of an HSM or a USB key.
class Device {
public:
    explicit Device(sjcode::PrivateKey key) : key_(std::move(key)) {}
    sjcode::Result<sjcode::Bytes> sign(sjcode::ByteView message) { return key_.sign(message); }

private:
    sjcode::PrivateKey key_;
};

// [callback]
sjcode::CallbackSigner signer_of(Device& device, const sjcode::Certificate& certificate) {
    // Gets the message itself, gives 64 bytes r‖s; they are verified with the certificate's key before they are used.
    return {certificate.public_key(), [&device](sjcode::ByteView message) { return device.sign(message); }};
}
// [/callback]

sjcode::Result<std::string> text_of(const std::string& path) {
    const auto file = sjcode::InputFile::open(path);
    if (!file) return sjcode::Unexpected(file.error());
    return std::string(sjcode::as_text(file->bytes()));
}

sjcode::Result<sjcode::IssuedReport> run(char** argv) {
    const std::string folder = argv[3];
    const auto report = sjcode::InputFile::open(argv[1]);
    if (!report) return sjcode::Unexpected(report.error());
    const auto json = text_of(argv[2]);
    if (!json) return sjcode::Unexpected(json.error());
    const auto facts = sjcode::Facts::from_json(*json);
    if (!facts) return sjcode::Unexpected(facts.error());
    const auto pem = text_of(folder + "/key.pem");
    if (!pem) return sjcode::Unexpected(pem.error());
    auto key = sjcode::PrivateKey::from_pem(*pem);
    if (!key) return sjcode::Unexpected(key.error());
    const auto certificate_pem = text_of(folder + "/cert.pem");
    if (!certificate_pem) return sjcode::Unexpected(certificate_pem.error());
    const auto certificate = sjcode::Certificate::parse(sjcode::as_bytes(*certificate_pem));
    if (!certificate) return sjcode::Unexpected(certificate.error());

    Device device(*std::move(key));
    const auto signer = signer_of(device, *certificate);
    const sjcode::Worker worker({.program = argv[4]});
    const sjcode::Issuer issuer{.signer = signer,
                                .certificate = *certificate,
                                .worker = worker,
                                .clock = sjcode::system_clock(),
                                .random = sjcode::system_random(),
                                .fonts = sjcode::StampFonts::installed()};
    return issuer.issue(*report, *facts, {});
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        std::cerr << "usage: example_device_key REPORT.pdf FACTS.json KEY_FOLDER WORKER OUT.pdf\n";
        return 64;
    }
    const auto issued = run(argv);
    if (!issued) {
        std::cerr << sjcode::sentence(issued.error(), sjcode::Language::en) << '\n';
        return 65;
    }
    if (const auto written = issued->write(argv[5], sjcode::Overwrite::yes); !written) {
        std::cerr << sjcode::sentence(written.error(), sjcode::Language::en) << '\n';
        return 73;
    }
    std::cout << issued->number.grouped() << '\n';
    return 0;
}

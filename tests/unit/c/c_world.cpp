#include "unit/c/c_world.h"

#include "sjcode/certificate.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace c_world {

using namespace sjcode;

namespace {

constexpr UnixTime year = 31'557'600;

std::string blank_pdf() {
    const std::vector<std::string> objects{
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>",
        "<</Length 0>>stream\n\nendstream"};
    std::string pdf = "%PDF-1.7\n";
    std::string table = "xref\n0 5\n0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const auto offset = std::to_string(pdf.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const auto start = std::to_string(pdf.size());
    return pdf + table + "trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
}

}  // namespace

std::string facts() {
    std::ifstream file(SJCODE_SOURCE_DIR "/examples/sample-report/facts.json");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

World::World() : key_(PrivateKey::generate(Algorithm::sm2).value()) {
    const InstitutionIdentity identity{"440100001", "示例司法鉴定中心", "示例司鉴中心", {"v.example.cn"}};
    const auto now = system_clock()();
    certificate_ = Certificate::self_signed(key_, identity, now - year, now + year, system_random()).value().to_pem();
    key_pem_ = key_.to_pem_secret().value();
    std::filesystem::create_directory(path("trust"));
    folder_.write("trust/cert.pem", as_bytes(certificate_));
    folder_.write("report.pdf", as_bytes(blank_pdf()));
}

Trust World::trust() const {
    sjcode_trust* trust = nullptr;
    succeed([&](auto** error) { return sjcode_trust_open(path("trust").c_str(), &trust, error); });
    return Trust(trust);
}

Verifier World::verifier() const {
    sjcode_verifier* verifier = nullptr;
    succeed([&](auto** error) { return sjcode_verifier_new(trust().get(), SJCODE_WORKER, &verifier, error); });
    return Verifier(verifier);
}

Signer World::signer() const {
    sjcode_signer* signer = nullptr;
    succeed([&](auto** error) {
        return sjcode_signer_from_pem(key_pem_.c_str(), nullptr, certificate_.data(), certificate_.size(), &signer,
                                      error);
    });
    return Signer(signer);
}

Issuer World::issuer() const {
    sjcode_issuer* issuer = nullptr;
    succeed([&](auto** error) { return sjcode_issuer_new(signer().get(), SJCODE_WORKER, &issuer, error); });
    return Issuer(issuer);
}

Issued World::issued() const {
    sjcode_issued* issued = nullptr;
    succeed([&](auto** error) {
        return sjcode_issue_file(issuer().get(), path("report.pdf").c_str(), facts().c_str(), nullptr, &issued, error);
    });
    Issued held(issued);
    succeed([&](auto** error) { return sjcode_issued_write(issued, path("issued.pdf").c_str(), 0, error); });
    return held;
}

}  // namespace c_world

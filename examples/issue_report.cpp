// Issues a report: facts and a PDF in, the same PDF with a signed code out.
//
// usage: example_issue_report REPORT.pdf FACTS.json KEY_FOLDER WORKER OUT.pdf
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

// [issue]
sjcode::Result<sjcode::IssuedReport> issue(const sjcode::InputFile& report, const sjcode::Facts& facts,
                                           const sjcode::Signer& signer, const sjcode::Certificate& certificate,
                                           const std::string& worker_program) {
    const sjcode::Worker worker({.program = worker_program});
    const sjcode::Issuer issuer{.signer = signer,
                                .certificate = certificate,
                                .worker = worker,
                                .clock = sjcode::system_clock(),
                                .random = sjcode::system_random(),
                                .fonts = sjcode::StampFonts::installed()};
    return issuer.issue(report, facts, {});
}
// [/issue]

sjcode::Result<std::string> text_of(const std::string& path) {
    const auto file = sjcode::InputFile::open(path);
    if (!file) return sjcode::Unexpected(file.error());
    return std::string(sjcode::as_text(file->bytes()));
}

sjcode::Result<sjcode::IssuedReport> run(const std::string& report_path, const std::string& facts_path,
                                         const std::string& key_folder, const std::string& worker_program) {
    const auto report = sjcode::InputFile::open(report_path);
    if (!report) return sjcode::Unexpected(report.error());
    const auto json = text_of(facts_path);
    if (!json) return sjcode::Unexpected(json.error());
    const auto facts = sjcode::Facts::from_json(*json);
    if (!facts) return sjcode::Unexpected(facts.error());
    const auto key_pem = text_of(key_folder + "/key.pem");
    if (!key_pem) return sjcode::Unexpected(key_pem.error());
    const auto key = sjcode::PrivateKey::from_pem(*key_pem);
    if (!key) return sjcode::Unexpected(key.error());
    const auto certificate_pem = text_of(key_folder + "/cert.pem");
    if (!certificate_pem) return sjcode::Unexpected(certificate_pem.error());
    const auto certificate = sjcode::Certificate::parse(sjcode::as_bytes(*certificate_pem));
    if (!certificate) return sjcode::Unexpected(certificate.error());
    return issue(*report, *facts, *key, *certificate, worker_program);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        std::cerr << "usage: example_issue_report REPORT.pdf FACTS.json KEY_FOLDER WORKER OUT.pdf\n";
        return 64;
    }
    const auto issued = run(argv[1], argv[2], argv[3], argv[4]);
    if (!issued) {
        std::cerr << sjcode::sentence(issued.error(), sjcode::Language::en) << '\n';
        return 65;
    }
    if (const auto written = issued->write(argv[5], sjcode::Overwrite::yes); !written) {
        std::cerr << sjcode::sentence(written.error(), sjcode::Language::en) << '\n';
        return 73;
    }
    std::cout << issued->number.grouped() << '\n' << issued->url << '\n';
    return 0;
}

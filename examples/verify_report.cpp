// Verifies a file and prints the verdict; ends with the outcome as status.
//
// usage: example_verify_report FILE TRUST_FOLDER WORKER
#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/messages.h"
#include "sjcode/trust.h"
#include "sjcode/verify.h"
#include "sjcode/worker.h"

#include <iostream>
#include <string>

namespace {

// [verify]
sjcode::Result<sjcode::Verdict> verify(const std::string& path, const std::string& trust_folder,
                                       const std::string& worker_program) {
    const auto trust = sjcode::CertificateFolder::open(trust_folder);
    if (!trust) return sjcode::Unexpected(trust.error());
    const auto file = sjcode::InputFile::open(path);
    if (!file) return sjcode::Unexpected(file.error());

    const sjcode::Worker worker({.program = worker_program});
    const sjcode::Verifier verifier(*trust, worker, sjcode::system_clock());
    return verifier.verify(*file);  // a bad document is a verdict, never an error
}
// [/verify]

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: example_verify_report FILE TRUST_FOLDER WORKER\n";
        return 64;
    }
    const auto verdict = verify(argv[1], argv[2], argv[3]);
    if (!verdict) {
        std::cerr << sjcode::sentence(verdict.error(), sjcode::Language::en) << '\n';
        return 66;
    }
    std::cout << sjcode::name(verdict->outcome) << '\n' << verdict->to_text(sjcode::Language::zh);
    return static_cast<int>(verdict->outcome);
}

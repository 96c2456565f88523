// What `issue` and `licence issue` share: who signs and seals, and what is written and said afterwards.
#pragma once

#include "credentials.h"
#include "seal_options.h"

#include "sjcode/issue.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sjcode::cli {

/// Key, certificate, seal and worker of an issue, open for as long as it lives.
class Issuing {
public:
    /// Errors: those of read_credentials(), seal_signer(), timestamp_client() and revocation_clients().
    static Result<std::unique_ptr<Issuing>> open(const CredentialOptions& credentials, SealOptions seal);
    [[nodiscard]] const Issuer& issuer() const noexcept { return *issuer_; }

private:
    Issuing() : worker_(make_worker()) {}
    static Worker make_worker();
    std::optional<Credentials> owner_;
    std::unique_ptr<SealSigner> seal_;
    std::unique_ptr<TimestampClient> timestamps_;
    std::unique_ptr<HttpRevocation> proofs_;
    Worker worker_;
    std::optional<Issuer> issuer_;
};

struct IssuedOutput {
    std::string file;    ///< -o
    std::string record;  ///< --record; may be empty
    bool overwrite = false;
    bool json = false;
};

/// Writes the file and its record, and says where the code is. Returns the exit status.
int write_issued(const IssuedOutput& output, const IssuedReport& issued);

}  // namespace sjcode::cli

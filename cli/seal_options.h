// Who seals or countersigns, and which seal `issue` is to put on, from the command line.
#pragma once

#include "revocation_http.h"

#include "sjcode/certificate.h"
#include "sjcode/key.h"
#include "sjcode/result.h"
#include "sjcode/seal_key.h"
#include "sjcode/timestamp.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sjcode::cli {

struct SealOptions {
    std::string level = "B-B";
    std::string key;
    std::string certificate;
    std::vector<std::string> chain;
    std::string passphrase_file;
    std::string module;  ///< PKCS #11; the same as the code key's
    std::string digest;
    bool pss = false;
    std::string tsa;
    double tsa_timeout = 30;  ///< seconds, for responders and lists too
    std::vector<std::string> tsa_chain;
    std::uint32_t countersignatures = 0;
};

/// The files among them, which no output may replace.
std::vector<std::string> files_of(const SealOptions& options);

/// The level of what adds proofs to a seal that is there, and no timestamp.
inline constexpr std::string_view proofs_only = "proofs";

/// All of these, and which seal `issue` is to put on.
void add_seal_options(CLI::App& command, SealOptions& options);
/// Key and certificates of who signs.
void add_key_options(CLI::App& command, SealOptions& options);
void add_timestamp_options(CLI::App& command, SealOptions& options);
void add_proof_options(CLI::App& command, SealOptions& options);

/// The signer of the key named.
Result<std::unique_ptr<SealSigner>> own_seal_signer(const SealOptions& options);

/// The seal's signer: the key named, or else the code's, which must outlive it; nothing with the level "none".
Result<std::unique_ptr<SealSigner>> seal_signer(const SealOptions& options, const Signer& code_key,
                                                const Certificate& certificate);

/// The authority for a seal of level B-T and above; nothing for the other levels. Error: "usage.tsa".
Result<std::unique_ptr<TimestampClient>> timestamp_client(const SealOptions& options);

/// Whoever proves that certificates were good.
class HttpRevocation {
public:
    HttpRevocation(std::chrono::milliseconds time, std::vector<Bytes> certificates)
        : ocsp_(time), crl_(time), clients_{ocsp_, crl_, std::move(certificates)} {}
    HttpRevocation(const HttpRevocation&) = delete;
    HttpRevocation& operator=(const HttpRevocation&) = delete;
    [[nodiscard]] const RevocationClients& clients() const noexcept { return clients_; }

private:
    HttpOcspClient ocsp_;
    HttpCrlClient crl_;
    RevocationClients clients_;
};

/// For a seal of level B-LT and above; nothing for the other levels. Errors: those of the certificates' files.
Result<std::unique_ptr<HttpRevocation>> revocation_clients(const SealOptions& options);

}  // namespace sjcode::cli

// Which seal `issue` is to put on, from the command line.
#pragma once

#include "sjcode/certificate.h"
#include "sjcode/key.h"
#include "sjcode/result.h"
#include "sjcode/seal_key.h"
#include "sjcode/timestamp.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
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
    double tsa_timeout = 30;  ///< seconds
};

void add_seal_options(CLI::App& command, SealOptions& options);

/// The seal's signer: the key named, or else the code's, which must outlive it; nothing with the level "none".
Result<std::unique_ptr<SealSigner>> seal_signer(const SealOptions& options, const Signer& code_key,
                                                const Certificate& certificate);

/// The authority for a seal of level B-T; nothing for the other levels. Error: "usage.tsa".
Result<std::unique_ptr<TimestampClient>> timestamp_client(const SealOptions& options);

}  // namespace sjcode::cli

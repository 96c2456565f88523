// The receipt that `verify` is to write, from the command line.
#pragma once

#include "credentials.h"

#include "sjcode/receipt.h"
#include "sjcode/result.h"
#include "sjcode/trust.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace sjcode::cli {

struct ReceiptOptions {
    std::string path;  ///< empty: none is wanted
    CredentialOptions credentials;
    bool overwrite = false;
};

void add_receipt_options(CLI::App& command, ReceiptOptions& options);

/// Writes the receipt: the PDF, and beside it the signed JSON where a key is given.
class ReceiptWriter {
public:
    /// Asks for what is needed before anything is verified. Errors: "usage.receipt-key", "usage.receipt-name",
    /// those of check_outputs() and read_credentials(), "receipt.key".
    /// No output may be one of `inputs`, or of what the options themselves read.
    static Result<ReceiptWriter> prepare(const ReceiptOptions& options, std::vector<std::string> inputs);

    /// Errors: "font.*", "file.*", those of the signer.
    Result<void> write(const Receipt& receipt) const;

private:
    ReceiptWriter(ReceiptOptions options, std::optional<Credentials> signer)
        : options_(std::move(options)), signer_(std::move(signer)) {}
    ReceiptOptions options_;
    std::optional<Credentials> signer_;
};

/// What a receipt says of the trust records: each list, or the folder of certificates.
std::vector<ReceiptTrust> trust_of(const TrustRecords& records, const std::string& folder);

}  // namespace sjcode::cli

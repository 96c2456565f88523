// The key that signs codes and its certificate, as the command line names them.
#pragma once

#include "sjcode/certificate.h"
#include "sjcode/key.h"
#include "sjcode/result.h"

#include <memory>
#include <string>
#include <vector>

namespace sjcode::cli {

struct CredentialOptions {
    std::string key;          ///< a file (PEM or PKCS #12) or a PKCS #11 URI
    std::string certificate;  ///< a file; may be left out where the key's file or token has it
    std::string passphrase_file;
    std::string module;                         ///< PKCS #11
    std::string certificate_option = "--cert";  ///< how `certificate` is given
};

/// The files among them, which no output may replace.
std::vector<std::string> files_of(const CredentialOptions& options);

struct Credentials {
    std::unique_ptr<Signer> key;
    Certificate certificate;
};

/// The key alone; what the options say of a certificate is not looked at. Asks for a passphrase or a PIN only where the
/// key needs one.
Result<std::unique_ptr<Signer>> read_signer(const CredentialOptions& options);

/// Asks for a passphrase or a PIN only where the key needs one.
Result<Credentials> read_credentials(const CredentialOptions& options);

}  // namespace sjcode::cli

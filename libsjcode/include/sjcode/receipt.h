// The result of a verification as a document that a court can file (《核验结果》), and as signed data.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/certificate.h"
#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/key.h"
#include "sjcode/messages.h"
#include "sjcode/receipt_fonts.h"
#include "sjcode/result.h"
#include "sjcode/verdict.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sjcode {

/// The file that was verified. Its digests say which one it was, byte for byte, long after its name was changed.
struct VerifiedFile {
    std::string name;  ///< as the reader knows it, without folders
    std::uint64_t size = 0;
    Digest sha256{};
    Digest sm3{};

    /// Takes the digests.
    static VerifiedFile of(const InputFile& file, std::string name);
};

/// Trust records that the verdict rests on.
struct ReceiptTrust {
    std::string name;                  ///< what they are, for a person
    std::optional<UnixTime> issued{};  ///< nothing where they have no date, as a folder of certificates
    Digest sha256{};                   ///< which they were: of a list its bytes, of a folder see CertificateFolder
};

/// Verdict and circumstances: all that a receipt says.
struct Receipt {
    Verdict verdict;
    VerifiedFile file;
    std::vector<ReceiptTrust> trust;
    UnixTime checked = 0;  ///< when the verdict was made
    std::string software;  ///< name and version of the program that made it

    /// A PDF of A4 pages: what was verified, the outcome in words, shape and colour, every check with its sentence,
    /// what the code states (the facts of the verdict, no more), and what the result does not say. Foreign text is
    /// shown with control characters replaced; nothing of it is left out. Same input, same bytes. Errors:
    /// "font.missing" ({file}), "font.unusable" ({file}, {reason}).
    [[nodiscard]] Result<Bytes> to_pdf(Language language, const ReceiptFonts& fonts) const;

    /// The same as JSON (docs/receipt.schema.json). `pdf` is the receipt's PDF, which it then names by its digest.
    [[nodiscard]] std::string to_json(Language language, ByteView pdf = {}) const;
};

/// Signs a receipt's JSON: a JWS (RFC 7515) in flattened JSON form, with the signer's certificate in `x5c`. The
/// algorithm is "ES256" for P-256, "EdDSA" for Ed25519 (RFC 8037) and, ours alone, "SM2" (r‖s over SM3, user id
/// "1234567812345678"). Errors: "receipt.key" (the certificate is not the key's), what the signer gives.
Result<std::string> sign_receipt(std::string_view json, const Signer& signer, const Certificate& certificate);

}  // namespace sjcode

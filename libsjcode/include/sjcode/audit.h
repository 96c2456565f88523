// The audit of a signed PDF, ours or anybody's: what its signatures cover, and what was changed after they were made.
//
// It needs no trust records, and says nothing about who signed: that a signature holds says only that the bytes it
// covers are as its key's holder signed them. docs/audit.md has the rules and the codes.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/messages.h"
#include "sjcode/result.h"
#include "sjcode/verdict.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

struct AuditOptions {
    /// A file that grew by more revisions than this fails, and only the newest are looked at.
    std::uint32_t revisions = 256;
};

/// The numbers are the exit status of `sjcode audit`.
enum class AuditOutcome {
    no_failure = 0,      ///< something is signed, and no check failed
    failed = 1,          ///< a check failed, or the file could not be read
    nothing_signed = 2,  ///< there is no signature to audit
};
std::string_view name(AuditOutcome outcome) noexcept;

/// One step of the file's growth (ISO 32000-2, 7.5.6). Objects by number, ascending.
struct AuditRevision {
    std::uint32_t number = 0;  ///< from 1, the oldest
    std::uint64_t begin = 0;   ///< offset of its first byte
    std::uint64_t end = 0;     ///< offset behind its end mark
    std::vector<std::uint32_t> added;
    std::vector<std::uint32_t> replaced;
    std::vector<std::uint32_t> freed;
    std::vector<std::string> signatures;  ///< names of the fields whose signatures cover the file up to here
};

enum class AuditSignatureKind { approval, certification, timestamp, usage_rights };
std::string_view name(AuditSignatureKind kind) noexcept;

/// A signature as the file has it. Names and times are what it says of itself.
struct AuditSignature {
    std::string field;
    AuditSignatureKind kind = AuditSignatureKind::approval;
    std::uint32_t object = 0;  ///< of the signature dictionary; 0 where it has none of its own
    std::string format;        ///< /SubFilter, e.g. "ETSI.CAdES.detached"
    std::string claimed_name;  ///< /Name
    std::string claimed_time;  ///< /M, e.g. "D:20260301120000+08'00'"
    std::string signer;        ///< name in the signer's certificate; whether that is to be trusted is not checked
    std::string issuer;        ///< who issued the certificate, by its own word (RFC 4514)
    /// Of the timestamp that this is, or that the signature carries and that holds; the authority is not checked.
    std::optional<UnixTime> timestamp;
    /// "B-B", "B-T", "B-LT" or "B-LTA" (ETSI EN 319 142-1) by what is there, whatever it proves; empty of other forms.
    std::string level;
    std::uint32_t revision = 0;  ///< the newest revision that it covers; 0 where it covers none rightly
    bool valid = false;          ///< the bytes that it covers are those that were signed
    bool covers_file = false;    ///< nothing follows what it covers
    bool removed = false;        ///< a later revision took it off
};

struct AuditReport {
    AuditOutcome outcome = AuditOutcome::nothing_signed;
    /// Names: "signature", "coverage", "history", "certification", "countersign", "structure", "timestamp".
    std::vector<Check> checks;
    std::vector<AuditRevision> revisions;  ///< oldest first; empty where the file could not be read
    std::vector<AuditSignature> signatures;

    /// As one line of JSON (docs/audit.md), without a line end.
    [[nodiscard]] std::string to_json(Language language, std::string_view input_name = {}) const;
    /// For a person: outcome, findings, signatures, and the history as a table.
    [[nodiscard]] std::string to_text(Language language) const;
};

/// Never an error: what cannot be read is a check that failed. Opens nothing else, and reads no clock.
/// Safe to call from several threads.
AuditReport audit(const InputFile& pdf, const AuditOptions& options = {});

/// The bytes that a report of ours had before it was stamped and sealed, as the record in it says: a view of `pdf`.
/// Their digest is compared with the record; no signature is checked. Errors: "extract.no-code" (it carries none),
/// "extract.changed" (the bytes are not the original), "record.*", "cose.*" and others of the code, those of
/// carried_codes().
Result<ByteView> original_part(const InputFile& pdf);

}  // namespace sjcode

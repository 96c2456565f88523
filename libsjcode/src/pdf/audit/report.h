// What an audit of a PDF finds: its history, its signatures, and each rule that it keeps or breaks (docs/audit.md).
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/environment.h"
#include "sjcode/result.h"

#include "pdf/object.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sjcode::pdf {

enum class FindingResult : std::uint8_t { pass, warn, fail, unchecked };

/// One finding. `check`: "signature", "coverage", "history", "certification", "countersign", "structure" or
/// "timestamp".
struct Finding {
    FindingResult result = FindingResult::unchecked;
    std::string check;
    std::string code;  ///< its sentence is in messages/
    Parameters parameters{};
};

/// What one revision did to the objects of the file before it; the first one adds all of its own.
struct RevisionInfo {
    std::uint32_t number = 0;  ///< from 1, the oldest
    std::uint64_t begin = 0;   ///< offset of its first byte
    std::uint64_t end = 0;     ///< offset behind its %%EOF
    std::vector<std::uint32_t> added;
    std::vector<std::uint32_t> replaced;
    std::vector<std::uint32_t> freed;
    std::vector<std::string> signatures;  ///< names of the fields whose signatures end with this revision
};

enum class SignatureKind : std::uint8_t { approval, certification, timestamp, usage_rights };

/// What a signature dictionary says, and how much of the file it covers. Names and times are as they stand there.
struct SignatureInfo {
    std::string field;  ///< full name (12.7.4.2), UTF-8
    SignatureKind kind = SignatureKind::approval;
    Reference object;            ///< the signature dictionary; number 0 where it lies directly in its field
    std::string sub_filter;      ///< e.g. "ETSI.CAdES.detached"
    std::string claimed_time;    ///< /M, unverified
    std::string claimed_name;    ///< /Name, unverified
    std::uint32_t revision = 0;  ///< the revision whose end is the end of what it covers; 0 where none is
    bool covers_file = false;    ///< nothing follows what it covers
    bool removed = false;        ///< only an earlier revision has it
    std::optional<std::array<std::uint64_t, 4>> byte_range;  ///< where it has the right form
    Bytes contents;                                          ///< the CMS as it stands there, padding and all
    std::string signer{};                                    ///< name in the signer's certificate, unverified
    std::string issuer{};                                    ///< who issued that, by its own word (RFC 4514)
    std::optional<UnixTime> timestamp{};  ///< of the timestamp that it is, or that it carries and that holds
    /// "B-B", "B-T", "B-LT" or "B-LTA" (ETSI EN 319 142-1) by what is there; empty of other forms, and where not valid.
    std::string level{};
    bool valid = false;  ///< the bytes are those that were signed, under that certificate's key
};

struct AuditReport {
    std::vector<Finding> findings;
    std::vector<RevisionInfo> revisions;  ///< oldest first; empty where the file could not be read
    std::vector<SignatureInfo> signatures;

    [[nodiscard]] bool failed() const noexcept;
};

/// Collects findings. Of one code at most a few are kept, so that a hostile file cannot fill the memory.
class AuditFindings {
public:
    void pass(std::string check, std::string code, Parameters parameters = {}) {
        add({FindingResult::pass, std::move(check), std::move(code), std::move(parameters)});
    }
    void warn(std::string check, std::string code, Parameters parameters = {}) {
        add({FindingResult::warn, std::move(check), std::move(code), std::move(parameters)});
    }
    void fail(std::string check, std::string code, Parameters parameters = {}) {
        add({FindingResult::fail, std::move(check), std::move(code), std::move(parameters)});
    }
    void unchecked(std::string check, std::string code, Parameters parameters = {}) {
        add({FindingResult::unchecked, std::move(check), std::move(code), std::move(parameters)});
    }
    void add(Finding finding);
    [[nodiscard]] bool failed(std::string_view check) const noexcept;
    [[nodiscard]] std::vector<Finding> take() && { return std::move(findings_); }

private:
    std::vector<Finding> findings_;
};

}  // namespace sjcode::pdf

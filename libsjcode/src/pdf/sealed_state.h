// A sealed file as a later revision of ours finds it: what its bytes follow from, besides its own values.
// docs/code-format.md, section 8.11.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/environment.h"
#include "sjcode/result.h"

#include "pdf/object.h"
#include "pdf/revision.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sjcode::pdf {

/// A certificate, OCSP response or revocation list in the file: a stream of its own.
struct StoredProof {
    std::uint32_t number = 0;
    Bytes bytes;
};

/// Which proofs belong to a signature; numbers of their objects.
struct ValidationEntry {
    std::string key;  ///< validation_key()
    std::vector<std::uint32_t> certificates;
    std::vector<std::uint32_t> responses;
    std::vector<std::uint32_t> lists;
};

/// The document security store (ISO 32000-2, 12.8.4.3).
struct ValidationStore {
    std::uint32_t number = 0;  ///< of its object; 0 where there is none yet
    std::vector<StoredProof> certificates;
    std::vector<StoredProof> responses;
    std::vector<StoredProof> lists;
    std::vector<ValidationEntry> entries;  ///< in the order in which they came
};

enum class SealedSignatureKind : std::uint8_t { seal, timestamp, countersignature };

/// A signature of ours in the file.
struct SealedSignature {
    SealedSignatureKind kind;
    std::string field;  ///< its name
    std::string sub_filter;
    Bytes contents;  ///< the value of /Contents, zeros at its end included
    Span gap;        ///< of the file, which the signature leaves out
    std::uint64_t covered_end = 0;
    std::optional<UnixTime> claimed{};  ///< /M
};

/// An object of the file that later revisions write anew.
struct SealedObject {
    std::uint32_t number = 0;
    Dictionary dictionary;
};

/// A field that the seal revision made for somebody to sign.
struct CountersignField {
    SealedObject object;
    std::string name;
    bool is_signed = false;
};

struct SealedState {
    RevisionBase base;
    SealedObject catalog;
    SealedObject page;  ///< that shows the widgets of all signatures: the first stamped one
    SealedObject form;
    std::vector<CountersignField> fields;
    ValidationStore store;
    std::uint32_t timestamps = 0;             ///< document timestamps so far
    std::vector<SealedSignature> signatures;  ///< in the order of their revisions, the seal first
};

/// A revision to be put behind a file, and of the whole file what its signature leaves out: "<", digits and ">" of
/// /Contents.
struct AppendedRevision {
    Bytes bytes;
    std::optional<Span> gap{};          ///< absent without a signature
    std::optional<SealedState> next{};  ///< the file with this revision, where it bears a seal
};

/// Puts the signature's SignedData, which must fit into the room, where zeros stood. Error: "seal.room".
Result<void> fill_contents(AppendedRevision& revision, std::uint64_t base_size, ByteView signed_data);

/// By what a signature's proofs are found: SHA-1 of the value of /Contents, in upper-case hexadecimal digits.
std::string validation_key(ByteView contents);

/// Bytes that a /Contents value of so many bytes takes in the file: "<", digits, ">".
constexpr std::uint64_t gap_size(std::size_t contents) noexcept {
    return 2 * static_cast<std::uint64_t>(contents) + 2;
}

/// The identifier of a later revision: the second string is the first 16 bytes of SHA-256 of the one before.
FileIdentifier later_identifier(const RevisionBase& base);

}  // namespace sjcode::pdf

// The signatures of one state of a document: what its form, and /Perms, point to.
#pragma once

#include "pdf/document.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sjcode::pdf {

/// A signature field (12.7.5.5), or a signature that only /Perms names.
struct SignatureField {
    std::string name;         ///< full name, UTF-8; of /Perms the key
    Reference id;             ///< of the field; number 0 where it is no object of its own
    ObjectPointer field;      ///< null pointer for /Perms
    ObjectPointer signature;  ///< the resolved /V; null pointer where there is none or it cannot be read
    Reference value;          ///< where /V leads; number 0 where it is direct
    bool is_signed = false;   ///< there is a /V, whatever it is
    bool usage_rights = false;
};

/// All signature fields, empty ones too, in the order of the tree; then what only /Perms names.
/// Errors: those of Document, "pdf.limit" ("form_fields").
Result<std::vector<SignatureField>> find_signature_fields(Document& document);

/// The signature's certification or lock (12.8.2): what a later revision may do.
struct Reservation {
    bool certifies = false;       ///< a DocMDP transform
    std::int64_t permission = 2;  ///< its /P; 2 where it says nothing (table 257)
    /// FieldMDP: fields that must not change. `all_but`: all except these.
    bool locks = false;
    bool all_but = false;
    std::vector<std::string> fields;
};

/// What the /Reference entries of a signature, and the /Lock of its field, say.
Result<Reservation> read_reservation(Document& document, const SignatureField& field);

/// A text string (7.9.2.2) as UTF-8; bytes that are no text are replaced.
std::string text_of_string(const std::string& value);

}  // namespace sjcode::pdf

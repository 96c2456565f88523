/* Auditing signed PDFs from C, ours or anybody's: what their signatures cover, and what was changed after they were
 * made (docs/audit.md). The rules of sjcode.h hold here, too. An audit needs no trust records, opens nothing else,
 * reads no clock, and says nothing about who signed. */
#ifndef SJCODE_SJCODE_AUDIT_H
#define SJCODE_SJCODE_AUDIT_H

#include "sjcode/sjcode.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The numbers are the exit status of `sjcode audit`. */
typedef enum sjcode_audit_outcome {
    SJCODE_AUDIT_NO_FAILURE = 0,    /**< something is signed, and no check failed */
    SJCODE_AUDIT_FAILED = 1,        /**< a check failed, or the file could not be read */
    SJCODE_AUDIT_NOTHING_SIGNED = 2 /**< there is no signature to audit */
} sjcode_audit_outcome;

/** What was found. Immutable; safe to share between threads. */
typedef struct sjcode_audit_report sjcode_audit_report;

/** How many revisions of a file are looked at where 0 is given: the newest ones; a file with more fails. */
#define SJCODE_AUDIT_REVISIONS 256

/** Audits a PDF. What cannot be read is a check that failed, never an error. `revisions`: at most so many are looked
 * at, 0 for SJCODE_AUDIT_REVISIONS. Errors: "file.*" of the path. */
sjcode_status sjcode_audit_file(const char* path, uint32_t revisions, sjcode_audit_report** report,
                                sjcode_error** error);
/** The same for bytes, borrowed for the call; `bytes` may be NULL where `size` is 0. Any bytes have a report. */
sjcode_status sjcode_audit_bytes(const void* bytes, size_t size, uint32_t revisions, sjcode_audit_report** report,
                                 sjcode_error** error);
void sjcode_audit_report_free(sjcode_audit_report* report);

/** SJCODE_AUDIT_FAILED for NULL. */
sjcode_audit_outcome sjcode_audit_report_outcome(const sjcode_audit_report* report);
/** "no_failure", "failed" or "nothing_signed", as in JSON; NULL for another number. */
const char* sjcode_audit_outcome_name(int outcome);
/** For a person: outcome, findings, signatures, and the history as a table. Values from the document are foreign text:
 * escape them where they are shown. */
sjcode_status sjcode_audit_report_text(const sjcode_audit_report* report, int language, char** text,
                                       sjcode_error** error);
/** As one line of JSON (docs/audit.md). `input_name` stands in it as "input"; NULL for none. */
sjcode_status sjcode_audit_report_json(const sjcode_audit_report* report, int language, const char* input_name,
                                       char** json, sjcode_error** error);

/* ---- checks, each by its place from 0 ---- */

/** What was looked at ("signature", "coverage", "history" …), what came out, the code of the finding (docs/codes.md),
 *  and its sentence. */
size_t sjcode_audit_report_check_count(const sjcode_audit_report* report);
const char* sjcode_audit_report_check_name(const sjcode_audit_report* report, size_t index);
/** SJCODE_UNCHECKED where there is no such check. */
sjcode_check_result sjcode_audit_report_check_result(const sjcode_audit_report* report, size_t index);
const char* sjcode_audit_report_check_code(const sjcode_audit_report* report, size_t index);
const char* sjcode_audit_report_check_text(const sjcode_audit_report* report, size_t index, int language);

/* ---- signatures, each by its place from 0; names and times are what the file says of itself ---- */

typedef enum sjcode_audit_signature_kind {
    SJCODE_APPROVAL_SIGNATURE = 0,
    SJCODE_CERTIFICATION_SIGNATURE = 1,
    SJCODE_DOCUMENT_TIMESTAMP = 2,
    SJCODE_USAGE_RIGHTS_SIGNATURE = 3
} sjcode_audit_signature_kind;

size_t sjcode_audit_report_signature_count(const sjcode_audit_report* report);
/** The name of its field. */
const char* sjcode_audit_report_signature_field(const sjcode_audit_report* report, size_t index);
/** An sjcode_audit_signature_kind; -1 where there is no such signature. */
int sjcode_audit_report_signature_kind(const sjcode_audit_report* report, size_t index);
/** /SubFilter, as "ETSI.CAdES.detached". */
const char* sjcode_audit_report_signature_format(const sjcode_audit_report* report, size_t index);
/** "B-B", "B-T", "B-LT" or "B-LTA" (ETSI EN 319 142-1) by what is there, whatever it proves; "" of other forms. */
const char* sjcode_audit_report_signature_level(const sjcode_audit_report* report, size_t index);
/** /Name and /M of the signature dictionary, as they stand there. */
const char* sjcode_audit_report_signature_claimed_name(const sjcode_audit_report* report, size_t index);
const char* sjcode_audit_report_signature_claimed_time(const sjcode_audit_report* report, size_t index);
/** The names in the signer's certificate: its own, and who issued it (RFC 4514). Whether that is to be trusted is not
 *  checked. */
const char* sjcode_audit_report_signature_signer(const sjcode_audit_report* report, size_t index);
const char* sjcode_audit_report_signature_issuer(const sjcode_audit_report* report, size_t index);
/** Whether (1) it is a timestamp, or carries one that holds; then `seconds` since 1970-01-01T00:00:00Z are set. The
 *  authority is not checked. */
int sjcode_audit_report_signature_timestamp(const sjcode_audit_report* report, size_t index, int64_t* seconds);
/** Number of the signature dictionary; 0 where it has none of its own. */
uint32_t sjcode_audit_report_signature_object(const sjcode_audit_report* report, size_t index);
/** The newest revision that it covers, from 1; 0 where it covers none rightly. */
uint32_t sjcode_audit_report_signature_revision(const sjcode_audit_report* report, size_t index);
/** Whether (1) the bytes that it covers are those that were signed; nothing follows them; a later revision took it off.
 */
int sjcode_audit_report_signature_is_valid(const sjcode_audit_report* report, size_t index);
int sjcode_audit_report_signature_covers_file(const sjcode_audit_report* report, size_t index);
int sjcode_audit_report_signature_is_removed(const sjcode_audit_report* report, size_t index);

/* ---- revisions, the steps of the file's growth (ISO 32000-2, 7.5.6), each by its place from 0, oldest first ---- */

typedef enum sjcode_audit_objects {
    SJCODE_ADDED_OBJECTS = 0,
    SJCODE_REPLACED_OBJECTS = 1,
    SJCODE_FREED_OBJECTS = 2
} sjcode_audit_objects;

/** 0 where the file could not be read. */
size_t sjcode_audit_report_revision_count(const sjcode_audit_report* report);
/** Its number, from 1, the oldest; 0 where there is none. */
uint32_t sjcode_audit_report_revision_number(const sjcode_audit_report* report, size_t index);
/** Offsets of its first byte, and behind its end mark. */
uint64_t sjcode_audit_report_revision_begin(const sjcode_audit_report* report, size_t index);
uint64_t sjcode_audit_report_revision_end(const sjcode_audit_report* report, size_t index);
/** Numbers of objects that it added, replaced or freed (`which`: sjcode_audit_objects), ascending; the handle's own.
 *  `count` may not be NULL. */
const uint32_t* sjcode_audit_report_revision_objects(const sjcode_audit_report* report, size_t index, int which,
                                                     size_t* count);
/** Names of the fields whose signatures cover the file up to here, by their place from 0. */
size_t sjcode_audit_report_revision_signature_count(const sjcode_audit_report* report, size_t index);
const char* sjcode_audit_report_revision_signature(const sjcode_audit_report* report, size_t index, size_t place);

/* ---- the original ---- */

/** The bytes that a report of ours had before it was stamped and sealed, as the record in it says. Their digest is
 *  compared with the record; no signature is checked. Errors: "extract.no-code" (it carries none), "extract.changed"
 * (the bytes are not the original), "file.*", "pdf.*", "record.*", "cose.*". */
sjcode_status sjcode_original_of_file(const char* path, uint8_t** pdf, size_t* size, sjcode_error** error);
/** The same for bytes, borrowed for the call. */
sjcode_status sjcode_original_of_bytes(const void* bytes, size_t bytes_size, uint8_t** pdf, size_t* size,
                                       sjcode_error** error);

#ifdef __cplusplus
}
#endif

#endif

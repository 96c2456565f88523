/* Issuing from C. The rules of sjcode.h hold here, too. Not in a library that only verifies. */
#ifndef SJCODE_SJCODE_ISSUE_H
#define SJCODE_SJCODE_ISSUE_H

#include "sjcode/sjcode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- who signs ---- */

/** A key, or the caller's device that has one, with its certificate. May be used by several threads at once. */
typedef struct sjcode_signer sjcode_signer;

/** A key in memory, for tests and small institutions: PEM (PKCS#8 or SEC1), `passphrase` NULL where it has none, and
 * its certificate, PEM or DER. Errors: "key.format", "key.algorithm", "key.passphrase", "certificate.format". */
sjcode_status sjcode_signer_from_pem(const char* key_pem, const char* passphrase, const void* certificate,
                                     size_t certificate_size, sjcode_signer** signer, sjcode_error** error);
/** Key and certificate from PKCS#12. Errors: as sjcode_signer_from_pem(). */
sjcode_status sjcode_signer_from_pkcs12(const void* pkcs12, size_t size, const char* passphrase, sjcode_signer** signer,
                                        sjcode_error** error);

/** Signs with a device of the caller's (HSM, USB key). Gets the message itself, not its digest, and writes 64 bytes:
 * r‖s, big-endian with leading zeros (ECDSA P-256, SM2), or as RFC 8032 (Ed25519). SM2 takes the user id
 * "1234567812345678". Returns 0 where it did; any other number fails with "c-api.signer". May be called from any thread
 * that issues, and must neither throw nor jump out. */
typedef int (*sjcode_sign_function)(void* context, const uint8_t* message, size_t size, uint8_t signature[64]);

/** The certificate says which key the device signs with; what it returns is verified under that key before it is used
 *  ("key.signer"). `context` is handed to the function and must live as long as any issuer of this signer.
 *  Errors: "certificate.format", "key.algorithm". */
sjcode_status sjcode_signer_from_function(const void* certificate, size_t certificate_size, sjcode_sign_function sign,
                                          void* context, sjcode_signer** signer, sjcode_error** error);
void sjcode_signer_free(sjcode_signer* signer);

/* ---- issuing ---- */

typedef struct sjcode_issuer sjcode_issuer;
typedef struct sjcode_issue_options sjcode_issue_options;
/** A report ready to be written. */
typedef struct sjcode_issued sjcode_issued;

/** What is issued bears the code, and a seal (PAdES B-B) of the same key over the whole file. `worker` as for
 *  sjcode_verifier_new(). Errors: "seal.certificate" (the certificate is of another key), "seal.*". */
sjcode_status sjcode_issuer_new(const sjcode_signer* signer, const char* worker, sjcode_issuer** issuer,
                                sjcode_error** error);
/** Whether (not 0) the file is sealed besides. To be set before the issuer is shared between threads. */
sjcode_status sjcode_issuer_set_seal(sjcode_issuer* issuer, int seal, sjcode_error** error);
/** The stamp's typefaces, paths of TrueType files: a Chinese one, and a monospaced Latin one with glyphs 0.602 em wide.
 *  Without this, those of Debian's fonts-droid-fallback and fonts-dejavu-core. That one cannot be used shows when
 *  issuing ("font.*"). */
sjcode_status sjcode_issuer_set_fonts(sjcode_issuer* issuer, const char* chinese, const char* latin,
                                      sjcode_error** error);
void sjcode_issuer_free(sjcode_issuer* issuer);

typedef enum sjcode_pages {
    SJCODE_FIRST_FREE_PAGE = 0, /**< the first with room */
    SJCODE_FIRST_PAGE = 1,
    SJCODE_LAST_PAGE = 2,
    SJCODE_ALL_PAGES = 3,
    SJCODE_PAGE_NUMBER = 4
} sjcode_pages;

typedef enum sjcode_corner {
    SJCODE_BOTTOM_LEFT = 0,
    SJCODE_BOTTOM_RIGHT = 1,
    SJCODE_TOP_LEFT = 2,
    SJCODE_TOP_RIGHT = 3
} sjcode_corner;

/** Options as they are without any: the first free place, level M, nothing allowed, facts compared with the text. */
sjcode_status sjcode_issue_options_new(sjcode_issue_options** options, sjcode_error** error);
void sjcode_issue_options_free(sjcode_issue_options* options);
/** One of the certificate's official hosts; only needed where it has several. */
sjcode_status sjcode_issue_options_set_host(sjcode_issue_options* options, const char* host, sjcode_error** error);
/** Which pages get a stamp; `page`, from 1, with SJCODE_PAGE_NUMBER only. */
sjcode_status sjcode_issue_options_set_pages(sjcode_issue_options* options, int pages, uint32_t page,
                                             sjcode_error** error);
sjcode_status sjcode_issue_options_set_corner(sjcode_issue_options* options, int corner, sjcode_error** error);
/** The lower left corner of the stamp, in millimetres from that of the page as seen. */
sjcode_status sjcode_issue_options_set_position(sjcode_issue_options* options, double x_mm, double y_mm,
                                                sjcode_error** error);
/** Whether (not 0) the stamp may cover what is there. */
sjcode_status sjcode_issue_options_set_force(sjcode_issue_options* options, int force, sjcode_error** error);
/** 'M' or 'Q': how much damage the symbol bears (15 % or 25 %). */
sjcode_status sjcode_issue_options_set_level(sjcode_issue_options* options, char level, sjcode_error** error);
/** Allows what a rule refuses, as "javascript" or "facts"; may be called for several (docs/issue.md). */
sjcode_status sjcode_issue_options_allow(sjcode_issue_options* options, const char* rule, sjcode_error** error);
/** Whether (not 0) a damaged document is mended first; the result is then the original. */
sjcode_status sjcode_issue_options_set_repair(sjcode_issue_options* options, int repair, sjcode_error** error);
/** Whether (not 0; so it is without this) the pages' text is read: to compare the facts with it, and for verdicts to
 * name the page that was changed. */
sjcode_status sjcode_issue_options_set_page_text(sjcode_issue_options* options, int page_text, sjcode_error** error);
/** Empty signature fields that the seal leaves for the appraisers, at most 32. */
sjcode_status sjcode_issue_options_set_countersignatures(sjcode_issue_options* options, uint32_t count,
                                                         sjcode_error** error);

/** Issues a report: the PDF at `path` and its facts (FACTS.json as text; docs/facts.schema.json). Nothing is written.
 *  `options` may be NULL. Errors: "file.*", "facts.*", "issue.*", "pdf.*", "hygiene.*", "place.*", "key.signer",
 *  "c-api.signer", "worker.*" and others; docs/issue.md. */
sjcode_status sjcode_issue_file(const sjcode_issuer* issuer, const char* path, const char* facts_json,
                                const sjcode_issue_options* options, sjcode_issued** issued, sjcode_error** error);
/** The same for a PDF in memory, which is copied. */
sjcode_status sjcode_issue_bytes(const sjcode_issuer* issuer, const void* pdf, size_t size, const char* facts_json,
                                 const sjcode_issue_options* options, sjcode_issued** issued, sjcode_error** error);
/** A PNG of the first page that would be stamped, with a symbol that verifies nowhere; nothing is signed. `dpi` from 36
 * to 600. Errors: as sjcode_issue_file(). */
sjcode_status sjcode_preview_file(const sjcode_issuer* issuer, const char* path, const char* facts_json,
                                  const sjcode_issue_options* options, double dpi, uint8_t** png, size_t* size,
                                  sjcode_error** error);

/** Writes the issued file whole or not at all. Errors: "file.exists" (unless `overwrite` is not 0), "file.write". */
sjcode_status sjcode_issued_write(const sjcode_issued* issued, const char* path, int overwrite, sjcode_error** error);
/** The issued file as bytes. */
sjcode_status sjcode_issued_bytes(const sjcode_issued* issued, uint8_t** pdf, size_t* size, sjcode_error** error);
/** The code number, "XXXX-XXXX-XXXX-XXXX-XXXX", and the URL in the symbol. */
const char* sjcode_issued_number(const sjcode_issued* issued);
const char* sjcode_issued_url(const sjcode_issued* issued);
/** The record, for safe keeping beside the file, and the code (COSE_Sign1); the handle's own. `size` may not be NULL.
 */
const uint8_t* sjcode_issued_record(const sjcode_issued* issued, size_t* size);
const uint8_t* sjcode_issued_code(const sjcode_issued* issued, size_t* size);
/** Findings that did not stop the issue, by their place from 0; the handle's own, not to be freed. */
size_t sjcode_issued_warning_count(const sjcode_issued* issued);
const sjcode_error* sjcode_issued_warning(const sjcode_issued* issued, size_t index);
/** Pages with a stamp, by their place from 0: the page, from 1; 0 where there is none. */
size_t sjcode_issued_stamp_count(const sjcode_issued* issued);
uint32_t sjcode_issued_stamp_page(const sjcode_issued* issued, size_t index);
void sjcode_issued_free(sjcode_issued* issued);

#ifdef __cplusplus
}
#endif

#endif

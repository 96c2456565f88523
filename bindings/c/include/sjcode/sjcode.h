/* Verifying from C, and through it from Java, C#, Go and others. Issuing: sjcode_issue.h; audits: sjcode_audit.h. All:
 *
 * - Handles (sjcode_trust and the like) are opaque. Who gets one frees it with the function of its name; NULL may be
 *   freed. A handle that was made from another keeps what it needs of it, so the other may be freed first.
 * - Functions that can fail return an sjcode_status and take `error` last. It may be NULL; else it is set to NULL on
 *   success, and on failure to an error that the caller frees (to NULL where memory is out). What such a function gives
 *   out is NULL or empty on failure.
 * - A bad *document* is never a failure: it is a verdict. Failures are for misuse, files, keys and configuration.
 * - Texts are UTF-8 and end with a NUL; a NUL inside a value is given as U+FFFD. `const char*` results belong to their
 *   handle and live as long as it; `char*` and `uint8_t*` that are given out are the caller's, for sjcode_free().
 * - No C++ exception crosses, nothing is printed, no network is opened, and the environment is not read. The time is
 *   the operating system's.
 * - Thread-safe: verifiers, verdicts, errors and whatever is passed as a pointer to const may be used by several
 * threads at once. Options, and a trust handle that is being added to, are for one thread at a time.
 * - An argument that is one of an enumeration's (`language`: sjcode_language; `outcome`,
 *   `pages`, `corner` likewise) is an int, so that any other number is told as misuse.
 * - NULL for a handle of a getter gives NULL, 0, or the answer that vouches for nothing.
 */
#ifndef SJCODE_SJCODE_H
#define SJCODE_SJCODE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- versions and memory ---- */

/** Of this header. A library whose sjcode_c_version() is another is not its library. */
#define SJCODE_C_VERSION 1

int sjcode_c_version(void);
/** Of the library, as "0.1.0". */
const char* sjcode_version(void);
/** Of the code format that this library issues (docs/code-format.md). */
int sjcode_format_version(void);
/** Where `cmake --install` puts the program sjcode-worker; "" where the library was built without one. */
const char* sjcode_installed_worker(void);
/** Frees a text or bytes that were given out as the caller's. NULL may be freed. */
void sjcode_free(void* memory);

/* ---- results and errors ---- */

typedef enum sjcode_status {
    SJCODE_OK = 0,
    SJCODE_FAILED = 1,    /**< it cannot be done; the error says why and what to do */
    SJCODE_MISUSE = 2,    /**< an argument is NULL or out of its range: "c-api.argument" */
    SJCODE_NO_MEMORY = 3, /**< no error comes with it */
    SJCODE_INTERNAL = 4   /**< an unexpected exception: "c-api.internal" */
} sjcode_status;

typedef enum sjcode_language { SJCODE_CHINESE = 0, SJCODE_ENGLISH = 1 } sjcode_language;

/** What went wrong: a stable code, what fills the gaps of its sentence, the sentence. Immutable. */
typedef struct sjcode_error sjcode_error;

void sjcode_error_free(sjcode_error* error);
/** Stable, as "pdf.encrypted"; messages/en.json has the list. */
const char* sjcode_error_code(const sjcode_error* error);
/** What is wrong and what to do, for a person. NULL for an unknown language. */
const char* sjcode_error_text(const sjcode_error* error, int language);
/** The file concerned; "" where there is none. */
const char* sjcode_error_file(const sjcode_error* error);
size_t sjcode_error_parameter_count(const sjcode_error* error);
/** Name and value of a parameter, by its place from 0; NULL where there is none. */
const char* sjcode_error_parameter_name(const sjcode_error* error, size_t index);
const char* sjcode_error_parameter_value(const sjcode_error* error, size_t index);

/* ---- what is trusted ---- */

/** Whose keys may sign, and what became of codes. */
typedef struct sjcode_trust sjcode_trust;

/** A folder of institution certificates, or a store of trust lists (docs/trust.md), told apart by content.
 *  Errors: "trust.*", "trust-store.*". */
sjcode_status sjcode_trust_open(const char* folder, sjcode_trust** trust, sjcode_error** error);

/** Signed trust lists, each a file under the fingerprint of its root key that the regulator published: 64 hexadecimal
 *  digits, colons and spaces do not matter. `paths` and `roots` have `count` entries, at least one.
 *  Errors: "file.*", "trust-list.*", "usage.fingerprint". */
sjcode_status sjcode_trust_open_lists(const char* const* paths, const char* const* roots, size_t count,
                                      sjcode_trust** trust, sjcode_error** error);

/** A bundle (*.sjb): the trust lists and status lists in it. The lists are held to the pins of `store`, a store of
 * trust lists, or, where it is NULL, to the fingerprint `root`; one of the two must be there. An older list than the
 * store's is refused (sjcode_trust_refused) and the store's counts. Nothing is written. Errors: "file.*", "bundle.*",
 * "trust-store.*", "usage.fingerprint", "usage.trust". */
sjcode_status sjcode_trust_open_bundle(const char* path, const char* store, const char* root, sjcode_trust** trust,
                                       sjcode_error** error);

/** Takes a status list in, and the file of details beside it, which may be NULL. It counts for verifiers that are made
 *  later. Errors: "file.*", "status-list.*", "status-details.*", "status-lists.*". What was held stays; after an error
 * of the details the list counts without them, and verdicts tell of a list that was refused. */
sjcode_status sjcode_trust_add_status_list(sjcode_trust* trust, const char* list_path, const char* details_path,
                                           sjcode_error** error);

/** What a bundle held and was not taken: lists that are older than those of the store, broken status lists. */
size_t sjcode_trust_refused_count(const sjcode_trust* trust);
/** By its place from 0; the trust handle's own, not to be freed. */
const sjcode_error* sjcode_trust_refused(const sjcode_trust* trust, size_t index);
void sjcode_trust_free(sjcode_trust* trust);

/* ---- verifying ---- */

/** The numbers are the exit status of `sjcode verify`. No outcome says that the opinion is right. */
typedef enum sjcode_outcome {
    SJCODE_AUTHENTIC = 0,     /**< a file: issued by that institution, unaltered */
    SJCODE_NOT_AUTHENTIC = 1, /**< a mandatory check failed */
    SJCODE_UNDETERMINED = 2,  /**< none failed, one could not be made: no pass */
    SJCODE_CODE_GENUINE = 3   /**< the code verifies; the copy at hand was not compared with what was issued */
} sjcode_outcome;

typedef enum sjcode_check_result {
    SJCODE_PASS = 0,
    SJCODE_FAIL = 1,
    SJCODE_WARN = 2,
    SJCODE_UNCHECKED = 3 /**< could not be checked; the finding says why */
} sjcode_check_result;

typedef struct sjcode_verifier sjcode_verifier;
typedef struct sjcode_verify_options sjcode_verify_options;
typedef struct sjcode_verdict sjcode_verdict;

/** `worker` is the path of the program sjcode-worker, which reads hostile input; NULL: sjcode_installed_worker(). That
 * it is missing shows in the verdict of what needs it. */
sjcode_status sjcode_verifier_new(const sjcode_trust* trust, const char* worker, sjcode_verifier** verifier,
                                  sjcode_error** error);
void sjcode_verifier_free(sjcode_verifier* verifier);

/** Options as they are without any: no record, no rendering, 3 seconds for symbols, the clock's time. */
sjcode_status sjcode_verify_options_new(sjcode_verify_options** options, sjcode_error** error);
void sjcode_verify_options_free(sjcode_verify_options* options);
/** A record kept beside the report, to compare page text with where the document carries none. Copied. */
sjcode_status sjcode_verify_options_set_record(sjcode_verify_options* options, const void* record, size_t size,
                                               sjcode_error** error);
/** Whether (not 0) to render the stamped page and read its symbol always, not only where the structure cannot decide.
 */
sjcode_status sjcode_verify_options_set_render(sjcode_verify_options* options, int render, sjcode_error** error);
/** How long to look for symbols on the pages of a PDF that carries no code; at most a day. */
sjcode_status sjcode_verify_options_set_page_scan(sjcode_verify_options* options, uint32_t milliseconds,
                                                  sjcode_error** error);
/** As of when: what counts as "now" for status and age. Seconds since 1970-01-01T00:00:00Z, not negative. */
sjcode_status sjcode_verify_options_set_as_of(sjcode_verify_options* options, int64_t seconds, sjcode_error** error);

/** Verifies a PDF, photograph or scan, told apart by content. `options` may be NULL. Errors: "file.*" of the path. */
sjcode_status sjcode_verify_file(const sjcode_verifier* verifier, const char* path,
                                 const sjcode_verify_options* options, sjcode_verdict** verdict, sjcode_error** error);
/** The same for bytes, borrowed for the call; `bytes` may be NULL where `size` is 0. Any bytes have a verdict. */
sjcode_status sjcode_verify_bytes(const sjcode_verifier* verifier, const void* bytes, size_t size,
                                  const sjcode_verify_options* options, sjcode_verdict** verdict, sjcode_error** error);
/** Verifies the text of a symbol (a URL), or a code number as typed. Any text has a verdict. */
sjcode_status sjcode_verify_text(const sjcode_verifier* verifier, const char* text,
                                 const sjcode_verify_options* options, sjcode_verdict** verdict, sjcode_error** error);

/* ---- verdicts ---- */

void sjcode_verdict_free(sjcode_verdict* verdict);
/** SJCODE_UNDETERMINED for NULL. */
sjcode_outcome sjcode_verdict_outcome(const sjcode_verdict* verdict);
/** "authentic", "not_authentic", "undetermined" or "code_genuine", as in JSON; NULL for another number. */
const char* sjcode_outcome_name(int outcome);

/** The whole verdict for a person: the outcome, what to compare with the paper, each finding, and always that it does
 * not vouch for the opinion. Show that, too. Values from the document are foreign text: escape them where they are
 * shown. */
sjcode_status sjcode_verdict_text(const sjcode_verdict* verdict, int language, char** text, sjcode_error** error);
/** As one line of JSON (docs/verdict.schema.json). `input_name` stands in it as "input"; NULL for none. */
sjcode_status sjcode_verdict_json(const sjcode_verdict* verdict, int language, const char* input_name, char** json,
                                  sjcode_error** error);

/** The checks, each by its place from 0: what was looked at ("signature"), what came out, the code of the finding
 *  ("signature.verified"; docs/codes.md), its sentence, and whether SJCODE_UNCHECKED leaves the outcome undetermined.
 */
size_t sjcode_verdict_check_count(const sjcode_verdict* verdict);
const char* sjcode_verdict_check_name(const sjcode_verdict* verdict, size_t index);
/** SJCODE_UNCHECKED where there is no such check. */
sjcode_check_result sjcode_verdict_check_result(const sjcode_verdict* verdict, size_t index);
const char* sjcode_verdict_check_code(const sjcode_verdict* verdict, size_t index);
const char* sjcode_verdict_check_text(const sjcode_verdict* verdict, size_t index, int language);
int sjcode_verdict_check_is_mandatory(const sjcode_verdict* verdict, size_t index);

/** What to compare by eye with the paper, each by its place from 0; none where no signature verified: name
 *  ("report_number"), label in a language, value as text, and whether the code signed it (1) or it is from elsewhere.
 */
size_t sjcode_verdict_fact_count(const sjcode_verdict* verdict);
const char* sjcode_verdict_fact_name(const sjcode_verdict* verdict, size_t index);
const char* sjcode_verdict_fact_label(const sjcode_verdict* verdict, size_t index, int language);
const char* sjcode_verdict_fact_value(const sjcode_verdict* verdict, size_t index);
int sjcode_verdict_fact_is_signed(const sjcode_verdict* verdict, size_t index);

/* ---- code numbers ---- */

/** Whether a number, typed with all forgiveness (case, spaces, O for 0), is well formed, and its written form
 *  "XXXX-XXXX-XXXX-XXXX-XXXX". Says nothing of whether it was ever issued. Errors: "number.*". */
sjcode_status sjcode_code_number(const char* typed, char** number, sjcode_error** error);

#ifdef __cplusplus
}
#endif

#endif

/* Verifies a file from C and prints the verdict; ends with the outcome as status.
 *
 * usage: example_verify_report_c FILE TRUST_FOLDER WORKER
 */
#include "sjcode/sjcode.h"

#include <stdio.h>

// [verify]
static sjcode_status verify(const char* path, const char* trust_folder, const char* worker, sjcode_verdict** verdict,
                            sjcode_error** error) {
    sjcode_trust* trust = NULL;
    sjcode_verifier* verifier = NULL;
    sjcode_status status = sjcode_trust_open(trust_folder, &trust, error);
    if (status == SJCODE_OK) status = sjcode_verifier_new(trust, worker, &verifier, error);
    /* A bad document is a verdict, never an error. */
    if (status == SJCODE_OK) status = sjcode_verify_file(verifier, path, NULL, verdict, error);
    sjcode_verifier_free(verifier); /* NULL may be freed */
    sjcode_trust_free(trust);
    return status;
}
// [/verify]

static int report(sjcode_error* error) {
    if (error == NULL)
        fputs("out of memory\n", stderr);
    else
        fprintf(stderr, "%s [%s]\n", sjcode_error_text(error, SJCODE_ENGLISH), sjcode_error_code(error));
    sjcode_error_free(error);
    return 66;
}

int main(int argc, char** argv) {
    sjcode_verdict* verdict = NULL;
    sjcode_error* error = NULL;
    char* text = NULL;
    if (argc != 4) {
        fputs("usage: example_verify_report_c FILE TRUST_FOLDER WORKER\n", stderr);
        return 64;
    }
    if (verify(argv[1], argv[2], argv[3], &verdict, &error) != SJCODE_OK) return report(error);
    const sjcode_outcome outcome = sjcode_verdict_outcome(verdict);
    printf("%s\n", sjcode_outcome_name(outcome));

    /* Programs go by results and codes, never by sentences. */
    for (size_t i = 0; i < sjcode_verdict_check_count(verdict); ++i)
        if (sjcode_verdict_check_result(verdict, i) != SJCODE_PASS)
            printf("%s: %s\n", sjcode_verdict_check_name(verdict, i), sjcode_verdict_check_code(verdict, i));

    if (sjcode_verdict_text(verdict, SJCODE_CHINESE, &text, &error) != SJCODE_OK) {
        sjcode_verdict_free(verdict);
        return report(error);
    }
    fputs(text, stdout);
    sjcode_free(text);
    sjcode_verdict_free(verdict);
    return (int)outcome;
}

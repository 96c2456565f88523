/* The same in C: what a program links that knows nothing of C++. */
#include "sjcode/sjcode.h"
#include "sjcode/sjcode_audit.h"
#ifdef CONSUMER_ISSUES
#include "sjcode/sjcode_issue.h"
#endif

#include <stdio.h>
#include <string.h>

static int failed_with(sjcode_error* error, const char* code) {
    const int is_it = error != NULL && strcmp(sjcode_error_code(error), code) == 0;
    sjcode_error_free(error);
    return is_it;
}

int main(void) {
    sjcode_error* error = NULL;
    sjcode_trust* trust = NULL;
    sjcode_verdict* verdict = NULL;
    if (sjcode_c_version() != SJCODE_C_VERSION) return 1;
    if (sjcode_trust_open("/nowhere", &trust, &error) != SJCODE_FAILED) return 2;
    if (!failed_with(error, "trust.folder")) return 3;
    if (sjcode_verify_bytes(NULL, "x", 1, NULL, &verdict, &error) != SJCODE_MISUSE) return 4;
    if (!failed_with(error, "c-api.argument")) return 5;
    sjcode_audit_report* report = NULL;
    if (sjcode_audit_bytes("no PDF", 6, 0, &report, &error) != SJCODE_OK) return 8;
    if (sjcode_audit_report_outcome(report) != SJCODE_AUDIT_FAILED) return 9;
    sjcode_audit_report_free(report);
#ifdef CONSUMER_ISSUES
    sjcode_signer* signer = NULL;
    if (sjcode_signer_from_pem("no key", NULL, "no certificate", 14, &signer, &error) != SJCODE_FAILED) return 6;
    if (!failed_with(error, "key.format")) return 7;
    /* Never called: it makes the link want all of issuing. */
    if (signer != NULL) return (int)sjcode_issue_file(NULL, NULL, NULL, NULL, NULL, NULL);
#endif
    printf("sjcode %s: not verified, %s\n", sjcode_version(), sjcode_outcome_name(sjcode_verdict_outcome(NULL)));
    return 0;
}

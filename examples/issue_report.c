/* Issues a report from C with a key that the program does not have: a device signs. Here the program `openssl`, with an
 * SM2 key, stands for the device.
 *
 * usage: example_issue_report_c REPORT.pdf FACTS.json KEY.pem CERT.pem WORKER OUT.pdf
 */
#include "sjcode/sjcode_issue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole file, ended with a NUL that `size` does not count; NULL where it cannot be read. */
static char* content_of(const char* path, size_t* size) {
    FILE* file = fopen(path, "rb");
    char* content = file == NULL ? NULL : malloc(1U << 20);
    *size = 0;
    if (content != NULL) {
        *size = fread(content, 1, (1U << 20) - 1, file);
        content[*size] = '\0';
    }
    if (file != NULL) fclose(file);
    return content;
}

// [device]
typedef struct device {
    const char* key;     /* what the device signs with */
    const char* message; /* where the message is put for it */
    const char* answer;  /* and where its signature is found */
} device;

/* The bytes of an INTEGER of a DER signature, at its tag, as 32 bytes; returns what is behind it, NULL where it
 * is none. */
static const uint8_t* number_of(const uint8_t* at, const uint8_t* end, uint8_t number[32]) {
    if (end - at < 2 || at[0] != 0x02 || at[1] == 0 || at[1] > 33 || end - at < 2 + at[1]) return NULL;
    const uint8_t* first = at + 2;
    size_t length = at[1];
    if (length == 33 && *first++ != 0) return NULL;
    if (length == 33) --length;
    memset(number, 0, 32);
    memcpy(number + 32 - length, first, length);
    return first + length;
}

/* Gets the message itself, gives r and s of 32 bytes each; they are verified with the certificate's key before they are
 * used. Another result than 0 says that the device did not sign. */
static int sign(void* context, const uint8_t* message, size_t size, uint8_t signature[64]) {
    const device* with = context;
    char command[4096];
    uint8_t der[128];
    FILE* file = fopen(with->message, "wb");
    if (file == NULL) return 1;
    const size_t written = fwrite(message, 1, size, file);
    if (fclose(file) != 0 || written != size) return 2;
    const int length =
        snprintf(command, sizeof command, "openssl dgst -sm3 -sigopt distid:1234567812345678 -sign '%s' -out '%s' '%s'",
                 with->key, with->answer, with->message);
    if (length < 0 || (size_t)length >= sizeof command || system(command) != 0) return 3;
    file = fopen(with->answer, "rb");
    if (file == NULL) return 4;
    const size_t got = fread(der, 1, sizeof der, file);
    fclose(file);
    if (got < 8 || der[0] != 0x30 || der[1] != got - 2) return 5;
    const uint8_t* next = number_of(der + 2, der + got, signature);
    return next == NULL || number_of(next, der + got, signature + 32) == NULL ? 6 : 0;
}
// [/device]

// [issue]
static sjcode_status issue(char** argv, const char* facts, const char* certificate, size_t certificate_size,
                           device* with, sjcode_error** error) {
    sjcode_signer* signer = NULL;
    sjcode_issuer* issuer = NULL;
    sjcode_issued* issued = NULL;
    sjcode_status status = sjcode_signer_from_function(certificate, certificate_size, sign, with, &signer, error);
    if (status == SJCODE_OK) status = sjcode_issuer_new(signer, argv[5], &issuer, error);
    if (status == SJCODE_OK) status = sjcode_issue_file(issuer, argv[1], facts, NULL, &issued, error);
    if (status == SJCODE_OK) status = sjcode_issued_write(issued, argv[6], 1, error);
    if (status == SJCODE_OK) printf("%s\n", sjcode_issued_number(issued));
    sjcode_issued_free(issued);
    sjcode_issuer_free(issuer);
    sjcode_signer_free(signer);
    return status;
}
// [/issue]

int main(int argc, char** argv) {
    if (argc != 7) {
        fputs("usage: example_issue_report_c REPORT.pdf FACTS.json KEY.pem CERT.pem WORKER OUT.pdf\n", stderr);
        return 64;
    }
    size_t facts_size = 0;
    size_t certificate_size = 0;
    char* facts = content_of(argv[2], &facts_size);
    char* certificate = content_of(argv[4], &certificate_size);
    char message[1024];
    char answer[1024];
    snprintf(message, sizeof message, "%.1000s.message", argv[6]);
    snprintf(answer, sizeof answer, "%.1000s.signature", argv[6]);
    device with = {argv[3], message, answer};
    sjcode_error* error = NULL;
    int status = 65;
    if (facts == NULL || certificate == NULL)
        fputs("facts or certificate cannot be read\n", stderr);
    else if (issue(argv, facts, certificate, certificate_size, &with, &error) == SJCODE_OK)
        status = 0;
    else if (error == NULL)
        fputs("out of memory\n", stderr);
    else
        fprintf(stderr, "%s [%s]\n", sjcode_error_text(error, SJCODE_ENGLISH), sjcode_error_code(error));
    sjcode_error_free(error);
    free(facts);
    free(certificate);
    remove(message);
    remove(answer);
    return status;
}

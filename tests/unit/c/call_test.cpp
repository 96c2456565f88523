// Versions, errors, and what every function of the C interface does with NULL.
#include "unit/c/c_world.h"

#include <cstring>

using namespace c_world;

TEST_CASE("C: versions") {
    CHECK(sjcode_c_version() == SJCODE_C_VERSION);
    CHECK(std::string(sjcode_version()).find('.') != std::string::npos);
    CHECK(sjcode_format_version() == 1);
    CHECK(std::string(sjcode_installed_worker()).ends_with("/sjcode-worker"));
}

TEST_CASE("C: an error has its code, its parameters and its sentence in two languages") {
    sjcode_trust* trust = nullptr;
    sjcode_error* error = nullptr;
    REQUIRE(sjcode_trust_open("/nowhere/at/all", &trust, &error) == SJCODE_FAILED);
    const Error held(error);
    CHECK(trust == nullptr);
    CHECK(std::string(sjcode_error_code(error)) == "trust.folder");
    REQUIRE(sjcode_error_parameter_count(error) == 1);
    CHECK(std::string(sjcode_error_parameter_name(error, 0)) == "folder");
    CHECK(std::string(sjcode_error_parameter_value(error, 0)) == "/nowhere/at/all");
    CHECK(sjcode_error_parameter_name(error, 1) == nullptr);
    CHECK(sjcode_error_parameter_value(error, 1) == nullptr);
    CHECK(std::strstr(sjcode_error_text(error, SJCODE_ENGLISH), "/nowhere/at/all") != nullptr);
    CHECK(std::string(sjcode_error_text(error, SJCODE_CHINESE)) != sjcode_error_text(error, SJCODE_ENGLISH));
    CHECK(sjcode_error_text(error, 2) == nullptr);
    CHECK(sjcode_error_file(error) != nullptr);
}

TEST_CASE("C: who wants no error gets none, and success takes an old one away") {
    CHECK(sjcode_trust_open("/nowhere", nullptr, nullptr) == SJCODE_MISUSE);
    sjcode_trust* trust = nullptr;
    CHECK(sjcode_trust_open("/nowhere", &trust, nullptr) == SJCODE_FAILED);
    char* number = nullptr;
    sjcode_error* error = reinterpret_cast<sjcode_error*>(&number);  // whatever stood there
    REQUIRE(sjcode_verify_options_new(nullptr, &error) == SJCODE_MISUSE);
    sjcode_error_free(error);
    sjcode_verify_options* options = nullptr;
    REQUIRE(sjcode_verify_options_new(&options, &error) == SJCODE_OK);
    CHECK(error == nullptr);
    sjcode_verify_options_free(options);
}

TEST_CASE("C: a code number as typed") {
    const auto number = sjcode::CodeNumber::generate(sjcode::system_random()).value();
    char* written = nullptr;
    succeed([&](auto** error) { return sjcode_code_number(number.characters().c_str(), &written, error); });
    const Text held(written);
    CHECK(std::string(written) == number.grouped());
    auto wrong = number.characters();
    wrong.back() = wrong.back() == 'X' ? 'Y' : 'X';
    char* none = nullptr;
    CHECK(
        code_of([&](auto** error) { return sjcode_code_number(wrong.c_str(), &none, error); }).starts_with("number."));
    CHECK(none == nullptr);
    for (const char* garbage : {"", " ", "\xff\xfe", "二〇二六", "0000-0000-0000-0000-0000-0000"})
        CHECK(code_of([&](auto** error) { return sjcode_code_number(garbage, &none, error); }).starts_with("number."));
    CHECK(code_of([&](auto** error) { return sjcode_code_number(nullptr, &none, error); }) == "c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_code_number("", nullptr, error); }) == "c-api.argument");
}

TEST_CASE("C: NULL may be freed, and getters take it") {
    sjcode_free(nullptr);
    sjcode_error_free(nullptr);
    sjcode_trust_free(nullptr);
    sjcode_verifier_free(nullptr);
    sjcode_verify_options_free(nullptr);
    sjcode_verdict_free(nullptr);
    sjcode_signer_free(nullptr);
    sjcode_issuer_free(nullptr);
    sjcode_issue_options_free(nullptr);
    sjcode_issued_free(nullptr);
    CHECK(sjcode_error_code(nullptr) == nullptr);
    CHECK(sjcode_error_text(nullptr, SJCODE_ENGLISH) == nullptr);
    CHECK(sjcode_error_file(nullptr) == nullptr);
    CHECK(sjcode_error_parameter_count(nullptr) == 0);
    CHECK(sjcode_trust_refused_count(nullptr) == 0);
    CHECK(sjcode_trust_refused(nullptr, 0) == nullptr);
    // Nothing was verified: nothing that could be taken for a pass.
    CHECK(sjcode_verdict_outcome(nullptr) == SJCODE_UNDETERMINED);
    CHECK(sjcode_verdict_check_count(nullptr) == 0);
    CHECK(sjcode_verdict_check_result(nullptr, 0) == SJCODE_UNCHECKED);
    CHECK(sjcode_verdict_check_name(nullptr, 0) == nullptr);
    CHECK(sjcode_verdict_check_is_mandatory(nullptr, 0) == 0);
    CHECK(sjcode_verdict_fact_count(nullptr) == 0);
    CHECK(sjcode_verdict_fact_is_signed(nullptr, 0) == 0);
    CHECK(sjcode_issued_number(nullptr) == nullptr);
    CHECK(sjcode_issued_url(nullptr) == nullptr);
    size_t size = 7;
    CHECK(sjcode_issued_record(nullptr, &size) == nullptr);
    CHECK(size == 0);
    CHECK(sjcode_issued_code(nullptr, nullptr) == nullptr);
    CHECK(sjcode_issued_warning_count(nullptr) == 0);
    CHECK(sjcode_issued_warning(nullptr, 0) == nullptr);
    CHECK(sjcode_issued_stamp_count(nullptr) == 0);
    CHECK(sjcode_issued_stamp_page(nullptr, 0) == 0);
    CHECK(sjcode_outcome_name(4) == nullptr);
}

TEST_CASE("C: an argument that is missing is named") {
    sjcode_error* error = nullptr;
    REQUIRE(sjcode_verify_text(nullptr, "x", nullptr, nullptr, &error) == SJCODE_MISUSE);
    const Error held(error);
    CHECK(std::string(sjcode_error_code(error)) == "c-api.argument");
    CHECK(std::string(sjcode_error_parameter_value(error, 0)) == "verifier");
    CHECK(std::strstr(sjcode_error_text(error, SJCODE_CHINESE), "verifier") != nullptr);
}

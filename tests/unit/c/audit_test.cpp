// Auditing through the C interface: an issued report, a changed one, hostile bytes and calls.
#include "unit/c/c_world.h"

#include "sjcode/file.h"
#include "sjcode/sjcode_audit.h"

#include <nlohmann/json.hpp>

#include <cstring>
#include <set>
#include <string>
#include <vector>

using namespace c_world;

namespace {

using Report = Held<sjcode_audit_report, sjcode_audit_report_free>;

Report audit(const std::string& path, std::uint32_t revisions = 0) {
    sjcode_audit_report* report = nullptr;
    succeed([&](auto** error) { return sjcode_audit_file(path.c_str(), revisions, &report, error); });
    return Report(report);
}

Report audit_bytes(const std::string& bytes) {
    sjcode_audit_report* report = nullptr;
    succeed([&](auto** error) { return sjcode_audit_bytes(bytes.data(), bytes.size(), 0, &report, error); });
    return Report(report);
}

std::string content_of(const std::string& path) {
    return std::string(sjcode::as_text(sjcode::InputFile::open(path).value().bytes()));
}

std::set<std::string> failed_codes(const Report& report) {
    std::set<std::string> codes;
    for (std::size_t i = 0; i < sjcode_audit_report_check_count(report.get()); ++i)
        if (sjcode_audit_report_check_result(report.get(), i) == SJCODE_FAIL)
            codes.insert(sjcode_audit_report_check_code(report.get(), i));
    return codes;
}

}  // namespace

TEST_CASE("C: the audit of an issued report, and its original") {
    const World world;
    const auto issued = world.issued();
    const auto report = audit(world.path("issued.pdf"));
    const auto* one = report.get();
    CHECK(sjcode_audit_report_outcome(one) == SJCODE_AUDIT_NO_FAILURE);
    CHECK(std::string(sjcode_audit_outcome_name(SJCODE_AUDIT_NO_FAILURE)) == "no_failure");
    CHECK(failed_codes(report).empty());
    const auto checks = sjcode_audit_report_check_count(one);
    REQUIRE(checks > 0);
    for (std::size_t i = 0; i < checks; ++i) {
        CHECK(std::strlen(sjcode_audit_report_check_name(one, i)) > 0);
        CHECK(std::strlen(sjcode_audit_report_check_text(one, i, SJCODE_CHINESE)) > 0);
        CHECK(std::strlen(sjcode_audit_report_check_text(one, i, SJCODE_ENGLISH)) > 0);
    }
    CHECK(sjcode_audit_report_check_text(one, 0, 9) == nullptr);
    CHECK(sjcode_audit_report_check_code(one, checks) == nullptr);
    CHECK(sjcode_audit_report_check_result(one, checks) == SJCODE_UNCHECKED);

    REQUIRE(sjcode_audit_report_signature_count(one) == 1);
    CHECK(sjcode_audit_report_signature_kind(one, 0) == SJCODE_CERTIFICATION_SIGNATURE);
    CHECK(std::string(sjcode_audit_report_signature_format(one, 0)) == "SJSeal.GBT35275.detached");
    CHECK(std::string(sjcode_audit_report_signature_level(one, 0)) == "B-B");
    CHECK(std::strlen(sjcode_audit_report_signature_field(one, 0)) > 0);
    CHECK(std::strstr(sjcode_audit_report_signature_signer(one, 0), "示例司法鉴定中心") != nullptr);
    CHECK(std::strlen(sjcode_audit_report_signature_issuer(one, 0)) > 0);
    CHECK(std::strncmp(sjcode_audit_report_signature_claimed_time(one, 0), "D:", 2) == 0);
    CHECK(sjcode_audit_report_signature_claimed_name(one, 0) != nullptr);
    CHECK(sjcode_audit_report_signature_object(one, 0) > 0);
    CHECK(sjcode_audit_report_signature_is_valid(one, 0) == 1);
    CHECK(sjcode_audit_report_signature_covers_file(one, 0) == 1);
    CHECK(sjcode_audit_report_signature_is_removed(one, 0) == 0);
    std::int64_t seconds = -1;
    CHECK(sjcode_audit_report_signature_timestamp(one, 0, &seconds) == 0);
    CHECK(seconds == -1);

    const auto revisions = sjcode_audit_report_revision_count(one);
    REQUIRE(revisions == 2);
    CHECK(sjcode_audit_report_signature_revision(one, 0) == sjcode_audit_report_revision_number(one, 1));
    CHECK(sjcode_audit_report_revision_number(one, 0) == 1);
    CHECK(sjcode_audit_report_revision_begin(one, 1) == sjcode_audit_report_revision_end(one, 0));
    // Behind the end mark one line end more.
    CHECK(sjcode_audit_report_revision_end(one, 1) + 1 == content_of(world.path("issued.pdf")).size());
    std::size_t count = 0;
    const auto* added = sjcode_audit_report_revision_objects(one, 1, SJCODE_ADDED_OBJECTS, &count);
    REQUIRE(count > 1);
    for (std::size_t i = 1; i < count; ++i) CHECK(added[i - 1] < added[i]);
    CHECK(sjcode_audit_report_revision_objects(one, 1, 3, &count) == nullptr);
    CHECK(count == 0);
    REQUIRE(sjcode_audit_report_revision_signature_count(one, 1) == 1);
    CHECK(std::string(sjcode_audit_report_revision_signature(one, 1, 0)) ==
          sjcode_audit_report_signature_field(one, 0));
    CHECK(sjcode_audit_report_revision_signature(one, 1, 1) == nullptr);
    CHECK(sjcode_audit_report_revision_signature_count(one, revisions) == 0);

    std::uint8_t* pdf = nullptr;
    std::size_t size = 0;
    succeed(
        [&](auto** error) { return sjcode_original_of_file(world.path("issued.pdf").c_str(), &pdf, &size, error); });
    CHECK(std::string(reinterpret_cast<const char*>(pdf), size) == content_of(world.path("report.pdf")));
    sjcode_free(pdf);
}

TEST_CASE("C: an audit as text and as JSON") {
    const World world;
    const auto issued = world.issued();
    const auto report = audit_bytes(content_of(world.path("issued.pdf")));
    for (const auto language : {SJCODE_CHINESE, SJCODE_ENGLISH}) {
        char* text = nullptr;
        succeed([&](auto** error) { return sjcode_audit_report_text(report.get(), language, &text, error); });
        const Text held(text);
        CHECK(std::strlen(text) > 0);
        char* json = nullptr;
        succeed([&](auto** error) { return sjcode_audit_report_json(report.get(), language, "名.pdf", &json, error); });
        const Text held_json(json);
        const auto parsed = nlohmann::json::parse(json);
        CHECK(parsed.at("outcome") == "no_failure");
        CHECK(parsed.at("input") == "名.pdf");
        CHECK(std::strchr(json, '\n') == nullptr);
    }
    char* text = nullptr;
    CHECK(code_of([&](auto** error) { return sjcode_audit_report_text(report.get(), 9, &text, error); }) ==
          "c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_audit_report_text(nullptr, SJCODE_CHINESE, &text, error); }) ==
          "c-api.argument");
    CHECK(code_of([&](auto** error) {
              return sjcode_audit_report_json(report.get(), SJCODE_CHINESE, nullptr, nullptr, error);
          }) == "c-api.argument");
    CHECK(text == nullptr);
}

TEST_CASE("C: an audit finds what was changed, and any bytes have a report") {
    const World world;
    const auto issued = world.issued();
    auto bytes = content_of(world.path("issued.pdf"));
    CHECK(sjcode_audit_report_outcome(audit(world.path("report.pdf")).get()) == SJCODE_AUDIT_NOTHING_SIGNED);
    CHECK(sjcode_audit_report_outcome(audit(world.path("issued.pdf"), 1).get()) == SJCODE_AUDIT_FAILED);
    bytes[bytes.find("595 842") + 2] = '6';
    const auto changed = audit_bytes(bytes);
    CHECK(sjcode_audit_report_outcome(changed.get()) == SJCODE_AUDIT_FAILED);
    REQUIRE(sjcode_audit_report_signature_count(changed.get()) == 1);
    CHECK(sjcode_audit_report_signature_is_valid(changed.get(), 0) == 0);
    std::uint8_t* pdf = nullptr;
    std::size_t size = 7;
    CHECK(code_of([&](auto** error) {
              return sjcode_original_of_bytes(bytes.data(), bytes.size(), &pdf, &size, error);
          }) == "extract.changed");
    CHECK(pdf == nullptr);
    CHECK(size == 0);
    for (const std::string& hostile :
         {std::string(), std::string("%PDF-1.7"), std::string(70'000, '\xff'), std::string(100, '\0'),
          std::string("%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF")}) {
        const auto report = audit_bytes(hostile);
        CHECK(sjcode_audit_report_outcome(report.get()) == SJCODE_AUDIT_FAILED);
        CHECK(!failed_codes(report).empty());
        CHECK(sjcode_audit_report_revision_count(report.get()) == 0);
    }
}

TEST_CASE("C: audits called wrongly") {
    const World world;
    sjcode_audit_report* report = nullptr;
    std::uint8_t* pdf = nullptr;
    std::size_t size = 0;
    const auto misuse = std::string("c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_audit_file("/nowhere.pdf", 0, &report, error); }) ==
          "file.not-found");
    CHECK(code_of([&](auto** error) { return sjcode_audit_file(nullptr, 0, &report, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_audit_file("/nowhere.pdf", 0, nullptr, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_audit_bytes(nullptr, 1, 0, &report, error); }) == misuse);
    CHECK(report == nullptr);
    CHECK(code_of([&](auto** error) {
              return sjcode_original_of_file(world.path("report.pdf").c_str(), &pdf, &size, error);
          }) == "extract.no-code");
    CHECK(code_of([&](auto** error) { return sjcode_original_of_file(nullptr, &pdf, &size, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_original_of_bytes("x", 1, nullptr, &size, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_original_of_bytes("x", 1, &pdf, nullptr, error); }) == misuse);
    CHECK(pdf == nullptr);

    CHECK(sjcode_audit_report_outcome(nullptr) == SJCODE_AUDIT_FAILED);
    CHECK(sjcode_audit_outcome_name(3) == nullptr);
    CHECK(sjcode_audit_report_check_count(nullptr) == 0);
    CHECK(sjcode_audit_report_signature_count(nullptr) == 0);
    CHECK(sjcode_audit_report_signature_kind(nullptr, 0) == -1);
    CHECK(sjcode_audit_report_signature_signer(nullptr, 0) == nullptr);
    CHECK(sjcode_audit_report_signature_is_valid(nullptr, 0) == 0);
    CHECK(sjcode_audit_report_revision_count(nullptr) == 0);
    CHECK(sjcode_audit_report_revision_objects(nullptr, 0, SJCODE_ADDED_OBJECTS, &size) == nullptr);
    CHECK(sjcode_audit_report_revision_objects(nullptr, 0, SJCODE_ADDED_OBJECTS, nullptr) == nullptr);
    sjcode_audit_report_free(nullptr);
}

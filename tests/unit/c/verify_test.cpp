// Verifying through the C interface: documents, texts, hostile calls, threads.
#include "unit/c/c_world.h"

#include "sjcode/file.h"

#include <nlohmann/json.hpp>

#include <atomic>
#include <cstring>
#include <set>
#include <thread>
#include <vector>

using namespace c_world;

namespace {

Verdict verify(const Verifier& verifier, const std::string& path, const sjcode_verify_options* options = nullptr) {
    sjcode_verdict* verdict = nullptr;
    succeed([&](auto** error) { return sjcode_verify_file(verifier.get(), path.c_str(), options, &verdict, error); });
    return Verdict(verdict);
}

Verdict verify_bytes(const Verifier& verifier, const void* bytes, std::size_t size) {
    sjcode_verdict* verdict = nullptr;
    succeed([&](auto** error) { return sjcode_verify_bytes(verifier.get(), bytes, size, nullptr, &verdict, error); });
    return Verdict(verdict);
}

Verdict verify_text(const Verifier& verifier, const std::string& text) {
    sjcode_verdict* verdict = nullptr;
    succeed([&](auto** error) { return sjcode_verify_text(verifier.get(), text.c_str(), nullptr, &verdict, error); });
    return Verdict(verdict);
}

std::string content_of(const std::string& path) {
    return std::string(sjcode::as_text(sjcode::InputFile::open(path).value().bytes()));
}

std::set<std::string> failed_codes(const Verdict& verdict) {
    std::set<std::string> codes;
    for (std::size_t i = 0; i < sjcode_verdict_check_count(verdict.get()); ++i)
        if (sjcode_verdict_check_result(verdict.get(), i) == SJCODE_FAIL)
            codes.insert(sjcode_verdict_check_code(verdict.get(), i));
    return codes;
}

}  // namespace

TEST_CASE("C: an issued report is authentic, by path and as bytes") {
    const World world;
    const auto issued = world.issued();
    const auto verifier = world.verifier();
    const auto verdict = verify(verifier, world.path("issued.pdf"));
    REQUIRE(sjcode_verdict_outcome(verdict.get()) == SJCODE_AUTHENTIC);
    CHECK(std::string(sjcode_outcome_name(SJCODE_AUTHENTIC)) == "authentic");
    CHECK(failed_codes(verdict).empty());

    const auto checks = sjcode_verdict_check_count(verdict.get());
    REQUIRE(checks > 3);
    bool signature = false;
    for (std::size_t i = 0; i < checks; ++i) {
        signature = signature || (std::string(sjcode_verdict_check_code(verdict.get(), i)) == "signature.verified" &&
                                  sjcode_verdict_check_result(verdict.get(), i) == SJCODE_PASS &&
                                  sjcode_verdict_check_is_mandatory(verdict.get(), i) == 1 &&
                                  std::string(sjcode_verdict_check_name(verdict.get(), i)) == "signature");
        CHECK(std::strlen(sjcode_verdict_check_text(verdict.get(), i, SJCODE_CHINESE)) > 0);
        CHECK(std::strlen(sjcode_verdict_check_text(verdict.get(), i, SJCODE_ENGLISH)) > 0);
    }
    CHECK(signature);
    CHECK(sjcode_verdict_check_code(verdict.get(), checks) == nullptr);
    CHECK(sjcode_verdict_check_text(verdict.get(), checks, SJCODE_ENGLISH) == nullptr);
    CHECK(sjcode_verdict_check_text(verdict.get(), 0, -1) == nullptr);

    bool number = false;
    const auto facts = sjcode_verdict_fact_count(verdict.get());
    for (std::size_t i = 0; i < facts; ++i)
        number =
            number || (std::string(sjcode_verdict_fact_name(verdict.get(), i)) == "report_number" &&
                       std::string(sjcode_verdict_fact_value(verdict.get(), i)) == "示例司鉴中心〔2026〕临鉴字第18号" &&
                       sjcode_verdict_fact_is_signed(verdict.get(), i) == 1 &&
                       std::strlen(sjcode_verdict_fact_label(verdict.get(), i, SJCODE_CHINESE)) > 0);
    CHECK(number);
    CHECK(sjcode_verdict_fact_value(verdict.get(), facts) == nullptr);

    const auto bytes = content_of(world.path("issued.pdf"));
    CHECK(sjcode_verdict_outcome(verify_bytes(verifier, bytes.data(), bytes.size()).get()) == SJCODE_AUTHENTIC);
}

TEST_CASE("C: a changed copy is not authentic") {
    const World world;
    const auto issued = world.issued();
    auto bytes = content_of(world.path("issued.pdf"));
    bytes[bytes.find("595 842") + 2] = '6';
    const auto verdict = verify_bytes(world.verifier(), bytes.data(), bytes.size());
    CHECK(sjcode_verdict_outcome(verdict.get()) == SJCODE_NOT_AUTHENTIC);
    CHECK(failed_codes(verdict).contains("original.changed"));
}

TEST_CASE("C: a verdict as text and as JSON") {
    const World world;
    const auto issued = world.issued();
    const auto verdict = verify(world.verifier(), world.path("issued.pdf"));
    for (const auto language : {SJCODE_CHINESE, SJCODE_ENGLISH}) {
        char* text = nullptr;
        succeed([&](auto** error) { return sjcode_verdict_text(verdict.get(), language, &text, error); });
        const Text held(text);
        CHECK(std::strstr(text, "示例司法鉴定中心") != nullptr);
        char* json = nullptr;
        succeed([&](auto** error) { return sjcode_verdict_json(verdict.get(), language, "名.pdf", &json, error); });
        const Text held_json(json);
        const auto parsed = nlohmann::json::parse(json);
        CHECK(parsed.at("outcome") == "authentic");
        CHECK(parsed.at("input") == "名.pdf");
        CHECK(std::strchr(json, '\n') == nullptr);
    }
    char* text = nullptr;
    CHECK(code_of([&](auto** error) { return sjcode_verdict_text(verdict.get(), 9, &text, error); }) ==
          "c-api.argument");
    CHECK(code_of([&](auto** error) {
              return sjcode_verdict_json(verdict.get(), SJCODE_CHINESE, nullptr, nullptr, error);
          }) == "c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_verdict_text(nullptr, SJCODE_CHINESE, &text, error); }) ==
          "c-api.argument");
    CHECK(text == nullptr);
}

TEST_CASE("C: the text of a symbol, and a number") {
    const World world;
    const auto issued = world.issued();
    const auto verifier = world.verifier();
    const auto genuine = verify_text(verifier, sjcode_issued_url(issued.get()));
    CHECK(sjcode_verdict_outcome(genuine.get()) == SJCODE_CODE_GENUINE);
    std::string false_url = sjcode_issued_url(issued.get());
    false_url[false_url.size() - 20] = false_url[false_url.size() - 20] == '3' ? '4' : '3';
    const auto false_verdict = verify_text(verifier, false_url);
    CHECK(sjcode_verdict_outcome(false_verdict.get()) != SJCODE_CODE_GENUINE);
    CHECK(sjcode_verdict_outcome(false_verdict.get()) != SJCODE_AUTHENTIC);
    // A number says nothing of what was issued.
    CHECK(sjcode_verdict_outcome(verify_text(verifier, sjcode_issued_number(issued.get())).get()) ==
          SJCODE_UNDETERMINED);
}

TEST_CASE("C: any bytes and any text have a verdict, and never a good one") {
    const World world;
    const auto verifier = world.verifier();
    std::vector<std::string> hostile{"",
                                     "%PDF-1.7",
                                     std::string(100, '\0'),
                                     std::string(70'000, '\xff'),
                                     "%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF",
                                     "\x89PNG\r\n\x1a\n",
                                     "<html>"};
    for (const auto& bytes : hostile) {
        const auto verdict = verify_bytes(verifier, bytes.data(), bytes.size());
        CHECK(sjcode_verdict_outcome(verdict.get()) != SJCODE_AUTHENTIC);
        CHECK(sjcode_verdict_outcome(verdict.get()) != SJCODE_CODE_GENUINE);
        CHECK(sjcode_verdict_check_count(verdict.get()) > 0);
    }
    CHECK(sjcode_verdict_outcome(verify_bytes(verifier, nullptr, 0).get()) != SJCODE_AUTHENTIC);
    for (const auto* text :
         {"", "\xff\xfe\xfd", "https://", "https://v.example.cn/r/", "https://v.example.cn/r/9999999", "%s%n"}) {
        const auto verdict = verify_text(verifier, text);
        CHECK(sjcode_verdict_outcome(verdict.get()) != SJCODE_AUTHENTIC);
        CHECK(sjcode_verdict_outcome(verdict.get()) != SJCODE_CODE_GENUINE);
    }
    sjcode_verdict* verdict = nullptr;
    CHECK(code_of([&](auto** error) {
              return sjcode_verify_bytes(verifier.get(), nullptr, 1, nullptr, &verdict, error);
          }) == "c-api.argument");
    CHECK(code_of([&](auto** error) {
              return sjcode_verify_file(verifier.get(), "/nowhere.pdf", nullptr, &verdict, error);
          }) == "file.not-found");
    CHECK(code_of([&](auto** error) {
              return sjcode_verify_file(verifier.get(), nullptr, nullptr, &verdict, error);
          }) == "c-api.argument");
    CHECK(code_of([&](auto** error) {
              return sjcode_verify_text(verifier.get(), nullptr, nullptr, &verdict, error);
          }) == "c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_verify_text(verifier.get(), "x", nullptr, nullptr, error); }) ==
          "c-api.argument");
    CHECK(verdict == nullptr);
}

TEST_CASE("C: options of a verification") {
    const World world;
    const auto issued = world.issued();
    sjcode_verify_options* made = nullptr;
    succeed([&](auto** error) { return sjcode_verify_options_new(&made, error); });
    const VerifyOptions options(made);
    size_t size = 0;
    const auto* record = sjcode_issued_record(issued.get(), &size);
    REQUIRE(size > 0);
    succeed([&](auto** error) { return sjcode_verify_options_set_record(made, record, size, error); });
    succeed([&](auto** error) { return sjcode_verify_options_set_render(made, 1, error); });
    succeed([&](auto** error) { return sjcode_verify_options_set_page_scan(made, 10'000, error); });
    succeed([&](auto** error) { return sjcode_verify_options_set_as_of(made, 1'900'000'000, error); });
    const auto verdict = verify(world.verifier(), world.path("issued.pdf"), made);
    CHECK(sjcode_verdict_outcome(verdict.get()) == SJCODE_AUTHENTIC);

    const auto misuse = std::string("c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_verify_options_set_record(made, nullptr, 3, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_verify_options_set_as_of(made, -1, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_verify_options_set_page_scan(made, UINT32_MAX, error); }) ==
          misuse);
    CHECK(code_of([&](auto** error) { return sjcode_verify_options_set_render(nullptr, 1, error); }) == misuse);
}

TEST_CASE("C: handles may be freed before those made from them") {
    const World world;
    const auto issued = world.issued();
    auto trust = world.trust();
    sjcode_verifier* made = nullptr;
    succeed([&](auto** error) { return sjcode_verifier_new(trust.get(), SJCODE_WORKER, &made, error); });
    Verifier verifier(made);
    trust.reset();
    const auto verdict = verify(verifier, world.path("issued.pdf"));
    verifier.reset();
    CHECK(sjcode_verdict_outcome(verdict.get()) == SJCODE_AUTHENTIC);
    char* text = nullptr;
    succeed([&](auto** error) { return sjcode_verdict_text(verdict.get(), SJCODE_ENGLISH, &text, error); });
    sjcode_free(text);
}

TEST_CASE("C: without a worker what needs one is unchecked, not passed") {
    const World world;
    const auto issued = world.issued();
    sjcode_verifier* made = nullptr;
    succeed(
        [&](auto** error) { return sjcode_verifier_new(world.trust().get(), "/nowhere/sjcode-worker", &made, error); });
    const Verifier verifier(made);
    const std::string png = "\x89PNG\r\n\x1a\n";
    CHECK(sjcode_verdict_outcome(verify_bytes(verifier, png.data(), png.size()).get()) == SJCODE_UNDETERMINED);
    CHECK(code_of([&](auto** error) { return sjcode_verifier_new(nullptr, nullptr, &made, error); }) ==
          "c-api.argument");
}

TEST_CASE("C: one verifier for several threads") {
    const World world;
    const auto issued = world.issued();
    const auto verifier = world.verifier();
    const std::string url = sjcode_issued_url(issued.get());
    const std::string path = world.path("issued.pdf");
    std::atomic<int> wrong{0};
    const auto work = [&] {
        for (int i = 0; i < 3; ++i) {
            sjcode_verdict* verdict = nullptr;
            sjcode_error* error = nullptr;
            if (sjcode_verify_text(verifier.get(), url.c_str(), nullptr, &verdict, &error) != SJCODE_OK ||
                sjcode_verdict_outcome(verdict) != SJCODE_CODE_GENUINE)
                ++wrong;
            sjcode_verdict_free(verdict);
            if (sjcode_verify_file(verifier.get(), path.c_str(), nullptr, &verdict, &error) != SJCODE_OK ||
                sjcode_verdict_outcome(verdict) != SJCODE_AUTHENTIC)
                ++wrong;
            sjcode_verdict_free(verdict);
            if (sjcode_verify_file(verifier.get(), "/nowhere", nullptr, &verdict, &error) != SJCODE_FAILED ||
                std::string(sjcode_error_code(error)) != "file.not-found")
                ++wrong;
            sjcode_error_free(error);
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(work);
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
}

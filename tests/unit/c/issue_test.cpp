// Issuing through the C interface: keys, the caller's device, options, hostile calls.
#include "unit/c/c_world.h"

#include "sjcode/file.h"

#include <cmath>
#include <cstring>
#include <filesystem>
#include <vector>

using namespace c_world;

namespace {

/// What a caller's device does: signs with a key, or fails.
struct Device {
    const sjcode::PrivateKey* key;
    int status = 0;
    int calls = 0;
};

int sign(void* context, const std::uint8_t* message, std::size_t size, std::uint8_t signature[64]) {
    auto* device = static_cast<Device*>(context);
    ++device->calls;
    if (device->status != 0) return device->status;
    const auto signed_message = device->key->sign({message, size});
    if (!signed_message) return 99;
    std::memcpy(signature, signed_message->data(), 64);
    return 0;
}

std::string issue_with(const World& world, Device& device) {
    sjcode_signer* signer = nullptr;
    succeed([&](auto** error) {
        return sjcode_signer_from_function(world.certificate().data(), world.certificate().size(), sign, &device,
                                           &signer, error);
    });
    sjcode_issuer* issuer = nullptr;
    succeed([&](auto** error) { return sjcode_issuer_new(signer, SJCODE_WORKER, &issuer, error); });
    sjcode_signer_free(signer);  // the issuer keeps what it needs
    const Issuer held(issuer);
    sjcode_issued* issued = nullptr;
    const auto code = code_of([&](auto** error) {
        return sjcode_issue_file(issuer, world.path("report.pdf").c_str(), facts().c_str(), nullptr, &issued, error);
    });
    const Issued held_issued(issued);
    CHECK((code == "no error") == (issued != nullptr));
    return code;
}

}  // namespace

TEST_CASE("C: what was issued") {
    const World world;
    const auto issued = world.issued();
    CHECK(std::strlen(sjcode_issued_number(issued.get())) == 24);
    CHECK(std::string(sjcode_issued_url(issued.get())).starts_with("https://v.example.cn/r/"));
    size_t size = 0;
    REQUIRE(sjcode_issued_code(issued.get(), &size) != nullptr);
    CHECK(size > 64);
    REQUIRE(sjcode_issued_stamp_count(issued.get()) == 1);
    CHECK(sjcode_issued_stamp_page(issued.get(), 0) == 1);
    CHECK(sjcode_issued_stamp_page(issued.get(), 1) == 0);
    for (std::size_t i = 0; i < sjcode_issued_warning_count(issued.get()); ++i)
        CHECK(std::string(sjcode_error_code(sjcode_issued_warning(issued.get(), i))).starts_with("warning."));

    std::uint8_t* bytes = nullptr;
    succeed([&](auto** error) { return sjcode_issued_bytes(issued.get(), &bytes, &size, error); });
    const auto file = sjcode::InputFile::open(world.path("issued.pdf")).value();
    CHECK((size == file.bytes().size() && std::memcmp(bytes, file.bytes().data(), size) == 0));
    sjcode_free(bytes);

    const auto path = world.path("issued.pdf");
    CHECK(code_of([&](auto** error) { return sjcode_issued_write(issued.get(), path.c_str(), 0, error); }) ==
          "file.exists");
    succeed([&](auto** error) { return sjcode_issued_write(issued.get(), path.c_str(), 1, error); });
    CHECK(code_of([&](auto** error) { return sjcode_issued_write(issued.get(), "/nowhere/x.pdf", 0, error); }) ==
          "file.write");
}

TEST_CASE("C: a PDF in memory") {
    const World world;
    const auto file = sjcode::InputFile::open(world.path("report.pdf")).value();
    std::vector<std::uint8_t> pdf(file.bytes().begin(), file.bytes().end());
    sjcode_issued* made = nullptr;
    succeed([&](auto** error) {
        return sjcode_issue_bytes(world.issuer().get(), pdf.data(), pdf.size(), facts().c_str(), nullptr, &made, error);
    });
    const Issued issued(made);
    std::fill(pdf.begin(), pdf.end(), std::uint8_t{0});  // the caller's again: it was copied
    succeed([&](auto** error) { return sjcode_issued_write(made, world.path("issued.pdf").c_str(), 0, error); });
    sjcode_verdict* verdict = nullptr;
    succeed([&](auto** error) {
        return sjcode_verify_file(world.verifier().get(), world.path("issued.pdf").c_str(), nullptr, &verdict, error);
    });
    CHECK(sjcode_verdict_outcome(verdict) == SJCODE_AUTHENTIC);
    sjcode_verdict_free(verdict);
}

TEST_CASE("C: the caller's device signs, fails, or signs with another key") {
    const World world;
    Device good{&world.key()};
    CHECK(issue_with(world, good) == "no error");
    CHECK(good.calls == 2);  // the code and the seal
    Device broken{&world.key(), 17};
    CHECK(issue_with(world, broken) == "c-api.signer");
    const auto another = sjcode::PrivateKey::generate(sjcode::Algorithm::sm2).value();
    Device wrong{&another};
    CHECK(issue_with(world, wrong) == "key.signer");
}

TEST_CASE("C: without a seal") {
    const World world;
    const auto issuer = world.issuer();
    succeed([&](auto** error) { return sjcode_issuer_set_seal(issuer.get(), 0, error); });
    sjcode_issued* made = nullptr;
    succeed([&](auto** error) {
        return sjcode_issue_file(issuer.get(), world.path("report.pdf").c_str(), facts().c_str(), nullptr, &made,
                                 error);
    });
    const Issued issued(made);
    std::uint8_t* bytes = nullptr;
    size_t size = 0;
    succeed([&](auto** error) { return sjcode_issued_bytes(made, &bytes, &size, error); });
    CHECK(std::string(reinterpret_cast<const char*>(bytes), size).find("/ByteRange") == std::string::npos);
    sjcode_free(bytes);
}

TEST_CASE("C: options of issuing, and a preview") {
    const World world;
    sjcode_issue_options* made = nullptr;
    succeed([&](auto** error) { return sjcode_issue_options_new(&made, error); });
    const IssueOptions options(made);
    succeed([&](auto** error) { return sjcode_issue_options_set_host(made, "v.example.cn", error); });
    succeed([&](auto** error) { return sjcode_issue_options_set_pages(made, SJCODE_PAGE_NUMBER, 1, error); });
    succeed([&](auto** error) { return sjcode_issue_options_set_corner(made, SJCODE_TOP_LEFT, error); });
    succeed([&](auto** error) { return sjcode_issue_options_set_force(made, 0, error); });
    succeed([&](auto** error) { return sjcode_issue_options_set_level(made, 'Q', error); });
    succeed([&](auto** error) { return sjcode_issue_options_set_repair(made, 0, error); });
    succeed([&](auto** error) { return sjcode_issue_options_set_page_text(made, 1, error); });
    succeed([&](auto** error) { return sjcode_issue_options_set_countersignatures(made, 1, error); });
    succeed([&](auto** error) { return sjcode_issue_options_allow(made, "facts", error); });
    const auto issuer = world.issuer();
    const auto report = world.path("report.pdf");
    std::uint8_t* png = nullptr;
    size_t size = 0;
    succeed([&](auto** error) {
        return sjcode_preview_file(issuer.get(), report.c_str(), facts().c_str(), made, 50, &png, &size, error);
    });
    CHECK((size > 8 && std::memcmp(png, "\x89PNG", 4) == 0));
    sjcode_free(png);
    const auto issue = [&] {
        sjcode_issued* issued = nullptr;
        const auto code = code_of([&](auto** error) {
            return sjcode_issue_file(issuer.get(), report.c_str(), facts().c_str(), made, &issued, error);
        });
        sjcode_issued_free(issued);
        return code;
    };
    CHECK(issue() == "no error");
    succeed([&](auto** error) { return sjcode_issue_options_set_host(made, "elsewhere.example", error); });
    CHECK(issue() == "issue.host");
    succeed([&](auto** error) { return sjcode_issue_options_set_host(made, "", error); });
    succeed([&](auto** error) { return sjcode_issue_options_set_pages(made, SJCODE_PAGE_NUMBER, 2, error); });
    CHECK(issue() == "place.page");
    succeed([&](auto** error) { return sjcode_issue_options_allow(made, "everything", error); });
    CHECK(issue() == "issue.allow");

    const auto misuse = std::string("c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_set_pages(made, SJCODE_PAGE_NUMBER, 0, error); }) ==
          misuse);
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_set_pages(made, SJCODE_ALL_PAGES, 1, error); }) ==
          misuse);
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_set_pages(made, 9, 0, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_set_corner(made, -1, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_set_position(made, NAN, 1, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_set_level(made, 'H', error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_set_countersignatures(made, 33, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_allow(made, nullptr, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_issue_options_set_host(nullptr, "", error); }) == misuse);
    CHECK(code_of([&](auto** error) {
              return sjcode_preview_file(issuer.get(), report.c_str(), "{}", made, NAN, &png, &size, error);
          }) == misuse);
}

TEST_CASE("C: keys, certificates and facts that are none") {
    const World world;
    const auto& certificate = world.certificate();
    sjcode_signer* signer = nullptr;
    const auto from_pem = [&](const char* key, const void* of, size_t size) {
        return code_of([&](auto** error) { return sjcode_signer_from_pem(key, nullptr, of, size, &signer, error); });
    };
    CHECK(from_pem("no key", certificate.data(), certificate.size()) == "key.format");
    CHECK(from_pem(world.key_pem().c_str(), "garbage", 7) == "certificate.format");
    CHECK(from_pem(nullptr, certificate.data(), certificate.size()) == "c-api.argument");
    CHECK(from_pem(world.key_pem().c_str(), nullptr, 0) == "c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_signer_from_pkcs12("garbage", 7, nullptr, &signer, error); }) ==
          "key.format");
    CHECK(code_of([&](auto** error) {
              return sjcode_signer_from_function(certificate.data(), certificate.size(), nullptr, nullptr, &signer,
                                                 error);
          }) == "c-api.argument");
    CHECK(signer == nullptr);

    const auto another = World();
    succeed([&](auto** error) {
        return sjcode_signer_from_pem(another.key_pem().c_str(), nullptr, certificate.data(), certificate.size(),
                                      &signer, error);
    });
    const Signer held(signer);
    sjcode_issuer* issuer = nullptr;
    CHECK(code_of([&](auto** error) { return sjcode_issuer_new(signer, SJCODE_WORKER, &issuer, error); }) ==
          "seal.certificate");
    CHECK(code_of([&](auto** error) { return sjcode_issuer_new(nullptr, nullptr, &issuer, error); }) ==
          "c-api.argument");
    CHECK(issuer == nullptr);

    const auto good = world.issuer();
    const auto report = world.path("report.pdf");
    sjcode_issued* issued = nullptr;
    const auto with_facts = [&](const char* json) {
        return code_of(
            [&](auto** error) { return sjcode_issue_file(good.get(), report.c_str(), json, nullptr, &issued, error); });
    };
    CHECK(with_facts("{") == "facts.json");
    CHECK(with_facts("{}") == "facts.missing");
    CHECK(with_facts(nullptr) == "c-api.argument");
    CHECK(code_of([&](auto** error) {
              return sjcode_issue_bytes(good.get(), "garbage", 7, facts().c_str(), nullptr, &issued, error);
          }).starts_with("pdf."));
    CHECK(code_of([&](auto** error) {
              return sjcode_issue_bytes(good.get(), nullptr, 0, facts().c_str(), nullptr, &issued, error);
          }) == "c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_issuer_set_fonts(good.get(), nullptr, "x", error); }) ==
          "c-api.argument");
    succeed([&](auto** error) { return sjcode_issuer_set_fonts(good.get(), "/nowhere.ttf", "/nowhere.ttf", error); });
    CHECK(with_facts(facts().c_str()).starts_with("font."));
    CHECK(issued == nullptr);
    CHECK(code_of([&](auto** error) { return sjcode_issued_write(nullptr, "x", 0, error); }) == "c-api.argument");
}

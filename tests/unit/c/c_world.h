// What the tests of the C interface share: a folder with an institution's key and a report, and handles that free
// themselves, so that a failed test leaks nothing.
#pragma once

#include "catch.h"
#include "sjcode/bytes.h"
#include "sjcode/code_number.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/sjcode.h"
#include "sjcode/sjcode_issue.h"
#include "unit/trust/trust_sample.h"

#include <memory>
#include <string>

namespace c_world {

template <auto release>
struct Release {
    template <class Handle>
    void operator()(Handle* handle) const {
        release(handle);
    }
};
template <class Handle, auto release>
using Held = std::unique_ptr<Handle, Release<release>>;
using Error = Held<sjcode_error, sjcode_error_free>;
using Trust = Held<sjcode_trust, sjcode_trust_free>;
using Verifier = Held<sjcode_verifier, sjcode_verifier_free>;
using VerifyOptions = Held<sjcode_verify_options, sjcode_verify_options_free>;
using Verdict = Held<sjcode_verdict, sjcode_verdict_free>;
using Signer = Held<sjcode_signer, sjcode_signer_free>;
using Issuer = Held<sjcode_issuer, sjcode_issuer_free>;
using IssueOptions = Held<sjcode_issue_options, sjcode_issue_options_free>;
using Issued = Held<sjcode_issued, sjcode_issued_free>;
using Text = Held<char, sjcode_free>;

/// The code of a failure; "no error" where there was none.
template <class Call>
std::string code_of(Call&& call) {
    sjcode_error* error = nullptr;
    const auto status = call(&error);
    const Error held(error);
    if (status == SJCODE_OK) return error == nullptr ? "no error" : "an error in spite of success";
    if (error == nullptr) return "failed without an error";
    const bool is_misuse = std::string(sjcode_error_code(error)) == "c-api.argument";
    if (is_misuse != (status == SJCODE_MISUSE)) return "the wrong status";
    return sjcode_error_code(error);
}

/// Calls, and wants success.
template <class Call>
void succeed(Call&& call) {
    REQUIRE(code_of(call) == "no error");
}

/// A folder with trust/cert.pem and report.pdf, one page without text.
class World {
public:
    World();
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
    [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
    [[nodiscard]] const std::string& key_pem() const { return key_pem_; }
    [[nodiscard]] const std::string& certificate() const { return certificate_; }
    [[nodiscard]] const sjcode::PrivateKey& key() const { return key_; }

    [[nodiscard]] Trust trust() const;
    [[nodiscard]] Verifier verifier() const;
    [[nodiscard]] Signer signer() const;
    [[nodiscard]] Issuer issuer() const;
    /// report.pdf issued as issued.pdf.
    [[nodiscard]] Issued issued() const;

private:
    TemporaryFolder folder_;
    sjcode::PrivateKey key_;
    std::string key_pem_;
    std::string certificate_;
};

/// FACTS.json of the report.
std::string facts();

}  // namespace c_world

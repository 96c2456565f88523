// OCSP responses, revocation lists and certificates of anybody. What is not signed by the issuer's key, which nobody
// has any more, proves nothing new: no input may say of the certificate what the corpus does not say.
#include "check.h"
#include "crypto/revocation.h"
#include "crypto/validation_data.h"
#include "revocation_certificates.h"

using namespace sjcode;
using namespace sjcode::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const Bytes leaf(std::begin(leaf_certificate), std::end(leaf_certificate));
    const Bytes root(std::begin(root_certificate), std::end(root_certificate));
    const auto sources = revocation_sources(bytes);
    check(sources.responders.size() + sources.lists.size() + sources.issuers.size() <= 24);
    const auto response = read_ocsp_response(bytes, leaf, root);
    if (response) check(is_ocsp_response(bytes));
    const auto list = read_revocation_list(bytes, leaf, root);
    if (list) check(is_revocation_list(bytes) && list->next_update);
    // A certificate, an issuer, and all proofs at once.
    (void)read_ocsp_response(bytes, bytes, bytes);
    (void)read_revocation_list(bytes, bytes, bytes);
    (void)make_ocsp_request(bytes, bytes);
    const Bytes copy(bytes.begin(), bytes.end());
    const ValidationData all{{copy, root}, {copy}, {copy}};
    (void)check_validation_data({copy, all.certificates, 1'780'358'400, ChainPurpose::document}, all, {});
    const auto judged = check_validation_data({leaf, {root}, 1'780'358'400, ChainPurpose::document}, all, {});
    const bool told = (response && response->revoked) || (list && list->revoked);
    if (judged.state == ProofState::revoked) check(told);
    return 0;
}

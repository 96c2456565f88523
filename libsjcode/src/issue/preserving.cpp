#include "issue/preserving.h"

#include "base/try.h"
#include "crypto/signed_data_check.h"
#include "crypto/timestamp.h"
#include "crypto/validation_data.h"
#include "issue/sealing.h"
#include "pdf/signature_field.h"
#include "pdf/timestamp_revision.h"
#include "pdf/validation_revision.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sjcode {
namespace {

using pdf::SealedSignature;
using pdf::SealedSignatureKind;

/// The signature's own message. What it is over is not looked at here.
crypto::SignedDataCheck message_of(const SealedSignature& signature) {
    const auto use = signature.kind == SealedSignatureKind::timestamp ? crypto::SignedDataUse::timestamp
                                                                      : crypto::SignedDataUse::cades_detached;
    return crypto::check_signed_data(signature.contents, use, [](crypto::DigestMethod) { return Bytes(); });
}

bool has_entry(const pdf::SealedState& state, const SealedSignature& signature) {
    const auto key = pdf::validation_key(signature.contents);
    return std::any_of(state.store.entries.begin(), state.store.entries.end(),
                       [&](const pdf::ValidationEntry& entry) { return entry.key == key; });
}

Unexpected unreadable(const SealedSignature& signature) {
    return fail("preserve.signature", {{"field", signature.field}});
}

/// The chain of the signer, and that of the authority whose timestamp the signature bears.
Result<crypto::ValidationData> proofs_of(const SealedSignature& signature, const RevocationClients& clients,
                                         UnixTime now) {
    const auto message = message_of(signature);
    if (!message.data || message.certificate.empty()) return unreadable(signature);
    const bool is_timestamp = signature.kind == SealedSignatureKind::timestamp;
    if (is_timestamp && !message.timestamp) return unreadable(signature);
    std::optional<crypto::SignedDataCheck> token;
    if (!message.signature_timestamp.empty()) {
        token = crypto::check_signed_data(message.signature_timestamp, crypto::SignedDataUse::timestamp,
                                          [](crypto::DigestMethod) { return Bytes(); });
        if (!token->data || !token->timestamp || token->certificate.empty()) return unreadable(signature);
    }
    const auto at = is_timestamp ? message.timestamp->time
                    : token      ? token->timestamp->time
                                 : signature.claimed.value_or(now);
    const auto purpose = is_timestamp ? crypto::ChainPurpose::timestamp : crypto::ChainPurpose::document;
    SJCODE_TRY(auto data, crypto::collect_validation_data(
                              {message.certificate, message.data->certificates, at, purpose}, clients, now));
    if (token) {
        SJCODE_TRY(const auto of_time,
                   crypto::collect_validation_data({token->certificate, token->data->certificates,
                                                    token->timestamp->time, crypto::ChainPurpose::timestamp},
                                                   clients, now));
        data.add(of_time);
    }
    return data;
}

}  // namespace

std::vector<ByteView> GrowingFile::all() const {
    auto views = pieces;
    views.emplace_back(added);
    return views;
}

void GrowingFile::append(pdf::AppendedRevision revision) {
    added.insert(added.end(), revision.bytes.begin(), revision.bytes.end());
    state = *std::move(revision.next);
}

bool lacks_validation_data(const pdf::SealedState& state) {
    return std::any_of(state.signatures.begin(), state.signatures.end(),
                       [&](const SealedSignature& signature) { return !has_entry(state, signature); });
}

Result<void> add_validation_data(GrowingFile& file, const RevocationClients& clients, UnixTime now) {
    std::vector<std::pair<std::string, crypto::ValidationData>> gathered;
    for (const auto& signature : file.state.signatures) {
        if (has_entry(file.state, signature)) continue;
        SJCODE_TRY(auto data, proofs_of(signature, clients, now));
        gathered.emplace_back(pdf::validation_key(signature.contents), std::move(data));
    }
    std::vector<pdf::SignatureProofs> proofs;
    for (const auto& [key, data] : gathered) proofs.push_back({key, data.certificates, data.responses, data.lists});
    SJCODE_TRY(auto written,
               pdf::write_validation_revision(file.state, pdf::make_validation_revision(file.state, proofs)));
    file.append(std::move(written));
    return {};
}

bool has_timestamp(const pdf::SealedState& state) {
    return std::any_of(state.signatures.begin(), state.signatures.end(), [](const SealedSignature& signature) {
        return signature.kind == SealedSignatureKind::timestamp || !message_of(signature).signature_timestamp.empty();
    });
}

Result<UnixTime> add_document_timestamp(GrowingFile& file, const TimestampClient& client, const RandomSource& random,
                                        UnixTime now) {
    const bool is_sm2 = file.state.signatures.front().sub_filter == pdf::sm2_sub_filter;
    const auto method = is_sm2 ? crypto::DigestMethod::sm3 : crypto::DigestMethod::sha256;
    SJCODE_TRY(auto written, pdf::write_timestamp_revision(file.state, Bytes(timestamp_room)));
    SJCODE_TRY(
        const auto token,
        crypto::get_timestamp(client, method, covered_digest(HashedFile::of(method, file.all()), written), random));
    SJCODE_CHECK(check_clock(token.info.time, now));
    SJCODE_CHECK(pdf::fill_contents(written, file.state.base.size, token.der));
    file.append(std::move(written));
    return token.info.time;
}

}  // namespace sjcode

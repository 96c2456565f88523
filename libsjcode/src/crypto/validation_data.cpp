#include "crypto/validation_data.h"

#include "base/civil_time.h"
#include "base/try.h"

#include <algorithm>
#include <optional>

namespace sjcode::crypto {
namespace {

constexpr std::size_t longest_chain = 10;
/// How far clocks may differ, and how old a proof may be that does not say how long it holds.
constexpr UnixTime clock_tolerance = 600;
constexpr UnixTime longest_undated = 86'400;

bool contains(const std::vector<Bytes>& list, ByteView bytes) {
    return std::any_of(list.begin(), list.end(), [&](const Bytes& one) {
        return std::equal(one.begin(), one.end(), bytes.begin(), bytes.end());
    });
}

void add_once(std::vector<Bytes>& list, ByteView bytes) {
    if (!contains(list, bytes)) list.emplace_back(bytes.begin(), bytes.end());
}

std::string subject_of(ByteView certificate) {
    const auto summary = summarize(certificate);
    return summary ? summary->subject : std::string("?");
}

const Bytes* find_issuer(ByteView certificate, const std::vector<Bytes>& others) {
    const auto found = std::find_if(others.begin(), others.end(),
                                    [&](const Bytes& other) { return is_issued_by(certificate, other); });
    return found == others.end() ? nullptr : &*found;
}

class Collection {
public:
    Collection(const ProvenSigner& signer, const RevocationClients& clients, UnixTime now)
        : signer_(signer), clients_(clients), now_(now), others_(signer.others) {}

    Result<ValidationData> run() {
        Bytes current(signer_.certificate.begin(), signer_.certificate.end());
        for (std::size_t i = 0; i < longest_chain; ++i) {
            add_once(data_.certificates, current);
            if (is_issued_by(current, current)) return whole(current);
            SJCODE_TRY(auto issuer, issuer_of(current));
            add_once(data_.certificates, issuer);
            SJCODE_CHECK(prove(current, issuer, true));
            current = std::move(issuer);
        }
        return fail("chain.too-long");
    }

private:
    Result<ValidationData> whole(const Bytes& root) {
        const auto chain = check_chain(signer_.certificate, data_.certificates, {root}, signer_.at, signer_.purpose);
        if (!chain.holds()) return fail(chain.code, chain.parameters);
        return std::move(data_);
    }

    Result<Bytes> issuer_of(const Bytes& certificate) {
        for (const auto* list : {&others_, &clients_.certificates})
            if (const auto* found = find_issuer(certificate, *list)) return *found;
        std::optional<Error> first;
        for (const auto& address : revocation_sources(certificate).issuers) {
            auto fetched = clients_.crl.fetch(address);
            if (!fetched) {
                if (!first) first = fetched.error();
            } else if (is_issued_by(certificate, *fetched)) {
                return *std::move(fetched);
            }
        }
        if (first) return Unexpected(*std::move(first));
        return fail("revocation.no-issuer", {{"subject", subject_of(certificate)}});
    }

    /// A list where no responder answers; but a responder's word that it was revoked counts.
    Result<void> prove(const Bytes& certificate, const Bytes& issuer, bool by_response) {
        const auto sources = revocation_sources(certificate);
        std::optional<Error> first;
        const auto note = [&](const Error& error) {
            if (!first) first = error;
        };
        if (by_response)
            for (const auto& address : sources.responders) {
                auto done = ask(address, certificate, issuer);
                if (done || done.error().code == "revocation.revoked") return done;
                note(done.error());
            }
        for (const auto& address : sources.lists) {
            auto done = read_list(address, certificate, issuer);
            if (done || done.error().code == "revocation.revoked") return done;
            note(done.error());
        }
        if (first) return Unexpected(*std::move(first));
        return fail("revocation.no-source", {{"subject", subject_of(certificate)}});
    }

    Result<void> ask(const std::string& address, const Bytes& certificate, const Bytes& issuer) {
        SJCODE_TRY(const auto request, make_ocsp_request(certificate, issuer));
        SJCODE_TRY(const auto response, clients_.ocsp.request(address, request));
        SJCODE_TRY(const auto proof, read_ocsp_response(response, certificate, issuer));
        SJCODE_CHECK(check(proof, certificate));
        if (!proof.responder.empty()) {
            add_once(data_.certificates, proof.responder);
            // It cannot well vouch for itself.
            if (proof.responder_needs_proof) SJCODE_CHECK(prove(proof.responder, issuer, false));
        }
        add_once(data_.responses, response);
        return {};
    }

    Result<void> read_list(const std::string& address, const Bytes& certificate, const Bytes& issuer) {
        SJCODE_TRY(const auto list, clients_.crl.fetch(address));
        SJCODE_TRY(const auto proof, read_revocation_list(list, certificate, issuer));
        SJCODE_CHECK(check(proof, certificate));
        add_once(data_.lists, list);
        return {};
    }

    Result<void> check(const RevocationProof& proof, const Bytes& certificate) const {
        if (proof.revoked && *proof.revoked <= signer_.at)
            return fail("revocation.revoked",
                        {{"subject", subject_of(certificate)}, {"time", chinese_time_text(*proof.revoked)}});
        const bool is_of_now = proof.this_update <= now_ + clock_tolerance &&
                               (proof.next_update ? *proof.next_update >= now_ - clock_tolerance
                                                  : proof.this_update >= now_ - longest_undated);
        if (!is_of_now) return fail("revocation.outdated", {{"subject", subject_of(certificate)}});
        return {};
    }

    const ProvenSigner& signer_;
    const RevocationClients& clients_;
    UnixTime now_;
    const std::vector<Bytes>& others_;
    ValidationData data_;
};

ProofCheck check_one(const Bytes& certificate, const Bytes& issuer, const ValidationData& data, UnixTime at,
                     bool by_response) {
    ProofCheck result{ProofState::unproven, subject_of(certificate)};
    const auto judge = [&](const Result<RevocationProof>& proof) {
        if (!proof) return false;
        if (proof->revoked && *proof->revoked <= at) {
            result.state = ProofState::revoked;
            result.revoked = *proof->revoked;
            return true;
        }
        if (proof->covers(at)) result.state = ProofState::good;
        return false;
    };
    if (by_response)
        for (const auto& response : data.responses) {
            const auto proof = read_ocsp_response(response, certificate, issuer);
            if (proof && proof->responder_needs_proof &&
                check_one(proof->responder, issuer, data, at, false).state != ProofState::good)
                continue;
            if (judge(proof)) return result;
        }
    for (const auto& list : data.lists)
        if (judge(read_revocation_list(list, certificate, issuer))) return result;
    return result;
}

}  // namespace

void ValidationData::add(const ValidationData& other) {
    for (const auto& one : other.certificates) add_once(certificates, one);
    for (const auto& one : other.responses) add_once(responses, one);
    for (const auto& one : other.lists) add_once(lists, one);
}

Result<ValidationData> collect_validation_data(const ProvenSigner& signer, const RevocationClients& clients,
                                               UnixTime now) {
    return Collection(signer, clients, now).run();
}

ProofCheck check_validation_data(const ProvenSigner& signer, const ValidationData& data,
                                 const std::vector<Bytes>& anchors) {
    Bytes current(signer.certificate.begin(), signer.certificate.end());
    ProofCheck result{ProofState::none_needed, subject_of(current)};
    for (std::size_t i = 0; i < longest_chain; ++i) {
        if (contains(anchors, current) || is_issued_by(current, current)) return result;
        const auto* issuer = find_issuer(current, signer.others);
        if (issuer == nullptr) issuer = find_issuer(current, data.certificates);
        if (issuer == nullptr) issuer = find_issuer(current, anchors);
        if (issuer == nullptr) return {ProofState::unproven, subject_of(current)};
        result = check_one(current, *issuer, data, signer.at, true);
        if (result.state != ProofState::good) return result;
        current = *issuer;
    }
    return {ProofState::unproven, subject_of(current)};
}

}  // namespace sjcode::crypto

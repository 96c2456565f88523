#include "verify/preservation_check.h"

#include "base/civil_time.h"
#include "crypto/chain.h"
#include "crypto/validation_data.h"
#include "pdf/sealed_signature.h"
#include "pdf/signature_field.h"
#include "verify/message_faults.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace sjcode {
namespace {

/// How far the clocks of two authorities may differ.
constexpr UnixTime clock_tolerance = 600;

/// A timestamp over the seal's signature, or over the file, that holds.
struct Stamped {
    UnixTime time = 0;
    Bytes certificate;
    std::vector<Bytes> certificates;
    bool over_file = false;
    bool is_trusted = false;
    std::string reason{};  ///< why it is not
};

std::string name_of(ByteView certificate) {
    const auto summary = crypto::summarize(certificate);
    if (!summary) return "?";
    return summary->common_name.empty() ? summary->subject : summary->common_name;
}

crypto::ValidationData stored(const pdf::ValidationStore& store) {
    crypto::ValidationData data;
    for (const auto& proof : store.certificates) data.certificates.push_back(proof.bytes);
    for (const auto& proof : store.responses) data.responses.push_back(proof.bytes);
    for (const auto& proof : store.lists) data.lists.push_back(proof.bytes);
    return data;
}

class Preservation {
public:
    Preservation(const pdf::Document& whole, const pdf::LaterRevisions& later, const crypto::SignedDataCheck& seal,
                 const TrustRecords& trust, Findings& findings)
        : whole_(whole),
          later_(later),
          seal_(seal),
          anchors_(trust.timestamp_anchors()),
          countersign_anchors_(trust.countersign_anchors()),
          data_(stored(later.state.store)),
          findings_(findings) {}

    void run(UnixTime issued, UnixTime now) {
        read_timestamps();
        tell_history();
        check_countersignatures();
        if (findings_.failed()) return;
        judge_timestamps(now);
        const auto best = tell_time(issued);
        const auto proof = tell_revocation(best);
        tell_level(proof);
    }

private:
    void read_timestamps() {
        if (!seal_.signature_timestamp.empty()) {
            const auto& value = seal_.data->signers.front().signature;
            take(crypto::check_signed_data(
                     seal_.signature_timestamp, crypto::SignedDataUse::timestamp,
                     [&](crypto::DigestMethod method) { return crypto::digest_of(method, value); }),
                 false);
        }
        for (const auto& signature : later_.state.signatures)
            if (signature.kind == pdf::SealedSignatureKind::timestamp)
                take(pdf::check_sealed_signature(whole_.file(), signature), true);
    }

    void take(const crypto::SignedDataCheck& message, bool over_file) {
        tell_faults("time", message, findings_);
        if (message.fails() || !message.timestamp) return;
        // A later one covers the earlier.
        if (!stamps_.empty() && message.timestamp->time + clock_tolerance < stamps_.back().time)
            findings_.warn("time", "time.order",
                           {{"time", chinese_time_text(message.timestamp->time)},
                            {"earlier", chinese_time_text(stamps_.back().time)}});
        stamps_.push_back({message.timestamp->time, message.certificate, message.data->certificates, over_file});
    }

    void tell_history() {
        if (later_.known.empty()) {
            findings_.pass("history", "audit.nothing-later");
            return;
        }
        std::vector<std::string> fields;
        for (const auto& signature : later_.state.signatures)
            if (signature.kind == pdf::SealedSignatureKind::countersignature) fields.push_back(signature.field);
        auto field = fields.begin();
        std::size_t stamp = 0;
        while (stamp < stamps_.size() && !stamps_[stamp].over_file) ++stamp;
        for (std::size_t i = 0; i < later_.known.size(); ++i) {
            const auto number = std::to_string(i + 1);
            if (later_.known[i].kind == pdf::LaterKind::validation_data) {
                findings_.pass("history", "history.validation-data", {{"revision", number}});
            } else if (later_.known[i].kind == pdf::LaterKind::countersignature) {
                findings_.pass("history", "history.countersigned", {{"revision", number}, {"field", *field++}});
            } else if (stamp < stamps_.size()) {
                findings_.pass("history", "history.timestamp",
                               {{"revision", number},
                                {"time", chinese_time_text(stamps_[stamp].time)},
                                {"authority", name_of(stamps_[stamp].certificate)}});
                ++stamp;
            }
        }
    }

    void check_countersignatures() {
        for (const auto& signature : later_.state.signatures)
            if (signature.kind == pdf::SealedSignatureKind::countersignature) check_countersignature(signature);
        const auto empty = std::count_if(later_.state.fields.begin(), later_.state.fields.end(),
                                         [](const pdf::CountersignField& field) { return !field.is_signed; });
        if (empty > 0) findings_.skipped("countersign", "countersign.empty", {{"count", std::to_string(empty)}});
    }

    void check_countersignature(const pdf::SealedSignature& signature) {
        const auto message = pdf::check_sealed_signature(whole_.file(), signature);
        tell_faults("countersign", message, findings_);
        if (message.fails()) return;
        const bool says_sm2 = signature.sub_filter == pdf::sm2_sub_filter;
        if ((message.key_algorithm == "sm2") != says_sm2 ||
            (!says_sm2 && signature.sub_filter != pdf::pades_sub_filter)) {
            findings_.fail("countersign", "seal.sub-filter", {{"name", signature.sub_filter}});
            return;
        }
        const auto at = time_of_countersignature(message).value_or(*signature.claimed);
        const Parameters parameters{
            {"name", name_of(message.certificate)}, {"field", signature.field}, {"time", chinese_time_text(at)}};
        auto others = message.data->certificates;
        others.insert(others.end(), data_.certificates.begin(), data_.certificates.end());
        const auto chain = crypto::check_chain(message.certificate, others, countersign_anchors_, at);
        if (!chain.holds()) {
            auto why = parameters;
            why["reason"] = chain.code;
            findings_.skipped("countersign", "countersign.signed", std::move(why));
            return;
        }
        const auto proof =
            crypto::check_validation_data({message.certificate, others, at, {}}, data_, countersign_anchors_);
        if (proof.state == crypto::ProofState::revoked)
            findings_.fail("countersign", "revocation.was-revoked",
                           {{"subject", proof.subject}, {"time", chinese_time_text(proof.revoked)}});
        else
            findings_.pass("countersign", "countersign.trusted", parameters);
    }

    /// As its own timestamp says, which must be right where there is one.
    std::optional<UnixTime> time_of_countersignature(const crypto::SignedDataCheck& message) {
        if (message.signature_timestamp.empty()) return std::nullopt;
        const auto& value = message.data->signers.front().signature;
        const auto token =
            crypto::check_signed_data(message.signature_timestamp, crypto::SignedDataUse::timestamp,
                                      [&](crypto::DigestMethod method) { return crypto::digest_of(method, value); });
        tell_faults("countersign", token, findings_);
        if (token.fails() || !token.timestamp) return std::nullopt;
        return token.timestamp->time;
    }

    /// From the newest on: what one that is trusted covers is judged as of its time, since it was there then.
    void judge_timestamps(UnixTime now) {
        auto as_of = now;
        for (auto stamp = stamps_.rbegin(); stamp != stamps_.rend(); ++stamp) {
            auto others = stamp->certificates;
            others.insert(others.end(), data_.certificates.begin(), data_.certificates.end());
            const auto chain =
                crypto::check_chain(stamp->certificate, others, anchors_, as_of, crypto::ChainPurpose::timestamp);
            if (!chain.holds()) {
                stamp->reason = chain.code;
                continue;
            }
            const auto proof = crypto::check_validation_data(
                {stamp->certificate, others, stamp->time, crypto::ChainPurpose::timestamp}, data_, anchors_);
            if (proof.state == crypto::ProofState::revoked) {
                findings_.fail("revocation", "revocation.was-revoked",
                               {{"subject", proof.subject}, {"time", chinese_time_text(proof.revoked)}});
                continue;
            }
            stamp->is_trusted = true;
            as_of = std::min(as_of, stamp->time);
        }
    }

    /// The best that is known of the time: the earliest timestamp that is trusted, else the earliest, else the claim.
    UnixTime tell_time(UnixTime issued) {
        const auto trusted =
            std::find_if(stamps_.begin(), stamps_.end(), [](const Stamped& stamp) { return stamp.is_trusted; });
        const auto best = trusted == stamps_.end() ? stamps_.begin() : trusted;
        if (best == stamps_.end()) {
            findings_.skipped("time", "time.claimed");
            return issued;
        }
        Parameters parameters{{"time", chinese_time_text(best->time)}, {"authority", name_of(best->certificate)}};
        if (best->is_trusted) {
            findings_.pass("time", best->over_file ? "time.document-trusted" : "time.trusted", std::move(parameters));
        } else if (anchors_.empty() || best->reason == "chain.no-anchor") {
            findings_.skipped("time", best->over_file ? "time.document-stamped" : "time.stamped",
                              std::move(parameters));
        } else {
            parameters["reason"] = best->reason;
            findings_.skipped("time", "time.untrusted", std::move(parameters));
        }
        return best->time;
    }

    crypto::ProofState tell_revocation(UnixTime at) {
        const auto proof = crypto::check_validation_data(
            {seal_.certificate, seal_.data->certificates, at, crypto::ChainPurpose::document}, data_, {});
        switch (proof.state) {
            case crypto::ProofState::none_needed:
                findings_.skipped("revocation", "revocation.self-signed");
                break;
            case crypto::ProofState::good:
                findings_.pass("revocation", "revocation.good", {{"time", chinese_time_text(at)}});
                break;
            case crypto::ProofState::revoked:
                findings_.fail("revocation", "revocation.was-revoked",
                               {{"subject", proof.subject}, {"time", chinese_time_text(proof.revoked)}});
                break;
            case crypto::ProofState::unproven:
                findings_.skipped("revocation", "revocation.unproven", {{"subject", proof.subject}});
                break;
        }
        return proof.state;
    }

    [[nodiscard]] bool is_proven(const Stamped& stamp) const {
        const auto state =
            crypto::check_validation_data(
                {stamp.certificate, stamp.certificates, stamp.time, crypto::ChainPurpose::timestamp}, data_, {})
                .state;
        return state == crypto::ProofState::good || state == crypto::ProofState::none_needed;
    }

    void tell_level(crypto::ProofState seal) {
        const auto& state = later_.state;
        const bool proven = seal == crypto::ProofState::good || seal == crypto::ProofState::none_needed;
        const auto key = pdf::validation_key(state.signatures.front().contents);
        const auto has_entry = std::any_of(state.store.entries.begin(), state.store.entries.end(),
                                           [&](const pdf::ValidationEntry& entry) { return entry.key == key; });
        const auto first_data =
            std::find_if(later_.known.begin(), later_.known.end(),
                         [](const pdf::LaterRevision& one) { return one.kind == pdf::LaterKind::validation_data; });
        const bool is_archived = std::any_of(first_data, later_.known.end(), [](const pdf::LaterRevision& one) {
            return one.kind == pdf::LaterKind::timestamp;
        });
        std::string level = "B-B";
        if (!stamps_.empty()) level = "B-T";
        const bool has_proofs =
            has_entry && proven && !stamps_.empty() && (stamps_.front().over_file || is_proven(stamps_.front()));
        if (has_proofs) level = is_archived ? "B-LTA" : "B-LT";
        findings_.pass("level", "level.reached", {{"level", level}});
    }

    const pdf::Document& whole_;
    const pdf::LaterRevisions& later_;
    const crypto::SignedDataCheck& seal_;
    std::vector<Bytes> anchors_;
    std::vector<Bytes> countersign_anchors_;
    crypto::ValidationData data_;
    Findings& findings_;
    std::vector<Stamped> stamps_;
};

}  // namespace

void check_preservation(const pdf::Document& whole, const pdf::LaterRevisions& later,
                        const crypto::SignedDataCheck& seal, UnixTime issued, const TrustRecords& trust, UnixTime now,
                        Findings& findings) {
    Preservation(whole, later, seal, trust, findings).run(issued, now);
}

}  // namespace sjcode

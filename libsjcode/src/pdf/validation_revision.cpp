#include "pdf/validation_revision.h"

#include "base/try.h"
#include "crypto/revocation.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <set>

namespace sjcode::pdf {
namespace {

constexpr std::size_t most_proofs = 512;
constexpr std::size_t most_proof_bytes = 64u << 20;

Unexpected wrong_shape(std::uint32_t number) {
    return Unexpected(Error{"revision.shape", {{"object", std::to_string(number)}}, {}, {}, number});
}

Array references(const std::vector<std::uint32_t>& numbers) {
    Array list;
    for (const auto number : numbers) list.emplace_back(Reference{number, 0});
    return list;
}

std::vector<std::uint32_t> numbers_of(const std::vector<StoredProof>& proofs) {
    std::vector<std::uint32_t> numbers;
    for (const auto& proof : proofs) numbers.push_back(proof.number);
    return numbers;
}

void append_list(Dictionary& dictionary, const char* key, const std::vector<std::uint32_t>& numbers) {
    if (!numbers.empty()) dictionary.append(key, references(numbers));
}

Dictionary store_dictionary(const ValidationStore& store) {
    Dictionary entries;
    for (const auto& entry : store.entries) {
        Dictionary one;
        one.append("Type", Name{"VRI"});
        append_list(one, "Cert", entry.certificates);
        append_list(one, "OCSP", entry.responses);
        append_list(one, "CRL", entry.lists);
        entries.append(entry.key, std::move(one));
    }
    Dictionary dictionary;
    dictionary.append("Type", Name{"DSS"});
    dictionary.append("VRI", std::move(entries));
    append_list(dictionary, "Certs", numbers_of(store.certificates));
    append_list(dictionary, "OCSPs", numbers_of(store.responses));
    append_list(dictionary, "CRLs", numbers_of(store.lists));
    return dictionary;
}

const StoredProof* find_proof(const std::vector<StoredProof>& proofs, ByteView bytes) {
    const auto found = std::find_if(proofs.begin(), proofs.end(), [&](const StoredProof& proof) {
        return std::equal(proof.bytes.begin(), proof.bytes.end(), bytes.begin(), bytes.end());
    });
    return found == proofs.end() ? nullptr : &*found;
}

std::size_t size_of(const ValidationStore& store) {
    std::size_t size = 0;
    for (const auto* kind : {&store.certificates, &store.responses, &store.lists})
        for (const auto& proof : *kind) size += proof.bytes.size();
    return size;
}

std::uint32_t first_proof_number(const SealedState& before) {
    // The store comes first where it is new.
    return before.base.next_object_number + (before.store.number == 0 ? 1 : 0);
}

/// The store with a revision's own. Errors as write_validation_revision().
class StoreUpdate {
public:
    StoreUpdate(const SealedState& before, const ValidationRevision& revision)
        : before_(before),
          revision_(revision),
          store_(before.store),
          next_(first_proof_number(before)),
          size_(size_of(before.store)) {}

    Result<ValidationStore> run() {
        if (revision_.entries.empty()) return wrong_shape(before_.base.next_object_number);
        if (store_.number == 0) store_.number = before_.base.next_object_number;
        SJCODE_CHECK(add(store_.certificates, revision_.certificates, crypto::is_certificate));
        SJCODE_CHECK(add(store_.responses, revision_.responses, crypto::is_ocsp_response));
        SJCODE_CHECK(add(store_.lists, revision_.lists, crypto::is_revocation_list));
        for (const auto& entry : revision_.entries) SJCODE_CHECK(add_entry(entry));
        for (auto number = first_proof_number(before_); number < next_; ++number)
            if (!named_.contains(number)) return wrong_shape(number);
        return std::move(store_);
    }

private:
    Result<void> add(std::vector<StoredProof>& known, const std::vector<Bytes>& added, bool (*is_one)(ByteView)) {
        for (const auto& bytes : added) {
            size_ += bytes.size();
            if (known.size() >= most_proofs || size_ > most_proof_bytes) return limit_reached("proofs");
            if (find_proof(known, bytes) != nullptr || !is_one(bytes)) return wrong_shape(next_);
            known.push_back({next_++, bytes});
        }
        return {};
    }

    Result<void> add_entry(const ValidationEntry& entry) {
        // One for each signature, in the order of these.
        while (signature_ < before_.signatures.size() &&
               validation_key(before_.signatures[signature_].contents) != entry.key)
            ++signature_;
        const bool known = std::any_of(before_.store.entries.begin(), before_.store.entries.end(),
                                       [&](const ValidationEntry& other) { return other.key == entry.key; });
        if (signature_ == before_.signatures.size() || known || entry.certificates.empty() ||
            !name(entry.certificates, store_.certificates) || !name(entry.responses, store_.responses) ||
            !name(entry.lists, store_.lists))
            return wrong_shape(store_.number);
        ++signature_;
        store_.entries.push_back(entry);
        return {};
    }

    /// Each once, all of that kind.
    bool name(const std::vector<std::uint32_t>& numbers, const std::vector<StoredProof>& proofs) {
        std::set<std::uint32_t> met;
        for (const auto number : numbers) {
            const bool is_there = std::any_of(proofs.begin(), proofs.end(),
                                              [&](const StoredProof& proof) { return proof.number == number; });
            if (!is_there || !met.insert(number).second) return false;
            named_.insert(number);
        }
        return true;
    }

    const SealedState& before_;
    const ValidationRevision& revision_;
    ValidationStore store_;
    std::uint32_t next_;
    std::size_t size_;
    std::size_t signature_ = 0;
    std::set<std::uint32_t> named_;
};

/// The references of a list from the `known`th on.
Result<std::vector<std::uint32_t>> new_references(const Dictionary& dictionary, const char* key, std::size_t known,
                                                  std::uint32_t object) {
    std::vector<std::uint32_t> numbers;
    const auto* value = dictionary.find(key);
    if (value == nullptr) return numbers;
    const auto* list = value->as<Array>();
    if (list == nullptr || list->size() > most_proofs) return wrong_shape(object);
    for (std::size_t i = known; i < list->size(); ++i) {
        const auto* reference = (*list)[i].as<Reference>();
        if (reference == nullptr) return wrong_shape(object);
        numbers.push_back(reference->number);
    }
    return numbers;
}

Result<std::vector<Bytes>> read_proofs(Document& after, const Dictionary& store, const char* key, std::size_t known,
                                       std::uint32_t object, std::size_t& size) {
    SJCODE_TRY(const auto numbers, new_references(store, key, known, object));
    std::vector<Bytes> proofs;
    for (const auto number : numbers) {
        SJCODE_TRY(const auto stream, after.object({number, 0}));
        if (!stream->stream) return wrong_shape(number);
        const auto bytes = after.raw(*stream);
        size += bytes.size();
        if (size > most_proof_bytes) return limit_reached("proofs");
        proofs.emplace_back(bytes.begin(), bytes.end());
    }
    return proofs;
}

}  // namespace

ValidationRevision make_validation_revision(const SealedState& before, const std::vector<SignatureProofs>& proofs) {
    ValidationRevision revision;
    // Numbers follow from how many there are of each kind, so all are gathered before any is numbered.
    std::vector<StoredProof> certificates = before.store.certificates;
    std::vector<StoredProof> responses = before.store.responses;
    std::vector<StoredProof> lists = before.store.lists;
    const auto gather = [](std::vector<StoredProof>& known, std::vector<Bytes>& added,
                           const std::vector<Bytes>& wanted) {
        for (const auto& bytes : wanted)
            if (find_proof(known, bytes) == nullptr) {
                known.push_back({0, bytes});
                added.push_back(bytes);
            }
    };
    for (const auto& one : proofs) {
        gather(certificates, revision.certificates, one.certificates);
        gather(responses, revision.responses, one.responses);
        gather(lists, revision.lists, one.lists);
    }
    auto next = first_proof_number(before);
    for (auto* kind : {&certificates, &responses, &lists})
        for (auto& proof : *kind)
            if (proof.number == 0) proof.number = next++;
    const auto numbered = [](const std::vector<StoredProof>& known, const std::vector<Bytes>& wanted) {
        std::vector<std::uint32_t> numbers;
        for (const auto& bytes : wanted) numbers.push_back(find_proof(known, bytes)->number);
        return numbers;
    };
    for (const auto& one : proofs)
        revision.entries.push_back({one.key, numbered(certificates, one.certificates),
                                    numbered(responses, one.responses), numbered(lists, one.lists)});
    return revision;
}

Result<AppendedRevision> write_validation_revision(const SealedState& before, const ValidationRevision& revision) {
    if (before.store.number == 0 && before.catalog.dictionary.contains("DSS"))
        return damaged("/DSS without a signature", before.base.startxref);
    SJCODE_TRY(auto store, StoreUpdate(before, revision).run());
    std::vector<NewObject> objects;
    AppendedRevision written;
    written.next = before;
    if (before.store.number == 0) {
        written.next->catalog.dictionary.set("DSS", Object(Reference{store.number, 0}));
        objects.push_back({before.catalog.number, written.next->catalog.dictionary, {}});
    }
    objects.push_back({store.number, store_dictionary(store), {}});
    auto number = first_proof_number(before);
    for (const auto* kind : {&revision.certificates, &revision.responses, &revision.lists})
        for (const auto& bytes : *kind) {
            Dictionary dictionary;
            dictionary.append("Length", Object::integer(static_cast<std::int64_t>(bytes.size())));
            objects.push_back({number++, std::move(dictionary), bytes});
        }
    SJCODE_TRY(auto done, write_revision(before.base, objects, later_identifier(before.base)));
    written.bytes = std::move(done.bytes);
    written.next->base = std::move(done.next);
    written.next->store = std::move(store);
    return written;
}

bool is_validation_revision(const SealedState& before, const Document& after) {
    const auto store = before.store.number == 0 ? before.base.next_object_number : before.store.number;
    const auto& entries = after.sections().front().entries;
    const auto has = [&](std::uint32_t number) {
        return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.number == number; });
    };
    return has(store) && (before.store.number != 0 || has(before.catalog.number));
}

Result<ValidationRevision> read_validation_revision(const SealedState& before, Document& after) {
    const auto number = before.store.number == 0 ? before.base.next_object_number : before.store.number;
    SJCODE_TRY(const auto object, after.object({number, 0}));
    const auto* store = object->dictionary();
    const auto* value = store == nullptr ? nullptr : store->find("VRI");
    const auto* entries = value == nullptr ? nullptr : value->as<Dictionary>();
    if (entries == nullptr || object->stream) return wrong_shape(number);
    ValidationRevision revision;
    const auto& known = before.store;
    auto size = size_of(known);
    SJCODE_TRY(revision.certificates, read_proofs(after, *store, "Certs", known.certificates.size(), number, size));
    SJCODE_TRY(revision.responses, read_proofs(after, *store, "OCSPs", known.responses.size(), number, size));
    SJCODE_TRY(revision.lists, read_proofs(after, *store, "CRLs", known.lists.size(), number, size));
    for (std::size_t i = known.entries.size(); i < entries->entries().size(); ++i) {
        const auto& [key, given] = entries->entries()[i];
        const auto* entry = given.as<Dictionary>();
        if (entry == nullptr || revision.entries.size() >= most_proofs) return wrong_shape(number);
        ValidationEntry read{key, {}, {}, {}};
        SJCODE_TRY(read.certificates, new_references(*entry, "Cert", 0, number));
        SJCODE_TRY(read.responses, new_references(*entry, "OCSP", 0, number));
        SJCODE_TRY(read.lists, new_references(*entry, "CRL", 0, number));
        revision.entries.push_back(std::move(read));
    }
    return revision;
}

}  // namespace sjcode::pdf

// Whether two values are the same, in two states of a document.
#include "pdf/audit/comparison.h"
#include "pdf/lexer.h"

#include <algorithm>

namespace sjcode::pdf {
namespace {

constexpr std::uint32_t deepest = 64;
constexpr std::uint64_t most_values = 8'000'000;
const Object null_object;

}  // namespace

const IndirectObject* Comparison::load(Document& document, const Reference& reference) {
    static const IndirectObject nothing;
    auto object = document.object(reference);
    // The document keeps what it has read, so the pointer stays valid.
    if (object) return object->get();
    if (!error_) error_ = std::move(object).error();
    return &nothing;
}

const IndirectObject* Comparison::resolve_object(Document& document, const Object* value) {
    const IndirectObject* object = nullptr;
    for (int step = 0; value != nullptr && value->as<Reference>() != nullptr && step < 16; ++step) {
        object = load(document, *value->as<Reference>());
        value = &object->value;
    }
    return object;
}

const Object* Comparison::resolve(Document& document, const Object* value) {
    if (value == nullptr) return &null_object;
    const auto* object = resolve_object(document, value);
    return object == nullptr ? value : &object->value;
}

const Dictionary* Comparison::dictionary(Document& document, const Object* value) {
    return resolve(document, value)->as<Dictionary>();
}

const Array* Comparison::array(Document& document, const Object* value) {
    return resolve(document, value)->as<Array>();
}

bool Comparison::same(const Object* before, const Object* after, Depth how, std::uint32_t level) {
    if (before == nullptr) before = &null_object;
    if (after == nullptr) after = &null_object;
    if (level > deepest || ++compared_values_ > most_values) {
        if (!error_) error_ = limit_reached(level > deepest ? "depth" : "audit_values").error();
        return false;
    }
    if (before->as<Reference>() != nullptr || after->as<Reference>() != nullptr)
        return same_references(before, after, how, level);
    if (const auto* list = before->as<Array>()) {
        const auto* other = after->as<Array>();
        if (other == nullptr || list->size() != other->size()) return false;
        bool equal = true;
        for (std::size_t i = 0; i < list->size(); ++i) equal &= same(&(*list)[i], &(*other)[i], how, level + 1);
        return equal;
    }
    if (const auto* entries = before->as<Dictionary>()) {
        const auto* other = after->as<Dictionary>();
        return other != nullptr && same_dictionary(*entries, *other, how, level + 1);
    }
    return *before == *after;
}

bool Comparison::same_references(const Object* before, const Object* after, Depth how, std::uint32_t level) {
    const auto* old_reference = before->as<Reference>();
    const auto* new_reference = after->as<Reference>();
    bool equal = false;
    if (old_reference == nullptr || new_reference == nullptr) {
        // A direct value cannot be a stream.
        const auto* one = old_reference != nullptr ? resolve_object(before_, before) : resolve_object(after_, after);
        equal = !one->stream && same(resolve(before_, before), resolve(after_, after), how, level + 1);
    } else if (*old_reference == *new_reference && (how == Depth::shallow || !changed(old_reference->number))) {
        return true;
    } else {
        const std::pair pair{*old_reference, *new_reference};
        const auto known = compared_.find(pair);
        if (known != compared_.end()) {
            equal = known->second;
        } else {
            compared_[pair] = true;  // for loops: the same unless something else tells them apart
            equal = same_indirect(*resolve_object(before_, before), *resolve_object(after_, after), how, level + 1);
            // What is the same at first sight need not be so in depth.
            if (how == Depth::deep)
                compared_[pair] = equal;
            else
                compared_.erase(pair);
        }
    }
    if (equal && old_reference != nullptr) explained_.insert(before);
    return equal;
}

bool Comparison::same_indirect(const IndirectObject& before, const IndirectObject& after, Depth how,
                               std::uint32_t level) {
    if (before.stream.has_value() != after.stream.has_value()) return false;
    const auto left = before_.raw(before);
    const auto right = after_.raw(after);
    if (!std::equal(left.begin(), left.end(), right.begin(), right.end())) return false;
    return same(&before.value, &after.value, how, level);
}

bool Comparison::same_dictionary(const Dictionary& before, const Dictionary& after, Depth how, std::uint32_t level) {
    // Of a key that stands twice readers take this one or that: such dictionaries must be alike as they stand.
    if (before.has_duplicates() || after.has_duplicates()) return before == after;
    bool equal = true;
    for (const auto& [key, value] : before.entries()) equal &= same(&value, after.find(key), how, level);
    for (const auto& [key, value] : after.entries())
        if (before.find(key) == nullptr) equal &= resolve(after_, &value)->is_null();
    return equal;
}

bool Comparison::same_key(const Dictionary& before, const Dictionary& after, std::string_view key, Depth how) {
    return same(before.find(key), after.find(key), how);
}

std::vector<std::string> Comparison::differing_keys(const Dictionary& before, const Dictionary& after,
                                                    const std::set<std::string_view>& except) {
    std::set<std::string> keys;
    for (const auto* side : {&before, &after})
        for (const auto& [key, value] : side->entries())
            if (!except.contains(key)) keys.insert(key);
    std::vector<std::string> differing;
    for (const auto& key : keys)
        if (!same_key(before, after, key)) differing.push_back(key);
    return differing;
}

void Comparison::explain(const Object* value, bool streams, std::uint32_t depth) {
    if (value == nullptr || depth > 8) return;
    const auto* object = value;
    if (const auto* reference = value->as<Reference>()) {
        const auto* found = load(before_, *reference);
        if (found->stream && !streams) {
            same(value, value, Depth::deep);
            return;
        }
        explained_.insert(value);
        // What a stream's dictionary names is judged on its own.
        if (found->stream) return;
        passed_.insert(reference->number);
        object = &found->value;
    }
    if (const auto* list = object->as<Array>())
        for (const auto& element : *list) explain(&element, streams, depth + 1);
    if (const auto* entries = object->as<Dictionary>())
        for (const auto& [key, element] : entries->entries()) explain(&element, streams, depth + 1);
    if (object != value && object->as<Reference>() != nullptr) explain(object, streams, depth + 1);
}

}  // namespace sjcode::pdf

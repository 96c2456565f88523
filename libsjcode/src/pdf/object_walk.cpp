#include "pdf/object_walk.h"

#include "base/try.h"

#include <vector>

namespace sjcode::pdf {
namespace {

/// A value still to be visited; the object that holds it is kept alive meanwhile.
struct Pending {
    const Object* value;
    ObjectPointer holder;
};

}  // namespace

Result<void> walk(Document& document, const Object& from, const DictionaryVisitor& visit,
                  std::unordered_set<std::uint32_t>& seen) {
    std::vector<Pending> open{{&from, std::make_shared<const IndirectObject>()}};
    while (!open.empty()) {
        const auto [value, holder] = open.back();
        open.pop_back();
        if (const auto* reference = value->as<Reference>()) {
            if (!seen.insert(reference->number).second) continue;
            SJCODE_TRY(auto object, document.object(*reference));
            const auto* inner = &object->value;
            open.push_back({inner, std::move(object)});
        } else if (const auto* array = value->as<Array>()) {
            for (const auto& element : *array)
                if (element.as<Reference>() != nullptr || element.as<Array>() != nullptr ||
                    element.as<Dictionary>() != nullptr)
                    open.push_back({&element, holder});
        } else if (const auto* dictionary = value->as<Dictionary>()) {
            visit(*dictionary, holder);
            for (const auto& [key, element] : dictionary->entries())
                if (element.as<Reference>() != nullptr || element.as<Array>() != nullptr ||
                    element.as<Dictionary>() != nullptr)
                    open.push_back({&element, holder});
        }
    }
    return {};
}

}  // namespace sjcode::pdf

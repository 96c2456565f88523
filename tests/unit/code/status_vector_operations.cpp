// The kinds of status-array/, status-list/ and status-details/.
#include "vector_operations.h"

#include "base/try.h"
#include "code/cose.h"
#include "sjcode/status_details.h"
#include "sjcode/status_list.h"

#include <stdexcept>

using namespace sjcode;

namespace {

Bytes data(const Json& input) {
    if (input.contains("hex")) return bytes_of(input["hex"]);
    Bytes result;
    for (const auto& part : input.at("parts")) {
        const auto piece = bytes_of(part.at(0));
        for (auto count = part.at(1).get<std::size_t>(); count > 0; --count)
            result.insert(result.end(), piece.begin(), piece.end());
    }
    return result;
}

std::vector<PublicKey> public_keys(const Json& input) {
    std::vector<PublicKey> keys;
    for (const auto& key : input.at("keys")) keys.push_back(PublicKey::from_der(bytes_of(key.at("spki"))).value());
    return keys;
}

Json array_fields(const StatusArray& array) {
    auto set = Json::array();
    for (std::uint64_t index = 0; index < array.size(); ++index)
        if (const auto value = array.get(index).value(); value != 0) set.push_back(Json::array({index, value}));
    return {{"size", array.size()}, {"set", std::move(set)}};
}

template <class T>
Json optional(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

Result<VerifiedStatusList> verified(const Json& hex, const Json& input) {
    SJCODE_TRY(auto raw, RawStatusList::decode(bytes_of(hex)));
    return VerifiedStatusList::verify(std::move(raw), input.at("subject").get<std::string>(), public_keys(input));
}

}  // namespace

Result<Json> open_status_array(const Json& input) {
    SJCODE_TRY(const auto array, StatusArray::decompress(input.at("bits").get<unsigned>(), data(input)));
    SJCODE_TRY(const auto again, array.compress());
    if (StatusArray::decompress(array.bits(), again).value() != array)
        throw std::logic_error("the array does not come back");
    return array_fields(array);
}

Result<Json> open_status_list(const Json& input) {
    SJCODE_TRY(const auto list, verified(input.at("hex"), input));
    auto fields = array_fields(list.statuses());
    const auto keys = public_keys(input);
    fields["key_index"] = std::find(keys.begin(), keys.end(), list.signer()) - keys.begin();
    fields["algorithm"] = cose::number(list.signer().algorithm());
    fields["issued"] = list.claims().issued;
    fields["expires"] = optional(list.claims().expires);
    fields["time_to_live"] = optional(list.claims().time_to_live);
    fields["bits"] = list.statuses().bits();
    return fields;
}

Result<Json> open_status_details(const Json& input) {
    SJCODE_TRY(const auto list, verified(input.at("list"), input));
    SJCODE_TRY(auto raw, RawStatusDetails::decode(bytes_of(input.at("hex"))));
    SJCODE_TRY(const auto details, VerifiedStatusDetails::verify(std::move(raw), list));
    const auto code = CodeNumber::from_characters(input.at("number").get<std::string>()).value();
    SJCODE_TRY(const auto history, details.history(input.at("index").get<std::uint64_t>(), code));
    auto changes = Json::array();
    for (const auto& change : history) {
        Json successor;
        if (change.successor) {
            const auto* number = std::get_if<CodeNumber>(&*change.successor);
            successor = number != nullptr ? number->characters() : std::get<std::string>(*change.successor);
        }
        changes.push_back(Json::array({change.time, std::string(name(change.status)),
                                       change.reason.empty() ? Json() : Json(change.reason), successor}));
    }
    return Json{{"history", std::move(changes)}};
}

// GB/T 2260 at the level of provinces and prefectures: libsjcode/data/regions.json.
#include "sjcode/identifier.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>

namespace sjcode {
namespace embedded {
extern const std::string_view regions;
}

namespace {

struct Table {
    std::string version;
    std::map<std::string, std::string, std::less<>> names;
};

const Table& table() {
    static const Table loaded = [] {
        const auto json = nlohmann::json::parse(embedded::regions, nullptr, false);
        // Compiled in, and a test reads it: a broken one is a broken build.
        if (!json.is_object()) std::abort();
        Table result{json.at("version").get<std::string>(), {}};
        for (const auto* part : {"regions", "former"})
            for (const auto& [code, name] : json.at(part).items()) result.names.emplace(code, name.get<std::string>());
        return result;
    }();
    return loaded;
}

}  // namespace

std::optional<std::string> region_name(std::string_view code) {
    const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (code.size() != 2 && code.size() != 4 && code.size() != 6)) return std::nullopt;
    // 110000 is the province, 110100 the prefecture.
    auto known = code.size() == 6 ? code.substr(0, 4) : code;
    if (known.size() == 4 && known.ends_with("00")) known = known.substr(0, 2);
    const auto found = table().names.find(known);
    if (found == table().names.end()) return std::nullopt;
    return found->second;
}

std::string_view region_table_version() {
    return table().version;
}

}  // namespace sjcode

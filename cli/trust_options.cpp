#include "trust_options.h"

#include "terminal.h"

#include "sjcode/facts.h"
#include "sjcode/file.h"
#include "sjcode/trust_store.h"

#include <array>
#include <filesystem>

namespace sjcode::cli {
Result<TrustRegister> read_register(const std::string& path) {
    // A national register is larger than what read_text_file() takes.
    auto file = InputFile::open(path);
    if (!file) return Unexpected(std::move(file).error());
    auto parsed = TrustRegister::parse(as_text(file->bytes()));
    if (!parsed) {
        auto error = std::move(parsed).error();
        error.file = path;
        return Unexpected(std::move(error));
    }
    return parsed;
}

Result<void> write_register(const std::string& path, const TrustRegister& content, Overwrite overwrite) {
    const auto text = content.to_json();
    const std::array pieces{as_bytes(text)};
    return write_file(path, pieces, overwrite);
}

Result<UnixTime> day_from(const std::string& text) {
    auto date = Date::parse(text);
    if (!date) return Unexpected(std::move(date).error());
    return date->start();
}

Result<OpenedList> open_list(const std::string& path, const std::string& list_id) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        auto store = TrustStore::open(path);
        if (!store) return Unexpected(std::move(store).error());
        auto lists = store->lists();
        if (!lists) return Unexpected(std::move(lists).error());
        std::string names;
        for (auto& list : *lists) {
            if (list.info().id == list_id || (list_id.empty() && lists->size() == 1))
                return OpenedList{std::move(list), true};
            names += (names.empty() ? "" : ", ") + list.info().id;
        }
        return fail("trust.which", {{"lists", names}});
    }
    auto file = InputFile::open(path);
    if (!file) return Unexpected(std::move(file).error());
    const auto claimed = TrustList::unverified(file->bytes());
    if (!claimed) return Unexpected(claimed.error());
    auto list = TrustList::open(*std::move(file), fingerprint(claimed->root));
    if (!list) return Unexpected(std::move(list).error());
    return OpenedList{*std::move(list), false};
}

}  // namespace sjcode::cli

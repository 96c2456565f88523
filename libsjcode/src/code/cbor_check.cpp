// The strict check of an encoding, before anything is read from it.
#include "base/byte_reader.h"
#include "base/unicode.h"
#include "code/cbor.h"

#include <algorithm>
#include <array>

namespace sjcode::cbor {
namespace {

/// What is wrong, as a code; null where nothing is. Not a Result: this runs for each item.
using Fault = const char*;
constexpr Fault good = nullptr;

class Checker {
public:
    Checker(ByteView bytes, KeyOrder order) noexcept : bytes_(bytes), reader_(bytes), order_(order) {}

    [[nodiscard]] std::size_t position() const noexcept { return reader_.position(); }
    [[nodiscard]] bool at_end() const noexcept { return reader_.at_end(); }

    /// One item inside `depth` arrays, maps and tags; calls itself at most maximum_depth deep.
    Fault item(int depth) noexcept {
        const auto initial = reader_.byte();
        if (!initial) return "cbor.truncated";
        const unsigned major = *initial >> 5;
        const unsigned information = *initial & 31U;
        if (information == 31 && major >= 2 && major != 6) return "cbor.indefinite";
        if (information > 27) return "cbor.reserved";
        if (major == 7) return simple(information);
        std::uint64_t value = information;
        if (const auto fault = argument(information, value)) return fault;
        switch (major) {
            case 0:
            case 1:
                return good;
            case 2:
                return reader_.take(value) ? good : "cbor.truncated";
            case 3:
                return text(value);
            default:
                break;
        }
        if (major == 6 && value != 18) return "cbor.tag";
        if (depth >= maximum_depth) return "cbor.depth";
        if (major == 6) return item(depth + 1);
        return major == 4 ? array(value, depth + 1) : map(value, depth + 1);
    }

private:
    Fault argument(unsigned information, std::uint64_t& value) noexcept {
        if (information < 24) return good;
        const std::size_t size = std::size_t{1} << (information - 24);
        const auto read = reader_.big_endian(size);
        if (!read) return "cbor.truncated";
        value = *read;
        // Half as many bytes, or the initial byte alone, would have held it.
        const std::uint64_t least = size == 1 ? 24 : std::uint64_t{1} << (4 * size);
        return value < least ? "cbor.not-shortest" : good;
    }

    Fault simple(unsigned information) noexcept {
        if (information >= 25) return "cbor.float";
        if (information == 24 && !reader_.byte()) return "cbor.truncated";
        // The format says nothing with the others.
        return information == 22 ? good : "cbor.simple";
    }

    Fault text(std::uint64_t size) noexcept {
        const auto bytes = reader_.take(size);
        if (!bytes) return "cbor.truncated";
        return unicode::is_utf8(as_text(*bytes)) ? good : "cbor.utf8";
    }

    /// A count may claim anything: each round reads at least one byte or ends.
    Fault array(std::uint64_t count, int depth) noexcept {
        for (std::uint64_t i = 0; i < count; ++i)
            if (const auto fault = item(depth)) return fault;
        return good;
    }

    Fault map(std::uint64_t pairs, int depth) noexcept {
        if (order_ == KeyOrder::any && pairs <= most_unordered_pairs) return unordered_map(pairs, depth);
        ByteView previous;
        for (std::uint64_t i = 0; i < pairs; ++i) {
            const auto start = reader_.position();
            if (const auto fault = item(depth)) return fault;
            const auto key = bytes_.subspan(start, reader_.position() - start);
            if (i > 0) {
                const auto order = compare(previous, key);
                if (order == 0) return "cbor.duplicate-key";
                if (order > 0) return "cbor.unsorted-keys";
            }
            previous = key;
            if (const auto fault = item(depth)) return fault;
        }
        return good;
    }

    Fault unordered_map(std::uint64_t pairs, int depth) noexcept {
        std::array<ByteView, most_unordered_pairs> keys;
        std::size_t known = 0;
        for (std::uint64_t i = 0; i < pairs; ++i) {
            const auto start = reader_.position();
            if (const auto fault = item(depth)) return fault;
            const auto key = bytes_.subspan(start, reader_.position() - start);
            for (std::size_t k = 0; k < known; ++k)
                if (compare(keys[k], key) == 0) return "cbor.duplicate-key";
            keys[known++] = key;
            if (const auto fault = item(depth)) return fault;
        }
        return good;
    }

    /// Bytewise lexicographic order.
    static int compare(ByteView a, ByteView b) noexcept {
        const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
        if (in_a == a.end()) return in_b == b.end() ? 0 : -1;
        if (in_b == b.end()) return 1;
        return *in_a < *in_b ? -1 : 1;
    }

    ByteView bytes_;
    ByteReader reader_;
    KeyOrder order_;
};

Unexpected fault_at(Fault fault, std::size_t offset) {
    return Unexpected(Error{fault, {}, {}, offset, {}});
}

}  // namespace

Result<Reader> open(ByteView bytes, std::size_t limit, KeyOrder order) {
    if (bytes.size() > limit)
        return fail("cbor.size", {{"size", std::to_string(bytes.size())}, {"limit", std::to_string(limit)}});
    Checker checker(bytes, order);
    if (const auto fault = checker.item(0)) return fault_at(fault, checker.position());
    if (!checker.at_end()) return fault_at("cbor.trailing", checker.position());
    return Reader(bytes);
}

}  // namespace sjcode::cbor

#include "pdf/stamp_content.h"

#include "base/try.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sjcode::pdf {
namespace {

constexpr int largest_side = 177;  // modules, version 40
constexpr std::size_t most_symbols = 16;
constexpr std::size_t most_texts = 256;

struct Run {
    int column;
    int row;  ///< from the bottom
    int width;
    int height;
};

/// Dark modules as few rectangles: runs of a row, joined with equal runs of the rows below it.
std::vector<Run> runs_of(const QrSymbol& symbol) {
    std::vector<Run> runs;
    std::vector<bool> done(symbol.modules.size(), false);
    const auto at = [&](int row, int column) {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(symbol.size) + static_cast<std::size_t>(column);
    };
    const auto is_run = [&](int row, int begin, int end) {
        if (row >= symbol.size || (begin > 0 && symbol.dark(row, begin - 1)) ||
            (end < symbol.size && symbol.dark(row, end)))
            return false;
        for (int column = begin; column < end; ++column)
            if (!symbol.dark(row, column) || done[at(row, column)]) return false;
        return true;
    };
    for (int row = 0; row < symbol.size; ++row) {
        for (int column = 0; column < symbol.size; ++column) {
            if (!symbol.dark(row, column) || done[at(row, column)]) continue;
            int end = column;
            while (end < symbol.size && symbol.dark(row, end)) ++end;
            int last = row;
            while (is_run(last + 1, column, end)) ++last;
            for (int y = row; y <= last; ++y)
                for (int x = column; x < end; ++x) done[at(y, x)] = true;
            runs.push_back({column, symbol.size - 1 - last, end - column, last - row + 1});
            column = end;
        }
    }
    return runs;
}

void append_hex(std::string& out, std::string_view bytes) {
    serialise(Object(String{std::string(bytes)}), out);
}

Unexpected wrong() {
    return fail("stamp.content");
}

/// One operator with its operands, as content streams are read.
struct Operation {
    std::vector<Object> operands;
    std::string name;

    [[nodiscard]] bool are_numbers(std::size_t count) const {
        return operands.size() == count && std::all_of(operands.begin(), operands.end(), [](const Object& operand) {
                   return operand.as<Number>() != nullptr;
               });
    }
};

Result<std::vector<Operation>> read_operations(ByteView content) {
    Limits limits;
    limits.tokens = 1;  // no operand of ours holds others
    Lexer lexer(content, 0, limits);
    std::vector<Operation> operations;
    Operation next;
    for (;;) {
        lexer.skip_space();
        const auto c = lexer.peek();
        if (!c) break;
        const bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (!letter) {
            auto operand = lexer.object(false);
            if (!operand || next.operands.size() >= 8) return wrong();
            next.operands.push_back(*std::move(operand));
            continue;
        }
        next.name = std::string(lexer.word());
        operations.push_back(std::move(next));
        next = {};
        if (operations.size() > 200'000) return limit_reached("operators");
    }
    if (!next.operands.empty()) return wrong();
    return operations;
}

/// Takes operations in the order of write_stamp_content.
class Operations {
public:
    explicit Operations(std::vector<Operation> operations) : operations_(std::move(operations)) {}
    [[nodiscard]] bool at_end() const noexcept { return next_ == operations_.size(); }
    [[nodiscard]] bool is(std::string_view name) const { return !at_end() && operations_[next_].name == name; }
    /// The operation, if it is the next one; else null pointer, and nothing is taken.
    const Operation* take(std::string_view name) { return is(name) ? &operations_[next_++] : nullptr; }
    /// True if it was next and has this many numbers for operands.
    bool take_numbers(std::string_view name, std::size_t count) {
        const auto* operation = take(name);
        return operation != nullptr && operation->are_numbers(count);
    }

private:
    std::vector<Operation> operations_;
    std::size_t next_ = 0;
};

std::optional<Run> run_of(const Operation& rectangle) {
    if (rectangle.operands.size() != 4) return std::nullopt;
    std::array<int, 4> value{};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto number = rectangle.operands[i].integer();
        if (!number || *number < 0 || *number > largest_side) return std::nullopt;
        value[i] = static_cast<int>(*number);
    }
    return Run{value[0], value[1], value[2], value[3]};
}

/// Rectangles back to modules. The side is the extent of the finder patterns, which reach all four edges but one
/// corner.
Result<QrSymbol> symbol_of(const std::vector<Run>& runs) {
    int side = 0;
    for (const auto& run : runs) {
        if (run.width < 1 || run.height < 1 || run.column + run.width > largest_side ||
            run.row + run.height > largest_side)
            return wrong();
        side = std::max({side, run.column + run.width, run.row + run.height});
    }
    if (side < 21 || (side - 17) % 4 != 0) return wrong();
    QrSymbol symbol;
    symbol.size = side;
    symbol.version = (side - 17) / 4;
    symbol.modules.assign(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 0);
    for (const auto& run : runs)
        for (int y = 0; y < run.height; ++y)
            for (int x = 0; x < run.width; ++x) {
                const auto row = static_cast<std::size_t>(side - 1 - (run.row + y));
                auto& module =
                    symbol.modules[row * static_cast<std::size_t>(side) + static_cast<std::size_t>(run.column + x)];
                // We draw no module twice; and thousands of large rectangles one over the other would take long.
                if (module != 0) return wrong();
                module = 1;
            }
    return symbol;
}

}  // namespace

std::string write_stamp_content(const StampLayout& layout, const Glyphs& glyphs) {
    std::string out = "1 g\n0 0 " + decimal(layout.width) + ' ' + decimal(layout.height) + " re\nf\n0 g\n";
    const auto module = decimal(module_size);
    for (const auto& placed : layout.symbols) {
        out += "q\n" + module + " 0 0 " + module + ' ' + decimal(placed.x) + ' ' + decimal(placed.y) + " cm\n";
        for (const auto& run : runs_of(placed.symbol))
            out += std::to_string(run.column) + ' ' + std::to_string(run.row) + ' ' + std::to_string(run.width) + ' ' +
                   std::to_string(run.height) + " re\n";
        out += "f\nQ\n";
    }
    for (std::size_t i = 0; i < layout.texts.size(); ++i) {
        const auto& run = layout.texts[i];
        out += std::string("BT\n") + (run.face == Face::chinese ? "/Chinese " : "/Latin ") + decimal(run.size) +
               " Tf\n" + decimal(run.x) + ' ' + decimal(run.y) + " Td\n";
        append_hex(out, i < glyphs.size() ? glyphs[i] : std::string());
        out += " Tj\nET\n";
    }
    return out;
}

Result<StampContent> read_stamp_content(ByteView content) {
    SJCODE_TRY(auto list, read_operations(content));
    Operations operations(std::move(list));
    if (!operations.take_numbers("g", 1) || !operations.take_numbers("re", 4) || !operations.take_numbers("f", 0) ||
        !operations.take_numbers("g", 1))
        return wrong();
    StampContent result;
    while (operations.is("q")) {
        if (result.symbols.size() == most_symbols) return wrong();
        if (!operations.take_numbers("q", 0) || !operations.take_numbers("cm", 6)) return wrong();
        std::vector<Run> runs;
        while (const auto* rectangle = operations.take("re")) {
            const auto run = run_of(*rectangle);
            if (!run) return wrong();
            runs.push_back(*run);
        }
        if (!operations.take_numbers("f", 0) || !operations.take_numbers("Q", 0)) return wrong();
        SJCODE_TRY(auto symbol, symbol_of(runs));
        result.symbols.push_back(std::move(symbol));
    }
    while (operations.is("BT")) {
        if (result.glyphs.size() == most_texts) return wrong();
        if (!operations.take_numbers("BT", 0)) return wrong();
        const auto* font = operations.take("Tf");
        if (font == nullptr || font->operands.size() != 2 || font->operands[0].as<Name>() == nullptr ||
            font->operands[1].as<Number>() == nullptr || !operations.take_numbers("Td", 2))
            return wrong();
        const auto* text = operations.take("Tj");
        if (text == nullptr || text->operands.size() != 1 || text->operands[0].as<String>() == nullptr) return wrong();
        result.glyphs.push_back(text->operands[0].as<String>()->value);
        if (!operations.take_numbers("ET", 0)) return wrong();
    }
    if (!operations.at_end()) return wrong();
    return result;
}

}  // namespace sjcode::pdf

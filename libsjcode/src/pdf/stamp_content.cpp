#include "pdf/stamp_content.h"

#include "base/try.h"
#include "pdf/lexer.h"

#include <optional>

namespace sjcode::pdf {
namespace {

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
        if (row >= symbol.size || (begin > 0 && symbol.dark(row, begin - 1)) || (end < symbol.size && symbol.dark(row, end)))
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

Unexpected wrong() { return fail("stamp.content"); }

/// One operator with its operands, as content streams are read.
struct Operation {
    std::vector<Object> operands;
    std::string name;

    [[nodiscard]] std::optional<std::vector<double>> numbers(std::size_t count) const {
        if (operands.size() != count) return std::nullopt;
        std::vector<double> values;
        for (const auto& operand : operands) {
            const auto* number = operand.as<Number>();
            if (number == nullptr) return std::nullopt;
            values.push_back(number->real());
        }
        return values;
    }
};

Result<std::vector<Operation>> read_operations(ByteView content) {
    const Limits limits;
    Lexer lexer(content, 0, limits);
    std::vector<Operation> operations;
    Operation next;
    for (;;) {
        lexer.skip_space();
        const auto c = lexer.peek();
        if (!c) break;
        const bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (!letter) {
            SJCODE_TRY(auto operand, lexer.object(false));
            if (next.operands.size() >= 8) return wrong();
            next.operands.push_back(std::move(operand));
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

/// Rectangles back to modules. The side is the extent of the finder patterns, which reach all four edges but one corner.
Result<QrSymbol> symbol_of(const std::vector<Run>& runs) {
    int side = 0;
    for (const auto& run : runs) {
        if (run.column < 0 || run.row < 0 || run.width < 1 || run.height < 1 || run.column + run.width > 177 ||
            run.row + run.height > 177)
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
                symbol.modules[row * static_cast<std::size_t>(side) + static_cast<std::size_t>(run.column + x)] = 1;
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
        out += std::string("BT\n") + (run.face == Face::chinese ? "/Chinese " : "/Latin ") + decimal(run.size) + " Tf\n" +
               decimal(run.x) + ' ' + decimal(run.y) + " Td\n";
        append_hex(out, i < glyphs.size() ? glyphs[i] : std::string());
        out += " Tj\nET\n";
    }
    return out;
}

Result<StampContent> read_stamp_content(ByteView content) {
    SJCODE_TRY(const auto operations, read_operations(content));
    StampContent result;
    std::vector<Run> runs;
    bool in_symbol = false;
    for (const auto& operation : operations) {
        if (operation.name == "q") {
            if (in_symbol) return wrong();
            in_symbol = true;
            runs.clear();
        } else if (operation.name == "re" && in_symbol) {
            const auto values = operation.numbers(4);
            if (!values) return wrong();
            for (const auto value : *values)
                if (value != static_cast<int>(value)) return wrong();
            if (runs.size() > 31'329) return wrong();
            runs.push_back({static_cast<int>((*values)[0]), static_cast<int>((*values)[1]),
                            static_cast<int>((*values)[2]), static_cast<int>((*values)[3])});
        } else if (operation.name == "Q") {
            if (!in_symbol) return wrong();
            in_symbol = false;
            SJCODE_TRY(auto symbol, symbol_of(runs));
            result.symbols.push_back(std::move(symbol));
        } else if (operation.name == "Tj") {
            const auto* text = operation.operands.size() == 1 ? operation.operands[0].as<String>() : nullptr;
            if (text == nullptr) return wrong();
            result.glyphs.push_back(text->value);
        } else if (operation.name != "g" && operation.name != "re" && operation.name != "f" && operation.name != "cm" &&
                   operation.name != "BT" && operation.name != "ET" && operation.name != "Tf" && operation.name != "Td") {
            return wrong();
        }
        if (result.symbols.size() > 16 || result.glyphs.size() > 256) return wrong();
    }
    if (in_symbol) return wrong();
    return result;
}

}  // namespace sjcode::pdf

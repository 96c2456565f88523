#include "sjcode/csv_table.h"
#include "catch.h"

#include <string>

using namespace sjcode;

namespace {

using Cells = std::vector<std::string>;

Result<CsvTable> parse(std::string_view text) {
    return CsvTable::parse(as_bytes(text));
}

std::vector<Cells> rows_of(std::string_view text) {
    const auto table = parse(text);
    REQUIRE(table);
    std::vector<Cells> rows{table->columns()};
    for (const auto& row : table->rows()) rows.push_back(row.cells);
    return rows;
}

/// Code of the error, and the line that it names.
std::string error_of(std::string_view text) {
    const auto table = parse(text);
    if (table) return "no error";
    const auto& parameters = table.error().parameters;
    return table.error().code + (parameters.contains("line") ? ":" + parameters.at("line") : std::string());
}

}  // namespace

TEST_CASE("a table is read as spreadsheets export it", "[trust][csv]") {
    const std::vector<Cells> expected{{"姓名", "号"}, {"张三", "1"}, {"李四", "2"}};
    CHECK(rows_of("姓名,号\n张三,1\n李四,2\n") == expected);
    CHECK(rows_of("\xEF\xBB\xBF姓名,号\r\n张三,1\r\n李四,2\r\n") == expected);
    CHECK(rows_of("姓名\t号\n张三\t1\n李四\t2") == expected);
    CHECK(rows_of("姓名;号\r张三;1\r李四;2\r") == expected);
    CHECK(rows_of("\"姓名\",\"号\"\n\"张三\", 1 \n李四,2,,,\n,,\n\n") == expected);
    // As WPS and older Excel save it in China.
    CHECK(rows_of("\xD0\xD5\xC3\xFB,\xBA\xC5\n\xD5\xC5\xC8\xFD,1\n\xC0\xEE\xCB\xC4,2\n") == expected);
    // Four bytes a character: 㐀, which GBK does not have.
    CHECK(rows_of("\xD0\xD5\n\x81\x39\xEE\x39\n") == std::vector<Cells>{{"姓"}, {"㐀"}});
}

TEST_CASE("quotations hold separators, line ends and quotes", "[trust][csv]") {
    const auto table = parse("a,b\n\"x,\"\"y\"\"\nz\",1\n2,3\n");
    REQUIRE(table);
    REQUIRE(table->rows().size() == 2);
    CHECK(table->rows()[0].cells == Cells{"x,\"y\"\nz", "1"});
    CHECK(table->rows()[0].line == 2);
    CHECK(table->rows()[1].line == 4);
    // A short row is filled up, so that every column can be asked for.
    CHECK(rows_of("a,b\n1\n")[1] == Cells{"1", ""});
}

TEST_CASE("columns are found however they are typed", "[trust][csv]") {
    const auto table = parse("\" 许可\n证号\",ＵＳＣＣ,short-name,\n1,2,3,\n").value();
    CHECK(table.column({"执业证号", "许可证号"}) == 0U);
    CHECK(table.column({"uscc"}) == 1U);
    CHECK(table.column({"short_name"}) == 2U);
    CHECK_FALSE(table.column({"name"}));
}

TEST_CASE("what is no table is refused, with its line", "[trust][csv]") {
    CHECK(error_of("") == "csv.empty");
    CHECK(error_of("\n\n,,\n") == "csv.empty");
    CHECK(error_of(std::string_view("\xFF\xFE\x53\x30", 4)) == "csv.utf16");
    CHECK(error_of(std::string_view("\xFE\xFF\x30\x53", 4)) == "csv.utf16");
    CHECK(error_of("\xEF\xBB\xBF\xD0\xD5\n") == "csv.encoding:1");
    CHECK(error_of("a\nb\n\xEF\xBB\xBF\xFF\xFF\n") == "csv.encoding:3");
    // Damaged UTF-8 does not become other characters as GB18030.
    CHECK(error_of("姓名\n张三\n李\xE5\x9B\n王五\n") == "csv.encoding:3");
    CHECK(error_of("姓名\n张三\n李\xE5") == "csv.encoding:3");
    CHECK(error_of("a\n\x81") == "csv.encoding:2");
    CHECK(error_of(std::string_view("a\nb\0c\n", 6)) == "csv.control:2");
    CHECK(error_of("a\n\"b\x07\"\n") == "csv.control:2");
    CHECK(error_of("a\xE2\x80\xAE\n1\n") == "csv.control:1");
    CHECK(error_of("a\nb\"c\n") == "csv.quote:2");
    CHECK(error_of("a\n\"b\"c\n") == "csv.quote:2");
    CHECK(error_of("a\nx\n\"b\n\n") == "csv.unclosed:3");
    CHECK(error_of("某省机构名册,,\n许可证号,机构名称,简称\n") == "csv.cells:2");
    CHECK(error_of("a,A\n1,2\n") == "csv.column-twice");
}

TEST_CASE("tables have limits", "[trust][csv]") {
    CHECK(error_of("a\n" + std::string(CsvTable::longest_cell, 'x') + "\n") == "no error");
    CHECK(error_of("a\n" + std::string(CsvTable::longest_cell + 1, 'x') + "\n") == "csv.cell:2");
    CHECK(error_of("a" + std::string(CsvTable::most_columns, ',') + "\n") == "csv.columns");
    std::string many = "a\n";
    for (std::size_t i = 0; i < CsvTable::most_rows; ++i) many += "1\n";
    CHECK(error_of(many) == "no error");
    CHECK(error_of(many + "1\n") == "csv.rows");
    // Few bytes, many cells.
    std::string wide;
    for (std::size_t i = 0; i < CsvTable::most_columns; ++i) wide += "c" + std::to_string(i) + ",";
    wide.back() = '\n';
    for (std::size_t i = 0; i <= CsvTable::most_cells / CsvTable::most_columns; ++i) wide += "1\n";
    CHECK(error_of(wide) == "csv.all-cells");
    CHECK(CsvTable::parse(Bytes(CsvTable::most_bytes + 1, 'x')).error().code == "csv.size");
}

TEST_CASE("numbers that a spreadsheet spoiled are told from right ones", "[trust][csv]") {
    using enum SpoiledNumber;
    CHECK_FALSE(spoiled_number("330100001", 9));
    CHECK_FALSE(spoiled_number("３３０１００００１", 9));
    CHECK_FALSE(spoiled_number("330100001001", 12));
    CHECK_FALSE(spoiled_number("甲一", 9));
    CHECK(spoiled_number("3.301E+11", 12) == exponent);
    CHECK(spoiled_number("3.30100001001e+011", 12) == exponent);
    CHECK(spoiled_number("33010001", 9) == leading_zeros);
    CHECK(spoiled_number("113700000045046000", 18) == rounded);
    CHECK_FALSE(spoiled_number("113700000045046442", 18));
}

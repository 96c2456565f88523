# cmake -DINPUT=… -DOUTPUT=… -DSYMBOL=… -P EmbedFile.cmake: writes a C++ source that holds the file's bytes.
file(READ "${INPUT}" digits HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${digits}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
file(WRITE "${OUTPUT}"
"// Made from a data file by cmake/EmbedFile.cmake.
#include <string_view>
namespace sjcode::embedded {
namespace {
constexpr unsigned char bytes[] = {
${bytes}0};
}
extern const std::string_view ${SYMBOL};
const std::string_view ${SYMBOL}{reinterpret_cast<const char*>(bytes), sizeof bytes - 1};
}
")

// The strict reader over anything: open, pages, every object and stream, inspection and accounting, with small limits.
#include "base/byte_reader.h"
#include "check.h"
#include "pdf/accounting.h"
#include "pdf/hygiene.h"
#include "pdf/lexer.h"
#include "pdf/revision.h"

using namespace sjcode;
using namespace sjcode::pdf;

namespace {

Limits small_limits() {
    Limits limits;
    limits.objects = 5'000;
    limits.sections = 32;
    limits.depth = 24;
    limits.pages = 200;
    limits.tokens = 20'000;
    limits.tokens_total = 400'000;
    limits.parsed_total = 4 << 20;
    limits.decoded_stream = 256 << 10;
    limits.decoded_total = 2 << 20;
    return limits;
}

void read_objects(Document& document) {
    for (const auto& entry : document.entries()) {
        const auto generation = entry.type == CrossReferenceEntry::Type::at_offset ? entry.generation_or_index : 0;
        const auto object = document.object({entry.number, generation});
        if (!object) continue;
        check((*object)->span.end <= document.file().size());
        // What is written reads back as the same.
        std::string text;
        serialise((*object)->value, text);
        Lexer lexer(as_bytes(text), 0, document.limits());
        const auto again = lexer.object();
        check(again && *again == (*object)->value && lexer.at_end());
        if (!(*object)->stream) continue;
        check((*object)->stream->end <= document.file().size());
        const auto bytes = document.decode(**object);
        check(!bytes || bytes->size() <= document.limits().decoded_stream);
    }
}

/// A revision of ours behind whatever opens must leave the rest as it was.
void append_revision(const Document& base) {
    const auto number = base.next_object_number();
    auto revision = write_revision(base, {{number, Object(Name{"New"}), {}}}, {"a", "b"});
    if (!revision) return;
    Bytes whole(base.file().begin(), base.file().end());
    append(whole, revision->bytes);
    auto document = Document::open(whole, base.limits());
    // The limits may be just reached, and hybrid rules or the order of sections concern the base.
    if (!document) return;
    check(document->sections().size() == base.sections().size() + 1);
    const auto object = document->object({number, 0});
    check(object && (*object)->value.is_name("New"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto document = Document::open(ByteView(data, size), small_limits());
    if (!document) return 0;
    const auto pages = read_pages(*document);
    read_objects(*document);
    if (const auto unknown = unaccounted_bytes(*document)) {
        std::uint64_t at = 0;
        for (const auto& span : *unknown) {
            check(span.begin >= at && span.end > span.begin && span.end <= size);
            at = span.end;
        }
    }
    if (pages) {
        const auto findings = inspect(*document, *pages);
        if (findings)
            for (const auto& finding : *findings) check(finding.detail.code == "hygiene." + finding.rule);
    }
    append_revision(*document);
    return 0;
}

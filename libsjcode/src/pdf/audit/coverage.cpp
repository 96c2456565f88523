#include "pdf/audit/coverage.h"

#include "base/hex.h"
#include "pdf/characters.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <limits>

namespace sjcode::pdf {
namespace {

/// The bytes of a key's value within a dictionary that begins at the lexer's position; nothing where it has no such key
/// or cannot be read. Of two, the first, as Dictionary::find has it.
std::optional<Span> value_span(Lexer& lexer, std::string_view key) {
    lexer.skip_space();
    if (lexer.peek() != std::uint8_t{'<'} || lexer.peek(1) != std::uint8_t{'<'}) return std::nullopt;
    lexer.advance(2);
    for (;;) {
        lexer.skip_space();
        if (lexer.peek() != std::uint8_t{'/'}) return std::nullopt;
        const auto name = lexer.object();
        if (!name) return std::nullopt;
        lexer.skip_space();
        const auto begin = lexer.position();
        if (!lexer.object()) return std::nullopt;
        if (name->is_name(key)) return Span{begin, lexer.position()};
    }
}

/// Where the bytes of /Contents stand in the file.
std::optional<Span> contents_span(const Document& document, const SignatureField& field) {
    const auto& holder = field.value.number == 0 ? field.field : field.signature;
    if (holder == nullptr || holder->container != 0 || holder->id.number == 0) return std::nullopt;
    Lexer lexer(document.file(), holder->span.begin, document.limits());
    const auto skip_integer = [&] {
        lexer.unsigned_integer(std::numeric_limits<std::uint32_t>::max());
        lexer.skip_space();
    };
    skip_integer();
    skip_integer();
    if (!lexer.keyword("obj")) return std::nullopt;
    if (field.value.number == 0) {
        const auto value = value_span(lexer, "V");
        if (!value) return std::nullopt;
        lexer.seek(value->begin);
    }
    return value_span(lexer, "Contents");
}

std::optional<std::array<std::uint64_t, 4>> four_integers(const Object& object) {
    const auto* array = object.as<Array>();
    if (array == nullptr || array->size() != 4) return std::nullopt;
    std::array<std::uint64_t, 4> range{};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto value = (*array)[i].integer();
        if (!value || *value < 0) return std::nullopt;
        range[i] = static_cast<std::uint64_t>(*value);
    }
    return range;
}

bool is_hexadecimal_string(ByteView bytes) {
    return bytes.size() >= 2 && bytes.front() == '<' && bytes.back() == '>' &&
           std::all_of(bytes.begin() + 1, bytes.end() - 1,
                       [](std::uint8_t c) { return hex_digit(static_cast<char>(c)) >= 0; });
}

/// Behind %%EOF at most one end of line.
bool ends_revision(ByteView file, std::uint64_t revision_end, std::uint64_t end) {
    if (end < revision_end || end > revision_end + 2) return false;
    const auto rest =
        as_text(file.subspan(static_cast<std::size_t>(revision_end), static_cast<std::size_t>(end - revision_end)));
    return rest.empty() || rest == "\n" || rest == "\r" || rest == "\r\n";
}

std::string name_or_text(Document& document, const Dictionary& dictionary, std::string_view key) {
    const auto object = document.get(dictionary, key);
    if (!object) return {};
    if (const auto* name = (*object)->value.as<Name>()) return name->value;
    if (const auto* text = (*object)->value.as<String>()) return text_of_string(text->value);
    return {};
}

class Coverage {
public:
    Coverage(const CoverageInput& input, const SignatureField& field, AuditFindings& findings)
        : input_(input), field_(field), findings_(findings) {}

    SignatureInfo check() {
        info_.field = field_.name;
        info_.object = field_.value;
        info_.removed = input_.removed;
        if (field_.usage_rights) info_.kind = SignatureKind::usage_rights;
        if (field_.signature == nullptr) {
            broken("audit.signature-unreadable");
            return std::move(info_);
        }
        describe(*field_.signature->dictionary());
        const bool contents = check_contents(*field_.signature->dictionary());
        if (check_range(*field_.signature->dictionary()) && contents && check_gap()) check_end();
        if (info_.revision != 0) whole();
        return std::move(info_);
    }

private:
    /// Rights for a reader program, long out of use: what they cover says nothing about the content.
    void broken(std::string code, Parameters parameters = {}) {
        parameters["field"] = field_.name;
        if (info_.kind == SignatureKind::usage_rights)
            findings_.warn("coverage", std::move(code), std::move(parameters));
        else
            findings_.fail("coverage", std::move(code), std::move(parameters));
    }

    void describe(const Dictionary& signature) {
        info_.sub_filter = name_or_text(input_.state, signature, "SubFilter");
        info_.claimed_time = name_or_text(input_.state, signature, "M");
        info_.claimed_name = name_or_text(input_.state, signature, "Name");
        const auto type = input_.state.get(signature, "Type");
        if (info_.kind == SignatureKind::usage_rights) return;
        if (info_.sub_filter == "ETSI.RFC3161" || (type && (*type)->value.is_name("DocTimeStamp")))
            info_.kind = SignatureKind::timestamp;
        else if (const auto reservation = read_reservation(input_.state, field_); reservation && reservation->certifies)
            info_.kind = SignatureKind::certification;
        if (signature.has_duplicates()) broken("audit.duplicate-key", {{"object", object()}});
    }

    [[nodiscard]] std::string object() const { return std::to_string(field_.value.number); }

    bool check_contents(const Dictionary& signature) {
        const auto contents = input_.state.get(signature, "Contents");
        const auto* text = contents ? (*contents)->value.as<String>() : nullptr;
        if (text == nullptr) {
            broken("audit.contents-missing");
            return false;
        }
        if (std::all_of(text->value.begin(), text->value.end(), [](char c) { return c == 0; })) {
            broken("audit.contents-empty");
            return false;
        }
        info_.contents.assign(text->value.begin(), text->value.end());
        return true;
    }

    /// B1. An indirect element could be changed by a later revision, so each stands there itself.
    bool check_range(const Dictionary& signature) {
        const auto* range = signature.find("ByteRange");
        if (range == nullptr) {
            broken("audit.byte-range-missing");
            return false;
        }
        const auto four = four_integers(*range);
        if (!four) {
            broken("audit.byte-range-form");
            return false;
        }
        const auto size = static_cast<std::uint64_t>(input_.file.size());
        const auto [first, length, second, rest] = *four;
        if (first != 0) {
            broken("audit.byte-range-start", {{"offset", std::to_string(first)}});
            return false;
        }
        if (length > second || second > size || rest > size - second) {
            broken("audit.byte-range-beyond");
            return false;
        }
        info_.byte_range = four;
        return true;
    }

    /// B2.
    bool check_gap() {
        const Span gap{(*info_.byte_range)[1], (*info_.byte_range)[2]};
        const auto contents = contents_span(input_.state, field_);
        if (!contents) {
            broken("audit.byte-range-elsewhere", {{"offset", std::to_string(gap.begin)}});
            return false;
        }
        if (*contents == gap) {
            const auto bytes =
                input_.file.subspan(static_cast<std::size_t>(gap.begin), static_cast<std::size_t>(gap.size()));
            if (is_hexadecimal_string(bytes)) return true;
            broken("audit.contents-form");
            return false;
        }
        const bool around = gap.begin <= contents->begin && gap.end >= contents->end;
        broken(around ? "audit.byte-range-gap" : "audit.byte-range-elsewhere", {{"offset", std::to_string(gap.begin)}});
        return false;
    }

    /// B5.
    void check_end() {
        const auto end = (*info_.byte_range)[2] + (*info_.byte_range)[3];
        const auto found = std::find_if(input_.ends.begin(), input_.ends.end(), [&](std::uint64_t revision_end) {
            return ends_revision(input_.file, revision_end, end);
        });
        if (found == input_.ends.end()) {
            broken("audit.byte-range-end", {{"offset", std::to_string(end)}});
            return;
        }
        const auto begin = found == input_.ends.begin() ? 0 : *(found - 1);
        const auto at = (*info_.byte_range)[1];
        if (at < begin || at >= *found) {
            broken("audit.byte-range-other-revision");
            return;
        }
        info_.revision = static_cast<std::uint32_t>(found - input_.ends.begin()) + 1;
        info_.covers_file = info_.revision == input_.ends.size() && !input_.removed;
    }

    void whole() {
        const Parameters parameters{{"field", field_.name}, {"revision", std::to_string(info_.revision)}};
        if (info_.covers_file)
            findings_.pass("coverage", "audit.covers-file", parameters);
        else
            findings_.pass("coverage", "audit.covers-revision", parameters);
    }

    const CoverageInput& input_;
    const SignatureField& field_;
    AuditFindings& findings_;
    SignatureInfo info_;
};

}  // namespace

SignatureInfo check_coverage(const CoverageInput& input, const SignatureField& field, AuditFindings& findings) {
    return Coverage(input, field, findings).check();
}

void check_overlap(const std::vector<SignatureInfo>& signatures, AuditFindings& findings) {
    struct Gap {
        Span span;
        std::string field;
    };
    std::vector<Gap> gaps;
    for (const auto& signature : signatures)
        if (signature.byte_range && signature.kind != SignatureKind::usage_rights)
            gaps.push_back({{(*signature.byte_range)[1], (*signature.byte_range)[2]}, signature.field});
    std::sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) { return a.span.begin < b.span.begin; });
    for (std::size_t i = 1; i < gaps.size(); ++i)
        if (gaps[i].span.begin < gaps[i - 1].span.end)
            findings.fail("coverage", "audit.byte-range-overlap",
                          {{"field", gaps[i - 1].field}, {"other", gaps[i].field}});
}

}  // namespace sjcode::pdf

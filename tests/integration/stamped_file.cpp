#include "stamped_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "catch.h"
#include "sjcode/issue.h"

namespace {

using sjcode::as_text;

constexpr sjcode::UnixTime now = 1'790'000'000;  // September 2026

std::vector<std::size_t> range(std::size_t begin, std::size_t end) {
    std::vector<std::size_t> positions;
    for (auto at = begin; at < end; ++at) positions.push_back(at);
    return positions;
}

/// What an object of the seal revision is, by its dictionary.
std::string name_of(std::string_view object) {
    struct Mark {
        std::string_view text;
        const char* name;
    };
    static constexpr Mark marks[] = {
        {"/Type/SJRecord", "record"}, {"/Subtype/Stamp", "annotation"},
        {"/Type/Catalog", "catalog"}, {"/Type/Sig/", "signature"},
        {"/Subtype/Widget", "field"}, {"/SigFlags", "interactive form"},
        {"/Type/Page", "page"},       {"/Subtype/Form", "form"},
        {"/Type/XRef", "xref"},       {"/Type/FontDescriptor", "font descriptor"},
        {"/Type/Font", "font"},       {"/Length1", "font program"},
        {"/Length", "character map"},
    };
    const auto dictionary = object.substr(0, object.find("stream\n"));
    for (const auto& mark : marks)
        if (dictionary.find(mark.text) != std::string_view::npos) return mark.name;
    return {};
}

/// The structures of the seal revision: every byte of it is in one of them.
void add_revision(std::string_view file, std::size_t begin, std::vector<FileStructure>& structures) {
    FileStructure between{"between", {}};
    std::size_t at = begin;
    const auto tail = std::min(file.find("\nxref\n", begin), file.find("\nstartxref\n", begin)) + 1;
    while (at < tail) {
        const auto head = file.find(" 0 obj\n", at);
        if (head == std::string_view::npos || head >= tail) break;
        const auto end = file.find("endobj", head) + 6;
        REQUIRE(end <= tail);
        const auto start = file.rfind('\n', head) + 1;
        for (auto gap = at; gap < start; ++gap) between.positions.push_back(gap);
        const auto object = file.substr(start, end - start);
        const auto name = name_of(object);
        REQUIRE(!name.empty());
        const auto stream = object.find("stream\n");
        if (stream == std::string_view::npos) {
            structures.push_back({name, range(start, end)});
        } else {
            const auto data = start + stream + 7;
            const auto data_end = start + object.rfind("endstream");
            auto frame = range(start, data);
            // The line end before "endstream" is ours, too.
            for (auto place = data_end - 1; place < end; ++place) frame.push_back(place);
            structures.push_back({name, std::move(frame)});
            if (data < data_end - 1) structures.push_back({name + " data", range(data, data_end - 1)});
        }
        if (const auto code = object.find("/SJCode<"); code != std::string_view::npos)
            structures.push_back({"code", range(start + code, start + object.find('>', code) + 1)});
        at = end;
    }
    for (; at < tail; ++at) between.positions.push_back(at);
    structures.push_back(std::move(between));
    const auto startxref = file.rfind("startxref\n");
    const auto trailer = std::min(file.find("trailer\n", tail), startxref);
    if (tail < trailer) structures.push_back({"xref", range(tail, trailer)});
    if (trailer < startxref) structures.push_back({"trailer", range(trailer, startxref)});
    structures.push_back({"startxref", range(startxref, file.size())});

    FileStructure white{"white space", {}};
    for (const auto& structure : structures)
        if (structure.name.find("data") == std::string::npos)
            for (const auto place : structure.positions)
                if (file[place] == ' ' || file[place] == '\n') white.positions.push_back(place);
    structures.push_back(std::move(white));
}

void add_original(std::string_view file, std::size_t length, std::vector<FileStructure>& structures) {
    const auto original = file.substr(0, length);
    const auto startxref = original.rfind("startxref");
    const auto trailer = std::min(original.rfind("trailer"), startxref);
    // A linearized file's last section stands in front: then this is the end of the objects.
    const auto table = std::min(original.rfind("\nxref"), original.rfind("/XRef"));
    const auto section = table == std::string_view::npos || table > trailer ? trailer : table;
    structures.push_back({"original header", range(0, 16)});
    structures.push_back({"original objects", range(16, section)});
    if (section < trailer) structures.push_back({"original xref", range(section, trailer)});
    if (trailer < startxref) structures.push_back({"original trailer", range(trailer, startxref)});
    structures.push_back({"original startxref", range(startxref, length)});
}

}  // namespace

std::optional<StampedFile> stamped_report(const std::string& name, Seal seal) {
    const std::filesystem::path root = SJCODE_SOURCE_DIR;
    const auto path = root / ".." / "shared" / "corpus" / "reports" / (name + ".pdf");
    if (!std::filesystem::exists(path)) return std::nullopt;
    std::ifstream schema(root / "docs" / "facts.schema.json");
    // The example of the schema is the report about an injury.
    const auto facts = sjcode::Facts::from_json(nlohmann::json::parse(schema).at("examples").at(0).dump());
    REQUIRE(facts);
    const auto key = sjcode::PrivateKey::generate(sjcode::Algorithm::ed25519);
    REQUIRE(key);
    const sjcode::InstitutionIdentity identity{facts->licence, facts->institution, facts->short_name, {"v.example.cn"}};
    const auto certificate =
        sjcode::Certificate::self_signed(*key, identity, now - 1, now + 1'000'000, sjcode::system_random());
    REQUIRE(certificate);
    sjcode::WorkerOptions options;
    options.program = SJCODE_WORKER;
    const sjcode::Worker worker(options);
    const auto seal_signer = sjcode::seal_with_code_key(*key, *certificate);
    REQUIRE(seal_signer);
    const sjcode::Issuer issuer{*key,
                                *certificate,
                                worker,
                                [] { return now; },
                                sjcode::system_random(),
                                sjcode::StampFonts::installed(),
                                seal == Seal::yes ? &*seal_signer : nullptr};
    const auto document = sjcode::InputFile::open(path.string());
    REQUIRE(document);
    sjcode::IssueOptions issue_options;
    issue_options.allow = {"facts"};
    const auto issued = issuer.issue(*document, *facts, issue_options);
    REQUIRE(issued);

    const auto original = document->bytes();
    StampedFile file{seal, {}, original.size(), sjcode::CertificateFolder::of({*certificate}), {}};
    file.bytes.assign(original.begin(), original.end());
    file.bytes.insert(file.bytes.end(), issued->revision.begin(), issued->revision.end());
    const auto text = as_text(file.bytes);
    add_original(text, file.original_length, file.structures);
    add_revision(text, file.original_length, file.structures);
    return file;
}

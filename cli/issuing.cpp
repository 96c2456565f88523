#include "issuing.h"

#include "terminal.h"

#include "sjcode/file.h"

#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <locale>
#include <sstream>
#include <utility>

namespace sjcode::cli {
namespace {

std::string number_text(double value) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::fixed << std::setprecision(1) << value;
    return out.str();
}

std::string place_text(const PlacedStamp& stamp) {
    return say("cli.issue.place",
               {{"page", std::to_string(stamp.page)},
                {"corner", stamp.corner ? say("corner." + std::string(name(*stamp.corner))) : say("corner.position")},
                {"x", number_text(stamp.x_mm)},
                {"y", number_text(stamp.y_mm)},
                {"width", number_text(stamp.width_mm)},
                {"height", number_text(stamp.height_mm)}});
}

void print_json(const IssuedOutput& output, const IssuedReport& report) {
    auto json = nlohmann::ordered_json::object();
    json["number"] = report.number.grouped();
    json["url"] = report.url;
    json["output"] = output.file;
    json["stamps"] = nlohmann::ordered_json::array();
    for (const auto& stamp : report.stamps)
        json["stamps"].push_back({{"page", stamp.page},
                                  {"corner", stamp.corner ? nlohmann::json(name(*stamp.corner)) : nlohmann::json()},
                                  {"x_mm", stamp.x_mm},
                                  {"y_mm", stamp.y_mm},
                                  {"width_mm", stamp.width_mm},
                                  {"height_mm", stamp.height_mm}});
    json["warnings"] = nlohmann::ordered_json::array();
    for (const auto& warning : report.warnings)
        json["warnings"].push_back({{"code", warning.code}, {"message", say(warning)}});
    std::cout << json.dump() << '\n';
}

}  // namespace

Worker Issuing::make_worker() {
    return Worker(worker_options());
}

Result<std::unique_ptr<Issuing>> Issuing::open(const CredentialOptions& credentials, SealOptions seal) {
    std::unique_ptr<Issuing> made(new Issuing);
    seal.module = credentials.module;
    auto owner = read_credentials(credentials);
    if (!owner) return Unexpected(std::move(owner).error());
    made->owner_ = *std::move(owner);
    auto signer = seal_signer(seal, *made->owner_->key, made->owner_->certificate);
    if (!signer) return Unexpected(std::move(signer).error());
    made->seal_ = *std::move(signer);
    auto timestamps = timestamp_client(seal);
    if (!timestamps) return Unexpected(std::move(timestamps).error());
    made->timestamps_ = *std::move(timestamps);
    auto proofs = revocation_clients(seal);
    if (!proofs) return Unexpected(std::move(proofs).error());
    made->proofs_ = *std::move(proofs);
    made->issuer_.emplace(Issuer{*made->owner_->key, made->owner_->certificate, made->worker_, system_clock(),
                                 system_random(), StampFonts::installed(), made->seal_.get(), made->timestamps_.get(),
                                 made->proofs_ ? &made->proofs_->clients() : nullptr, seal.level == "B-LTA"});
    return made;
}

int write_issued(const IssuedOutput& output, const IssuedReport& issued) {
    const auto mode = output.overwrite ? Overwrite::yes : Overwrite::no;
    // The record first: a stamped report without its record beside it would look finished.
    if (!output.record.empty()) {
        const std::array<ByteView, 1> pieces{issued.record};
        if (auto written = write_file(output.record, pieces, mode); !written) return report(written.error());
    }
    if (auto written = issued.write(output.file, mode); !written) {
        std::error_code ignored;
        if (!output.record.empty() && !output.overwrite) std::filesystem::remove(output.record, ignored);
        return report(written.error());
    }
    if (output.json) {
        print_json(output, issued);
        return ok;
    }
    for (const auto& warning : issued.warnings) std::cerr << say("cli.warning") << say(warning) << '\n';
    std::cout << say("cli.issue.done", {{"file", output.file}, {"number", issued.number.grouped()}}) << '\n';
    for (const auto& stamp : issued.stamps) std::cout << place_text(stamp) << '\n';
    return ok;
}

}  // namespace sjcode::cli

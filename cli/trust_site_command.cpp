// `sjcode trust export-web`: a folder of institution certificates, or the signed lists of a trust store with status
// lists, as the files that the verification site reads. docs/site.md, Trust records.
#include "commands.h"
#include "terminal.h"
#include "trust_site_folder.h"
#include "trust_site_lists.h"

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/trust.h"
#include "sjcode/trust_store.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <map>
#include <memory>
#include <set>

namespace sjcode::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format_name = "sjcode-site-trust/1";
constexpr int default_days = 30;
constexpr UnixTime day = 86'400;

struct Options {
    std::string trust;
    std::vector<std::string> status_lists;
    std::string output;
    int days = default_days;
    bool overwrite = false;
};

/// COSE's number of an algorithm (RFC 9864; SM2: private use).
int cose_algorithm(Algorithm algorithm) {
    if (algorithm == Algorithm::ed25519) return -19;
    return algorithm == Algorithm::esp256 ? -9 : -65602;
}

/// The key without its SubjectPublicKeyInfo: 32 bytes, or 04 ‖ x ‖ y.
std::string raw_key(const PublicKey& key) {
    const auto der = key.to_der();
    const std::size_t size = key.algorithm() == Algorithm::ed25519 ? 32 : 65;
    return to_hex(ByteView(der).last(size));
}

Json certificate_json(const Certificate& certificate) {
    const auto& identity = certificate.identity();
    Json json;
    json["name"] = identity.name;
    json["short_name"] = identity.short_name;
    json["hosts"] = identity.hosts;
    json["algorithm"] = cose_algorithm(certificate.public_key().algorithm());
    json["key"] = raw_key(certificate.public_key());
    json["not_before"] = certificate.not_before();
    json["not_after"] = certificate.not_after();
    json["certificate"] = to_hex(certificate.fingerprint());
    return json;
}

/// File name → content. Issuers are spread over 256 files, so that a page loads the one that it needs.
std::map<std::string, std::string> files_of(const CertificateFolder& folder, UnixTime now, int days) {
    std::map<std::string, Json> buckets;
    std::set<std::string> hosts;
    std::set<std::string> issuers;
    for (const auto& certificate : folder.all()) {
        const auto& identity = certificate.identity();
        issuers.insert(identity.licence);
        hosts.insert(identity.hosts.begin(), identity.hosts.end());
        const auto hash = digest(DigestAlgorithm::sha256, as_bytes(identity.licence));
        auto& bucket = buckets[to_hex(ByteView(hash).first(1))];
        bucket[identity.licence].push_back(certificate_json(certificate));
    }
    Json index;
    index["format"] = format_name;
    index["exported"] = now;
    index["stale_after"] = now + days * day;
    index["issuers"] = issuers.size();
    index["hosts"] = hosts;
    index["files"] = Json::array();
    std::map<std::string, std::string> files;
    for (const auto& [name, bucket] : buckets) {
        index["files"].push_back(name);
        files[name + ".json"] = bucket.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    files["index.json"] = index.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    return files;
}

int export_for_site(const Options& options) {
    const auto now = system_clock()();
    if (TrustStore::is_store(options.trust)) {
        const auto files = site_files_of_store(options.trust, options.status_lists, now);
        if (!files) return report(files.error());
        const auto written = write_site_folder(options.output, files->files, options.overwrite);
        if (!written) return report(written.error());
        std::cout << say("cli.trust.export-web.lists-done", {{"folder", options.output},
                                                             {"lists", std::to_string(files->lists)},
                                                             {"count", std::to_string(files->institutions)},
                                                             {"statuses", std::to_string(files->statuses)}})
                  << '\n';
        return ok;
    }
    if (!options.status_lists.empty())
        return report(Error{"trust-site.certificates", {{"folder", options.trust}}, {}, {}, {}});
    const auto folder = CertificateFolder::open(options.trust);
    if (!folder) return report(folder.error());
    const auto written = write_site_folder(options.output, files_of(*folder, now, options.days), options.overwrite);
    if (!written) return report(written.error());
    std::cout << say("cli.trust.export-web.done",
                     {{"folder", options.output}, {"count", std::to_string(folder->size())}})
              << '\n';
    return ok;
}

}  // namespace

void add_trust_site_command(CLI::App& trust, Action& action) {
    auto* command = trust.add_subcommand("export-web", say("cli.trust.export-web.about"));
    auto options = std::make_shared<Options>();
    command->add_option("--trust", options->trust, say("cli.verify.option.trust"))->type_name("FOLDER")->required();
    command->add_option("--status", options->status_lists, say("cli.verify.option.status"))
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->add_option("-o,--output", options->output, say("cli.trust.export-web.option.output"))
        ->type_name("FOLDER")
        ->required();
    command->add_option("--days", options->days, say("cli.trust.export-web.option.days"))
        ->type_name("DAYS")
        ->check(CLI::Range(1, 3650));
    command->add_flag("--overwrite", options->overwrite, say("cli.option.overwrite"));
    command->footer(say("cli.trust.export-web.example"));
    command->callback([options, &action] { action = [options] { return export_for_site(*options); }; });
}

}  // namespace sjcode::cli

#include "receipt_options.h"

#include "output_files.h"
#include "terminal.h"

#include "sjcode/file.h"

#include <array>
#include <filesystem>
#include <utility>

namespace sjcode::cli {
namespace {

std::string json_path(const std::string& pdf) {
    return std::filesystem::path(pdf).replace_extension(".json").string();
}

}  // namespace

void add_receipt_options(CLI::App& command, ReceiptOptions& options) {
    command.add_option("--receipt", options.path, say("cli.verify.option.receipt"))->type_name("FILE");
    options.credentials.certificate_option = "--receipt-cert";
    command.add_option("--receipt-key", options.credentials.key, say("cli.verify.option.receipt-key"))
        ->type_name("FILE");
    command.add_option("--receipt-cert", options.credentials.certificate, say("cli.verify.option.receipt-cert"))
        ->type_name("FILE");
    command.add_option("--passphrase-file", options.credentials.passphrase_file, say("cli.option.passphrase-file"))
        ->type_name("FILE");
    command.add_option("--pkcs11-module", options.credentials.module, say("cli.option.pkcs11-module"))
        ->type_name("FILE");
    command.add_flag("--overwrite", options.overwrite, say("cli.option.overwrite"));
}

Result<ReceiptWriter> ReceiptWriter::prepare(const ReceiptOptions& options, std::vector<std::string> inputs) {
    const auto& credentials = options.credentials;
    const bool signs = !credentials.key.empty();
    if ((signs || !credentials.certificate.empty()) && options.path.empty()) return fail("usage.receipt-key");
    if (!signs && !credentials.certificate.empty()) return fail("usage.receipt-key");
    if (options.path.empty()) return ReceiptWriter(options, {});
    if (std::filesystem::path(options.path).extension() != ".pdf") return fail("usage.receipt-name");
    const auto files = files_of(credentials);
    inputs.insert(inputs.end(), files.begin(), files.end());
    const std::vector<std::string> outputs{options.path, signs ? json_path(options.path) : std::string()};
    if (auto free = check_outputs(outputs, inputs, options.overwrite); !free) return Unexpected(Error(free.error()));
    if (!signs) return ReceiptWriter(options, {});
    auto signer = read_credentials(credentials);
    if (!signer) return Unexpected(std::move(signer).error());
    if (!(signer->certificate.public_key() == signer->key->public_key())) return fail("receipt.key");
    return ReceiptWriter(options, *std::move(signer));
}

Result<void> ReceiptWriter::write(const Receipt& receipt) const {
    const auto mode = options_.overwrite ? Overwrite::yes : Overwrite::no;
    const auto pdf = receipt.to_pdf(language(), ReceiptFonts::installed());
    if (!pdf) return Unexpected(Error(pdf.error()));
    const auto signed_path = json_path(options_.path);
    if (signer_) {
        const auto json = sign_receipt(receipt.to_json(language(), *pdf), *signer_->key, signer_->certificate);
        if (!json) return Unexpected(Error(json.error()));
        const std::array pieces{as_bytes(*json)};
        if (auto written = write_file(signed_path, pieces, mode); !written) return written;
    }
    const std::array<ByteView, 1> pieces{*pdf};
    auto written = write_file(options_.path, pieces, mode);
    std::error_code ignored;
    if (!written && signer_ && !options_.overwrite) std::filesystem::remove(signed_path, ignored);
    return written;
}

std::vector<ReceiptTrust> trust_of(const TrustRecords& records, const std::string& folder) {
    std::vector<ReceiptTrust> trust;
    if (const auto* lists = dynamic_cast<const TrustLists*>(&records))
        for (const auto& list : lists->lists()) {
            const auto& info = list.info();
            auto words = say("receipt.trust.list",
                             {{"id", info.id}, {"publisher", info.publisher}, {"number", std::to_string(info.number)}});
            trust.push_back({std::move(words), info.issued, digest(DigestAlgorithm::sha256, list.bytes())});
        }
    if (const auto* certificates = dynamic_cast<const CertificateFolder*>(&records)) {
        const auto path = std::filesystem::path(folder).lexically_normal();
        const auto name = path.has_filename() ? path.filename() : path.parent_path().filename();
        auto words =
            say("receipt.trust.folder", {{"folder", name.string()}, {"count", std::to_string(certificates->size())}});
        trust.push_back({std::move(words), {}, certificates->digest()});
    }
    return trust;
}

}  // namespace sjcode::cli

#include "base/try.h"
#include "sjcode/file.h"
#include "sjcode/seal_key.h"
#include "sjcode/trust.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace sjcode {
namespace {

constexpr std::string_view block_begin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view block_end = "-----END CERTIFICATE-----";
constexpr std::string_view any_block_begin = "-----BEGIN ";

bool has_certificate_extension(const std::filesystem::path& path) {
    static constexpr std::array<std::string_view, 4> extensions{".pem", ".crt", ".cer", ".der"};
    auto extension = path.extension().string();
    for (auto& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

/// The files of the folder that may hold certificates, by name: the same order on every machine.
Result<std::vector<std::string>> candidate_files(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    if (error) return fail("trust.folder", {{"folder", folder}});
    for (; entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        std::error_code type_error;
        const bool is_folder = entry->is_directory(type_error);
        if (!is_folder && has_certificate_extension(entry->path())) files.push_back(entry->path().string());
        // increment() leaves an end iterator behind where it fails, so that is seen after the loop.
    }
    if (error) return fail("trust.folder", {{"folder", folder}});
    std::sort(files.begin(), files.end());
    return files;
}

/// The certificates in a file's bytes, each as parse() wants it: every block of a PEM file, or the whole as DER. A PEM
/// file's other blocks (private keys) are not looked at.
std::vector<ByteView> certificate_parts(ByteView bytes, bool is_pem_name) {
    auto text = as_text(bytes);
    std::vector<ByteView> parts;
    for (auto begin = text.find(block_begin); begin != std::string_view::npos; begin = text.find(block_begin)) {
        const auto end = text.find(block_end, begin);
        const auto size = end == std::string_view::npos ? end : end + block_end.size() - begin;
        parts.push_back(as_bytes(text.substr(begin, size)));
        text.remove_prefix(size == std::string_view::npos ? text.size() : begin + size);
    }
    const bool is_text = is_pem_name || as_text(bytes).find(any_block_begin) != std::string_view::npos;
    if (parts.empty() && !is_text) parts.push_back(bytes);
    return parts;
}

Result<std::vector<Certificate>> read_file(const std::string& path) {
    const auto broken = [&](std::string reason) {
        return fail("trust.unreadable", {{"file", path}, {"reason", std::move(reason)}});
    };
    const auto file = InputFile::open(path);
    if (!file) return broken(file.error().code);
    std::vector<Certificate> certificates;
    const bool is_pem_name = std::filesystem::path(path).extension() == ".pem";
    for (const auto part : certificate_parts(file->bytes(), is_pem_name)) {
        auto certificate = Certificate::parse(part);
        if (!certificate) return broken(certificate.error().code);
        if (certificate->identity().licence.empty()) return fail("trust.identity", {{"file", path}});
        certificates.push_back(*std::move(certificate));
    }
    return certificates;
}

/// Certificates of anybody in a folder within the trust folder; none where there is no such folder.
Result<std::vector<Bytes>> anchors_in(const std::filesystem::path& folder) {
    std::vector<Bytes> anchors;
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) return anchors;
    SJCODE_TRY(const auto files, candidate_files(folder.string()));
    for (const auto& path : files) {
        SJCODE_TRY(const auto file, InputFile::open(path));
        auto certificates = read_certificates(file.bytes());
        if (!certificates) return fail("trust.unreadable", {{"file", path}, {"reason", certificates.error().code}});
        for (auto& certificate : *certificates) anchors.push_back(std::move(certificate));
    }
    return anchors;
}

}  // namespace

Result<CertificateFolder> CertificateFolder::open(const std::string& path) {
    SJCODE_TRY(const auto files, candidate_files(path));
    std::vector<Certificate> all;
    std::set<Digest> seen;
    for (const auto& file : files) {
        SJCODE_TRY(const auto certificates, read_file(file));
        for (const auto& certificate : certificates)
            if (seen.insert(certificate.fingerprint()).second) all.push_back(certificate);
    }
    if (all.empty()) return fail("trust.empty", {{"folder", path}});
    CertificateFolder opened(std::move(all));
    SJCODE_TRY(opened.timestamp_anchors_, anchors_in(std::filesystem::path(path) / "tsa"));
    SJCODE_TRY(opened.countersign_anchors_, anchors_in(std::filesystem::path(path) / "countersign"));
    return opened;
}

CertificateFolder CertificateFolder::of(std::vector<Certificate> certificates) {
    return CertificateFolder(std::move(certificates));
}

std::vector<Certificate> CertificateFolder::certificates(std::string_view issuer) const {
    std::vector<Certificate> found;
    for (const auto& certificate : certificates_)
        if (certificate.identity().licence == issuer) found.push_back(certificate);
    return found;
}

Result<std::shared_ptr<const KnownIssuer>> CertificateFolder::issuer(std::string_view licence) const {
    auto found = std::make_shared<KnownIssuer>();
    found->record.licence = licence;
    for (const auto& certificate : certificates_) {
        if (certificate.identity().licence != licence) continue;
        // A certificate counts to its last second; a period ends before its end.
        const Period period{certificate.not_before(), certificate.not_after() + 1};
        found->keys.push_back({certificate.public_key(), period, {}, {}, certificate});
        for (const auto& host : certificate.identity().hosts) found->hosts.push_back({host, {0, {}}});
    }
    if (found->keys.empty()) return std::shared_ptr<const KnownIssuer>();
    return std::shared_ptr<const KnownIssuer>(std::move(found));
}

Result<std::optional<AppraiserRecord>> CertificateFolder::appraiser(std::string_view /*licence*/) const {
    return std::optional<AppraiserRecord>();
}

bool CertificateFolder::is_official_host(std::string_view host) const {
    return std::any_of(certificates_.begin(), certificates_.end(), [&](const Certificate& certificate) {
        const auto& hosts = certificate.identity().hosts;
        return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
    });
}

}  // namespace sjcode

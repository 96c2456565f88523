#include "terminal.h"

#include "sjcode/file.h"
#include "sjcode/terminal_text.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace sjcode::cli {
namespace {

Language chosen_language = Language::zh;

constexpr std::size_t text_file_limit = 16 << 20;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

/// Turns the terminal's echo off for as long as it lives.
class NoEcho {
public:
    NoEcho() {
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        active_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~NoEcho() {
        if (active_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    termios before_{};
    bool active_ = false;
};

}  // namespace

Language choose_language(const std::string& option) {
    if (option == "zh") return Language::zh;
    if (option == "en") return Language::en;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const auto value = environment(name); !value.empty())
            return value.starts_with("zh") ? Language::zh : Language::en;
    return Language::en;
}

void set_language(Language language) {
    chosen_language = language;
}
Language language() {
    return chosen_language;
}

std::string say(std::string_view code, const Parameters& parameters) {
    auto shown = parameters;
    for (auto& [name, value] : shown) value = harmless(value);
    return sentence(code, shown, chosen_language);
}
std::string say(const Error& error) {
    auto shown = error;
    for (auto& [name, value] : shown.parameters) value = harmless(value);
    shown.file = harmless(shown.file);
    return sentence(shown, chosen_language);
}

int status_of(const Error& error) {
    const std::string_view code = error.code;
    if (code == "file.not-found" || code == "file.open" || code == "file.not-regular" || code == "file.folder" ||
        code == "file.folder-link" || code == "trust.folder" || code == "serve.no-site")
        return no_input;
    if (code == "file.exists" || code == "file.output-is-input" || code == "file.outputs-same") return cannot_create;
    if (code == "file.write" || code == "file.standard-output") return io_error;
    if (code.starts_with("worker.") && code != "worker.document" && code != "worker.image") return unavailable;
    if (code.starts_with("font.") || code == "timestamp.unreachable" || code == "timestamp.http" ||
        code == "serve.port")
        return unavailable;
    if (code == "revocation.unreachable" || code == "revocation.http") return unavailable;
    if (code == "pkcs11.uri" || code == "pkcs11.pin-in-uri" || code == "pkcs11.key-not-named") return usage;
    if (code == "pkcs11.not-found") return no_input;
    if (code == "pkcs11.engine" || code == "pkcs11.module" || code == "pkcs11.token" || code == "pkcs11.sign")
        return unavailable;
    if (code == "crypto.random") return software;
    if (code.starts_with("usage.") || code == "issue.host.which" || code == "issue.allow" || code == "issue.level" ||
        code == "issue.seal-level" || code == "issue.countersignatures" || code == "preserve.no-time")
        return usage;
    return bad_data;
}

int report(const Error& error) {
    std::cerr << "sjcode: " << say(error) << " [" << error.code << "]\n";
    return status_of(error);
}

int finished(int status) {
    const bool is_flushed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (is_flushed && std::cout.flush().good()) return status;
    return report(Error{"file.standard-output", {}, {}, {}, {}});
}

WorkerOptions worker_options() {
    WorkerOptions options;
    if (const auto named = environment("SJCODE_WORKER"); !named.empty()) {
        options.program = named;
        return options;
    }
    std::error_code ignored;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const auto& place : {self / "sjcode-worker", self.parent_path() / "libexec" / "sjcode" / "sjcode-worker"})
        if (std::filesystem::exists(place, ignored)) {
            options.program = place.string();
            return options;
        }
    options.program = (self / "sjcode-worker").string();
    return options;
}

Result<std::string> read_text_file(const std::string& path) {
    auto file = InputFile::open(path);
    if (!file) return Unexpected(std::move(file).error());
    if (file->bytes().size() > text_file_limit) return fail("file.too-large", {{"file", path}});
    return std::string(as_text(file->bytes()));
}

Result<std::optional<std::string>> passphrase(const std::string& file, std::string_view prompt) {
    if (!file.empty()) {
        auto text = read_text_file(file);
        if (!text) return Unexpected(std::move(text).error());
        while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
        if (text->empty()) return fail("key.passphrase-file", {{"file", file}});
        return std::optional(*std::move(text));
    }
    if (auto value = environment("SJCODE_PASSPHRASE"); !value.empty()) return std::optional(std::move(value));
    if (isatty(STDIN_FILENO) == 0) return std::optional<std::string>();
    std::string typed;
    {
        // Before the prompt: what is typed as soon as it shows must be neither echoed nor thrown away with the echo.
        const NoEcho silent;
        std::cerr << say(prompt);
        std::getline(std::cin, typed);
    }
    std::cerr << '\n';
    return std::optional(std::move(typed));
}

bool output_is_terminal() {
    return isatty(STDOUT_FILENO) != 0;
}
bool errors_are_terminal() {
    return isatty(STDERR_FILENO) != 0;
}

}  // namespace sjcode::cli

// What all commands share: language, messages, exit status, input of secrets.
#pragma once

#include "sjcode/messages.h"
#include "sjcode/result.h"
#include "sjcode/worker.h"

#include <optional>
#include <string>
#include <string_view>

namespace sjcode::cli {

/// Exit status besides those of an outcome (sysexits.h).
enum Status : int {
    ok = 0,
    usage = 64,          ///< wrong options
    bad_data = 65,       ///< a document, facts or key that cannot be used
    no_input = 66,       ///< an input that is not there
    unavailable = 69,    ///< the worker or a font is missing
    software = 70,       ///< a fault of ours
    cannot_create = 73,  ///< an output that is there already
    io_error = 74,
};

/// From --lang, else from the environment (LC_ALL, LC_MESSAGES, LANG): Chinese for zh*, else English.
Language choose_language(const std::string& option);

/// The sentence of a code in the chosen language. Values are foreign text, a file's name too: their control characters
/// are replaced, so that none of them can look like a line of ours.
std::string say(std::string_view code, const Parameters& parameters = {});
std::string say(const Error& error);
void set_language(Language language);
Language language();

/// Prints the error to standard error and returns the exit status that fits it.
int report(const Error& error);
int status_of(const Error& error);

/// The exit status at the end of the program: that given, unless what was printed did not arrive
/// ("file.standard-output"), as on a full disk.
int finished(int status);

/// Where sjcode-worker is: beside the program, in its libexec folder, or as SJCODE_WORKER says.
WorkerOptions worker_options();

/// A whole small file (at most 16 MiB) as text.
Result<std::string> read_text_file(const std::string& path);

/// A passphrase: from the file, else from SJCODE_PASSPHRASE, else asked for where there is a terminal; never from the
/// command line, where others could see it. Nothing where there is none to have. Errors: those of the file;
/// "key.passphrase-file" ({file}: it is empty).
Result<std::optional<std::string>> passphrase(const std::string& file, std::string_view prompt = "cli.passphrase");

bool output_is_terminal();
bool errors_are_terminal();

}  // namespace sjcode::cli

#include "vanished_input.h"

#include "terminal.h"

#include <unistd.h>

#include <csignal>
#include <string>

namespace sjcode::cli {
namespace {

/// Made beforehand: a signal handler may not allocate.
std::string message;

extern "C" void end_program(int) {
    const auto written = ::write(STDERR_FILENO, message.data(), message.size());
    // The status says it, too.
    static_cast<void>(written);
    ::_exit(io_error);
}

}  // namespace

void tell_of_vanished_input() {
    message = "\nsjcode: " + say("file.vanished") + " [file.vanished]\n";
    struct sigaction action {};
    action.sa_handler = end_program;
    ::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace sjcode::cli

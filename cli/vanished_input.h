// Inputs are read through mappings: where one becomes shorter meanwhile, as on a disk that is pulled out, the system
// sends SIGBUS.
#pragma once

namespace sjcode::cli {

/// Ends the program with a message instead of a crash. Call once, after the language is chosen.
void tell_of_vanished_input();

}  // namespace sjcode::cli

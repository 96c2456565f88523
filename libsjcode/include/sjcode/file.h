// Files as input and output.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <memory>
#include <span>
#include <string>

namespace sjcode {

/// A document to read: a file mapped into memory, of which only what is touched is read, or bytes that the caller owns.
/// Cheap to copy; safe to share between threads. A mapped file must not be truncated by others while it is in use.
class InputFile {
public:
    /// Errors: "file.not-found", "file.open" ({reason}), "file.not-regular".
    static Result<InputFile> open(const std::string& path);
    /// Maps the file behind an open descriptor, from its beginning, wherever it stands; the descriptor stays the
    /// caller's and may be closed after. `name` stands in messages. Errors as open().
    static Result<InputFile> open_descriptor(int descriptor, std::string name = {});
    /// Borrows bytes, which must outlive the result and its copies, or stay as long as `owner` is held: the last copy
    /// lets go of it. `name` stands in messages.
    static InputFile borrow(ByteView bytes, std::string name = {}, std::shared_ptr<const void> owner = {});
    /// Takes bytes over.
    static InputFile own(Bytes bytes, std::string name = {});

    [[nodiscard]] ByteView bytes() const noexcept;
    [[nodiscard]] const std::string& name() const noexcept;
    /// The descriptor of a mapped file, else −1.
    [[nodiscard]] int descriptor() const noexcept;

    struct State;

private:
    explicit InputFile(std::shared_ptr<const State> state) : state_(std::move(state)) {}
    std::shared_ptr<const State> state_;
};

enum class Overwrite { no, yes };

/// Writes a whole file or nothing: to a temporary file beside it, fsync, rename. `pieces` are written one after the
/// other. Errors: "file.exists" (only with Overwrite::no), "file.write" ({reason}).
Result<void> write_file(const std::string& path, std::span<const ByteView> pieces, Overwrite overwrite);

/// As write_file, readable by the owner only: for private keys.
Result<void> write_secret_file(const std::string& path, ByteView content, Overwrite overwrite);

}  // namespace sjcode

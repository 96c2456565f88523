// Answers requests about one document.
#pragma once

#include "sjcode/bytes.h"
#include "worker/program/pdf_pages.h"
#include "worker/protocol.h"

#include <string_view>

namespace sjcode::worker {

class Service {
public:
    explicit Service(ByteView document) : document_(document), pages_(document) {}

    /// The answer's body. Throws Refusal, whatever the parsers throw, and BadRequest.
    Bytes answer(ByteView request);

    struct BadRequest {};

private:
    Bytes page_texts(ByteReader& arguments);

    ByteView document_;
    PdfPages pages_;
};

/// The body that answers a refusal.
Bytes refusal_body(Failure code, std::string_view text);

}  // namespace sjcode::worker

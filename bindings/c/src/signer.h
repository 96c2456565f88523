// The handle of who signs.
#pragma once

#include "call.h"

#include "sjcode/certificate.h"
#include "sjcode/key.h"
#include "sjcode/sjcode_issue.h"

#include <memory>

/// Issuers share the key.
struct sjcode_signer {
    std::shared_ptr<const sjcode::Signer> key;
    sjcode::Certificate certificate;
};

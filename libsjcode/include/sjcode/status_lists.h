// Status lists at hand while verifying: each checked once, under the keys that the trust records name.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"
#include "sjcode/status_details.h"
#include "sjcode/status_list.h"
#include "sjcode/trust.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// What the list of one institution says. Immutable; shared between threads.
struct HeldStatusList {
    VerifiedStatusList list;
    std::optional<VerifiedStatusDetails> details{};
    std::string details_fault{};  ///< code of what was wrong with the details that came with it; then there are none
};

/// The newest list of each institution. Filled first, then shared between threads.
class StatusLists {
public:
    /// Takes a list in, under the keys that the issuer's trust records name for the time that the list states; of two
    /// for one institution the newer one stays. `details` is the file beside it. Returns the institution's licence
    /// number. Errors: "status-lists.unknown-issuer" ({subject}), "status-lists.older" ({licence}: a newer one is
    /// held), those of RawStatusList::decode(), VerifiedStatusList::verify(), RawStatusDetails::decode(),
    /// VerifiedStatusDetails::verify() and TrustRecords::issuer(). What was held stays; yet after an error of the
    /// details the list is held without them, since it is good by itself.
    Result<std::string> add(ByteView list, std::optional<ByteView> details, const TrustRecords& trust);

    /// Null where none is held.
    [[nodiscard]] std::shared_ptr<const HeldStatusList> find(std::string_view licence) const;
    [[nodiscard]] std::size_t size() const noexcept { return lists_.size(); }
    /// Why a list for this institution, or of nobody knows whom, was not taken in: a code; nothing where none was
    /// refused. A verdict without a list tells it.
    [[nodiscard]] std::optional<std::string> refusal(std::string_view licence) const;

private:
    struct Refused {
        std::string licence;  // as the list claims; empty where it could not be read
        std::string reason;
    };
    std::map<std::string, std::shared_ptr<const HeldStatusList>, std::less<>> lists_;
    std::vector<Refused> refused_;
};

}  // namespace sjcode

// The records of a trust list: authorities, institutions, appraisers and what happened to them. docs/trust-list.md,
// section 4. Plain values; nothing of them is verified by being one of these types.
//
// Every statement has a period. What ends gets an end; nothing is overwritten, so that a report of ten years ago is
// judged by what held on its day.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/environment.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// From `from` on, up to and without `until`; without `until`, for as long as nothing else is known.
struct Period {
    UnixTime from = 0;
    std::optional<UnixTime> until{};

    [[nodiscard]] bool covers(UnixTime time) const noexcept { return from <= time && (!until || time < *until); }
    friend bool operator==(const Period&, const Period&) = default;
};

/// A name with its time. Institutions are renamed; their old reports keep the old name.
struct DatedName {
    std::string name;
    std::string short_name;  ///< as in report numbers (文号); empty for authorities
    Period period;
    friend bool operator==(const DatedName&, const DatedName&) = default;
};

/// A registered category: a number as in claim 8 of a report code. Item NN00 stands for the whole field NN, a
/// four-digit item for all its six-digit sub-items.
struct DatedCategory {
    std::uint32_t category = 0;
    Period period;

    /// Whether it includes another category: itself, or something below it.
    [[nodiscard]] bool includes(std::uint32_t other) const noexcept;
    friend bool operator==(const DatedCategory&, const DatedCategory&) = default;
};

/// A key that signs report codes.
struct DatedKey {
    Bytes key;  ///< DER SubjectPublicKeyInfo (RFC 5280)
    /// When it signed. A key that was retired, or whose certificate ran out, is one whose period has ended: what it
    /// signed before stays good.
    Period period;
    /// From when on anybody may have had it. Another thing than retired: see docs/trust-list.md, section 4.4.
    std::optional<UnixTime> invalid_since{};
    friend bool operator==(const DatedKey&, const DatedKey&) = default;
};

/// An official host of an issuer's symbols, lower-case A-labels.
struct DatedHost {
    std::string host;
    Period period;
    friend bool operator==(const DatedHost&, const DatedHost&) = default;
};

/// Another party by its identifier: the code authority that signs for an institution, the institution of an appraiser.
struct DatedReference {
    std::string id;
    Period period;
    friend bool operator==(const DatedReference&, const DatedReference&) = default;
};

/// What an authority decided about an institution or an appraiser.
enum class StatusEventKind : std::uint8_t {
    suspended = 1,              ///< 暂停执业
    closed = 2,                 ///< 停业 (an administrative penalty)
    registration_revoked = 3,   ///< 撤销登记
    cancelled = 4,              ///< 注销登记
    licence_revoked = 5,        ///< 吊销许可证 or 执业证
    blacklisted = 6,            ///< 列入黑名单: a flag, which forbids nothing by itself
    commissioning_stopped = 7,  ///< 暂停委托: a court gives it no more commissions; the licence stands
};
/// "suspended" and so on; "commissioning-stopped" with a hyphen.
std::string_view name(StatusEventKind kind) noexcept;
/// Nothing for an unknown name.
std::optional<StatusEventKind> status_event_kind(std::string_view name) noexcept;
/// Whether somebody of whom this holds must not practise: all but the last two.
bool forbids_practice(StatusEventKind kind) noexcept;

struct StatusEvent {
    StatusEventKind kind = StatusEventKind::suspended;
    /// Only this category and what is below it; without it, everything.
    std::optional<std::uint32_t> category{};
    Period period;
    std::string authority;   ///< who decided, by name
    std::string document{};  ///< 文号 of the decision; may be empty
    std::string keeper{};    ///< who keeps the archive from then on (接管单位); may be empty
    friend bool operator==(const StatusEvent&, const StatusEvent&) = default;
};

/// An authority (司法行政机关, 法院) or a province's code authority (赋码平台), which signs codes for institutions.
struct AuthorityRecord {
    std::string id;  ///< unique in the list, e.g. its USCC or the region code that it answers for
    std::vector<DatedName> names;
    std::vector<DatedKey> keys{};    ///< with which it signs codes for institutions that name it in `signers`
    std::vector<DatedHost> hosts{};  ///< official hosts of the codes that it signs
    friend bool operator==(const AuthorityRecord&, const AuthorityRecord&) = default;
};

struct InstitutionRecord {
    std::string licence;  ///< 司法鉴定许可证号: what a report code names as its issuer
    std::string uscc{};   ///< 统一社会信用代码; may be empty
    std::vector<DatedName> names;
    std::vector<Period> licensed;             ///< validity of the licence, renewals included
    std::vector<DatedCategory> categories{};  ///< registered categories (业务范围)
    std::vector<DatedKey> keys{};             ///< its own
    std::vector<DatedHost> hosts{};           ///< official hosts of its own codes
    std::vector<DatedReference> signers{};    ///< authorities that sign codes for it
    std::vector<Period> seals{};              ///< when it seals its PDFs: then one without a seal was altered
    std::vector<StatusEvent> events{};
    friend bool operator==(const InstitutionRecord&, const InstitutionRecord&) = default;
};

struct AppraiserRecord {
    std::string licence;  ///< 司法鉴定人执业证号
    std::vector<DatedName> names;
    std::vector<Period> licensed;
    std::vector<DatedReference> institutions{};  ///< licence numbers of the institutions where registered
    std::vector<DatedCategory> categories{};
    std::vector<StatusEvent> events{};
    friend bool operator==(const AppraiserRecord&, const AppraiserRecord&) = default;
};

}  // namespace sjcode

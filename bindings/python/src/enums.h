// Enumerations: in Python they are those of sjcode/_enums.py, by value. A value itself ("sm2") is taken as well.
#pragma once

#include "convert.h"

#include "sjcode/audit.h"
#include "sjcode/category.h"
#include "sjcode/digest.h"
#include "sjcode/issue.h"
#include "sjcode/key.h"
#include "sjcode/qr.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/seal_key.h"
#include "sjcode/verdict.h"
#include "sjcode/worker.h"

#include <array>

namespace sjcode::python {

/// The class's name in Python, and the value of each enumerator.
template <class E>
struct EnumTable;

template <class E, class Value>
struct EnumValue {
    E enumerator;
    Value value;
};

#define SJCODE_PYTHON_ENUM(E, Name, Value, ...)                                         \
    template <>                                                                         \
    struct EnumTable<E> {                                                               \
        static constexpr const char* name = Name;                                       \
        static constexpr auto values = std::to_array<EnumValue<E, Value>>(__VA_ARGS__); \
    }

SJCODE_PYTHON_ENUM(Algorithm, "Algorithm", const char*,
                   {{Algorithm::ed25519, "ed25519"}, {Algorithm::esp256, "p256"}, {Algorithm::sm2, "sm2"}});
SJCODE_PYTHON_ENUM(DigestAlgorithm, "DigestAlgorithm", const char*,
                   {{DigestAlgorithm::sha256, "sha256"}, {DigestAlgorithm::sm3, "sm3"}});
SJCODE_PYTHON_ENUM(SealAlgorithm, "SealAlgorithm", const char*,
                   {{SealAlgorithm::ed25519, "ed25519"},
                    {SealAlgorithm::ecdsa_p256, "ecdsa-p256"},
                    {SealAlgorithm::rsa_pkcs1, "rsa-pkcs1"},
                    {SealAlgorithm::rsa_pss, "rsa-pss"},
                    {SealAlgorithm::sm2, "sm2"}});
SJCODE_PYTHON_ENUM(SealDigest, "SealDigest", const char*,
                   {{SealDigest::sha256, "sha256"},
                    {SealDigest::sha384, "sha384"},
                    {SealDigest::sha512, "sha512"},
                    {SealDigest::sm3, "sm3"}});
SJCODE_PYTHON_ENUM(CategoryClass, "CategoryClass", int,
                   {{CategoryClass::forensic_medicine, 1},
                    {CategoryClass::physical_evidence, 2},
                    {CategoryClass::audio_visual, 3},
                    {CategoryClass::environment, 4},
                    {CategoryClass::other, 9}});
SJCODE_PYTHON_ENUM(ReportKind, "ReportKind", const char*,
                   {{ReportKind::report, "report"},
                    {ReportKind::correction, "correction"},
                    {ReportKind::supplementary, "supplementary"},
                    {ReportKind::reappraisal, "reappraisal"}});
SJCODE_PYTHON_ENUM(RecordKey, "RecordKey", const char*,
                   {{RecordKey::original, "original"},
                    {RecordKey::institution, "institution"},
                    {RecordKey::appraisers, "appraisers"},
                    {RecordKey::categories, "categories"},
                    {RecordKey::matter, "matter"},
                    {RecordKey::commissioner, "commissioner"},
                    {RecordKey::accepted, "accepted"},
                    {RecordKey::opinion, "opinion"},
                    {RecordKey::case_code, "case"},
                    {RecordKey::copies, "copies"},
                    {RecordKey::use, "use"},
                    {RecordKey::text, "text"}});
SJCODE_PYTHON_ENUM(CommissionerKind, "CommissionerKind", const char*,
                   {{CommissionerKind::court, "court"},
                    {CommissionerKind::organ, "organ"},
                    {CommissionerKind::organisation, "organisation"},
                    {CommissionerKind::person, "person"},
                    {CommissionerKind::joint, "joint"}});
SJCODE_PYTHON_ENUM(Outcome, "Outcome", const char*,
                   {{Outcome::authentic, "authentic"},
                    {Outcome::not_authentic, "not_authentic"},
                    {Outcome::undetermined, "undetermined"},
                    {Outcome::code_genuine, "code_genuine"}});
SJCODE_PYTHON_ENUM(CheckResult, "CheckResult", const char*,
                   {{CheckResult::pass, "pass"},
                    {CheckResult::fail, "fail"},
                    {CheckResult::warn, "warn"},
                    {CheckResult::unchecked, "unchecked"}});
SJCODE_PYTHON_ENUM(AuditOutcome, "AuditOutcome", const char*,
                   {{AuditOutcome::no_failure, "no_failure"},
                    {AuditOutcome::failed, "failed"},
                    {AuditOutcome::nothing_signed, "nothing_signed"}});
SJCODE_PYTHON_ENUM(AuditSignatureKind, "AuditSignatureKind", const char*,
                   {{AuditSignatureKind::approval, "approval"},
                    {AuditSignatureKind::certification, "certification"},
                    {AuditSignatureKind::timestamp, "timestamp"},
                    {AuditSignatureKind::usage_rights, "usage_rights"}});
SJCODE_PYTHON_ENUM(QrLevel, "QrLevel", const char*,
                   {{QrLevel::L, "L"}, {QrLevel::M, "M"}, {QrLevel::Q, "Q"}, {QrLevel::H, "H"}});
SJCODE_PYTHON_ENUM(Corner, "Corner", const char*,
                   {{Corner::bottom_left, "bottom-left"},
                    {Corner::bottom_right, "bottom-right"},
                    {Corner::top_left, "top-left"},
                    {Corner::top_right, "top-right"}});
SJCODE_PYTHON_ENUM(Placement::Pages, "Pages", const char*,
                   {{Placement::Pages::first_free, "first-free"},
                    {Placement::Pages::first, "first"},
                    {Placement::Pages::last, "last"},
                    {Placement::Pages::all, "all"},
                    {Placement::Pages::number, "number"}});
SJCODE_PYTHON_ENUM(Annotations, "Annotations", const char*,
                   {{Annotations::keep, "keep"},
                    {Annotations::without_ours, "without-ours"},
                    {Annotations::none, "none"}});

#undef SJCODE_PYTHON_ENUM

template <class E>
concept TabledEnum = requires {
    EnumTable<E>::name;
};

}  // namespace sjcode::python

namespace pybind11::detail {

template <sjcode::python::TabledEnum E>
struct type_caster<E> {
    using Table = sjcode::python::EnumTable<E>;
    PYBIND11_TYPE_CASTER(E, const_name("enum"));

    /// A member of the class, or a value of one; a wrong value is a ValueError that names it.
    bool load(handle source, bool) {
        const auto type = sjcode::python::python_function("_enums", Table::name);
        if (!isinstance(source, type) && !isinstance<str>(source) && !isinstance<int_>(source)) return false;
        const object found = type(source).attr("value");
        for (const auto& [enumerator, python_value] : Table::values)
            if (found.equal(pybind11::cast(python_value))) {
                value = enumerator;
                return true;
            }
        return false;
    }

    static handle cast(E source, return_value_policy, handle) {
        const auto type = sjcode::python::python_function("_enums", Table::name);
        for (const auto& [enumerator, python_value] : Table::values)
            if (enumerator == source) return type(python_value).release();
        throw pybind11::value_error("an enumerator that Python does not know");
    }
};

}  // namespace pybind11::detail

#include "worker/program/lenient.h"

#include "worker/program/failure.h"

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include <memory>
#include <new>
#include <set>

namespace sjcode::worker {
namespace {

constexpr auto kCodeKey = "/SJCode";
constexpr auto kRecordKey = "/SJRecord";

std::shared_ptr<QPDF> open(ByteView document) {
    auto pdf = QPDF::create();
    pdf->setSuppressWarnings(true);
    pdf->processMemoryFile("document", reinterpret_cast<const char*>(document.data()), document.size());
    return pdf;
}

/// Gathers the decoded bytes of a stream, and breaks off beyond the limit: a bomb is never unpacked.
class Limited : public Pipeline {
public:
    explicit Limited(std::size_t limit) : Pipeline("limited", nullptr), limit_(limit) {}
    void write(const unsigned char* data, std::size_t size) override {
        if (size > limit_ - bytes_.size()) {
            over_ = true;
            throw std::runtime_error("stream too large");
        }
        bytes_.insert(bytes_.end(), data, data + size);
    }
    void finish() override {}
    [[nodiscard]] bool over() const { return over_; }
    Bytes release() { return std::move(bytes_); }

private:
    std::size_t limit_;
    Bytes bytes_;
    bool over_ = false;
};

Bytes decoded_record(QPDFObjectHandle stream) {
    if (!stream.isStream()) return {};
    Limited limited(kMostRecordBytes);
    bool good = false;
    try {
        good = stream.pipeStreamData(&limited, 0, qpdf_dl_generalized, true);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) {
        good = false;
    }
    return good && !limited.over() ? limited.release() : Bytes{};
}

/// Every /SJCode that can be reached, each object once.
class Codes {
public:
    void take(std::uint32_t page, QPDFObjectHandle object) {
        if (!object.isDictionary() || !object.hasKey(kCodeKey) || codes_.size() >= kMostCodes) return;
        if (object.isIndirect() && !seen_.insert(object.getObjGen()).second) return;
        auto value = object.getKey(kCodeKey);
        if (!value.isString()) return;
        const auto text = value.getStringValue();
        LenientCode code;
        code.page = page;
        // One byte more than any decoder takes, so that what is too long stays too long.
        const auto view = as_bytes(text).first(std::min(text.size(), kMostCodeBytes + 1));
        code.code.assign(view.begin(), view.end());
        code.record = decoded_record(object.getKey(kRecordKey));
        codes_.push_back(std::move(code));
    }
    [[nodiscard]] bool full() const { return codes_.size() >= kMostCodes; }
    std::vector<LenientCode> release() { return std::move(codes_); }

private:
    std::set<QPDFObjGen> seen_;
    std::vector<LenientCode> codes_;
};

void write_to_memory(QPDFWriter& writer) {
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_preserve);
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.setDecodeLevel(qpdf_dl_none);
    writer.setPreserveEncryption(false);
    writer.setDeterministicID(true);
    writer.write();
}

Bytes written(QPDF& pdf) {
    QPDFWriter writer(pdf);
    write_to_memory(writer);
    const auto buffer = writer.getBufferSharedPointer();
    return {buffer->getBuffer(), buffer->getBuffer() + buffer->getSize()};
}

bool is_ours(QPDFObjectHandle annotation) {
    return annotation.isDictionary() && annotation.hasKey(kCodeKey);
}

}  // namespace

LenientView lenient_view(ByteView document) {
    LenientView view;
    std::shared_ptr<QPDF> pdf;
    try {
        pdf = open(document);
    } catch (const QPDFExc& error) {
        if (error.getErrorCode() != qpdf_e_password) throw;
        view.encrypted = true;
        return view;
    }
    view.encrypted = pdf->isEncrypted();
    Codes codes;
    try {
        auto pages = pdf->getAllPages();
        view.pages = static_cast<std::uint32_t>(pages.size());
        std::uint32_t number = 0;
        for (auto& page : pages) {
            ++number;
            auto annotations = page.getKey("/Annots");
            if (!annotations.isArray()) continue;
            for (auto& annotation : annotations.getArrayAsVector()) codes.take(number, annotation);
        }
    } catch (const QPDFExc&) {
        view.repaired = true;  // a page tree that QPDF gives up on; the objects can still be looked through
    }
    for (auto& object : pdf->getAllObjects()) {
        if (codes.full()) break;
        codes.take(0, object);
    }
    view.codes = codes.release();
    view.repaired = view.repaired || pdf->anyWarnings();
    return view;
}

Bytes normalise(ByteView document) {
    std::shared_ptr<QPDF> pdf;
    try {
        pdf = open(document);
    } catch (const QPDFExc& error) {
        if (error.getErrorCode() == qpdf_e_password) throw Refusal{Failure::encrypted};
        throw;
    }
    if (pdf->isEncrypted()) throw Refusal{Failure::encrypted};
    return written(*pdf);
}

std::optional<Bytes> without_annotations(ByteView document, Annotations annotations) {
    const auto pdf = open(document);
    bool changed = false;
    auto pages = pdf->getAllPages();
    for (auto& page : pages) {
        if (!page.hasKey("/Annots")) continue;
        if (annotations == Annotations::none) {
            page.removeKey("/Annots");
            changed = true;
            continue;
        }
        auto all = page.getKey("/Annots");
        if (!all.isArray()) continue;
        auto kept = QPDFObjectHandle::newArray();
        bool found = false;
        for (auto& annotation : all.getArrayAsVector()) {
            if (is_ours(annotation))
                found = true;
            else
                kept.appendItem(annotation);
        }
        if (!found) continue;
        page.replaceKey("/Annots", kept);
        changed = true;
    }
    if (annotations == Annotations::none && pdf->getRoot().hasKey("/AcroForm")) {
        pdf->getRoot().removeKey("/AcroForm");
        changed = true;
    }
    if (!changed) return std::nullopt;
    return written(*pdf);
}

}  // namespace sjcode::worker

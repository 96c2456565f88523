// A report of the corpus, stamped, with the places of its structures.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/trust.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// Positions of the bytes of one structure.
struct FileStructure {
    std::string name;
    std::vector<std::size_t> positions;
};

enum class Seal { no, yes };

struct StampedFile {
    Seal seal;
    sjcode::Bytes bytes;
    std::size_t original_length;
    sjcode::CertificateFolder trust;
    std::vector<FileStructure> structures;
};

/// Stamps a report of the corpus, and seals it where asked; nothing where the corpus is absent.
std::optional<StampedFile> stamped_report(const std::string& name, Seal seal);

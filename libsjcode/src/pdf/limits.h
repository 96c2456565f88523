// What the strict reader is willing to do for one document. Each limit that is reached is an error with its name.
#pragma once

#include <cstdint>

namespace sjcode::pdf {

struct Limits {
    std::uint32_t object_number = 8'388'607;  ///< ISO 32000-1, annex C: more is no real document
    std::uint32_t objects = 2'000'000;        ///< cross-reference entries in all sections together
    std::uint32_t sections = 4'096;           ///< links of /Prev
    std::uint32_t depth = 64;                 ///< arrays and dictionaries within one another, page tree levels
    std::uint32_t pages = 100'000;
    std::uint32_t tokens = 4'000'000;                   ///< objects within one indirect object
    std::uint64_t tokens_total = 16'000'000;            ///< objects within all that is read, again and again counted
    std::uint64_t parsed_total = 256ULL << 20;          ///< bytes read as objects, streams' data aside, counted so too
    std::uint64_t decoded_stream = 128ULL << 20;        ///< bytes of one stream after its filters
    std::uint64_t decoded_total = 512ULL << 20;         ///< bytes of all streams together
    std::uint64_t cached_object_streams = 64ULL << 20;  ///< decoded object streams kept at hand
};

}  // namespace sjcode::pdf

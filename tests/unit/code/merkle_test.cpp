#include "code/merkle.h"
#include "base/hex.h"
#include "fixtures.h"

using namespace sjcode;

namespace {

Digest node(DigestAlgorithm algorithm, const Digest& left, const Digest& right) {
    Bytes bytes{1};
    bytes.insert(bytes.end(), left.begin(), left.end());
    bytes.insert(bytes.end(), right.begin(), right.end());
    return digest(algorithm, bytes);
}

/// RFC 9162, section 2.1.1, word for word.
Digest root_by_definition(DigestAlgorithm algorithm, std::span<const Digest> leaves) {
    if (leaves.size() == 1) return leaves[0];
    std::size_t k = 1;
    while (2 * k < leaves.size()) k *= 2;
    return node(algorithm, root_by_definition(algorithm, leaves.first(k)),
                root_by_definition(algorithm, leaves.subspan(k)));
}

std::vector<Digest> leaves(DigestAlgorithm algorithm, std::size_t count) {
    std::vector<Digest> result;
    for (std::size_t i = 0; i < count; ++i)
        result.push_back(merkle::leaf_digest(algorithm, as_bytes(std::to_string(i))));
    return result;
}

}  // namespace

TEST_CASE("the tree hash of nothing is the digest of nothing, of one leaf the leaf") {
    CHECK(to_hex(merkle::root(DigestAlgorithm::sha256, {})) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // The known roots of Certificate Transparency's own tests: leaf "" and then 00
    CHECK(to_hex(merkle::leaf_digest(DigestAlgorithm::sha256, {})) ==
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    const std::vector<Digest> two{merkle::leaf_digest(DigestAlgorithm::sha256, {}),
                                  merkle::leaf_digest(DigestAlgorithm::sha256, Bytes{0x00})};
    CHECK(to_hex(merkle::root(DigestAlgorithm::sha256, two)) ==
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

TEST_CASE("roots follow the definition, and every path leads to its root and nowhere else") {
    for (const auto algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::sm3})
        for (std::size_t count = 1; count <= 40; ++count) {
            INFO(count);
            const auto tree = leaves(algorithm, count);
            const auto root = merkle::root(algorithm, tree);
            CHECK(root == root_by_definition(algorithm, tree));
            for (std::size_t i = 0; i < count; ++i) {
                const auto path = merkle::inclusion_path(algorithm, tree, i);
                CHECK(path.size() == merkle::path_length(i, count));
                CHECK(merkle::root_from_path(algorithm, tree[i], i, count, path).value() == root);
                const auto other = (i + 1) % count;
                if (other == i) continue;
                CHECK(merkle::root_from_path(algorithm, tree[other], i, count, path).value() != root);
                const auto moved = merkle::root_from_path(algorithm, tree[i], other, count, path);
                CHECK((!moved || *moved != root));
            }
        }
}

TEST_CASE("paths of another length, and indexes outside the tree, are errors") {
    const auto algorithm = DigestAlgorithm::sha256;
    const auto tree = leaves(algorithm, 11);
    auto path = merkle::inclusion_path(algorithm, tree, 4);
    path.push_back(Digest{});
    CHECK(error_code(merkle::root_from_path(algorithm, tree[4], 4, 11, path)) == "merkle.path");
    path.resize(path.size() - 2);
    CHECK(error_code(merkle::root_from_path(algorithm, tree[4], 4, 11, path)) == "merkle.path");
    CHECK(error_code(merkle::root_from_path(algorithm, tree[4], 11, 11, {})) == "merkle.index");
    CHECK(error_code(merkle::root_from_path(algorithm, tree[4], 0, 0, {})) == "merkle.index");
    CHECK(merkle::inclusion_path(algorithm, tree, 11).empty());
    // The largest tree that can be claimed is no work for the verifier.
    CHECK(merkle::path_length(0, ~std::uint64_t{0}) == 64);
    CHECK(error_code(merkle::root_from_path(algorithm, tree[0], 0, ~std::uint64_t{0}, {})) == "merkle.path");
}

// The tree of a record's entries: RFC 9162, 2.1; docs/code-format.md, section 5.

import { digest, type DigestName } from "../crypto/digest";
import { fail } from "./format_error";

export const leafHash = (name: DigestName, entry: Uint8Array): Uint8Array => digest(name, Uint8Array.of(0), entry);
const nodeHash = (name: DigestName, left: Uint8Array, right: Uint8Array): Uint8Array =>
  digest(name, Uint8Array.of(1), left, right);

/** The greatest power of two below n, n at least 2. */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

export function merkleRoot(name: DigestName, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return digest(name, new Uint8Array(0));
  if (leaves.length === 1) return leaves[0]!;
  const k = splitPoint(leaves.length);
  return nodeHash(name, merkleRoot(name, leaves.slice(0, k)), merkleRoot(name, leaves.slice(k)));
}

/** From the leaf upwards. */
export function merklePath(name: DigestName, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const k = splitPoint(leaves.length);
  return index < k
    ? [...merklePath(name, leaves.slice(0, k), index), merkleRoot(name, leaves.slice(k))]
    : [...merklePath(name, leaves.slice(k), index - k), merkleRoot(name, leaves.slice(0, k))];
}

/** On which side each sibling stands, from the leaf upwards; its length is the only length a path may have. */
export function pathSides(index: number, count: number): ("left" | "right")[] {
  if (index >= count) fail("merkle.index");
  const sides: ("left" | "right")[] = [];
  for (let i = index, n = count; n > 1; ) {
    const k = splitPoint(n);
    if (i < k) {
      n = k;
      sides.unshift("right");
    } else {
      i -= k;
      n -= k;
      sides.unshift("left");
    }
  }
  return sides;
}

/** The root to which a leaf and its path lead. Errors: merkle.index, merkle.path. */
export function rootOfPath(
  name: DigestName, leaf: Uint8Array, index: number, count: number, path: readonly Uint8Array[],
): Uint8Array {
  const sides = pathSides(index, count);
  if (sides.length !== path.length) fail("merkle.path");
  return sides.reduce(
    (hash, side, i) => (side === "right" ? nodeHash(name, hash, path[i]!) : nodeHash(name, path[i]!, hash)), leaf);
}


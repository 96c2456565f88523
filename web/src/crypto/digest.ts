// The digests of the format. In script and not by WebCrypto: WebCrypto takes a file only as a whole, knows no SM3, and is
// missing where a closed network serves the page without TLS.

import { sha256 } from "@noble/hashes/sha2.js";
import { concat } from "../format/bytes";
import { Sm3 } from "./sm3";

export type DigestName = "sha256" | "sm3";

/** A digest over pieces: update() as often as there are pieces, then digest() once. */
export interface RunningDigest {
  update(piece: Uint8Array): unknown;
  digest(): Uint8Array;
}

export const newDigest = (name: DigestName): RunningDigest => (name === "sm3" ? new Sm3() : sha256.create());

export function digest(name: DigestName, ...parts: readonly Uint8Array[]): Uint8Array {
  const running = newDigest(name);
  running.update(parts.length === 1 ? parts[0]! : concat(...parts));
  return running.digest();
}

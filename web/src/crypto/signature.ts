// The signature algorithms of the format: docs/code-format.md, section 6.
//
// In script and not by WebCrypto: WebCrypto has no SM2 and, in the browsers that must be served, no Ed25519; it is
// missing altogether where the page came without TLS; and a verdict must not hang on which browser was at hand.

import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import type { DigestName } from "./digest";
import { verifySm2 } from "./sm2";

export const algorithms = { ed25519: -19, p256: -9, sm2: -65602 } as const;

/** A key has one algorithm. `raw` is 32 bytes for Ed25519, else 04 ‖ x ‖ y. */
export interface PublicKey {
  readonly algorithm: number;
  readonly raw: Uint8Array;
}

/** The digest that goes with an algorithm; undefined for one that this version does not know. */
export function digestOf(algorithm: number): DigestName | undefined {
  if (algorithm === algorithms.sm2) return "sm3";
  return algorithm === algorithms.ed25519 || algorithm === algorithms.p256 ? "sha256" : undefined;
}

/** Never throws: a key or a signature that cannot be read verifies nothing. */
export function verifySignature(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    switch (key.algorithm) {
      case algorithms.ed25519:
        return ed25519.verify(signature, message, key.raw, { zip215: false });
      case algorithms.p256:
        return p256.verify(signature, message, key.raw, { lowS: false, prehash: true });
      case algorithms.sm2:
        return verifySm2(key.raw, message, signature);
      default:
        return false;
    }
  } catch {
    return false;
  }
}

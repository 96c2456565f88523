// The signature algorithms of the format: docs/code-format.md, section 6.
//
// In script and not by WebCrypto: WebCrypto has no SM2 and, in the browsers that must be served, no Ed25519; it is
// missing altogether where the page came without TLS; and a verdict must not hang on which browser was at hand.

import { eddsa, edwards } from "@noble/curves/abstract/edwards.js";
import { ecdsa, weierstrassN } from "@noble/curves/abstract/weierstrass.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { once } from "../format/once";
import type { DigestName } from "./digest";
import { verifySm2 } from "./sm2";

export const algorithms = { ed25519: -19, p256: -9, sm2: -65602 } as const;

// The parameters of both curves here: the library's own modules bring with them what every visitor would load and nobody
// needs, and make each curve while the script is read. A page verifies one code, or a few: a curve is made when it is needed,
// and without the table of the base point's multiples that the library makes at the first signature, which costs several
// verifications.
const p256 = once(() => {
  const point = weierstrassN({
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    h: 1n,
    a: 0xffffffff00000001000000000000000000000000fffffffffffffffffffffffcn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    Gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    Gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  });
  point.BASE.precompute(1);
  return ecdsa(point, sha256, { lowS: false });
});

const ed25519 = once(() => {
  const point = edwards({
    p: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn,
    n: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
    h: 8n,
    a: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffecn,
    d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
    Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
    Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
  }, { FpFnLE: true });
  point.BASE.precompute(1);
  return eddsa(point, sha512);
});

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
        return ed25519().verify(signature, message, key.raw, { zip215: false });
      case algorithms.p256:
        return p256().verify(signature, message, key.raw, { lowS: false, prehash: true });
      case algorithms.sm2:
        return verifySm2(key.raw, message, signature);
      default:
        return false;
    }
  } catch {
    return false;
  }
}

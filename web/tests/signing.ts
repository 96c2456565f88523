// Signs codes with keys from PEM, for tests only: the site itself never signs.

import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { digest } from "../src/crypto/digest";
import { identityDigest, sm2Point } from "../src/crypto/sm2";
import { concat, fromHex, ofLatin1, toHex, utf8 } from "../src/format/bytes";
import { encode, type Encodable } from "../src/format/cbor";
import { algorithms } from "../src/crypto/signature";
import type { AlgorithmName, Randomness } from "./desk";

const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const integer = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`);
const bytes32 = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(64, "0"));

export function secretOf(pem: string): Uint8Array {
  const der = ofLatin1(atob(pem.replace(/-----[^-]*-----|\s/g, "")));
  const hex = toHex(der);
  return hex.includes("06032b6570") ? der.slice(-32) : fromHex(/0201010420([0-9a-f]{64})/.exec(hex)![1]!);
}

function inverse(value: bigint): bigint {
  let [a, b, x, y] = [((value % order) + order) % order, order, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % order) + order) % order;
}

function signSm2(secret: Uint8Array, message: Uint8Array, random: Randomness): Uint8Array {
  const d = integer(secret);
  const key = sm2Point().BASE.multiply(d).toBytes(false);
  const e = integer(digest("sm3", concat(identityDigest(key), message)));
  const k = (integer(random.bytes(32)) % (order - 1n)) + 1n;
  const r = (e + sm2Point().BASE.multiply(k).toAffine().x) % order;
  const s = (inverse(1n + d) * (((k - r * d) % order) + order)) % order;
  return concat(bytes32(r), bytes32(s));
}

export function sign(algorithm: AlgorithmName, secret: Uint8Array, message: Uint8Array, random: Randomness): Uint8Array {
  if (algorithm === "ed25519") return ed25519.sign(message, secret);
  if (algorithm === "p256") return p256.sign(message, secret, { prehash: true, lowS: false }).toBytes("compact");
  return signSm2(secret, message, random);
}

/** A map with these keys, in the order given: so a test can write what no writer would. */
export function mapBytes(pairs: readonly (readonly [Encodable, Encodable])[]): Uint8Array {
  return concat(Uint8Array.of(0xa0 + pairs.length), ...pairs.flatMap(([key, value]) => [encode(key), encode(value)]));
}

/** A report code over a payload. */
export function signCode(
  algorithm: AlgorithmName, secret: Uint8Array, payload: Uint8Array, random: Randomness, header?: Uint8Array,
): Uint8Array {
  const protected_ = header ?? mapBytes([[1, algorithms[algorithm]]]);
  const signed = encode(["Signature1", protected_, utf8("sjcode/report/1"), payload]);
  const signature = sign(algorithm, secret, signed, random);
  // The unprotected map is written by hand: the encoder writes none.
  const array = concat(Uint8Array.of(0x84), encode(protected_), Uint8Array.of(0xa0), encode(payload), encode(signature));
  return concat(Uint8Array.of(0xd2), array);
}


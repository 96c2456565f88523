// Verification of SM2 signatures (GB/T 32918.2) with SM3, over the point arithmetic of the audited curve library.

import { weierstrassN } from "@noble/curves/abstract/weierstrass.js";
import { concat, utf8 } from "../format/bytes";
import { once } from "../format/once";
import { digest } from "./digest";

const curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
export const sm2Point = once(() => weierstrassN(curve));
export const userId = utf8("1234567812345678");

const toInteger = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

function toBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let i = 31, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}

/** Z: the digest over user id, curve and key that goes before the message. `key` is 04 ‖ x ‖ y. */
export function identityDigest(key: Uint8Array, id: Uint8Array = userId): Uint8Array {
  const bits = id.length * 8;
  const constants = [curve.a, curve.b, curve.Gx, curve.Gy].map(toBytes);
  return digest("sm3", Uint8Array.of(bits >> 8, bits), id, ...constants, key.subarray(1));
}

type Point = InstanceType<ReturnType<typeof sm2Point>>;

/** s·G + t·P bit by bit together (Shamir's way): half the doublings of two products, and no table. Nothing of it is secret. */
function sumOfProducts(s: bigint, point: Point, t: bigint): Point {
  const [ofS, ofT] = [s, t].map((factor) => factor.toString(2).padStart(256, "0")) as [string, string];
  const { BASE: base, ZERO: zero } = sm2Point();
  const both = base.add(point);
  let sum = zero;
  for (let i = 0; i < 256; i++) {
    sum = sum.double();
    if (ofS[i] === "1") sum = sum.add(ofT[i] === "1" ? both : base);
    else if (ofT[i] === "1") sum = sum.add(point);
  }
  return sum;
}

/** `signature` is r ‖ s. Never throws. */
export function verifySm2(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || key.length !== 65 || key[0] !== 4) return false;
  const r = toInteger(signature.subarray(0, 32));
  const s = toInteger(signature.subarray(32));
  if (r < 1n || r >= curve.n || s < 1n || s >= curve.n) return false;
  const t = (r + s) % curve.n;
  if (t === 0n) return false;
  try {
    const point = sm2Point().fromBytes(key);
    point.assertValidity();
    const e = toInteger(digest("sm3", concat(identityDigest(key), message)));
    const sum = sumOfProducts(s, point, t);
    return !sum.is0() && (e + sum.toAffine().x) % curve.n === r;
  } catch {
    return false;
  }
}

// The report code: a COSE_Sign1 over the claims. docs/code-format.md, section 6.

import { digestOf, verifySignature, type PublicKey } from "../crypto/signature";
import type { DigestName } from "../crypto/digest";
import { utf8 } from "./bytes";
import { decode, encode, type Item } from "./cbor";
import { decodeClaims, type Claims } from "./claims";
import { fail } from "./format_error";

const externalData = utf8("sjcode/report/1");

/** The shape of a report code, nothing verified. */
export interface RawReportCode {
  readonly algorithm: number;
  readonly digestName: DigestName;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** What is signed: the Sig_structure of RFC 9052, 4.4. */
  readonly signed: Uint8Array;
}

function algorithmOf(header: Uint8Array): bigint {
  if (header.length === 0) fail("cose.protected");
  const map = decode(header);
  if (map.type !== "map" || map.value.length !== 1) return fail("cose.protected");
  const [key, value] = map.value[0]!;
  if (key.type !== "uint" || key.value !== 1n) return fail("cose.protected");
  return value.type === "uint" || value.type === "negative" ? value.value : fail("cose.protected");
}

/** Errors: cbor.*, cose.structure, .unprotected, .protected, .algorithm. */
export function decodeReportCode(bytes: Uint8Array): RawReportCode {
  const whole = decode(bytes);
  if (whole.type !== "tag" || whole.value.type !== "array" || whole.value.value.length !== 4) return fail("cose.structure");
  const [header, unprotected, payload, signature] = whole.value.value as [Item, Item, Item, Item];
  if (header.type !== "bytes" || unprotected.type !== "map" || payload.type !== "bytes" || signature.type !== "bytes")
    return fail("cose.structure");
  if (unprotected.value.length !== 0) fail("cose.unprotected");
  const algorithm = Number(algorithmOf(header.value));
  const digestName = digestOf(algorithm);
  if (digestName === undefined) return fail("cose.algorithm");
  const signed = encode(["Signature1", header.value, externalData, payload.value]);
  return { algorithm, digestName, payload: payload.value, signature: signature.value, signed };
}

/** The index of the key that made the signature. Errors: cose.algorithm (no key has it), cose.signature. */
export function verifyReportCode(raw: RawReportCode, keys: readonly PublicKey[]): number {
  if (!keys.some((key) => key.algorithm === raw.algorithm)) fail("cose.algorithm");
  const index = keys.findIndex(
    (key) => key.algorithm === raw.algorithm && verifySignature(key, raw.signed, raw.signature));
  return index >= 0 ? index : fail("cose.signature");
}

/** Everything at once: shape, signature, claims. */
export function openReportCode(
  bytes: Uint8Array, keys: readonly PublicKey[],
): RawReportCode & { keyIndex: number; claims: Claims } {
  const raw = decodeReportCode(bytes);
  const keyIndex = verifyReportCode(raw, keys);
  return { ...raw, keyIndex, claims: decodeClaims(raw.payload) };
}


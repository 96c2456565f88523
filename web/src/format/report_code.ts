// The report code: a COSE_Sign1 over the claims. docs/code-format.md, section 6.

import { verifySignature, type PublicKey } from "../crypto/signature";
import { decodeClaims, type Claims } from "./claims";
import { decodeSign1, signedBytes, type Sign1 } from "./cose";
import { fail } from "./format_error";

const externalData = "sjcode/report/1";

/** The shape of a report code, nothing verified. */
export type RawReportCode = Sign1 & { readonly signed: Uint8Array };

/** Errors: cbor.*, cose.structure, .unprotected, .protected, .algorithm. */
export function decodeReportCode(bytes: Uint8Array): RawReportCode {
  const parts = decodeSign1(bytes);
  return { ...parts, signed: signedBytes(parts, externalData) };
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


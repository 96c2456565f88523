// COSE_Sign1 as everything that is signed here has it but status lists: docs/code-format.md, section 6.

import type { DigestName } from "../crypto/digest";
import { digestOf } from "../crypto/signature";
import { utf8 } from "./bytes";
import { codeLimit, decode, encode, type Item } from "./cbor";
import { fail } from "./format_error";

/** Nothing verified. */
export interface Sign1 {
  readonly algorithm: number;
  readonly digestName: DigestName;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
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
export function decodeSign1(bytes: Uint8Array, limit: number = codeLimit): Sign1 {
  const whole = decode(bytes, limit);
  if (whole.type !== "tag" || whole.value.type !== "array" || whole.value.value.length !== 4) return fail("cose.structure");
  const [header, unprotected, payload, signature] = whole.value.value as [Item, Item, Item, Item];
  if (header.type !== "bytes" || unprotected.type !== "map" || payload.type !== "bytes" || signature.type !== "bytes")
    return fail("cose.structure");
  if (unprotected.value.length !== 0) fail("cose.unprotected");
  const algorithm = Number(algorithmOf(header.value));
  const digestName = digestOf(algorithm);
  if (digestName === undefined) return fail("cose.algorithm");
  return { algorithm, digestName, header: header.value, payload: payload.value, signature: signature.value };
}

/** The Sig_structure of RFC 9052, 4.4. `externalData` keeps a signature from serving twice. */
export function signedBytes(parts: Pick<Sign1, "header" | "payload">, externalData: string): Uint8Array {
  return encode(["Signature1", parts.header, utf8(externalData), parts.payload]);
}

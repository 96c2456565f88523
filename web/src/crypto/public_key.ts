// SubjectPublicKeyInfo of the three algorithms (RFC 8410, RFC 5480, GB/T 35276), which has one form each.

import { concat, equal, fromHex } from "../format/bytes";
import { algorithms, type PublicKey } from "./signature";

const forms = [
  { algorithm: algorithms.ed25519, prefix: fromHex("302a300506032b6570032100"), size: 32 },
  { algorithm: algorithms.p256, prefix: fromHex("3059301306072a8648ce3d020106082a8648ce3d030107034200"), size: 65 },
  { algorithm: algorithms.sm2, prefix: fromHex("3059301306072a8648ce3d020106082a811ccf5501822d034200"), size: 65 },
] as const;

/** Undefined where it is no key of a known algorithm. */
export function readPublicKey(der: Uint8Array): PublicKey | undefined {
  const form = forms.find(
    ({ prefix, size }) => der.length === prefix.length + size && equal(der.subarray(0, prefix.length), prefix));
  if (form === undefined) return undefined;
  const raw = der.subarray(form.prefix.length);
  return form.size === 65 && raw[0] !== 4 ? undefined : { algorithm: form.algorithm, raw };
}

export function writePublicKey(key: PublicKey): Uint8Array {
  return concat(forms.find((form) => form.algorithm === key.algorithm)!.prefix, key.raw);
}

// AES-256-GCM, once its part was loaded.

import type { gcm } from "@noble/ciphers/aes.js";
import { loadScript, parts } from "../reading/parts";

declare global {
  // Set by the part with the cipher.
  var sjcodeGcm: typeof gcm | undefined;
}

/** Before decryptGcm(). Rejects where the part cannot be had. */
export async function loadCipher(): Promise<void> {
  if (globalThis.sjcodeGcm === undefined) await loadScript(parts.cipher);
}

/** Throws where key, nonce and text do not belong together. */
export function decryptGcm(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (globalThis.sjcodeGcm === undefined) throw new Error("loadCipher() comes first");
  return globalThis.sjcodeGcm(key, nonce).decrypt(sealed);
}

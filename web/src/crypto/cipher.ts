// AES-256-GCM, once its part was loaded.

import type { gcm } from "@noble/ciphers/aes.js";
import { loadScript, parts } from "../reading/parts";

declare global {
  // Set by the part with the cipher.
  var sjcodeGcm: typeof gcm | undefined;
}

export const hasCipher = (): boolean => globalThis.sjcodeGcm !== undefined;

/** Where the part cannot be had, hasCipher() says so afterwards. */
export async function loadCipher(): Promise<void> {
  if (!hasCipher()) await loadScript(parts.cipher).catch(() => undefined);
}

/** Only where hasCipher(). Throws where key, nonce and text do not belong together. */
export function decryptGcm(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array {
  return globalThis.sjcodeGcm!(key, nonce).decrypt(sealed);
}

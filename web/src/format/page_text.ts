// Digests of pages' texts: docs/code-format.md, section 5.

import { digest, type DigestName } from "../crypto/digest";
import { utf8 } from "./bytes";

export const normalisePageText = (text: string): string =>
  text.replace(/[\p{White_Space}\p{Cc}\p{Cf}]/gu, "").normalize("NFC");

/** Null for a page on which no text is left. `page` counts from 1. */
export function pageDigest(name: DigestName, page: number, text: string): Uint8Array | null {
  const normalised = normalisePageText(text);
  if (normalised === "") return null;
  const number = Uint8Array.of(page >>> 24, page >>> 16, page >>> 8, page);
  return digest(name, Uint8Array.of(2), number, utf8(normalised));
}

// ISO/IEC 7064 MOD 37,36 (GB/T 17710), for code numbers and electronic licence identifiers.

import { fail } from "./format_error";

export const alphabet36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The check character of a text of 0-9 and A-Z. */
export function checkCharacter(text: string): string {
  if (text === "") fail("mod37-36.length");
  let product = 36;
  for (const character of text) {
    const value = alphabet36.indexOf(character);
    if (value < 0) fail("mod37-36.character");
    const sum = (product + value) % 36 || 36;
    product = (2 * sum) % 37;
  }
  return alphabet36[(37 - product) % 36]!;
}

/** Throws unless the last character is the check character of the others. */
export function verifyCheckCharacter(text: string): void {
  if (text.length < 2) fail("mod37-36.length");
  for (const character of text) if (!alphabet36.includes(character)) fail("mod37-36.character");
  if (checkCharacter(text.slice(0, -1)) !== text.slice(-1)) fail("mod37-36.check-character");
}

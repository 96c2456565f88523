// The code number (赋码编号): docs/code-format.md, section 2. Here it is always its 20 characters, in upper case.

import { fail } from "./format_error";
import { checkCharacter } from "./mod_37_36";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const separators = /[\u0020\u3000\-\u2010\u2011\uff0d]/u;

function check(number: string): string {
  if (number[0] !== "J") fail("number.scheme");
  if (checkCharacter(number.slice(0, 19)) !== number[19]) fail("number.check-character");
  return number;
}

/** Reads what a person typed. Errors: number.character ({position} from 1), .length ({length}), .scheme, .check-character. */
export function readCodeNumber(typed: string): string {
  let number = "";
  let position = 0;
  for (let character of typed) {
    position++;
    if (separators.test(character)) continue;
    const point = character.codePointAt(0)!;
    if (point >= 0xff01 && point <= 0xff5e) character = String.fromCodePoint(point - 0xfee0);
    character = character.replace(/[a-z]/, (letter) => letter.toUpperCase());
    if (character === "I" || character === "L") character = "1";
    if (character === "O") character = "0";
    if (!alphabet.includes(character)) fail("number.character", { position: String(position) });
    number += character;
  }
  if (number.length !== 20) fail("number.length", { length: String(number.length) });
  return check(number);
}

/** The 20 characters exactly as they stand in a URL. */
export function parseCodeNumber(text: string): string {
  if (readCodeNumber(text) !== text) fail("number.character", { position: "1" });
  return text;
}

/** From the 12 bytes of CBOR. */
export function decodeCodeNumber(bytes: Uint8Array): string {
  if (bytes.length !== 12 || bytes[0]! >= 0x80) fail("number.encoding");
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let number = "";
  for (let i = 0; i < 19; i++, value >>= 5n) number = alphabet[Number(value & 31n)]! + number;
  if (number[0] !== "J") fail("number.scheme");
  const last = checkCharacter(number);
  if (!alphabet.includes(last)) fail("number.check-character");
  return number + last;
}

export function encodeCodeNumber(number: string): Uint8Array {
  let value = 0n;
  for (const character of number.slice(0, 19)) value = (value << 5n) | BigInt(alphabet.indexOf(character));
  const bytes = new Uint8Array(12);
  for (let i = 11; i >= 0; i--, value >>= 8n) bytes[i] = Number(value & 255n);
  return bytes;
}

/** Groups of four with hyphens. */
export const shownCodeNumber = (number: string): string => number.match(/.{4}/g)!.join("-");

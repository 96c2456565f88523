// Bytes as decimal digits, so that a QR symbol holds them in its numeric mode: docs/code-format.md, section 7.

import { fail } from "./format_error";

const digitsOfBytes = [0, 3, 5, 8, 10, 13, 15, 17];

export function decodeDigits(digits: string): Uint8Array {
  if (digits === "") fail("digits.empty");
  if (!/^[0-9]*$/.test(digits)) fail("digits.character");
  const whole = Math.floor(digits.length / 17);
  const tail = digitsOfBytes.indexOf(digits.length % 17);
  if (tail < 0) fail("digits.length");
  const bytes = new Uint8Array(whole * 7 + tail);
  for (let at = 0, group = 0; at < digits.length; at += 17, group++) {
    let value = BigInt(digits.slice(at, at + 17));
    const size = group < whole ? 7 : tail;
    for (let i = size - 1; i >= 0; i--, value >>= 8n) bytes[group * 7 + i] = Number(value & 255n);
    if (value !== 0n) fail("digits.range");
  }
  return bytes;
}

export function encodeDigits(bytes: Uint8Array): string {
  let digits = "";
  for (let at = 0; at < bytes.length; at += 7) {
    const group = bytes.subarray(at, at + 7);
    let value = 0n;
    for (const byte of group) value = (value << 8n) | BigInt(byte);
    digits += value.toString().padStart(digitsOfBytes[group.length]!, "0");
  }
  return digits;
}

// DER (ITU-T X.690), as far as signatures and certificates need it. Strict: lengths in their shortest form, nothing left over.

import { toHex } from "../format/bytes";

export class DerError extends Error {}
const wrong = (): never => {
  throw new DerError("DER");
};

export interface Der {
  readonly tag: number;
  readonly content: Uint8Array;
  /** With tag and length. */
  readonly whole: Uint8Array;
}

export const tags = { integer: 0x02, bits: 0x03, octets: 0x04, null: 0x05, oid: 0x06, sequence: 0x30, set: 0x31 } as const;

/** The elements that follow each other in `bytes`, all of them. */
export function elements(bytes: Uint8Array): Der[] {
  const found: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const one = first(bytes.subarray(at));
    found.push(one);
    at += one.whole.length;
  }
  return found;
}

/** The element at the beginning of `bytes`; what follows is not looked at. */
export function first(bytes: Uint8Array): Der {
  if (bytes.length < 2) return wrong();
  const tag = bytes[0]!;
  if ((tag & 0x1f) === 0x1f) return wrong();
  let length = bytes[1]!;
  let at = 2;
  if (length >= 0x80) {
    const size = length & 0x7f;
    if (size < 1 || size > 4 || bytes.length < 2 + size) return wrong();
    length = 0;
    for (let i = 0; i < size; i++) length = length * 256 + bytes[at++]!;
    if (length < 0x80 || (size > 1 && length < 2 ** (8 * (size - 1)))) return wrong();
  }
  if (at + length > bytes.length) return wrong();
  return { tag, content: bytes.subarray(at, at + length), whole: bytes.subarray(0, at + length) };
}

export function sequence(der: Der | undefined, tag: number = tags.sequence): Der[] {
  return der !== undefined && der.tag === tag ? elements(der.content) : wrong();
}

export function ofTag(der: Der | undefined, tag: number): Uint8Array {
  return der !== undefined && der.tag === tag ? der.content : wrong();
}

/** An object identifier in dots. */
export function identifier(der: Der | undefined): string {
  const bytes = ofTag(der, tags.oid);
  const parts: bigint[] = [];
  let value = 0n;
  for (const byte of bytes) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      parts.push(value);
      value = 0n;
    }
  }
  if (parts.length === 0 || bytes[bytes.length - 1]! >= 0x80) return wrong();
  const root = parts[0]! < 80n ? parts[0]! / 40n : 2n;
  return [root, parts[0]! - root * 40n, ...parts.slice(1)].join(".");
}

/** r ‖ s with 32 bytes each, from SEQUENCE { r, s }. */
export function plainSignature(bytes: Uint8Array): Uint8Array {
  const [r, s, ...rest] = elementsOfOne(bytes);
  if (rest.length > 0) return wrong();
  const plain = new Uint8Array(64);
  [r, s].forEach((one, i) => {
    const content = ofTag(one, tags.integer);
    if (content.length === 0 || content[0]! >= 0x80) wrong();
    const value = content[0] === 0 ? content.subarray(1) : content;
    if (value.length > 32 || (content[0] === 0 && content.length > 1 && content[1]! < 0x80)) wrong();
    plain.set(value, 32 * (i + 1) - value.length);
  });
  return plain;
}

function elementsOfOne(bytes: Uint8Array): Der[] {
  const one = first(bytes);
  return one.whole.length === bytes.length ? sequence(one) : wrong();
}

export const smallInteger = (der: Der | undefined): number => {
  const content = ofTag(der, tags.integer);
  return content.length <= 4 && content.length > 0 ? parseInt(toHex(content), 16) : wrong();
};

// Strict deterministic CBOR (docs/code-format.md, section 3): one encoding for each value, everything else is refused.

import { compare, concat, utf8 } from "./bytes";
import { fail } from "./format_error";

/** A decoded item. `start` and `end` are its place in the bytes given to decode(). */
export type Item = { readonly start: number; readonly end: number } & (
  | { readonly type: "uint"; readonly value: bigint }
  | { readonly type: "negative"; readonly value: bigint }
  | { readonly type: "bytes"; readonly value: Uint8Array }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "array"; readonly value: readonly Item[] }
  | { readonly type: "map"; readonly value: readonly (readonly [Item, Item])[] }
  | { readonly type: "tag"; readonly tag: 18; readonly value: Item }
  | { readonly type: "null" }
);

export const codeLimit = 4096;
export const recordLimit = 1_048_576;
const maximumDepth = 8;
const mostUnorderedPairs = 32;

/** `any`: a map of up to 32 pairs may have any order, and still no key twice. For what others write too (CWT). */
export type KeyOrder = "deterministic" | "any";

const strictText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class Decoder {
  private at = 0;

  constructor(private readonly bytes: Uint8Array, private readonly order: KeyOrder) {}

  whole(): Item {
    const item = this.item(0);
    if (this.at !== this.bytes.length) fail("cbor.trailing");
    return item;
  }

  private take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) fail("cbor.truncated");
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  private argument(information: number): bigint {
    if (information < 24) return BigInt(information);
    if (information > 27) fail("cbor.reserved");
    let value = 0n;
    for (const byte of this.take(1 << (information - 24))) value = (value << 8n) | BigInt(byte);
    const least = [24n, 0x100n, 0x1_0000n, 0x1_0000_0000n][information - 24]!;
    if (value < least) fail("cbor.not-shortest");
    return value;
  }

  /** How many items or bytes follow. More than there are bytes left cannot be; so nothing large is ever allocated. */
  private count(argument: bigint, bytesEach: number): number {
    if (argument * BigInt(bytesEach) > BigInt(this.bytes.length - this.at)) fail("cbor.truncated");
    return Number(argument);
  }

  private item(depth: number): Item {
    const start = this.at;
    const initial = this.take(1)[0]!;
    const major = initial >> 5;
    const information = initial & 31;
    if (major === 7) return this.simple(information, start);
    if (information === 31) fail(major >= 2 && major <= 5 ? "cbor.indefinite" : "cbor.reserved");
    const argument = this.argument(information);
    if (major === 0) return { type: "uint", value: argument, start, end: this.at };
    if (major === 1) return { type: "negative", value: -1n - argument, start, end: this.at };
    if (major === 2) {
      const value = this.take(this.count(argument, 1));
      return { type: "bytes", value, start, end: this.at };
    }
    if (major === 3) {
      const value = this.text(this.take(this.count(argument, 1)));
      return { type: "text", value, start, end: this.at };
    }
    if (major === 6 && argument !== 18n) fail("cbor.tag");
    if (depth >= maximumDepth) fail("cbor.depth");
    if (major === 4) {
      const items: Item[] = [];
      for (let left = this.count(argument, 1); left > 0; left--) items.push(this.item(depth + 1));
      return { type: "array", value: items, start, end: this.at };
    }
    if (major === 5) {
      const value = this.map(this.count(argument, 2), depth);
      return { type: "map", value, start, end: this.at };
    }
    const value = this.item(depth + 1);
    return { type: "tag", tag: 18, value, start, end: this.at };
  }

  private text(bytes: Uint8Array): string {
    try {
      return strictText.decode(bytes);
    } catch {
      return fail("cbor.utf8");
    }
  }

  private map(count: number, depth: number): [Item, Item][] {
    const pairs: [Item, Item][] = [];
    if (this.order === "any" && count <= mostUnorderedPairs) return this.unorderedMap(count, depth);
    let previous: Uint8Array | undefined;
    for (let left = count; left > 0; left--) {
      const key = this.item(depth + 1);
      const encoded = this.bytes.subarray(key.start, key.end);
      if (previous !== undefined) {
        const order = compare(previous, encoded);
        if (order === 0) fail("cbor.duplicate-key");
        if (order > 0) fail("cbor.unsorted-keys");
      }
      previous = encoded;
      pairs.push([key, this.item(depth + 1)]);
    }
    return pairs;
  }

  private unorderedMap(count: number, depth: number): [Item, Item][] {
    const pairs: [Item, Item][] = [];
    const seen: Uint8Array[] = [];
    for (let left = count; left > 0; left--) {
      const key = this.item(depth + 1);
      const encoded = this.bytes.subarray(key.start, key.end);
      if (seen.some((other) => compare(other, encoded) === 0)) fail("cbor.duplicate-key");
      seen.push(encoded);
      pairs.push([key, this.item(depth + 1)]);
    }
    return pairs;
  }

  private simple(information: number, start: number): Item {
    if (information === 22) return { type: "null", start, end: this.at };
    if (information >= 25 && information <= 27) fail("cbor.float");
    if (information >= 28 && information <= 30) fail("cbor.reserved");
    if (information === 31) fail("cbor.indefinite");
    return fail("cbor.simple");
  }
}

/** Exactly one item of at most `limit` bytes. */
export function decode(bytes: Uint8Array, limit: number = codeLimit, order: KeyOrder = "deterministic"): Item {
  if (bytes.length > limit) fail("cbor.size");
  return new Decoder(bytes, order).whole();
}

/** What encode() takes: numbers are integers. */
export type Encodable = number | bigint | string | Uint8Array | null | readonly Encodable[] | Tagged;
export class Tagged {
  constructor(readonly value: Encodable) {}
}

function head(major: number, argument: bigint): Uint8Array {
  const size = argument < 24n ? 0 : argument < 0x100n ? 1 : argument < 0x1_0000n ? 2 : argument < 0x1_0000_0000n ? 4 : 8;
  const bytes = new Uint8Array(1 + size);
  bytes[0] = (major << 5) | (size === 0 ? Number(argument) : 24 + Math.log2(size));
  for (let i = size, rest = argument; i > 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}

/** The deterministic encoding. Maps are not needed for anything that is signed or hashed here. */
export function encode(value: Encodable): Uint8Array {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === "number" || typeof value === "bigint") {
    const integer = BigInt(value);
    return integer >= 0n ? head(0, integer) : head(1, -1n - integer);
  }
  if (typeof value === "string") {
    const bytes = utf8(value);
    return concat(head(3, BigInt(bytes.length)), bytes);
  }
  if (value instanceof Uint8Array) return concat(head(2, BigInt(value.length)), value);
  if (value instanceof Tagged) return concat(head(6, 18n), encode(value.value));
  return concat(head(4, BigInt(value.length)), ...value.map(encode));
}

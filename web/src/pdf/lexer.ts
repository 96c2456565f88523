// Reads objects from bytes (ISO 32000-2, 7.2 and 7.3), strictly and within limits.

import { latin1 } from "../format/bytes";
import { damaged, type PdfObject } from "./object";

const maximumDepth = 64;
const whiteSpace = new Set([0, 9, 10, 12, 13, 32]);
const delimiters = new Set([..."()<>[]{}/%"].map((character) => character.charCodeAt(0)));
export const isWhite = (byte: number): boolean => whiteSpace.has(byte);
export const isRegular = (byte: number): boolean => !whiteSpace.has(byte) && !delimiters.has(byte);

/** Thrown where the bytes end before the object does: more of the file may help. */
export class EndOfBytes extends Error {}

const hexValue = (byte: number): number =>
  byte >= 48 && byte <= 57 ? byte - 48 : byte >= 65 && byte <= 70 ? byte - 55 : byte >= 97 && byte <= 102 ? byte - 87 : -1;

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

export class Lexer {
  constructor(readonly bytes: Uint8Array, public at = 0) {}

  private peek(): number {
    if (this.at >= this.bytes.length) throw new EndOfBytes();
    return this.bytes[this.at]!;
  }

  skipWhite(): void {
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at]!;
      if (byte === 0x25) while (this.at < this.bytes.length && this.peek() !== 10 && this.peek() !== 13) this.at++;
      else if (!isWhite(byte)) return;
    }
  }

  /** A run of regular characters; empty where there is none. */
  word(): string {
    const begin = this.at;
    while (isRegular(this.peek())) this.at++;
    return latin1(this.bytes.subarray(begin, this.at));
  }

  keyword(expected: string): void {
    this.skipWhite();
    if (this.word() !== expected) damaged(expected);
  }

  unsigned(): number {
    this.skipWhite();
    const token = this.word();
    return /^[0-9]{1,15}$/.test(token) ? Number(token) : damaged("number");
  }

  object(depth = 0): PdfObject {
    if (depth > maximumDepth) damaged("nesting");
    this.skipWhite();
    const byte = this.peek();
    if (byte === 0x2f) return { type: "name", value: this.name() };
    if (byte === 0x28) return { type: "string", value: this.literal() };
    if (byte === 0x5b) return this.array(depth);
    if (byte === 0x3c) {
      this.at++;
      if (this.peek() !== 0x3c) return { type: "string", value: this.hexadecimal() };
      this.at++;
      return this.dictionary(depth);
    }
    return this.numberOrWord();
  }

  private numberOrWord(): PdfObject {
    const token = this.word();
    if (token === "null") return { type: "null" };
    if (token === "true" || token === "false") return { type: "boolean", value: token === "true" };
    if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)$/.test(token)) return damaged("object");
    if (/^[0-9]{1,10}$/.test(token)) {
      const reference = this.reference(Number(token));
      if (reference !== undefined) return reference;
    }
    return { type: "number", token };
  }

  /** `N G R`, if that stands here. */
  private reference(number: number): PdfObject | undefined {
    const back = this.at;
    this.skipWhite();
    const generation = isRegular(this.peek()) ? this.word() : "";
    if (/^[0-9]{1,5}$/.test(generation)) {
      this.skipWhite();
      if (isRegular(this.peek()) && this.word() === "R") return { type: "reference", number, generation: Number(generation) };
    }
    this.at = back;
    return undefined;
  }

  private array(depth: number): PdfObject {
    this.at++;
    const value: PdfObject[] = [];
    for (;;) {
      this.skipWhite();
      if (this.peek() === 0x5d) {
        this.at++;
        return { type: "array", value };
      }
      value.push(this.object(depth + 1));
    }
  }

  private dictionary(depth: number): PdfObject {
    const entries: [string, PdfObject][] = [];
    for (;;) {
      this.skipWhite();
      if (this.peek() === 0x3e) {
        this.at++;
        if (this.peek() !== 0x3e) damaged("dictionary");
        this.at++;
        return { type: "dictionary", entries };
      }
      if (this.peek() !== 0x2f) damaged("dictionary");
      const key = this.name();
      entries.push([key, this.object(depth + 1)]);
    }
  }

  private name(): string {
    this.at++;
    return this.word().replace(/#([0-9a-fA-F]{2})?/g, (_, digits: string | undefined) =>
      digits === undefined ? damaged("name") : String.fromCharCode(parseInt(digits, 16)));
  }

  private hexadecimal(): Uint8Array {
    const digits: number[] = [];
    for (; this.peek() !== 0x3e; this.at++) {
      const value = hexValue(this.peek());
      if (value >= 0) digits.push(value);
      else if (!isWhite(this.peek())) damaged("string");
    }
    this.at++;
    if (digits.length % 2 === 1) digits.push(0);
    const bytes = new Uint8Array(digits.length / 2);
    for (let i = 0; i < bytes.length; i++) bytes[i] = digits[2 * i]! * 16 + digits[2 * i + 1]!;
    return bytes;
  }

  private literal(): Uint8Array {
    this.at++;
    const bytes: number[] = [];
    for (let open = 1; ; this.at++) {
      const byte = this.peek();
      if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) break;
      if (byte === 0x5c) this.escape(bytes);
      else if (byte === 13) {
        // An end of line is one line feed, however it is written.
        if (this.bytes[this.at + 1] === 10) this.at++;
        bytes.push(10);
      } else bytes.push(byte);
    }
    this.at++;
    return Uint8Array.from(bytes);
  }

  private escape(bytes: number[]): void {
    this.at++;
    const byte = this.peek();
    const character = String.fromCharCode(byte);
    if (byte >= 48 && byte <= 55) {
      let value = byte - 48;
      for (let i = 0; i < 2 && this.bytes[this.at + 1]! >= 48 && this.bytes[this.at + 1]! <= 55; i++)
        value = value * 8 + this.bytes[++this.at]! - 48;
      bytes.push(value & 255);
    } else if (byte === 13 || byte === 10) {
      if (byte === 13 && this.bytes[this.at + 1] === 10) this.at++;
    } else {
      bytes.push(escapes[character] ?? byte);
    }
  }
}

// A PDF as its cross-references describe it (ISO 32000-2, 7.5), without any repair.

import { latin1 } from "../format/bytes";
import { decodeStream } from "./filters";
import { EndOfBytes, Lexer } from "./lexer";
import { damaged, get, integer, isName, type Dictionary, type IndirectObject, type PdfObject } from "./object";
import type { Source } from "./source";

const tail = 2048;
const maximumSections = 4096;
const maximumEntries = 8_388_607;
const maximumPages = 100_000;
const maximumTreeDepth = 64;
const windows = [2048, 65_536, 4_194_304, 67_108_864];

export type Entry =
  | { readonly kind: "free" }
  | { readonly kind: "offset"; readonly offset: number; readonly generation: number }
  | { readonly kind: "packed"; readonly stream: number; readonly index: number };

export interface Section {
  readonly offset: number;
  readonly stream: boolean;
  readonly trailer: Dictionary;
  readonly entries: ReadonlyMap<number, Entry>;
  readonly previous: number | undefined;
}

export interface Page {
  /** Undefined for a page that is no object of its own. */
  readonly number: number | undefined;
  readonly dictionary: Dictionary;
  /** Rotation with what it inherits: 0, 90, 180 or 270. */
  readonly rotate: number;
}

export class PdfDocument {
  private readonly cache = new Map<number, IndirectObject>();
  private readonly open = new Set<number>();
  private readonly packed = new Map<number, ReadonlyMap<number, PdfObject>>();

  private constructor(
    readonly source: Source,
    /** What the last startxref says. */
    readonly start: number,
    /** The newest first. */
    readonly sections: readonly Section[],
    private readonly entries: ReadonlyMap<number, Entry>,
  ) {}

  /** Throws a PdfError where the file cannot be read without repair. */
  static open(source: Source): PdfDocument {
    if (latin1(source.read(0, Math.min(5, source.size))) !== "%PDF-") damaged("header");
    const start = startOf(source);
    const sections: Section[] = [];
    const seen = new Set<number>();
    for (let offset: number | undefined = start; offset !== undefined; offset = sections[sections.length - 1]!.previous) {
      if (seen.has(offset) || sections.length >= maximumSections) damaged("loop of /Prev");
      seen.add(offset);
      sections.push(readSection(source, offset));
    }
    const entries = new Map<number, Entry>();
    for (const section of sections)
      for (const [number, entry] of section.entries) if (!entries.has(number)) entries.set(number, entry);
    return new PdfDocument(source, start, sections, entries);
  }

  get trailer(): Dictionary {
    return this.sections[0]!.trailer;
  }

  get encrypted(): boolean {
    return this.sections.some((section) => get(section.trailer, "Encrypt") !== undefined);
  }

  /** One more than any object number listed, and than any /Size less one. */
  get firstFree(): number {
    let highest = 0;
    for (const section of this.sections) {
      for (const number of section.entries.keys()) highest = Math.max(highest, number);
      highest = Math.max(highest, (integer(get(section.trailer, "Size")) ?? 0) - 1);
    }
    return highest + 1;
  }

  /** Undefined for an object that no cross-reference has in use. */
  object(number: number): IndirectObject | undefined {
    const known = this.cache.get(number);
    if (known !== undefined) return known;
    const entry = this.entries.get(number);
    if (entry === undefined || entry.kind === "free") return undefined;
    if (this.open.has(number)) damaged("loop of references");
    this.open.add(number);
    try {
      const object = entry.kind === "offset" ? this.readAt(entry.offset, number, entry.generation)
        : { value: this.packedObjects(entry.stream).get(number) ?? damaged("object stream") };
      this.cache.set(number, object);
      return object;
    } finally {
      this.open.delete(number);
    }
  }

  readonly resolve = (object: PdfObject | undefined): PdfObject | undefined => {
    for (let steps = 0; object?.type === "reference"; steps++) {
      if (steps > 32) damaged("loop of references");
      const entry = this.entries.get(object.number);
      const generation = entry?.kind === "offset" ? entry.generation : 0;
      object = generation === object.generation ? this.object(object.number)?.value : undefined;
    }
    return object;
  };

  dictionaryAt(object: PdfObject | undefined, key: string): Dictionary | undefined {
    const value = this.resolve(get(object, key));
    return value?.type === "dictionary" ? value : undefined;
  }

  data(object: IndirectObject): Uint8Array | undefined {
    return object.data && this.source.read(object.data.begin, object.data.end);
  }

  get catalog(): Dictionary {
    return this.dictionaryAt(this.trailer, "Root") ?? damaged("catalog");
  }

  pages(): readonly Page[] {
    const pages: Page[] = [];
    const seen = new Set<number>();
    const walk = (node: PdfObject | undefined, rotate: PdfObject | undefined, depth: number): void => {
      if (depth > maximumTreeDepth || pages.length >= maximumPages) damaged("page tree");
      const number = node?.type === "reference" ? node.number : undefined;
      const value = this.resolve(node);
      if (value?.type !== "dictionary") return void damaged("page tree");
      const own = this.resolve(get(value, "Rotate")) ?? rotate;
      const kids = this.resolve(get(value, "Kids"));
      if (kids?.type === "array") {
        if (number !== undefined) {
          if (seen.has(number)) damaged("page tree");
          seen.add(number);
        }
        for (const kid of kids.value) walk(kid, own, depth + 1);
      } else {
        const turned = own?.type === "number" ? ((Number(own.token) % 360) + 360) % 360 : 0;
        pages.push({ number, dictionary: value, rotate: turned });
      }
    };
    walk(get(this.catalog, "Pages"), undefined, 0);
    return pages;
  }

  private readAt(offset: number, number: number, generation: number): IndirectObject {
    return withWindow(this.source, offset, (lexer, base) => {
      if (lexer.unsigned() !== number || lexer.unsigned() !== generation) damaged("object number");
      lexer.keyword("obj");
      const value = lexer.object();
      lexer.skipWhite();
      const word = lexer.word();
      if (word === "endobj") return { value };
      if (word !== "stream" || value.type !== "dictionary") damaged("object");
      const begin = base + dataBegin(lexer);
      const length = integer(this.resolve(get(value, "Length"))) ?? damaged("stream length");
      const end = begin + length;
      if (end > this.source.size || !endsStream(this.source, end)) damaged("stream length");
      return { value, data: { begin, end } };
    });
  }

  private packedObjects(number: number): ReadonlyMap<number, PdfObject> {
    const known = this.packed.get(number);
    if (known !== undefined) return known;
    const stream = this.entries.get(number)?.kind === "offset" ? this.object(number) : undefined;
    const raw = stream && this.data(stream);
    if (stream === undefined || raw === undefined || !isName(get(stream.value, "Type"), "ObjStm")) return damaged("object stream");
    const data = decodeStream(stream.value, raw, this.resolve);
    const count = integer(this.resolve(get(stream.value, "N"))) ?? damaged("object stream");
    const first = integer(this.resolve(get(stream.value, "First"))) ?? damaged("object stream");
    const objects = new Map<number, PdfObject>();
    // A space behind the data, so that a number at its end ends there.
    const padded = new Uint8Array(data.length + 2).fill(32);
    padded.set(data);
    const header = new Lexer(padded);
    try {
      for (let i = 0; i < count; i++) {
        const own = header.unsigned();
        const at = header.unsigned();
        objects.set(own, new Lexer(padded, first + at).object());
      }
    } catch (error) {
      if (error instanceof EndOfBytes) damaged("object stream");
      throw error;
    }
    this.packed.set(number, objects);
    return objects;
  }
}

/** Runs `read` on a part of the file from `offset` on, on a larger one where that ends too early. */
function withWindow<T>(source: Source, offset: number, read: (lexer: Lexer, base: number) => T): T {
  if (offset < 0 || offset >= source.size) damaged("offset");
  for (const size of windows) {
    const end = Math.min(source.size, offset + size);
    try {
      return read(new Lexer(source.read(offset, end)), offset);
    } catch (error) {
      if (!(error instanceof EndOfBytes)) throw error;
      if (end === source.size) break;
    }
  }
  return damaged("end of file");
}

function startOf(source: Source): number {
  const begin = Math.max(0, source.size - tail);
  const text = latin1(source.read(begin, source.size));
  const at = text.lastIndexOf("startxref");
  const match = at < 0 ? null : /^startxref\s+([0-9]{1,15})\s+%%EOF/.exec(text.slice(at));
  return match === null ? damaged("startxref") : Number(match[1]);
}

/** Where a stream's data begin: behind `stream` and one end of line. */
function dataBegin(lexer: Lexer): number {
  const [next, after] = [lexer.bytes[lexer.at], lexer.bytes[lexer.at + 1]];
  if (next === undefined || after === undefined) throw new EndOfBytes();
  if (next === 10) return lexer.at + 1;
  return next === 13 && after === 10 ? lexer.at + 2 : damaged("stream");
}

function endsStream(source: Source, end: number): boolean {
  return /^[\r\n ]{0,2}endstream/.test(latin1(source.read(end, Math.min(source.size, end + 16))));
}

function previousOf(trailer: Dictionary): number | undefined {
  const value = get(trailer, "Prev");
  return value === undefined ? undefined : (integer(value) ?? damaged("/Prev"));
}

function readSection(source: Source, offset: number): Section {
  return withWindow(source, offset, (lexer) => {
    lexer.skipWhite();
    if (lexer.bytes[lexer.at] === 0x78) return readTable(source, offset, lexer);
    return readStream(source, offset);
  });
}

function readTable(source: Source, offset: number, lexer: Lexer): Section {
  lexer.keyword("xref");
  const entries = new Map<number, Entry>();
  for (;;) {
    lexer.skipWhite();
    const back = lexer.at;
    const word = lexer.word();
    if (word === "trailer") break;
    lexer.at = back;
    const first = lexer.unsigned();
    const count = lexer.unsigned();
    if (entries.size + count > maximumEntries) damaged("cross-reference entries");
    for (let i = 0; i < count; i++) {
      const [at, generation] = [lexer.unsigned(), lexer.unsigned()];
      lexer.skipWhite();
      const kind = lexer.word();
      if (kind !== "n" && kind !== "f") damaged("cross-reference entry");
      if (entries.has(first + i)) damaged("cross-reference entry");
      entries.set(first + i, kind === "n" ? { kind: "offset", offset: at, generation } : { kind: "free" });
    }
  }
  const trailer = lexer.object();
  if (trailer.type !== "dictionary") return damaged("trailer");
  const hybrid = get(trailer, "XRefStm");
  if (hybrid !== undefined) {
    // Objects that only newer readers see (7.5.8.4): the table has them as free.
    const hidden = readStream(source, integer(hybrid) ?? damaged("/XRefStm"));
    for (const [number, entry] of hidden.entries) {
      const listed = entries.get(number);
      if (listed === undefined || listed.kind === "free") entries.set(number, entry);
    }
  }
  return { offset, stream: false, trailer, entries, previous: previousOf(trailer) };
}

function readStream(source: Source, offset: number): Section {
  return withWindow(source, offset, (lexer, base) => {
    lexer.unsigned();
    lexer.unsigned();
    lexer.keyword("obj");
    const dictionary = lexer.object();
    lexer.keyword("stream");
    if (dictionary.type !== "dictionary" || !isName(get(dictionary, "Type"), "XRef")) return damaged("cross-reference stream");
    const begin = base + dataBegin(lexer);
    const end = begin + (integer(get(dictionary, "Length")) ?? damaged("stream length"));
    if (end > source.size || !endsStream(source, end)) damaged("stream length");
    const data = decodeStream(dictionary, source.read(begin, end), (object) => (object?.type === "reference" ? damaged("cross-reference stream") : object));
    return { offset, stream: true, trailer: dictionary, entries: streamEntries(dictionary, data), previous: previousOf(dictionary) };
  });
}

function streamEntries(dictionary: Dictionary, data: Uint8Array): Map<number, Entry> {
  const widths = get(dictionary, "W");
  const sizes = widths?.type === "array" ? widths.value.map((one) => integer(one) ?? damaged("/W")) : [];
  if (sizes.length !== 3 || sizes.some((size) => size > 8)) damaged("/W");
  const [a, b, c] = sizes as [number, number, number];
  const index = get(dictionary, "Index");
  const runs = index?.type === "array" ? index.value.map((one) => integer(one) ?? damaged("/Index"))
    : [0, integer(get(dictionary, "Size")) ?? damaged("/Size")];
  const entries = new Map<number, Entry>();
  let at = 0;
  const field = (size: number): number => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + data[at++]!;
    return value;
  };
  for (let run = 0; run + 1 < runs.length; run += 2) {
    const [first, count] = [runs[run]!, runs[run + 1]!];
    if (entries.size + count > maximumEntries || at + count * (a + b + c) > data.length) damaged("cross-reference entries");
    for (let i = 0; i < count; i++) {
      const kind = a === 0 ? 1 : field(a);
      const [second, third] = [field(b), field(c)];
      if (entries.has(first + i)) damaged("cross-reference entry");
      if (kind === 1) entries.set(first + i, { kind: "offset", offset: second, generation: third });
      else if (kind === 2) entries.set(first + i, { kind: "packed", stream: second, index: third });
      else entries.set(first + i, { kind: "free" });
    }
  }
  return entries;
}


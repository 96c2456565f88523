// What a seal revision says, read from its objects: docs/code-format.md, 8.8, step 5. Nothing is checked by it: the revision is
// written again from these values and compared.

import { get, isName, type Dictionary, type PdfObject } from "./object";
import { PdfDocument } from "./document";

/** An object of the revision is not what issuing writes there. */
export class ShapeError extends Error {
  constructor(readonly object: number) {
    super(`object ${object}`);
  }
}

export interface Stamp {
  /** Object number of the page. */
  readonly page: number;
  readonly left: string;
  readonly bottom: string;
  readonly width: string;
  readonly height: string;
  readonly code: Uint8Array;
  readonly contents: Uint8Array;
  /** The appearance's data, compressed. */
  readonly data: Uint8Array;
}

export interface Font {
  readonly name: string;
  readonly widths: PdfObject;
  /** Of the descriptor's nine keys those that are there, in their order. */
  readonly descriptor: readonly (readonly [string, PdfObject])[];
  readonly program: Uint8Array;
  readonly programLength: string;
  readonly unicodeMap: Uint8Array;
  readonly glyphSet: Uint8Array;
}

export interface Seal {
  readonly subFilter: string;
  readonly time: Uint8Array;
  readonly contents: Uint8Array;
  readonly byteRange: readonly string[];
}

export interface RevisionValues {
  readonly first: number;
  readonly record: Uint8Array;
  readonly stamps: readonly Stamp[];
  readonly fonts: readonly [Font, Font];
  readonly seal: Seal | undefined;
  /** How many fields for countersignatures it has, empty ones. */
  readonly countersign: number;
}

const mostCountersignFields = 64;

export const descriptorKeys = [
  "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "CapHeight", "StemV", "FontWeight", "XHeight",
] as const;

class Reader {
  constructor(private readonly document: PdfDocument) {}

  dictionary(number: number): Dictionary {
    const value = this.document.object(number)?.value;
    return value?.type === "dictionary" ? value : this.wrong(number);
  }

  data(number: number): Uint8Array {
    const object = this.document.object(number);
    return (object && this.document.data(object)) ?? this.wrong(number);
  }

  wrong(number: number): never {
    throw new ShapeError(number);
  }

  bytes(number: number, key: string): Uint8Array {
    const value = get(this.dictionary(number), key);
    return value?.type === "string" ? value.value : this.wrong(number);
  }

  numbers(number: number, key: string): string[] {
    const value = get(this.dictionary(number), key);
    if (value?.type !== "array" || value.value.length !== 4) return this.wrong(number);
    return value.value.map((one) => (one.type === "number" ? one.token : this.wrong(number)));
  }

  stamp(annotation: number): Stamp {
    const [left, bottom] = this.numbers(annotation, "Rect") as [string, string];
    const [, , width, height] = this.numbers(annotation + 1, "BBox") as [string, string, string, string];
    const page = get(this.dictionary(annotation), "P");
    return {
      page: page?.type === "reference" ? page.number : this.wrong(annotation), left, bottom, width, height,
      code: this.bytes(annotation, "SJCode"), contents: this.bytes(annotation, "Contents"), data: this.data(annotation + 1),
    };
  }

  font(first: number): Font {
    const name = get(this.dictionary(first), "BaseFont");
    const widths = get(this.dictionary(first + 1), "W");
    const length = get(this.dictionary(first + 3), "Length1");
    if (name?.type !== "name" || !isPlain(widths, 2) || length?.type !== "number") return this.wrong(first);
    const descriptor = descriptorKeys.flatMap((key) => {
      const value = get(this.dictionary(first + 2), key);
      if (value !== undefined && !isPlain(value, 2)) this.wrong(first + 2);
      return value === undefined ? [] : [[key, value] as const];
    });
    return {
      name: name.value, widths: widths!, descriptor, program: this.data(first + 3), programLength: length.token,
      unicodeMap: this.data(first + 4), glyphSet: this.data(first + 5),
    };
  }

  seal(number: number): Seal {
    const subFilter = get(this.dictionary(number), "SubFilter");
    return {
      subFilter: subFilter?.type === "name" ? subFilter.value : this.wrong(number), time: this.bytes(number, "M"),
      contents: this.bytes(number, "Contents"), byteRange: this.numbers(number, "ByteRange"),
    };
  }
}

/** Numbers, names, and arrays of these, at most `depth` deep. */
function isPlain(object: PdfObject | undefined, depth: number): boolean {
  if (object?.type === "number" || object?.type === "name") return true;
  return object?.type === "array" && depth > 0 && object.value.every((one) => isPlain(one, depth - 1));
}

/** Reads the newest section of `whole` as a seal revision behind `base`. Throws ShapeError or PdfError. */
export function readRevision(whole: PdfDocument, base: PdfDocument): RevisionValues {
  const first = base.firstFree;
  const section = whole.sections[0]!;
  for (const [number, entry] of section.entries)
    if (entry.kind !== "offset" || entry.generation !== 0) throw new ShapeError(number);
  const numbers = [...section.entries.keys()];
  const below = numbers.filter((number) => number < first).length;
  const added = numbers.length - below - (section.stream ? 1 : 0);
  for (let number = first; number < first + added + (section.stream ? 1 : 0); number++)
    if (!section.entries.has(number)) throw new ShapeError(number);
  // 13 + 2n objects for n pages; with a seal 17 + 2n and a field for each countersignature, and the catalog among those below.
  const sealed = added !== 13 + 2 * below;
  const stampCount = sealed ? below - 1 : below;
  const countersign = sealed ? added - 17 - 2 * stampCount : 0;
  if (stampCount < 1 || countersign < 0 || countersign > mostCountersignFields) throw new ShapeError(numbers[0] ?? first);
  const reader = new Reader(whole);
  if (!isName(get(reader.dictionary(first), "Type"), "SJRecord")) throw new ShapeError(first);
  const stamps = Array.from({ length: stampCount }, (_, i) => reader.stamp(first + 1 + 2 * i));
  if (new Set(stamps.map((stamp) => stamp.page)).size !== stampCount) throw new ShapeError(first + 1);
  const fontsAt = first + 1 + 2 * stampCount;
  return {
    first, record: reader.data(first), stamps, fonts: [reader.font(fontsAt), reader.font(fontsAt + 6)],
    seal: sealed ? reader.seal(fontsAt + 12) : undefined, countersign,
  };
}


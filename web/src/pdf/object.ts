// The objects of a PDF (ISO 32000-2, 7.3), as they are read: numbers as written, names and strings decoded.

export type PdfObject =
  | { readonly type: "null" }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "number"; readonly token: string }
  | { readonly type: "string"; readonly value: Uint8Array }
  /** One character for each byte. */
  | { readonly type: "name"; readonly value: string }
  | { readonly type: "array"; readonly value: readonly PdfObject[] }
  | Dictionary
  | { readonly type: "reference"; readonly number: number; readonly generation: number };

export interface Dictionary {
  readonly type: "dictionary";
  /** In the order of the file, a key that stands twice included. */
  readonly entries: readonly (readonly [string, PdfObject])[];
}

/** An object with its number; with the place of its data where it is a stream. */
export interface IndirectObject {
  readonly value: PdfObject;
  readonly data?: { readonly begin: number; readonly end: number };
}

export class PdfError extends Error {
  /** `what` is an English word or two for the sentence's gap. */
  constructor(readonly what: string) {
    super(what);
    this.name = "PdfError";
  }
}

export const damaged = (what: string): never => {
  throw new PdfError(what);
};

export const name = (value: string): PdfObject => ({ type: "name", value });
export const number = (token: number | string): PdfObject => ({ type: "number", token: String(token) });
export const text = (value: Uint8Array): PdfObject => ({ type: "string", value });
export const array = (value: readonly PdfObject[]): PdfObject => ({ type: "array", value });
export const reference = (to: number): PdfObject => ({ type: "reference", number: to, generation: 0 });
export const dictionary = (...entries: readonly (readonly [string, PdfObject])[]): Dictionary => ({ type: "dictionary", entries });

/** The first entry of that name. */
export function get(object: PdfObject | undefined, key: string): PdfObject | undefined {
  return object?.type === "dictionary" ? object.entries.find(([own]) => own === key)?.[1] : undefined;
}

/** A non-negative integer as it is written in a PDF; undefined for everything else. */
export function integer(object: PdfObject | undefined): number | undefined {
  if (object?.type !== "number" || !/^\+?[0-9]{1,15}$/.test(object.token)) return undefined;
  return Number(object.token);
}

export function real(object: PdfObject | undefined): number | undefined {
  return object?.type === "number" ? Number(object.token) : undefined;
}

export const isName = (object: PdfObject | undefined, value: string): boolean =>
  object?.type === "name" && object.value === value;

/** The dictionary with `key` at the place of its first entry of that name, or appended. */
export function withEntry(object: Dictionary, key: string, value: PdfObject): Dictionary {
  const at = object.entries.findIndex(([own]) => own === key);
  const entries = [...object.entries];
  if (at >= 0) entries[at] = [key, value];
  else entries.push([key, value]);
  return { type: "dictionary", entries };
}

export function hasDuplicateKey(object: Dictionary): boolean {
  return new Set(object.entries.map(([key]) => key)).size !== object.entries.length;
}

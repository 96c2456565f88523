// The content of an entry symbol: one record entry with its path. docs/code-format.md, section 7.

import type { DigestName } from "../crypto/digest";
import { equal } from "./bytes";
import { decode, type Item } from "./cbor";
import type { Claims } from "./claims";
import { decodeCodeNumber } from "./code_number";
import { fail } from "./format_error";
import { leafHash, pathSides, rootOfPath } from "./merkle";
import { checkEntry, pageBase, type RecordEntry } from "./record";

export interface Disclosure {
  readonly issuer: string;
  readonly code: string;
  readonly index: bigint;
  readonly entries: bigint;
  readonly entry: Item;
  /** The entry's bytes, over which its leaf goes. */
  readonly encoded: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** Errors: cbor.*, disclosure.structure, number.*. By itself it proves nothing. */
export function decodeDisclosure(bytes: Uint8Array): Disclosure {
  const whole = decode(bytes);
  if (whole.type !== "array" || whole.value.length !== 6) return fail("disclosure.structure");
  const [issuer, code, index, entries, entry, path] = whole.value as [Item, Item, Item, Item, Item, Item];
  if (issuer.type !== "text" || code.type !== "bytes" || code.value.length !== 12 || index.type !== "uint" ||
      entries.type !== "uint" || entry.type !== "array" || path.type !== "array") {
    return fail("disclosure.structure");
  }
  const siblings = path.value.map((item) =>
    item.type === "bytes" && item.value.length === 32 ? item.value : fail("disclosure.structure"));
  return {
    issuer: issuer.value, code: decodeCodeNumber(code.value), index: index.value, entries: entries.value, entry,
    encoded: bytes.subarray(entry.start, entry.end), path: siblings,
  };
}

/** What kind of entry it says it is, before anything is proved: a key of section 5, or undefined. */
export function claimedKey(disclosure: Disclosure): number | undefined {
  const key = disclosure.entry.type === "array" ? disclosure.entry.value[1] : undefined;
  return key?.type === "uint" && key.value < 1n << 32n ? Number(key.value) : undefined;
}

function isRightIndex(key: number, index: number, claims: Claims): boolean {
  const firstPage = claims.entries - claims.pages;
  if (key <= 12) return index === key - 1;
  if (key < pageBase) return index >= 12 && index < firstPage;
  return key - pageBase <= claims.pages && index === firstPage + key - pageBase - 1;
}

/**
 * The entry, if it belongs to the report code whose claims these are.
 * Errors: disclosure.code, .entries, record.*, disclosure.index, .path, .digest.
 */
export function openDisclosure(
  disclosure: Disclosure, claims: Claims, name: DigestName,
): RecordEntry & { leaf: Uint8Array } {
  if (disclosure.issuer !== claims.issuer || disclosure.code !== claims.code) fail("disclosure.code");
  if (disclosure.entries !== BigInt(claims.entries)) fail("disclosure.entries");
  const entry = checkEntry(disclosure.entry);
  if (disclosure.index >= BigInt(claims.entries)) fail("disclosure.index");
  const index = Number(disclosure.index);
  if (!isRightIndex(entry.key, index, claims)) fail("disclosure.index");
  if (pathSides(index, claims.entries).length !== disclosure.path.length) fail("disclosure.path");
  const leaf = leafHash(name, disclosure.encoded);
  if (!equal(rootOfPath(name, leaf, index, claims.entries, disclosure.path), claims.record)) fail("disclosure.digest");
  return { ...entry, leaf };
}

// The record: an array of salted entries under a Merkle root. docs/code-format.md, section 5.

import type { DigestName } from "../crypto/digest";
import { equal } from "./bytes";
import { decode, recordLimit, type Item } from "./cbor";
import type { Claims } from "./claims";
import { fail } from "./format_error";
import { leafHash, merkleRoot } from "./merkle";
import { hasRightForm } from "./report_number";

export const entryNames: Readonly<Record<number, string>> = {
  1: "original", 2: "institution", 3: "appraisers", 4: "categories", 5: "matter", 6: "commissioner", 7: "accepted",
  8: "opinion", 9: "case", 10: "copies", 11: "use", 12: "text",
};
export const stampsKey = 64;
export const sealKey = 65;
export const pageBase = 1000;

const nullable = new Set([5, 6, 9, 10, 11, 12]);
const commissionerKinds = new Set(["court", "organ", "organisation", "person", "joint"]);
// 00:00 +08:00 of 9999-12-31: no calendar of four digits holds a later day.
const lastDay = 253_402_185_600n;

export interface RecordEntry {
  readonly key: number;
  readonly value: Item;
}

const valueError = (): never => fail("record.value");
const isText = (item: Item | undefined): boolean => item?.type === "text" && item.value !== "";
const isDigest = (item: Item | undefined): boolean => item?.type === "bytes" && item.value.length === 32;
const list = (item: Item): readonly Item[] => (item.type === "array" ? item.value : valueError());

function isDay(item: Item): boolean {
  return item.type === "uint" && (item.value + 28_800n) % 86_400n === 0n && item.value <= lastDay;
}

function isRightValue(key: number, item: Item): boolean {
  switch (key) {
    case 1: {
      const [digest, length, ...rest] = list(item);
      return isDigest(digest) && length?.type === "uint" && length.value >= 1n && rest.length === 0;
    }
    case 2:
    case 12:
      return list(item).length === 2 && list(item).every(isText);
    case 3:
      return list(item).length >= 2 && list(item).every((one) => list(one).length === 2 && list(one).every(isText));
    case 4:
      return list(item).length >= 1 && list(item).every((one) => one.type === "uint");
    case 5:
    case 8:
    case 11:
      return isText(item);
    case 6: {
      const [kind, name, ...rest] = list(item);
      return kind?.type === "text" && commissionerKinds.has(kind.value) && isText(name) && rest.length === 0;
    }
    case 7:
      return isDay(item);
    case 9:
      return item.type === "bytes" && item.value.length > 0;
    case 10:
      return item.type === "uint";
    default:
      // Extensions may be anything; 64 and 65 are looked at where there is a seal revision to compare them with.
      return key >= pageBase ? isDigest(item) : true;
  }
}

/** One entry by itself: structure, salt, key, null, value, in this order. */
export function checkEntry(entry: Item): RecordEntry {
  if (entry.type !== "array" || entry.value.length !== 3) return fail("record.structure");
  const [salt, keyItem, value] = entry.value as [Item, Item, Item];
  if (salt.type !== "bytes" || salt.value.length !== 16) fail("record.salt");
  if (keyItem.type !== "uint" || keyItem.value > 0xffff_ffffn) return fail("record.key");
  const key = Number(keyItem.value);
  if (key === 0 || (key > 12 && key < 64) || key === pageBase) fail("record.key");
  const mayBeNull = nullable.has(key) || key >= 64;
  if (value.type === "null") {
    if (!mayBeNull) fail("record.null");
  } else if (!isRightValue(key, value)) {
    valueError();
  }
  return { key, value };
}

export class ReportRecord {
  private constructor(
    readonly digestName: DigestName,
    readonly entries: readonly RecordEntry[],
    readonly leaves: readonly Uint8Array[],
    readonly digest: Uint8Array,
    readonly pages: number,
  ) {}

  /** Errors: cbor.*, record.structure, .salt, .key, .null, .value. */
  static decode(bytes: Uint8Array, digestName: DigestName): ReportRecord {
    const whole = decode(bytes, recordLimit);
    if (whole.type !== "array") return fail("record.structure");
    const entries = whole.value.map(checkEntry);
    const pages = checkOrder(entries.map((entry) => entry.key));
    const leaves = whole.value.map((item) => leafHash(digestName, bytes.subarray(item.start, item.end)));
    return new ReportRecord(digestName, entries, leaves, merkleRoot(digestName, leaves), pages);
  }

  value(key: number): Item | undefined {
    return this.entries.find((entry) => entry.key === key)?.value;
  }

  /** The text at `index` of the array that entry `key` is; undefined where there is none. */
  text(key: number, index: number): string | undefined {
    const item = this.value(key);
    const part = item?.type === "array" ? item.value[index] : undefined;
    return part?.type === "text" ? part.value : undefined;
  }

  get institution(): string {
    return this.text(2, 0)!;
  }

  get shortName(): string {
    return this.text(2, 1)!;
  }

  get original(): { digest: Uint8Array; length: bigint } {
    const item = this.value(1)!;
    const [digest, length] = (item as Extract<Item, { type: "array" }>).value;
    return {
      digest: (digest as Extract<Item, { type: "bytes" }>).value,
      length: (length as Extract<Item, { type: "uint" }>).value,
    };
  }

  /** Whether the record is the one that the claims name. Errors: record.entries, .pages, .digest, .category, claims.number. */
  checkAgainst(claims: Claims): void {
    if (this.entries.length !== claims.entries) fail("record.entries");
    if (this.pages !== claims.pages) fail("record.pages");
    if (!equal(this.digest, claims.record)) fail("record.digest");
    const categories = this.value(4) as Extract<Item, { type: "array" }>;
    const listed = categories.value.some((item) => item.type === "uint" && item.value === BigInt(claims.category));
    if (claims.category !== 0 && !listed) fail("record.category");
    if (!hasRightForm(claims.number, this.shortName)) fail("claims.number");
  }
}

/** Keys 1 to 12, then extensions ascending, then pages from 1 without a gap. Gives the number of pages. */
function checkOrder(keys: readonly number[]): number {
  let at = 0;
  while (at < 12) if (keys[at] !== ++at) fail("record.key");
  let last = 0;
  for (; at < keys.length && keys[at]! < pageBase; at++) {
    if (keys[at]! <= Math.max(last, 12)) fail("record.key");
    last = keys[at]!;
  }
  const pages = keys.length - at;
  for (let page = 1; page <= pages; page++) if (keys[at + page - 1] !== pageBase + page) fail("record.key");
  return pages;
}

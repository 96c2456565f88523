// Records of a trust list: docs/trust-list.md, section 4. What does not keep its rules is refused as a whole.

import { readPublicKey } from "../crypto/public_key";
import type { PublicKey } from "../crypto/signature";
import { utf8 } from "../format/bytes";
import { showCategory } from "../format/category";
import { decode, type Item } from "../format/cbor";
import { attempt, fail } from "../format/format_error";

/** Seconds since 1970; holds from `from` on, up to and without `until`. */
export interface Period {
  readonly from: number;
  readonly until: number | null;
}

export interface DatedName extends Period {
  readonly name: string;
  readonly shortName: string;
}

export interface DatedCategory extends Period {
  readonly category: number;
}

export interface DatedKey extends Period {
  /** Undefined for a key of an algorithm that this version does not know. */
  readonly key: PublicKey | undefined;
  readonly invalidSince: number | null;
}

export interface DatedHost extends Period {
  readonly host: string;
}

export interface DatedReference extends Period {
  readonly id: string;
}

export interface StatusEvent extends Period {
  readonly kind: string;
  readonly category: number | null;
  readonly authority: string;
  readonly document: string;
  readonly keeper: string;
}

/** One shape for authorities, institutions and appraisers: what a kind of record does not have is empty. */
export interface TrustRecord {
  readonly id: string;
  readonly names: readonly DatedName[];
  readonly licensed: readonly Period[];
  readonly categories: readonly DatedCategory[];
  readonly keys: readonly DatedKey[];
  readonly hosts: readonly DatedHost[];
  readonly signers: readonly DatedReference[];
  readonly seals: readonly Period[];
  readonly events: readonly StatusEvent[];
  readonly institutions: readonly DatedReference[];
  readonly uscc: string;
}

export type RecordKind = "authority" | "institution" | "appraiser";

// By their numbers, from 1; the names are those of the sentences event.*.
const eventKinds = [
  "suspended", "closed", "registration-revoked", "cancelled", "licence-revoked", "blacklisted", "commissioning-stopped",
] as const;
const keysOf: Readonly<Record<RecordKind, ReadonlySet<number>>> = {
  authority: new Set([1, 2, 5, 6]),
  institution: new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  appraiser: new Set([1, 2, 3, 4, 9, 11]),
};
const recordLimit = 262_144;
const lastReservedKey = 23n;
const lastTime = 253_402_300_799n;
const mostEntries = 1000;
const longestText = 512;
const longestKey = 256;

export const forbidsPractice = (kind: string): boolean => kind !== "blacklisted" && kind !== "commissioning-stopped";
export const covers = (period: Period, time: number): boolean =>
  period.from <= time && (period.until === null || time < period.until);

const malformed = (): never => fail("trust-record.form");
const text = (item: Item): string => (item.type === "text" ? item.value : malformed());

function time(item: Item): number {
  return item.type === "uint" && item.value <= lastTime ? Number(item.value) : malformed();
}

function period(from: Item, until: Item): Period {
  return { from: time(from), until: until.type === "null" ? null : time(until) };
}

function category(item: Item): number {
  return item.type === "uint" && item.value <= 0xffff_ffffn ? Number(item.value) : malformed();
}

function event(kind: Item, of: Item, from: Item, until: Item, authority: Item, document: Item, keeper: Item): StatusEvent {
  if (kind.type !== "uint" || kind.value > 255n) return malformed();
  return {
    kind: eventKinds[Number(kind.value) - 1] ?? "", category: of.type === "null" ? null : category(of),
    ...period(from, until), authority: text(authority), document: text(document), keeper: text(keeper),
  };
}

/** A list of tuples of `size` items; what is empty is left out, so an empty list is refused. */
function tuples<T>(item: Item | undefined, size: number, read: (...parts: Item[]) => T): readonly T[] {
  if (item === undefined) return [];
  if (item.type !== "array" || item.value.length === 0 || item.value.length > mostEntries) return malformed();
  return item.value.map((one) => (one.type === "array" && one.value.length === size ? read(...one.value) : malformed()));
}

const reference = (id: Item, from: Item, until: Item): DatedReference => ({ id: text(id), ...period(from, until) });

interface ReadKey extends DatedKey {
  readonly size: number;
}

function datedKey(key: Item, from: Item, until: Item, since: Item): ReadKey {
  if (key.type !== "bytes") return malformed();
  return {
    key: readPublicKey(key.value), size: key.value.length, ...period(from, until),
    invalidSince: since.type === "null" ? null : time(since),
  };
}

function checkPeriods(all: readonly Period[], apart: boolean): void {
  for (const one of all) if (one.until !== null && one.until <= one.from) fail("trust-record.period");
  if (!apart) return;
  // Two of them never hold at one time: else nobody could say which one does.
  all.forEach((a, i) => {
    for (const b of all.slice(i + 1)) if (covers(a, b.from) || covers(b, a.from)) fail("trust-record.overlap");
  });
}

function checkText(value: string, needed: boolean): void {
  if ((needed && value === "") || utf8(value).length > longestText) fail("trust-record.text");
}

function checkCategory(value: number): void {
  if ("error" in attempt(() => showCategory(value))) fail("trust-record.category");
}

function check(record: TrustRecord, keys: readonly ReadKey[], kind: RecordKind): void {
  if (!/^[0-9A-Za-z.-]{1,64}$/.test(record.id)) fail("trust-record.id");
  if (record.names.length === 0) fail("trust-record.names");
  for (const one of record.names) {
    checkText(one.name, true);
    checkText(one.shortName, kind === "institution");
  }
  checkPeriods(record.names, true);
  checkPeriods(record.licensed, true);
  for (const one of record.categories) checkCategory(one.category);
  checkPeriods(record.categories, false);
  for (const one of keys) if (one.size === 0 || one.size > longestKey) fail("trust-record.key");
  checkPeriods(record.keys, false);
  for (const one of record.hosts) if (!/^[0-9a-z.-]{1,253}$/.test(one.host)) fail("trust-record.host");
  checkPeriods(record.hosts, false);
  for (const one of [...record.signers, ...record.institutions])
    if (one.id === "" || utf8(one.id).length > 64) fail("trust-record.id");
  checkPeriods(record.signers, false);
  checkPeriods(record.institutions, false);
  checkPeriods(record.seals, true);
  for (const one of record.events) {
    if (one.kind === "") fail("trust-record.newer-format");
    if (one.category !== null) checkCategory(one.category);
    checkText(one.authority, true);
    checkText(one.document, false);
    checkText(one.keeper, false);
  }
  checkPeriods(record.events, false);
}

/** Errors: trust-record.form, .newer-format, .id, .names, .text, .period, .overlap, .category, .key, .host. */
export function decodeRecord(bytes: Uint8Array, kind: RecordKind): TrustRecord {
  const whole = attempt(() => decode(bytes, recordLimit));
  return "error" in whole ? malformed() : recordFrom(whole.value, kind);
}

/** The same of an item that was decoded already. */
export function recordFrom(whole: Item, kind: RecordKind): TrustRecord {
  if (whole.type !== "map") return malformed();
  const items = new Map<number, Item>();
  for (const [key, value] of whole.value) {
    if (key.type !== "uint") return malformed();
    if (key.value > lastReservedKey) continue;
    if (!keysOf[kind].has(Number(key.value))) fail("trust-record.newer-format");
    items.set(Number(key.value), value);
  }
  const id = items.get(1);
  const uscc = items.get(10);
  if (uscc !== undefined && text(uscc) === "") return malformed();
  const keys = tuples(items.get(5), 4, datedKey as (...parts: Item[]) => ReadKey);
  const record: TrustRecord = {
    id: id === undefined ? "" : text(id),
    names: tuples(items.get(2), 4, (name, short, from, until) =>
      ({ name: text(name!), shortName: text(short!), ...period(from!, until!) })),
    licensed: tuples(items.get(3), 2, (from, until) => period(from!, until!)),
    categories: tuples(items.get(4), 3, (of, from, until) => ({ category: category(of!), ...period(from!, until!) })),
    keys,
    hosts: tuples(items.get(6), 3, (host, from, until) => ({ host: text(host!), ...period(from!, until!) })),
    signers: tuples(items.get(7), 3, reference as (...parts: Item[]) => DatedReference),
    seals: tuples(items.get(8), 2, (from, until) => period(from!, until!)),
    events: tuples(items.get(9), 7, event as (...parts: Item[]) => StatusEvent),
    institutions: tuples(items.get(11), 3, reference as (...parts: Item[]) => DatedReference),
    uscc: uscc === undefined ? "" : text(uscc),
  };
  check(record, keys, kind);
  return record;
}

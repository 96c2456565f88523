// The head of a trust list, of which nothing is verified here: docs/trust-list.md, section 2.

import { digest, type DigestName } from "../crypto/digest";
import { readPublicKey, writePublicKey } from "../crypto/public_key";
import { digestOf, type PublicKey } from "../crypto/signature";
import { compare, toHex, utf8 } from "../format/bytes";
import { decode, type Item } from "../format/cbor";
import { decodeSign1, type Sign1 } from "../format/cose";
import { attempt, fail } from "../format/format_error";
import { blockLimit, type BlockEntry } from "./trust_list_block";
import type { RecordKind } from "./trust_record";

export interface TrustListInfo {
  readonly id: string;
  readonly publisher: string;
  /** Beginnings of the licence numbers that it answers for; empty: all. */
  readonly regions: readonly string[];
  readonly number: bigint;
  readonly issued: number;
  /** Stale from then on. */
  readonly nextUpdate: number;
}

export type TableName = RecordKind | "host";
export const tableNames: readonly TableName[] = ["authority", "institution", "appraiser", "host"];

export interface Table {
  readonly records: bigint;
  readonly blocks: readonly BlockEntry[];
}

export const headLimit = 16 * 1024 * 1024;
const lastTime = 253_402_300_799n;
const mostRootChanges = 64;
const mostRegions = 100;
const lastReservedKey = 23n;
const lastKnownKey = 9n;

const malformed = (reason: string): never => fail("trust-list.format", { reason });

/** SHA-256 of the SubjectPublicKeyInfo, hexadecimal: what is pinned. */
export const fingerprintOf = (key: PublicKey): string => toHex(digest("sha256", writePublicKey(key)));

function sign1(bytes: Uint8Array, limit: number): Sign1 {
  const parts = attempt(() => decodeSign1(bytes, limit));
  return "value" in parts ? parts.value : malformed(parts.error.code);
}

const missing = (): never => malformed("trust-list.info");
export const textOf = (item: Item | undefined): string => (item?.type === "text" && item.value !== "" ? item.value : missing());
export const timeOf = (item: Item | undefined): number =>
  item?.type === "uint" && item.value <= lastTime ? Number(item.value) : missing();
export const keyOf = (item: Item | undefined): PublicKey =>
  (item?.type === "bytes" ? readPublicKey(item.value) : undefined) ?? malformed("key.format");

function listOf<T>(item: Item | undefined, most: number, read: (one: Item) => T): readonly T[] {
  if (item === undefined) return [];
  if (item.type !== "array" || item.value.length === 0 || item.value.length > most) return missing();
  return item.value.map(read);
}

function readTable(item: Item | undefined, begin: number): { table: Table; end: number } {
  const wrong = (): never => malformed("trust-list.tables");
  if (item?.type !== "array" || item.value.length !== 2) return wrong();
  const [records, entries] = item.value as [Item, Item];
  if (records.type !== "uint" || entries.type !== "array" || (records.value === 0n) !== (entries.value.length === 0)) return wrong();
  let offset = begin;
  const blocks = entries.value.map((entry): BlockEntry => {
    if (entry.type !== "array" || entry.value.length !== 3) return wrong();
    const [name, size, hash] = entry.value as [Item, Item, Item];
    if (name.type !== "text" || name.value === "" || size.type !== "uint" || size.value === 0n) return wrong();
    if (size.value > BigInt(blockLimit) || hash.type !== "bytes" || hash.value.length !== 32) return wrong();
    const block = { first: utf8(name.value), offset, size: Number(size.value), digest: hash.value };
    offset += block.size;
    return block;
  });
  // Ascending, so that a search finds the one block in which an identifier must stand.
  for (let i = 1; i < blocks.length; i++) if (compare(blocks[i - 1]!.first, blocks[i]!.first) >= 0) return wrong();
  return { table: { records: records.value, blocks }, end: offset };
}

export interface TrustListHead {
  readonly info: TrustListInfo;
  readonly root: PublicKey;
  readonly rootChanges: readonly Uint8Array[];
  readonly tables: Readonly<Record<TableName, Table>>;
  readonly bodySize: number;
  readonly signed: Sign1;
}

/** All blocks, in the body's order. */
export const blocksOf = (tables: TrustListHead["tables"]): readonly BlockEntry[] => tableNames.flatMap((name) => tables[name].blocks);

/** What the blocks under a root key are digested with. */
export const blockDigestOf = (root: PublicKey): DigestName => digestOf(root.algorithm)!;

/** Errors: trust-list.format ({reason}), .newer-format. */
export function readHead(head: Uint8Array): TrustListHead {
  const signed = sign1(head, headLimit);
  const payload = attempt(() => decode(signed.payload, headLimit));
  if ("error" in payload) return malformed(payload.error.code);
  if (payload.value.type !== "map") return malformed("cose.structure");
  const items = new Map<bigint, Item>();
  for (const [key, value] of payload.value.value) {
    if (key.type !== "uint") return malformed("cose.structure");
    if (key.value > lastReservedKey) continue;
    if (key.value < 1n || key.value > lastKnownKey) fail("trust-list.newer-format");
    items.set(key.value, value);
  }
  const number = items.get(4n);
  const info: TrustListInfo = {
    id: textOf(items.get(1n)), publisher: textOf(items.get(2n)), regions: listOf(items.get(3n), mostRegions, textOf),
    number: number?.type === "uint" ? number.value : missing(), issued: timeOf(items.get(5n)), nextUpdate: timeOf(items.get(6n)),
  };
  const root = keyOf(items.get(7n));
  const rootChanges = listOf(items.get(8n), mostRootChanges, (one) => (one.type === "bytes" ? one.value : missing()));
  const tables = items.get(9n);
  if (tables?.type !== "array" || tables.value.length !== tableNames.length) return malformed("trust-list.tables");
  let end = 0;
  const read = {} as Record<TableName, Table>;
  tableNames.forEach((name, i) => {
    const one = readTable(tables.value[i], end);
    read[name] = one.table;
    end = one.end;
  });
  return { info, root, rootChanges, tables: read, bodySize: end, signed };
}

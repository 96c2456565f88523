// A signed trust list: docs/trust-list.md, sections 1 to 3 and 5. The head is verified once, then each block that is read by
// its digest; so a page loads a few kilobytes of a national list, and all of it stands under the one signature.

import { digest, type DigestName } from "../crypto/digest";
import { readPublicKey, writePublicKey } from "../crypto/public_key";
import { digestOf, verifySignature, type PublicKey } from "../crypto/signature";
import { compare, equal, toHex, utf8 } from "../format/bytes";
import { codeLimit, decode, type Item } from "../format/cbor";
import { decodeSign1, signedBytes, type Sign1 } from "../format/cose";
import { attempt, fail } from "../format/format_error";
import { decodeRecord, type RecordKind, type TrustRecord } from "./trust_record";

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

export interface BlockEntry {
  readonly first: Uint8Array;
  readonly offset: number;
  readonly size: number;
  readonly digest: Uint8Array;
}

export type TableName = RecordKind | "host";
const tableNames: readonly TableName[] = ["authority", "institution", "appraiser", "host"];

interface Table {
  readonly records: bigint;
  readonly blocks: readonly BlockEntry[];
}

export const headLimit = 16 * 1024 * 1024;
const blockLimit = 1_048_576;
const listContext = "sjcode/trust-list/1";
const rootContext = "sjcode/trust-root/1";
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

const info = (): never => malformed("trust-list.info");
const textOf = (item: Item | undefined): string => (item?.type === "text" && item.value !== "" ? item.value : info());
const timeOf = (item: Item | undefined): number =>
  item?.type === "uint" && item.value <= lastTime ? Number(item.value) : info();
const keyOf = (item: Item | undefined): PublicKey =>
  (item?.type === "bytes" ? readPublicKey(item.value) : undefined) ?? malformed("key.format");

function listOf<T>(item: Item | undefined, most: number, read: (one: Item) => T): readonly T[] {
  if (item === undefined) return [];
  if (item.type !== "array" || item.value.length === 0 || item.value.length > most) return info();
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

interface RootChange {
  readonly list: string;
  readonly current: PublicKey;
  readonly next: PublicKey;
}

const sameKey = (a: PublicKey, b: PublicKey): boolean => a.algorithm === b.algorithm && equal(a.raw, b.raw);

function openRootChange(bytes: Uint8Array): RootChange {
  const opened = attempt((): RootChange | undefined => {
    const parts = decodeSign1(bytes, codeLimit);
    const payload = decode(parts.payload, codeLimit);
    if (payload.type !== "array" || payload.value.length !== 4) return undefined;
    const [list, current, next, when] = payload.value as [Item, Item, Item, Item];
    const change = { list: textOf(list), current: keyOf(current), next: keyOf(next) };
    timeOf(when);
    if (change.current.algorithm !== parts.algorithm) return undefined;
    return verifySignature(change.current, signedBytes(parts, rootContext), parts.signature) ? change : undefined;
  });
  return ("value" in opened ? opened.value : undefined) ?? fail("trust-list.root-change");
}

/** Whether the root is a pinned one, or a chain of changes leads there from a pinned one. */
function followRootChanges(changes: readonly Uint8Array[], list: string, root: PublicKey, pins: readonly string[]): void {
  const opened = changes.map(openRootChange);
  opened.forEach((change, i) => {
    const next = opened[i + 1]?.current ?? root;
    if (change.list !== list || !sameKey(change.next, next)) fail("trust-list.root-change");
  });
  if (pins.includes(fingerprintOf(root))) return;
  if (!opened.some((change) => pins.includes(fingerprintOf(change.current)))) fail("trust-list.root");
}

/** Where the bytes of the body come from. Gives undefined where they cannot be had. */
export type BlockSource = (block: BlockEntry) => Promise<Uint8Array | undefined>;

interface Records {
  readonly found: ReadonlyMap<string, Uint8Array>;
  readonly damaged: boolean;
}

export class TrustList {
  private readonly read = new Map<BlockEntry, Records>();

  private constructor(
    readonly info: TrustListInfo,
    readonly root: PublicKey,
    readonly bodySize: number,
    private readonly tables: Readonly<Record<TableName, Table>>,
    private readonly source: BlockSource,
  ) {}

  /**
   * `pins`: fingerprints; null accepts the root that the head names (its fingerprint is then for a person to compare).
   * Errors: trust-list.format ({reason}), .newer-format, .root, .root-change, .signature.
   */
  static open(head: Uint8Array, pins: readonly string[] | null, source: BlockSource): TrustList {
    const parts = sign1(head, headLimit);
    const payload = attempt(() => decode(parts.payload, headLimit));
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
    const listInfo: TrustListInfo = {
      id: textOf(items.get(1n)), publisher: textOf(items.get(2n)), regions: listOf(items.get(3n), mostRegions, textOf),
      number: number?.type === "uint" ? number.value : info(), issued: timeOf(items.get(5n)), nextUpdate: timeOf(items.get(6n)),
    };
    const root = keyOf(items.get(7n));
    const changes = listOf(items.get(8n), mostRootChanges, (one) => (one.type === "bytes" ? one.value : info()));
    const tables = items.get(9n);
    if (tables?.type !== "array" || tables.value.length !== tableNames.length) return malformed("trust-list.tables");
    let end = 0;
    const read = {} as Record<TableName, Table>;
    tableNames.forEach((name, i) => {
      const one = readTable(tables.value[i], end);
      read[name] = one.table;
      end = one.end;
    });
    followRootChanges(changes, listInfo.id, root, pins ?? [fingerprintOf(root)]);
    if (root.algorithm !== parts.algorithm || !verifySignature(root, signedBytes(parts, listContext), parts.signature))
      fail("trust-list.signature");
    return new TrustList(listInfo, root, end, read, source);
  }

  get institutions(): bigint {
    return this.tables.institution.records;
  }

  get appraisers(): bigint {
    return this.tables.appraiser.records;
  }

  get blocks(): readonly BlockEntry[] {
    return tableNames.flatMap((name) => this.tables[name].blocks);
  }

  answersFor(licence: string): boolean {
    return this.info.regions.length === 0 || this.info.regions.some((region) => licence.startsWith(region));
  }

  private blockOf(table: TableName, id: string): { block: BlockEntry; next: BlockEntry | undefined } | undefined {
    const blocks = this.tables[table].blocks;
    const wanted = utf8(id);
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(blocks[middle]!.first, wanted) <= 0) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : { block: blocks[low - 1]!, next: blocks[low] };
  }

  /** Brings in the block where an identifier would stand. False where its bytes cannot be had now. */
  async load(table: TableName, id: string): Promise<boolean> {
    const place = this.blockOf(table, id);
    if (place === undefined || this.read.has(place.block)) return true;
    const bytes = await this.source(place.block);
    if (bytes === undefined) return false;
    const digestName = digestOf(this.root.algorithm)!;
    const found = digestMatches(bytes, place.block, digestName) ? readBlock(bytes, place.block, place.next) : undefined;
    this.read.set(place.block, { found: found ?? new Map(), damaged: found === undefined });
    return true;
  }

  private bytesOf(table: TableName, id: string): Uint8Array | undefined {
    const place = this.blockOf(table, id);
    if (place === undefined) return undefined;
    const records = this.read.get(place.block);
    if (records === undefined) return fail("trust-list.unreachable");
    if (records.damaged) return fail("trust-list.block");
    return records.found.get(id);
  }

  /**
   * After load(): the record, or undefined where the list has none.
   * Errors: trust-list.block (not what the head says), .unreachable (not loaded), those of decodeRecord().
   */
  find(table: RecordKind, id: string): TrustRecord | undefined {
    const bytes = this.bytesOf(table, id);
    if (bytes === undefined) return undefined;
    const record = decodeRecord(bytes, table);
    // The block says whose record it is, and so does the record.
    return record.id === id ? record : fail("trust-record.id");
  }

  isOfficialHost(host: string): boolean {
    const found = attempt(() => this.bytesOf("host", host));
    return "value" in found && found.value !== undefined;
  }
}

const digestMatches = (bytes: Uint8Array, block: BlockEntry, name: DigestName): boolean =>
  bytes.length === block.size && equal(digest(name, bytes), block.digest);

/** Identifier → record; undefined where the block is not of the form of section 3. */
function readBlock(
  bytes: Uint8Array, block: BlockEntry, next: BlockEntry | undefined,
): ReadonlyMap<string, Uint8Array> | undefined {
  const whole = attempt(() => decode(bytes, blockLimit));
  if ("error" in whole || whole.value.type !== "array") return undefined;
  const items = whole.value.value;
  if (items.length === 0 || items.length % 2 !== 0) return undefined;
  const found = new Map<string, Uint8Array>();
  let last: Uint8Array | undefined;
  for (let i = 0; i < items.length; i += 2) {
    const [id, record] = [items[i]!, items[i + 1]!];
    if (id.type !== "text" || record.type !== "bytes") return undefined;
    const name = utf8(id.value);
    if (last === undefined ? !equal(name, block.first) : compare(name, last) <= 0) return undefined;
    last = name;
    found.set(id.value, record.value);
  }
  return next === undefined || compare(last!, next.first) < 0 ? found : undefined;
}

/** Head and place of the body of a whole file. Errors: trust-list.format, .truncated. */
export function splitFile(file: Uint8Array): { head: Uint8Array; body: Uint8Array } {
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (length > file.length - at) return fail("trust-list.truncated");
    at += length;
    return file.subarray(at - length, at);
  };
  const byteString = (): Uint8Array => {
    const initial = take(1)[0]!;
    if (initial >> 5 !== 2) return malformed("cose.structure");
    const information = initial & 31;
    if (information > 26) return malformed("cbor.reserved");
    let size = information;
    if (information >= 24) {
      size = 0;
      const width = 1 << (information - 24);
      for (const byte of take(width)) size = size * 256 + byte;
      if (size < [24, 0x100, 0x1_0000][information - 24]!) return malformed("cbor.not-shortest");
    }
    return take(size);
  };
  // 18([bstr, {}, bstr, bstr]): the one form that a COSE_Sign1 of ours has.
  const start = take(2);
  if (start[0] !== 0xd2 || start[1] !== 0x84) return malformed("cose.structure");
  byteString();
  if (take(1)[0] !== 0xa0) return malformed("cose.structure");
  byteString();
  byteString();
  const head = file.subarray(0, at);
  const body = byteString();
  return at === file.length ? { head, body } : malformed("cbor.trailing");
}

/** A whole file at hand. Errors: as TrustList.open(), trust-list.truncated. */
export function openTrustListFile(file: Uint8Array, pins: readonly string[] | null): TrustList {
  const { head, body } = splitFile(file);
  const list = TrustList.open(head, pins, (block) => Promise.resolve(body.subarray(block.offset, block.offset + block.size)));
  return list.bodySize === body.length ? list : fail("trust-list.truncated");
}

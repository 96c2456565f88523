// A signed trust list and what is looked up in it: docs/trust-list.md, sections 2, 3 and 5. The head is verified once, then each
// block that is read by its digest; so a page loads a few kilobytes of a national list, and all of it stands under the one
// signature.

import { digest, type DigestName } from "../crypto/digest";
import { verifySignature, type PublicKey } from "../crypto/signature";
import { compare, equal, toHex, utf8 } from "../format/bytes";
import { codeLimit, decode, type Item } from "../format/cbor";
import { decodeSign1, signedBytes } from "../format/cose";
import { attempt, fail } from "../format/format_error";
import { digestMatches, readBlock, type BlockEntry } from "./trust_list_block";
import {
  blockDigestOf, blocksOf, fingerprintOf, keyOf, readHead, textOf, timeOf, type TableName, type TrustListHead, type TrustListInfo,
} from "./trust_list_head";
import { decodeRecord, type RecordKind, type TrustRecord } from "./trust_record";

const listContext = "sjcode/trust-list/1";
const rootContext = "sjcode/trust-root/1";

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

/** The fingerprints that lead to the root by changes that were signed, and its own, the last. One of them is pinned. */
function followRootChanges(
  changes: readonly Uint8Array[], list: string, root: PublicKey, pins: readonly string[],
): readonly string[] {
  const opened = changes.map(openRootChange);
  opened.forEach((change, i) => {
    const next = opened[i + 1]?.current ?? root;
    if (change.list !== list || !sameKey(change.next, next)) fail("trust-list.root-change");
  });
  const roots = [...opened.map((change) => fingerprintOf(change.current)), fingerprintOf(root)];
  return roots.some((one) => pins.includes(one)) ? roots : fail("trust-list.root", { fingerprint: fingerprintOf(root) });
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
    private readonly head: TrustListHead,
    /** Fingerprints of its root keys, each named by the one before it; the last is the key that signs. */
    readonly roots: readonly string[],
    private readonly source: BlockSource,
  ) {}

  /**
   * `pins`: fingerprints; null accepts the root that the head names (its fingerprint is then for a person to compare).
   * Errors: trust-list.format ({reason}), .newer-format, .root, .root-change, .signature.
   */
  static open(head: Uint8Array, pins: readonly string[] | null, source: BlockSource): TrustList {
    const read = readHead(head);
    const { root, signed } = read;
    const roots = followRootChanges(read.rootChanges, read.info.id, root, pins ?? [fingerprintOf(root)]);
    if (root.algorithm !== signed.algorithm || !verifySignature(root, signedBytes(signed, listContext), signed.signature))
      fail("trust-list.signature");
    return new TrustList(read, roots, source);
  }

  get info(): TrustListInfo {
    return this.head.info;
  }

  get root(): PublicKey {
    return this.head.root;
  }

  get bodySize(): number {
    return this.head.bodySize;
  }

  get tables(): TrustListHead["tables"] {
    return this.head.tables;
  }

  /** By which two lists of one number are told apart (section 2); hexadecimal. */
  get headDigest(): string {
    return toHex(digest("sha256", this.head.signed.payload));
  }

  get institutions(): bigint {
    return this.tables.institution.records;
  }

  get appraisers(): bigint {
    return this.tables.appraiser.records;
  }

  get blocks(): readonly BlockEntry[] {
    return blocksOf(this.tables);
  }

  /** What its blocks are digested with. */
  get digestName(): DigestName {
    return blockDigestOf(this.root);
  }

  /** The bytes of a block, not yet compared with its digest. Undefined where they cannot be had. */
  bytesOfBlock(block: BlockEntry): Promise<Uint8Array | undefined> {
    return this.source(block);
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
    const matches = digestMatches(bytes, place.block, this.digestName);
    const found = matches ? readBlock(bytes, place.block, place.next) : undefined;
    this.read.set(place.block, { found: found ?? new Map(), damaged: found === undefined });
    return true;
  }

  private bytesOf(table: TableName, id: string): Uint8Array | undefined {
    const place = this.blockOf(table, id);
    if (place === undefined) return undefined;
    const records = this.read.get(place.block);
    if (records === undefined) return fail("trust-list.unreachable");
    if (records.damaged) return fail("trust-list.block", { block: new TextDecoder().decode(place.block.first) });
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
    return record.id === id ? record : fail("trust-record.id", { record: id });
  }

  isOfficialHost(host: string): boolean {
    const found = attempt(() => this.bytesOf("host", host));
    return "value" in found && found.value !== undefined;
  }
}

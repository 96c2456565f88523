// A trust list as a whole file, and all of it read: docs/trust-list.md, sections 1 to 4.

import { attempt, fail, FormatError } from "../format/format_error";
import { digestMatches, readBlock } from "./trust_list_block";
import { TrustList } from "./trust_list";
import { tableNames, type TableName } from "./trust_list_head";
import { decodeRecord } from "./trust_record";

const malformed = (reason: string): never => fail("trust-list.format", { reason });

/** Head and place of the body of a whole file. Errors: trust-list.format, .truncated. */
export function splitFile(file: Uint8Array): { head: Uint8Array; body: Uint8Array } {
  // 18([bstr, {}, bstr, bstr]): the one form that a COSE_Sign1 of ours has.
  if (file[0] !== 0xd2 || file[1] !== 0x84) return malformed("cose.structure");
  let at = 2;
  const take = (length: number): Uint8Array => {
    if (length > file.length - at) return fail("trust-list.truncated");
    at += length;
    return file.subarray(at - length, at);
  };
  const byteString = (): Uint8Array => {
    const initial = take(1)[0]!;
    if (initial >> 5 !== 2) return malformed("cose.structure");
    const information = initial & 31;
    if (information > 27) return malformed("cbor.reserved");
    let size = information;
    if (information >= 24) {
      size = 0;
      for (const byte of take(1 << (information - 24))) size = size * 256 + byte;
      if (size < [24, 0x100, 0x1_0000, 0x1_0000_0000][information - 24]!) return malformed("cbor.not-shortest");
    }
    return take(size);
  };
  byteString();
  if (take(1)[0] !== 0xa0) return malformed("cose.structure");
  byteString();
  byteString();
  const head = file.subarray(0, at);
  const body = byteString();
  return at === file.length ? { head, body } : malformed("cbor.trailing");
}

/** A file whose head is verified, and whose body has the length that the head says. */
export interface TrustListFile {
  readonly list: TrustList;
  readonly body: Uint8Array;
}

/** `pins`: as in TrustList.open(). Errors: as there; trust-list.truncated. */
export function openTrustListFile(file: Uint8Array, pins: readonly string[] | null): TrustListFile {
  const { head, body } = splitFile(file);
  const list = TrustList.open(head, pins, (block) => Promise.resolve(body.subarray(block.offset, block.offset + block.size)));
  return list.bodySize === body.length ? { list, body } : fail("trust-list.truncated");
}

export interface ListedRecord {
  readonly table: TableName;
  readonly id: string;
  /** Empty for a host. */
  readonly bytes: Uint8Array;
}

/** Errors: those of decodeRecord(), with the record's identifier. */
function checkRecord({ table, id, bytes }: ListedRecord): void {
  if (table === "host") return;
  const decoded = attempt(() => decodeRecord(bytes, table));
  if ("error" in decoded) throw new FormatError(decoded.error.code, { ...decoded.error.parameters, record: id });
  // The block says whose record it is, and so does the record.
  if (decoded.value.id !== id) fail("trust-record.id", { record: id });
}

/**
 * Every record of a file, each block and record checked before the next one is read. What it gives counts only when it has
 * come to its end. Errors: trust-list.block ({block}), .order, those of decodeRecord() ({record}).
 */
export function* recordsOf({ list, body }: TrustListFile): Generator<ListedRecord, void> {
  for (const table of tableNames) {
    const { blocks, records } = list.tables[table];
    let count = 0n;
    for (const [i, block] of blocks.entries()) {
      const bytes = body.subarray(block.offset, block.offset + block.size);
      const found = digestMatches(bytes, block, list.digestName) ? readBlock(bytes, block, blocks[i + 1]) : undefined;
      if (found === undefined) return fail("trust-list.block", { block: new TextDecoder().decode(block.first) });
      for (const [id, content] of found) {
        const record = { table, id, bytes: content };
        checkRecord(record);
        count++;
        yield record;
      }
    }
    if (count !== records) fail("trust-list.order");
  }
}

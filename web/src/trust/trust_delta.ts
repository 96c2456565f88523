// What turns one trust list into a later one: docs/trust-list.md, section 6.

import { concat, toHex } from "../format/bytes";
import { decode, encode } from "../format/cbor";
import { attempt, fail } from "../format/format_error";
import type { TrustList } from "./trust_list";
import { digestMatches } from "./trust_list_block";
import { splitFile } from "./trust_list_file";
import { blockDigestOf, blocksOf, readHead } from "./trust_list_head";

const mark = "sjcode/trust-delta/1";
const preambleLimit = 1024;

export interface TrustDelta {
  /** The list that it is for. */
  readonly list: string;
  readonly number: bigint;
  readonly headDigest: string;
  /** The new list's, nothing of it verified. */
  readonly head: Uint8Array;
  readonly blocks: Uint8Array;
}

const malformed = (reason: string): never => fail("trust-delta.format", { reason });

/** Errors: trust-delta.format ({reason}). */
export function decodeDelta(file: Uint8Array): TrustDelta {
  // The first item is a byte string of fewer than 2^16 bytes, so that its end is known before it is read.
  const [initial = 0, one = 0, two = 0] = file;
  const [start, size] = initial === 0x58 ? [2, one] : initial === 0x59 ? [3, one * 256 + two] : [1, initial - 0x40];
  if (initial >> 5 !== 2 || initial > 0x59 || size > preambleLimit || size > file.length - start) return malformed("cose.structure");
  const preamble = attempt(() => decode(file.subarray(start, start + size), preambleLimit));
  if ("error" in preamble || preamble.value.type !== "array" || preamble.value.value.length !== 4) return malformed("cose.structure");
  const [name, list, number, digest] = preamble.value.value;
  if (name?.type !== "text" || name.value !== mark) return malformed("trust-list.newer-format");
  if (list?.type !== "text" || number?.type !== "uint" || digest?.type !== "bytes" || digest.value.length !== 32)
    return malformed("cose.structure");
  const parts = attempt(() => splitFile(file.subarray(start + size)));
  if ("error" in parts) return malformed("trust-list.truncated");
  return { list: list.value, number: number.value, headDigest: toHex(digest.value), head: parts.value.head, blocks: parts.value.body };
}

/** Block by its digest, hexadecimal. */
export type KnownBlocks = ReadonlyMap<string, Uint8Array>;

/**
 * The file of the new list, byte for byte; it is opened like any other. `known`: the blocks of `base`, as far as they can be had.
 * Errors: trust-delta.other-list, .base ({wanted}, {here}), .block ({block}), .format; trust-list.format, .newer-format, .limit.
 */
export function applyDelta(base: TrustList, known: KnownBlocks, delta: TrustDelta, limit: number): Uint8Array {
  if (delta.list !== base.info.id) fail("trust-delta.other-list");
  if (delta.number !== base.info.number || delta.headDigest !== base.headDigest)
    fail("trust-delta.base", { wanted: String(delta.number), here: String(base.info.number) });
  const head = readHead(delta.head);
  if (head.bodySize > limit) fail("trust-list.limit", { what: head.info.id });
  let at = 0;
  const body = blocksOf(head.tables).map((block) => {
    const old = known.get(toHex(block.digest));
    if (old !== undefined && old.length === block.size) return old;
    const fresh = delta.blocks.subarray(at, at + block.size);
    if (!digestMatches(fresh, block, blockDigestOf(head.root))) fail("trust-delta.block", { block: new TextDecoder().decode(block.first) });
    at += block.size;
    return fresh;
  });
  if (at !== delta.blocks.length) malformed("cbor.trailing");
  return concat(delta.head, encode(concat(...body)));
}

// The blocks of a trust list: docs/trust-list.md, section 3.

import { digest, type DigestName } from "../crypto/digest";
import { compare, equal, utf8 } from "../format/bytes";
import { decode } from "../format/cbor";
import { attempt } from "../format/format_error";

/** A block as the head names it. */
export interface BlockEntry {
  readonly first: Uint8Array;
  /** From the beginning of the body. */
  readonly offset: number;
  readonly size: number;
  readonly digest: Uint8Array;
}

export const blockLimit = 1_048_576;

export const digestMatches = (bytes: Uint8Array, block: BlockEntry, name: DigestName): boolean =>
  bytes.length === block.size && equal(digest(name, bytes), block.digest);

/** Identifier → record; undefined where the block is not of the form. `next`: the one behind it in its table. */
export function readBlock(
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

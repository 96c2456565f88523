// ZLIB data (RFC 1950) as a whole, within a limit.

import { Inflate } from "pako";
import { concat } from "../format/bytes";
import { fail } from "../format/format_error";

const piece = 65_536;

/** Errors: status-list.compression (damaged, cut off, or bytes behind the data), status-list.size. */
export function inflate(zlib: Uint8Array, limit: number): Uint8Array {
  const inflating = new Inflate({ chunkSize: piece });
  const parts: Uint8Array[] = [];
  let size = 0;
  // Grows with what is really there, so that a claim of much costs nothing; a bomb ends at the limit.
  inflating.onData = (part) => {
    const bytes = part as Uint8Array;
    size += bytes.length;
    if (size > limit) fail("status-list.size", { limit: String(limit) });
    parts.push(bytes);
  };
  let ended = false;
  inflating.onEnd = (status) => {
    ended = status === 0;
  };
  inflating.push(zlib, false);
  const rest = (inflating as unknown as { strm: { avail_in: number } }).strm.avail_in;
  if (!ended || inflating.err !== 0 || rest !== 0) return fail("status-list.compression");
  return concat(...parts);
}

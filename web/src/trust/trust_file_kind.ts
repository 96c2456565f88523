// What a file of trust records is, by its beginning: a person drops it beside reports.

import { latin1 } from "../format/bytes";

export type TrustFileKind = "list" | "delta" | "bundle" | "status-list";

/** How many bytes are enough to tell. */
export const beginningSize = 64;

/** Undefined for every other file. Nothing is checked: who opens the file does that. */
export function trustFileKind(file: Uint8Array): TrustFileKind | undefined {
  const beginning = latin1(file.subarray(0, beginningSize));
  if (beginning.startsWith("\xd2\x84")) return beginning.includes("application/statuslist+cwt") ? "status-list" : "list";
  if (beginning.includes("sjcode/bundle/")) return "bundle";
  return beginning.includes("sjcode/trust-delta/") ? "delta" : undefined;
}

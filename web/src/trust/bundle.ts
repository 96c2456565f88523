// The bundle that travels into a closed network: docs/trust-list.md, section 8.

import { decode } from "../format/cbor";
import { attempt, fail } from "../format/format_error";

export const bundleTypes = {
  trustList: "application/vnd.sjcode.trust-list; version=1",
  statusList: "application/statuslist+cwt",
  statusDetails: "application/vnd.sjcode.status-details; version=1",
} as const;

export interface BundlePart {
  readonly type: string;
  readonly content: Uint8Array;
}

const mark = "sjcode/bundle/1";
const mostParts = 1024;
const longestType = 200;

/** Errors: bundle.format ({reason}), bundle.newer-format, bundle.limit. */
export function openBundle(bytes: Uint8Array): readonly BundlePart[] {
  const malformed = (reason: string): never => fail("bundle.format", { reason });
  const whole = attempt(() => decode(bytes, bytes.length));
  if ("error" in whole) return malformed(whole.error.code);
  if (whole.value.type !== "array") return malformed("cose.structure");
  const [found, ...items] = whole.value.value;
  if (found?.type !== "text" || items.length % 2 !== 0) return malformed("cose.structure");
  if (found.value !== mark)
    return found.value.startsWith("sjcode/bundle/") ? fail("bundle.newer-format") : malformed("cose.structure");
  if (items.length / 2 > mostParts) return fail("bundle.limit");
  const parts: BundlePart[] = [];
  for (let i = 0; i < items.length; i += 2) {
    const [type, content] = [items[i]!, items[i + 1]!];
    if (type.type !== "text" || type.value === "" || type.value.length > longestType || content.type !== "bytes")
      return malformed("cose.structure");
    parts.push({ type: type.value, content: content.value });
  }
  return parts;
}

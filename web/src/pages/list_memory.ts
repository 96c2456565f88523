// What this browser keeps of the signed lists that the site showed it, so that an older one is told from the newest.

import type { HeldList, ListMemory } from "../trust/held_list";
import { recall, recallsAny, remember } from "./memory";

/** Under these names one site after another is tried: what one showed says nothing of the next. */
const loopback = /^(localhost|127(\.[0-9]+){3}|\[::1\])$/;

function read(json: string | null): HeldList | undefined {
  try {
    const kept = JSON.parse(json ?? "null") as Record<string, unknown> | null;
    if (kept === null) return undefined;
    const { list, root, regions, number, headDigest, issued } = kept;
    const isText = (value: unknown): value is string => typeof value === "string";
    if (!isText(list) || !isText(root) || !isText(headDigest) || !isText(number) || !/^[0-9]{1,20}$/.test(number)) return undefined;
    if (!Array.isArray(regions) || !regions.every(isText) || typeof issued !== "number" || !Number.isSafeInteger(issued)) return undefined;
    return { list, root, regions, number: BigInt(number), headDigest, issued };
  } catch {
    return undefined;
  }
}

/** `folder`: the site's; null where nothing is fetched. Undefined where nothing is kept. */
export function listMemoryOf(folder: URL | null): ListMemory | undefined {
  if (folder === null || loopback.test(folder.hostname)) return undefined;
  // Other sites may lie in other folders of one host.
  const beginning = `list ${folder.pathname} `;
  return {
    recall: (list) => read(recall(beginning + list)),
    keep: (held) => remember(beginning + held.list, JSON.stringify({ ...held, number: String(held.number) })),
    hasAny: () => recallsAny(beginning),
  };
}

// What a reader holds to of a list that it accepted, so that nobody puts an older one in its place: docs/trust-list.md, section 7.

import { chineseDay } from "../format/chinese_time";
import { fail } from "../format/format_error";
import type { TrustList } from "./trust_list";
import { fingerprintOf } from "./trust_list_head";

export interface HeldList {
  /** Identifier of the list. */
  readonly list: string;
  /** Fingerprint of the root key that signs it now. */
  readonly root: string;
  /** Those of the list that was accepted first; empty: all. */
  readonly regions: readonly string[];
  readonly number: bigint;
  readonly headDigest: string;
  /** Seconds since 1970. */
  readonly issued: number;
}

/** `before`: what was held of the same list until now. */
export const heldOf = (list: TrustList, before?: HeldList): HeldList => ({
  list: list.info.id, root: fingerprintOf(list.root), regions: before?.regions ?? list.info.regions, number: list.info.number,
  headDigest: list.headDigest, issued: list.info.issued,
});

/**
 * Whether a list, whose head is verified, may take the place of the one with its identifier that is held.
 * Errors: trust-store.root ({list}, {fingerprint}, {pinned}), .rollback, .same-number, .issued-earlier ({number}, {held}, and
 * {issued}: a day), .regions ({regions}, {pinned}).
 */
export function checkReplacement(held: HeldList, list: TrustList): void {
  const { id, number, issued, regions } = list.info;
  if (!list.roots.includes(held.root))
    fail("trust-store.root", { list: id, fingerprint: fingerprintOf(list.root), pinned: held.root });
  const numbers = { number: String(number), held: String(held.number), issued: chineseDay(BigInt(held.issued)) };
  if (number < held.number) fail("trust-store.rollback", numbers);
  if (number === held.number && list.headDigest !== held.headDigest) fail("trust-store.same-number", numbers);
  if (issued < held.issued) fail("trust-store.issued-earlier", numbers);
  const within = held.regions.length === 0 || (regions.length > 0 && regions.every((one) => held.regions.includes(one)));
  if (!within) fail("trust-store.regions", { regions: regions.join("、"), pinned: held.regions.join("、") });
}

/** What a browser keeps of the lists that a site showed it. docs/site.md, Older lists. */
export interface ListMemory {
  recall(list: string): HeldList | undefined;
  keep(held: HeldList): void;
  /** Whether the site ever showed a signed list. */
  hasAny(): boolean;
}

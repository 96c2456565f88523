// What a licence document states of its holder, and what the trust list says of the same moment: docs/licence.md, section 3.

import { attempt } from "../format/format_error";
import type { LicenceKind } from "../format/licence_kind";
import type { ReportRecord } from "../format/record";
import {
  covers, forbidsPractice, recordFrom, type DatedCategory, type DatedName, type Period, type TrustRecord,
} from "../trust/trust_record";
import { includes } from "./standing";

export const statementKey = 66;

export interface LicenceStatement {
  readonly licence: string;
  readonly uscc: string;
  readonly name: DatedName;
  readonly licensed: Period;
  readonly categories: readonly DatedCategory[];
  /** Where an appraiser is registered; empty for an institution. */
  readonly institution: string;
}

/** The categories that a record has at a time, without those that were suspended: of an appraiser, at the institution, too. */
export function categoriesAt(record: TrustRecord, institution: TrustRecord, time: number): readonly DatedCategory[] {
  const suspended = (category: number): boolean => [...record.events, ...institution.events].some((event) =>
    event.category !== null && forbidsPractice(event.kind) && covers(event, time)
    && (includes(event.category, category) || includes(category, event.category)));
  return record.categories.filter((one) => covers(one, time) && !suspended(one.category));
}

/** Undefined where the record states nothing; null where it cannot be read. */
export function statementOf(record: ReportRecord, kind: LicenceKind): LicenceStatement | undefined | null {
  const item = record.value(statementKey);
  if (item === undefined) return undefined;
  const decoded = attempt(() => recordFrom(item, kind));
  if ("error" in decoded) return null;
  const { value } = decoded;
  const plain = value.keys.length + value.hosts.length + value.signers.length + value.seals.length + value.events.length === 0;
  const places = kind === "appraiser" ? 1 : 0;
  if (!plain || value.names.length !== 1 || value.licensed.length !== 1 || value.institutions.length !== places) return null;
  return {
    licence: value.id, uscc: value.uscc, name: value.names[0]!, licensed: value.licensed[0]!, categories: value.categories,
    institution: value.institutions[0]?.id ?? "",
  };
}

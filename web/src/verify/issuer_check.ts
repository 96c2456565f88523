// What the trust records say of whoever signed a code: then, at issue, and now. docs/trust.md, "What is checked".

import { shownCodeNumber } from "../format/code_number";
import { attempt } from "../format/format_error";
import type { ReportRecord } from "../format/record";
import { covers, forbidsPractice, type TrustRecord } from "../trust/trust_record";
import type { SigningKey, TrustRecords } from "../trust/trust_records";
import type { TrustListInfo } from "../trust/trust_list_head";
import { checkAppraiser } from "./appraiser_check";
import type { OpenedCode } from "./code_check";
import { checkLicenceDocument, checkNoLicenceDocument } from "./licence_document_check";
import {
  covered, day, eventParameters, isOtherClass, lastDay, lastEnd, reachOf, registered, shownCategory,
} from "./standing";
import type { Findings } from "./verdict";

const clockTolerance = 86_400;

/** Seconds as a number: what is beyond 2^53 is beyond every period, too. */
export const issuedAt = (opened: OpenedCode): number => Number(opened.claims.issued);

function checkListAge(list: TrustListInfo, issued: number, now: number, findings: Findings): void {
  const parameters = {
    publisher: list.publisher, number: String(list.number), date: day(list.issued), due: day(list.nextUpdate),
  };
  if (list.issued > now + clockTolerance) findings.warn("trust", "trust.list-from-future", parameters);
  else if (now >= list.nextUpdate) findings.warn("trust", "trust.list-stale", parameters);
  else findings.pass("trust", "trust.list-current", parameters);
  if (list.issued < issued) findings.warn("trust", "trust.list-older-than-report", parameters);
}

function checkKey(key: SigningKey, issued: number, now: number, findings: Findings): void {
  if (!covers(key, issued)) {
    findings.fail("key", "key.not-valid-at-issue", {
      issued: day(issued), from: day(key.from), until: key.until === null ? "" : lastDay(key.until),
    });
  } else if (key.invalidSince !== null && key.invalidSince <= issued) {
    findings.fail("key", "key.compromised", { since: day(key.invalidSince), issued: day(issued) });
  } else if (key.invalidSince !== null && key.invalidSince <= now) {
    // Whoever has the key can write any time of issue: without a proof from elsewhere it says nothing.
    findings.unchecked("key", "key.compromised-later", { since: day(key.invalidSince), issued: day(issued) });
  } else if (key.until !== null && key.until <= now) {
    findings.pass("key", "key.retired", { until: lastDay(key.until) });
  } else {
    findings.pass("key", "key.valid");
  }
  if (key.signer !== "") findings.pass("key", "key.signed-for", { authority: key.signer });
}

/** Checks trust (age of the list) and key, of a code whose signature verified. */
export function checkIssuer(opened: OpenedCode, now: number, findings: Findings): void {
  const list = opened.issuer?.list;
  if (list === undefined || opened.key === undefined) return;
  checkListAge(list, issuedAt(opened), now, findings);
  checkKey(opened.key, issuedAt(opened), now, findings);
}

/** The events in force at issue; true where one of them forbade to issue this report. */
function checkEventsAtIssue(record: TrustRecord, categories: readonly number[], issued: number, findings: Findings): boolean {
  let forbidden = false;
  for (const event of record.events) {
    if (!covers(event, issued)) continue;
    const parameters = eventParameters(event);
    const reach = reachOf(event, categories);
    if (!forbidsPractice(event.kind)) {
      findings.warn("licence", event.until === null ? "licence.flagged-at-issue-open" : "licence.flagged-at-issue", parameters);
    } else if (reach === "other-category") {
      findings.pass("licence", "licence.event-other-category", parameters);
    } else if (reach === "unknown-category") {
      findings.unchecked("licence", "licence.event-category-unknown", parameters);
      forbidden = true;
    } else {
      const code = reach === "this-category"
        ? (event.until === null ? "licence.event-category-open" : "licence.event-category")
        : (event.until === null ? "licence.event-at-issue-open" : "licence.event-at-issue");
      findings.fail("licence", code, parameters);
      forbidden = true;
    }
  }
  return forbidden;
}

/** Check licence alone. */
export function checkLicence(record: TrustRecord, categories: readonly number[], issued: number, findings: Findings): void {
  const forbidden = checkEventsAtIssue(record, categories, issued, findings);
  if (record.licensed.length === 0) {
    findings.unchecked("licence", "licence.no-period");
  } else if (!covered(record.licensed, issued)) {
    const end = lastEnd(record.licensed, issued);
    if (end !== undefined) findings.fail("licence", "licence.expired-at-issue", { until: lastDay(end), issued: day(issued) });
    else findings.fail("licence", "licence.not-yet-at-issue", { issued: day(issued) });
  } else if (!forbidden) {
    findings.pass("licence", "licence.valid-at-issue", { issued: day(issued) });
  }
}

function checkCategories(record: TrustRecord, categories: readonly number[], issued: number, findings: Findings): void {
  for (const category of [...new Set(categories)].sort((a, b) => a - b)) {
    const parameters = { category: shownCategory(category) };
    if (isOtherClass(category)) findings.warn("category", "category.outside-registration", parameters);
    else if (registered(record.categories, category, issued)) findings.pass("category", "category.registered", parameters);
    else findings.fail("category", "category.not-registered", parameters);
  }
}

/** What became of the institution since; nothing of it changes what held at issue. */
export function checkNow(record: TrustRecord, issued: number, now: number, findings: Findings): void {
  if (now < issued) return;
  let changed = false;
  for (const event of record.events) {
    if (covers(event, issued) || event.from > now || event.from <= issued) continue;
    changed = true;
    const over = event.until !== null && event.until <= now;
    const code = over ? "now.event-over" : event.keeper !== "" ? "now.event-keeper"
      : event.category !== null ? "now.event-category" : "now.event";
    findings.warn("now", code, eventParameters(event));
  }
  if (record.licensed.length > 0 && covered(record.licensed, issued) && !covered(record.licensed, now)) {
    changed = true;
    const end = lastEnd(record.licensed, now);
    if (end !== undefined) findings.warn("now", "now.licence-expired", { until: lastDay(end) });
  }
  const nameAt = (time: number): string => record.names.find((one) => covers(one, time))?.name ?? "";
  const [then, name] = [nameAt(issued), nameAt(now)];
  if (then !== "" && name !== "" && then !== name) {
    changed = true;
    findings.warn("now", "now.renamed", { then, name });
  }
  if (!changed) findings.pass("now", "now.unchanged", { date: day(now) });
}

/** The categories that are known: all that the code's own record names, else the one of the code. */
function categoriesOf(opened: OpenedCode, record: ReportRecord | undefined): readonly number[] {
  const listed = record?.value(4);
  if (listed?.type === "array") return listed.value.map((one) => (one.type === "uint" ? Number(one.value) : 0));
  return opened.claims.category === 0 ? [] : [opened.claims.category];
}

interface Named {
  readonly name: string;
  readonly licence: string;
}

export function appraisersOf(record: ReportRecord | undefined): readonly Named[] {
  const listed = record?.value(3);
  if (listed?.type !== "array") return [];
  return listed.value.map((one) => {
    const [name, licence] = one.type === "array" ? one.value : [];
    return { name: name?.type === "text" ? name.value : "", licence: licence?.type === "text" ? licence.value : "" };
  });
}

/**
 * Checks licence, category, appraisers and now: whether institution and appraisers were allowed to issue this report, and
 * what became of them since. `record` is the code's own; undefined where there is none.
 */
export function checkStanding(
  opened: OpenedCode, record: ReportRecord | undefined, trust: TrustRecords, now: number, findings: Findings,
): void {
  const issuer = opened.issuer;
  if (opened.key === undefined || issuer === undefined) return;
  if (checkLicenceDocument(opened, record, trust, now, findings)) return;
  if (issuer.list === undefined) {
    // Certificates say whose key it is, and no more: nobody shall think that the licence was looked at.
    findings.skipped("licence", "licence.no-list");
    return;
  }
  const issued = issuedAt(opened);
  checkNoLicenceDocument(record, findings);
  const categories = categoriesOf(opened, record);
  checkLicence(issuer.record, categories, issued, findings);
  if (categories.length === 0) findings.skipped("category", "category.withheld");
  else checkCategories(issuer.record, categories, issued, findings);
  if (record === undefined) findings.skipped("appraisers", "appraisers.no-record");
  else if (!issuer.listsAppraisers) findings.skipped("appraisers", "appraisers.no-list");
  else
    for (const named of appraisersOf(record)) {
      const known = attempt(() => trust.appraiser(named.licence));
      checkAppraiser(named, known, { issued, now, issuer: opened.claims.issuer, categories }, findings);
    }
  checkNow(issuer.record, issued, now, findings);
}

/** That a report without a seal is not one of an issuer that seals. */
export function checkSealRequired(opened: OpenedCode, findings: Findings): void {
  const issuer = opened.issuer;
  if (opened.key === undefined || issuer?.list === undefined) return;
  const unsealed = findings.checks.some((check) => check.code === "seal.none");
  if (unsealed && covered(issuer.record.seals, issuedAt(opened))) findings.fail("seal", "seal.required");
}

/** What the code says that it corrects, supplements or replaces. */
export function checkRelation(opened: OpenedCode, findings: Findings): void {
  const { kind, prior } = opened.claims;
  if (opened.key === undefined || kind === 0 || prior === null) return;
  const parameters = { prior: prior.coded ? shownCodeNumber(prior.text) : prior.text };
  if (kind === 1) findings.warn("relation", "relation.correction", parameters);
  else if (kind === 2) findings.warn("relation", "relation.supplementary", parameters);
  else findings.warn("relation", "relation.reappraisal", parameters);
}

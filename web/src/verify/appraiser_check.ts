// One appraiser of a report against the trust records: check appraisers.

import type { FormatError } from "../format/format_error";
import { covers, forbidsPractice, type StatusEvent, type TrustRecord } from "../trust/trust_record";
import { covered, eventParameters, isOtherClass, lastDay, lastEnd, reachOf, registered, shownCategory } from "./standing";
import { unreadableRecords } from "./unreadable";
import type { CheckResult, Findings, Parameters } from "./verdict";

interface Report {
  readonly issued: number;
  readonly now: number;
  readonly issuer: string;
  readonly categories: readonly number[];
}

class AppraiserCheck {
  private good = true;

  constructor(
    private readonly named: { readonly name: string; readonly licence: string },
    private readonly report: Report,
    private readonly findings: Findings,
  ) {}

  unknown(): void {
    this.add("unchecked", "appraisers.not-listed");
  }

  run(record: TrustRecord): void {
    const { issued, now, issuer } = this.report;
    if (!record.names.some((one) => one.name === this.named.name))
      this.add("warn", "appraisers.other-name", { listed: record.names[0]!.name });
    if (!covered(record.licensed, issued)) {
      const end = lastEnd(record.licensed, issued);
      if (end !== undefined) this.add("fail", "appraisers.expired-at-issue", { until: lastDay(end) });
      else this.add("fail", "appraisers.not-yet-at-issue");
    }
    const here = (time: number): boolean => record.institutions.some((one) => one.id === issuer && covers(one, time));
    if (!here(issued)) this.add("fail", "appraisers.other-institution", { issuer });
    for (const category of this.report.categories) {
      if (isOtherClass(category) || registered(record.categories, category, issued)) continue;
      this.add("fail", "appraisers.category", { category: shownCategory(category) });
    }
    for (const event of record.events) this.event(event);
    if (here(issued) && now > issued && !here(now)) this.add("warn", "appraisers.left-since", { issuer });
    if (this.good) this.add("pass", "appraisers.registered");
  }

  private add(result: CheckResult, code: string, more: Parameters = {}): void {
    if (result === "fail" || result === "unchecked") this.good = false;
    const parameters = { ...more, name: this.named.name, licence: this.named.licence };
    this.findings.add({ check: "appraisers", result, code, parameters, mandatory: result !== "warn" });
  }

  private event(event: StatusEvent): void {
    const { issued, now, categories } = this.report;
    const told = eventParameters(event);
    if (!covers(event, issued)) {
      if (event.from > issued && event.from <= now) this.add("warn", "appraisers.event-since", told);
      return;
    }
    const reach = reachOf(event, categories);
    if (!forbidsPractice(event.kind)) this.add("warn", "appraisers.flagged-at-issue", told);
    else if (reach === "unknown-category") this.add("unchecked", "appraisers.event-category-unknown", told);
    else if (reach !== "other-category")
      this.add("fail", event.until === null ? "appraisers.event-at-issue-open" : "appraisers.event-at-issue", told);
  }
}

/** Whether the appraiser was licensed, registered with the issuer, and not suspended at issue, in these categories. */
export function checkAppraiser(
  named: { readonly name: string; readonly licence: string },
  known: { value: TrustRecord | undefined } | { error: FormatError }, report: Report, findings: Findings,
): void {
  const check = new AppraiserCheck(named, report, findings);
  if ("error" in known) unreadableRecords("appraisers", known.error, findings);
  else if (known.value === undefined) check.unknown();
  else check.run(known.value);
}

// What became of a code since it was issued: check status. docs/status-list.md.

import { shownCodeNumber } from "../format/code_number";
import { attempt } from "../format/format_error";
import { statusAt, type StatusChange } from "../trust/status_details";
import { codeStatusOf, statusListAge, type CodeStatus } from "../trust/status_list";
import type { HeldStatusList, TrustRecords } from "../trust/trust_records";
import type { OpenedCode } from "./code_check";
import { issuedAt } from "./issuer_check";
import { day } from "./standing";
import type { CheckResult, Findings, Parameters } from "./verdict";

function tell(findings: Findings, result: CheckResult, code: string, parameters: Parameters): void {
  // A failure counts; nothing else of a status changes what was issued.
  findings.add({ check: "status", result, code, parameters, mandatory: result === "fail" });
}

/** The changes of a code up to `now`; none where no details are at hand, or they cannot be read. */
function historyOf(held: HeldStatusList, opened: OpenedCode, now: number, findings: Findings): readonly StatusChange[] {
  const { details, detailsFault } = held;
  if (detailsFault !== undefined) findings.warn("status", "status.details-unreadable", { reason: detailsFault });
  if (details === undefined) return [];
  const history = attempt(() => details.history(opened.claims.status, opened.claims.code));
  if ("value" in history) return history.value.filter((change) => change.time <= now);
  findings.warn("status", "status.details-unreadable", { reason: history.error.code });
  return [];
}

function tellStatus(status: CodeStatus, change: StatusChange | undefined, listDate: string, findings: Findings): void {
  if (status === "valid") return tell(findings, "pass", "status.valid", { date: listDate });
  const successor = change?.successor ?? null;
  const parameters: Record<string, string> = {
    date: change === undefined ? listDate : day(change.time), reason: change?.reason ?? "",
  };
  if (successor !== null) parameters["successor"] = successor.coded ? shownCodeNumber(successor.text) : successor.text;
  switch (status) {
    case "revoked":
      return tell(findings, "fail", "status.revoked", parameters);
    case "withdrawn":
      return tell(findings, "fail", "status.withdrawn", parameters);
    case "suspended":
      return tell(findings, "warn", "status.suspended", parameters);
    case "superseded":
      return tell(findings, "warn", successor === null ? "status.superseded" : "status.superseded-by", parameters);
    case "reappraised":
      return tell(findings, "warn", successor === null ? "status.reappraised" : "status.reappraised-by", parameters);
  }
}

export function checkStatus(opened: OpenedCode | undefined, trust: TrustRecords, now: number, findings: Findings): void {
  const held = opened?.key === undefined ? undefined : trust.status(opened.claims.issuer);
  if (opened === undefined || held === undefined) {
    const reason = opened?.key === undefined ? undefined : trust.statusRefusal(opened.claims.issuer);
    return reason === undefined ? findings.skipped("status", "status.no-list") : findings.skipped("status", "status.list-refused", { reason });
  }
  const { claims, statuses } = held.list;
  const date = day(claims.issued);
  const age = statusListAge(claims, now);
  if (age === "future") findings.warn("status", "status.list-from-future", { date });
  else if (age !== "current") findings.warn("status", "status.list-stale", { date });
  const value = statuses.get(opened.claims.status);
  if (value === undefined) return findings.skipped("status", "status.not-in-list", { date });
  const status = codeStatusOf(value);
  if (status === undefined) return findings.skipped("status", "status.unknown-value", { date });
  const history = historyOf(held, opened, now, findings);
  // The list knows of its own day only; how it was on an earlier one, the details know.
  const earlier = now < claims.issued && held.details !== undefined;
  const then = earlier ? statusAt(history, now) : status;
  if (earlier && then === "valid") return tell(findings, "pass", "status.valid-on-day", { day: day(now), date });
  const last = history[history.length - 1];
  tellStatus(then, last?.status === then ? last : undefined, date, findings);
  if (then === "valid" && claims.issued < issuedAt(opened)) findings.warn("status", "status.list-older-than-report", { date });
}

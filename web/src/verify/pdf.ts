// A PDF that carries a code: what its examination found, and what the trust records add. docs/verdict.md.

import { attempt } from "../format/format_error";
import { ReportRecord } from "../format/record";
import type { PdfExamination } from "../pdf/examination";
import { checkHost, decodeWhole, institutionOf, openCode, type OpenedCode } from "./code_check";
import { factsOf } from "./facts";
import { appraisersOf, checkRelation, checkSealRequired, checkStanding } from "./issuer_check";
import { checkStatus } from "./status_check";
import type { VerifyContext } from "./symbols";
import { Findings, outcomeOf, type Check, type Verdict } from "./verdict";

const beforeCode = new Set(["structure", "document"]);

function ownRecord(opened: Pick<OpenedCode, "raw" | "claims">, bytes: Uint8Array): ReportRecord | undefined {
  const record = attempt(() => {
    const decoded = ReportRecord.decode(bytes, opened.raw.digestName);
    decoded.checkAgainst(opened.claims);
    return decoded;
  });
  return "value" in record ? record.value : undefined;
}

function addAll(findings: Findings, checks: readonly Check[]): void {
  for (const check of checks) findings.add(check);
}

/** The key's holder cannot write another institution's name into a record of its own. */
function checkInstitution(opened: OpenedCode, record: ReportRecord, findings: Findings): void {
  if (opened.key === undefined) return;
  const known = institutionOf(opened).name;
  const parameters = { record: record.institution, certificate: known };
  if (record.institution === known) return;
  if (opened.issuer!.record.names.some((one) => one.name === record.institution))
    findings.warn("record", "record.name-of-another-time", parameters);
  else findings.fail("record", "record.other-institution", parameters);
}

/** The licence numbers of the appraisers whom a record names, where it is the code's own: whose records are needed. */
export function appraisersIn(examination: PdfExamination & { code: Uint8Array }): readonly string[] {
  const decoded = attempt(() => decodeWhole(examination.code));
  if ("error" in decoded || examination.record === undefined) return [];
  return appraisersOf(ownRecord(decoded.value, examination.record)).map((one) => one.licence);
}

export function verifyPdf(examination: PdfExamination & { code: Uint8Array }, context: VerifyContext): Verdict {
  const findings = new Findings();
  const early = (check: Check): boolean => beforeCode.has(check.check) || check.code === "code.several-embedded";
  addAll(findings, examination.checks.filter(early));
  const opened = openCode(examination.code, context.trust, context.now, findings);
  const record = opened !== undefined && examination.record !== undefined ? ownRecord(opened, examination.record) : undefined;
  addAll(findings, examination.checks.filter((check) => !early(check)));
  if (opened !== undefined && record !== undefined) checkInstitution(opened, record, findings);
  if (opened !== undefined && examination.host !== undefined) checkHost(opened, examination.host, findings);
  if (!findings.mentions("seal")) findings.skipped("seal", "seal.not-checked");
  if (opened !== undefined) {
    checkSealRequired(opened, findings);
    checkStanding(opened, record, context.trust, context.now, findings);
    checkRelation(opened, findings);
  }
  checkStatus(opened, context.trust, context.now, findings);
  const facts = opened === undefined ? [] : factsOf(opened, record, context.kindName);
  return { outcome: outcomeOf(findings.checks, true), checks: findings.checks, facts };
}

// A PDF that carries a code: what its examination found, and what the trust records add. docs/verdict.md.

import { attempt } from "../format/format_error";
import { ReportRecord } from "../format/record";
import type { PdfExamination } from "../pdf/examination";
import { checkHost, openCode, type OpenedCode } from "./code_check";
import { factsOf } from "./facts";
import type { VerifyContext } from "./symbols";
import { Findings, outcomeOf, type Check, type Verdict } from "./verdict";

const beforeCode = new Set(["structure", "document"]);

function ownRecord(opened: OpenedCode, bytes: Uint8Array): ReportRecord | undefined {
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

export function verifyPdf(examination: PdfExamination & { code: Uint8Array }, context: VerifyContext): Verdict {
  const findings = new Findings();
  const early = (check: Check): boolean => beforeCode.has(check.check) || check.code === "code.several-embedded";
  addAll(findings, examination.checks.filter(early));
  const opened = openCode(examination.code, context.trust, context.now, findings);
  const record = opened !== undefined && examination.record !== undefined ? ownRecord(opened, examination.record) : undefined;
  addAll(findings, examination.checks.filter((check) => !early(check)));
  if (opened?.certificate !== undefined && record !== undefined && record.institution !== opened.certificate.name)
    findings.fail("record", "record.other-institution", {
      record: record.institution, certificate: opened.certificate.name,
    });
  if (opened !== undefined && examination.host !== undefined) checkHost(opened, examination.host, findings);
  if (!findings.mentions("seal")) findings.skipped("seal", "seal.not-checked");
  findings.skipped("status", "status.no-list");
  const facts = opened === undefined ? [] : factsOf(opened, record, context.kindName);
  return { outcome: outcomeOf(findings.checks, true), checks: findings.checks, facts };
}

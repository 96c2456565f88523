// From a file to a verdict: a PDF, a photograph or scan of symbols, the record of a report.

import { recordLimit } from "../format/cbor";
import { attempt } from "../format/format_error";
import { ReportRecord } from "../format/record";
import { claimedIssuerOf } from "../verify/claimed_issuer";
import { appraisersIn, verifyPdf } from "../verify/pdf";
import { Findings } from "../verify/verdict";
import { examinePdf } from "../reading/client";
import { onDisc } from "../reading/parts";
import { symbolsOfImage } from "../reading/image";
import { symbolsOfPdf } from "../reading/symbols_of_pdf";
import type { TrustSource } from "../trust/trust_source";
import { contextOf, inspectTexts, type Inspection } from "./inspection";
import { hostOfPage } from "./place";

export type Progress = (done: number | undefined) => void;

async function isPdf(file: Blob): Promise<boolean> {
  // Readers look for the header in the first 1,024 bytes (ISO 32000-1, annex H, note 13).
  const head = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  return String.fromCharCode(...head).includes("%PDF-");
}

/** The record that was kept beside a report; undefined for every other file. */
async function recordIn(file: Blob): Promise<Uint8Array | undefined> {
  if (file.size > recordLimit) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return "value" in attempt(() => ReportRecord.decode(bytes, "sha256")) ? bytes : undefined;
}

export async function inspectFile(
  file: File, source: TrustSource, progress: Progress,
): Promise<Inspection> {
  const findings = new Findings();
  if (file.size === 0) {
    findings.unchecked("document", "document.empty");
    return { ...(await inspectTexts([], source, findings)), subject: file.name };
  }
  if (!(await isPdf(file))) {
    progress(undefined);
    const record = await recordIn(file);
    if (record !== undefined) return { ...(await inspectTexts([], source, findings, record)), subject: file.name };
    if (onDisc()) {
      findings.unchecked("document", "site.disc-image");
      return { ...(await inspectTexts([], source, findings)), subject: file.name };
    }
    const texts = await symbolsOfImage(file);
    if (texts === undefined) findings.unchecked("document", "worker.image");
    return { ...(await inspectTexts(texts ?? [], source, findings)), subject: file.name };
  }
  const examination = await examinePdf(file, progress);
  const code = examination.code;
  if (code !== undefined) {
    await source.ready();
    const issuer = claimedIssuerOf(code);
    await Promise.all([
      issuer === undefined ? undefined : source.load(issuer),
      source.loadHosts([hostOfPage(location), ...(examination.host === undefined ? [] : [examination.host])]),
      source.loadAppraisers(appraisersIn({ ...examination, code })),
    ]);
    const context = contextOf(source);
    return { verdict: verifyPdf({ ...examination, code }, context), at: context.now, texts: [], subject: file.name };
  }
  for (const check of examination.checks) findings.add(check);
  progress(undefined);
  const texts = await symbolsOfPdf(file, findings, progress);
  return { ...(await inspectTexts(texts, source, findings)), subject: file.name };
}

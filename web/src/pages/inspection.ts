// From what a person shows to a verdict: loads the trust records that are needed, then verifies.

import { recordLimit } from "../format/cbor";
import { attempt } from "../format/format_error";
import { ReportRecord } from "../format/record";
import { claimedIssuerOf } from "../verify/claimed_issuer";
import {
  appraisersInRecord, claimedHolders, claimedHosts, claimedIssuers, verifyNumber, verifySymbols, type VerifyContext,
} from "../verify/symbols";
import { appraisersIn, verifyPdf } from "../verify/pdf";
import { Findings, type Verdict } from "../verify/verdict";
import { examinePdf } from "../reading/client";
import { onDisc } from "../reading/parts";
import { symbolsOfImage } from "../reading/image";
import { symbolsOfPdf } from "../reading/symbols_of_pdf";
import type { TrustSource } from "../trust/trust_source";
import { hostOfPage, ownHost } from "./place";

export interface Inspection {
  readonly verdict: Verdict;
  /** The texts of symbols that it was made from; empty for a file with an embedded code. */
  readonly texts: readonly string[];
  readonly subject?: string;
  /** The record that was given beside them. */
  readonly record?: Uint8Array;
}

export type Progress = (done: number | undefined) => void;

function context(source: TrustSource, kindName: (kind: string) => string): VerifyContext {
  const own = ownHost(location, source.records);
  const now = Math.floor(Date.now() / 1000);
  return { trust: source.records, now, kindName, ...(own === undefined ? {} : { ownHost: own, shownHost: location.host }) };
}

export async function inspectTexts(
  texts: readonly string[], source: TrustSource, kindName: (kind: string) => string, findings = new Findings(),
  record?: Uint8Array,
): Promise<Inspection> {
  await source.ready();
  await Promise.all([
    ...claimedIssuers(texts).map((issuer) => source.load(issuer)),
    source.loadHosts([...claimedHosts(texts), hostOfPage(location)]),
    source.loadAppraisers(claimedHolders(texts)),
    ...(record === undefined ? [] : [source.loadAppraisers(appraisersInRecord(record))]),
  ]);
  const verdict = verifySymbols(texts, context(source, kindName), findings, record);
  return { verdict, texts, ...(record === undefined ? {} : { record }) };
}

/** What a person typed: a number, or an address. */
export async function inspectTyped(
  typed: string, source: TrustSource, kindName: (kind: string) => string,
): Promise<Inspection> {
  const text = typed.trim();
  if (text.includes("://")) return inspectTexts([text], source, kindName);
  return { verdict: verifyNumber(text), texts: [] };
}

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
  file: File, source: TrustSource, kindName: (kind: string) => string, progress: Progress,
): Promise<Inspection> {
  const findings = new Findings();
  if (file.size === 0) {
    findings.unchecked("document", "document.empty");
    return { ...(await inspectTexts([], source, kindName, findings)), subject: file.name };
  }
  if (!(await isPdf(file))) {
    progress(undefined);
    const record = await recordIn(file);
    if (record !== undefined) return { ...(await inspectTexts([], source, kindName, findings, record)), subject: file.name };
    if (onDisc()) {
      findings.unchecked("document", "site.disc-image");
      return { ...(await inspectTexts([], source, kindName, findings)), subject: file.name };
    }
    const texts = await symbolsOfImage(file);
    if (texts === undefined) findings.unchecked("document", "worker.image");
    return { ...(await inspectTexts(texts ?? [], source, kindName, findings)), subject: file.name };
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
    return { verdict: verifyPdf({ ...examination, code }, context(source, kindName)), texts: [], subject: file.name };
  }
  for (const check of examination.checks) findings.add(check);
  progress(undefined);
  const texts = await symbolsOfPdf(file, findings, progress);
  return { ...(await inspectTexts(texts, source, kindName, findings)), subject: file.name };
}

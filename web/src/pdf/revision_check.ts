// What stands behind the original: exactly one seal revision, as it must be, and nothing else. docs/code-format.md, 8.8.

import { equal } from "../format/bytes";
import type { Claims } from "../format/claims";
import type { RawReportCode } from "../format/report_code";
import { sealKey, type ReportRecord } from "../format/record";
import type { Findings } from "../verify/verdict";
import { PdfDocument, type Page } from "./document";
import { EndOfBytes } from "./lexer";
import { PdfError } from "./object";
import { rebuild } from "./rebuild";
import { readRevision, ShapeError, type RevisionValues } from "./revision_values";
import { checkSeal } from "./seal_check";
import { beginningOf, type Source } from "./source";
import { checkStamps } from "./stamp_check";

const largestRevision = 64 * 1024 * 1024;

export interface Issued {
  readonly code: Uint8Array;
  readonly claims: Claims;
  readonly record: ReportRecord;
  readonly recordBytes: Uint8Array;
  readonly raw: RawReportCode;
}

/** Sections of the whole file that stand behind the original, the newest first. */
function sectionsBehind(whole: PdfDocument, length: number): number {
  return whole.sections.findIndex((section) => section.offset < length);
}

function tellLater(whole: PdfDocument, behind: number, findings: Findings): void {
  const objects = new Set<number>();
  for (const section of whole.sections.slice(0, behind - 1)) for (const number of section.entries.keys()) objects.add(number);
  const shown = [...objects].sort((a, b) => a - b);
  const text = shown.slice(0, 8).join(", ") + (shown.length > 8 ? ", …" : "");
  findings.fail("revision", "revision.later", { revisions: String(behind - 1), objects: text });
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) if (a[i] !== b[i]) return i;
  return common;
}

/** Reads, rebuilds, compares. Undefined where something failed. */
function compare(
  source: Source, whole: PdfDocument, base: PdfDocument, pages: ReadonlyMap<number, Page>, findings: Findings,
): RevisionValues | undefined {
  const length = base.source.size;
  if (source.size - length > largestRevision) {
    findings.fail("revision", "revision.differs", { offset: String(length + largestRevision) });
    return undefined;
  }
  let values: RevisionValues;
  let expected: Uint8Array;
  try {
    values = readRevision(whole, base);
    expected = rebuild(values, base, pages);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    findings.fail("revision", "revision.shape", { object: String(error.object) });
    return undefined;
  }
  const found = source.read(length, source.size);
  if (!equal(found, expected)) {
    findings.fail("revision", "revision.differs", { offset: String(length + firstDifference(found, expected)) });
    return undefined;
  }
  return values;
}

/** Where the `<` of the seal's Contents stands: the revision was rebuilt, so it is known what stands before. */
function contentsOffset(whole: PdfDocument, values: RevisionValues): number {
  const own = values.first + 13 + 2 * values.stamps.length;
  const entry = whole.sections[0]!.entries.get(own);
  return (entry?.kind === "offset" ? entry.offset : 0) + `${own} 0 obj\n<</Type/Sig/Contents`.length;
}

/** The host that the stamps name; undefined where something failed. */
async function check(
  source: Source, whole: PdfDocument, length: number, issued: Issued, findings: Findings,
): Promise<string | undefined> {
  const base = PdfDocument.open(beginningOf(source, length));
  const behind = sectionsBehind(whole, length);
  const first = behind >= 1 ? whole.sections[behind - 1]! : undefined;
  if (first === undefined || first.previous !== base.start) {
    findings.fail("revision", "revision.missing");
    return undefined;
  }
  if (behind > 1) {
    tellLater(whole, behind, findings);
    return undefined;
  }
  const pages = base.pages();
  if (pages.length !== issued.claims.pages) {
    findings.fail("revision", "revision.pages", { pages: String(pages.length) });
    return undefined;
  }
  const byNumber = new Map<number, Page>();
  for (const page of pages) if (page.number !== undefined && !byNumber.has(page.number)) byNumber.set(page.number, page);
  const values = compare(source, whole, base, byNumber, findings);
  if (values === undefined) return undefined;
  if (values.stamps.some((stamp) => !equal(stamp.code, issued.code)) || !equal(values.record, issued.recordBytes)) {
    findings.fail("revision", "revision.other-code");
    return undefined;
  }
  findings.pass("revision", "revision.exact");
  const host = checkStamps(values, pages, issued.claims, issued.record, findings);
  if (host === undefined) return undefined;
  const expectsSeal = issued.record.value(sealKey) !== undefined;
  if (values.seal === undefined && expectsSeal) findings.fail("seal", "seal.missing");
  else if (values.seal !== undefined && !expectsSeal) findings.fail("seal", "seal.unexpected");
  else if (values.seal === undefined) findings.skipped("seal", "seal.none");
  else await checkSeal(source, values.seal, contentsOffset(whole, values), issued, findings);
  return host;
}

export async function checkRevision(
  source: Source, whole: PdfDocument, length: number, issued: Issued, findings: Findings,
): Promise<string | undefined> {
  try {
    return await check(source, whole, length, issued, findings);
  } catch (error) {
    if (!(error instanceof PdfError) && !(error instanceof EndOfBytes)) throw error;
    findings.fail("revision", "revision.unreadable", { what: error.message });
    return undefined;
  }
}


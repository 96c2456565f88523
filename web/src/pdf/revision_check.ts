// What stands behind the original: exactly one seal revision, as it must be, and nothing else. docs/code-format.md, 8.8.

import { equal, latin1 } from "../format/bytes";
import type { Claims } from "../format/claims";
import type { RawReportCode } from "../format/report_code";
import { sealKey, type ReportRecord } from "../format/record";
import type { Findings } from "../verify/verdict";
import { PdfDocument, type Page } from "./document";
import { EndOfBytes } from "./lexer";
import { get, PdfError } from "./object";
import { rebuild } from "./rebuild";
import { readRevision, ShapeError, type RevisionValues } from "./revision_values";
import { checkSeal } from "./seal_check";
import { beginningOf, type Source } from "./source";
import { checkStamps } from "./stamp_check";

const largestRevision = 64 * 1024 * 1024;
const largestSection = 16 * 1024 * 1024;

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

/** Where the revision ends whose section stands at `offset`: behind the first end mark after it. */
function endOfRevision(source: Source, offset: number): number {
  const text = latin1(source.read(offset, Math.min(source.size, offset + largestSection)));
  const mark = `startxref\n${offset}\n%%EOF\n`;
  const at = text.indexOf(mark);
  if (at < 0) throw new PdfError("startxref");
  return offset + at + mark.length;
}

/**
 * Whether the later revisions write only what those of 8.11 may: the first stamped page, the form, the catalog, the store, and
 * what is new. Whether they are lawful is not said by it; a page's content, a font, the stamp are refused by it.
 */
function mayBeLawful(whole: PdfDocument, behind: number, values: RevisionValues): boolean {
  if (values.seal === undefined) return false;
  const root = get(whole.trailer, "Root");
  const lastIssued = values.first + 16 + 2 * values.stamps.length;
  const allowed = new Set([values.stamps[0]!.page, lastIssued, root?.type === "reference" ? root.number : -1]);
  return whole.sections.slice(0, behind - 1).every((section) =>
    [...section.entries].every(([number, entry]) => entry.kind === "offset" && (number > lastIssued || allowed.has(number))));
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
  const pages = base.pages();
  if (pages.length !== issued.claims.pages) {
    findings.fail("revision", "revision.pages", { pages: String(pages.length) });
    return undefined;
  }
  const byNumber = new Map<number, Page>();
  for (const page of pages) if (page.number !== undefined && !byNumber.has(page.number)) byNumber.set(page.number, page);
  // The file as issued: what stands behind the seal revision is looked at afterwards.
  const issuedFile = behind > 1 ? beginningOf(source, endOfRevision(source, first.offset)) : source;
  const issuedDocument = behind > 1 ? PdfDocument.open(issuedFile) : whole;
  const values = compare(issuedFile, issuedDocument, base, byNumber, findings);
  if (behind > 1) {
    if (values !== undefined && mayBeLawful(whole, behind, values)) {
      findings.unchecked("revision", "revision.later-in-browser", { revisions: String(behind - 1) });
    } else {
      tellLater(whole, behind, findings);
      return undefined;
    }
  }
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
  else await checkSeal(issuedFile, values.seal, contentsOffset(issuedDocument, values), issued, findings);
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


// A PDF taken apart: the code that it carries, its record, the original, and what stands behind it. docs/verdict.md.

import { newDigest } from "../crypto/digest";
import { equal, latin1 } from "../format/bytes";
import { attempt } from "../format/format_error";
import { ReportRecord } from "../format/record";
import { decodeWhole } from "../verify/code_check";
import { Findings } from "../verify/verdict";
import { PdfDocument } from "./document";
import type { PdfExamination } from "./examination";
import { decodeStream } from "./filters";
import { EndOfBytes } from "./lexer";
import { get, PdfError } from "./object";
import { checkRevision } from "./revision_check";
import type { Source } from "./source";

const mostCodes = 16;
const largestCode = 4096;
const piece = 1 << 20;

interface Carried {
  readonly code: Uint8Array;
  readonly record: Uint8Array | undefined;
}

/** Codes on the annotations of pages. */
function carriedCodes(document: PdfDocument): Carried[] {
  const found: Carried[] = [];
  for (const page of document.pages()) {
    const annotations = document.resolve(get(page.dictionary, "Annots"));
    if (annotations?.type !== "array") continue;
    for (const one of annotations.value) {
      const annotation = document.resolve(one);
      const code = document.resolve(get(annotation, "SJCode"));
      if (code?.type !== "string") continue;
      if (found.length >= mostCodes) throw new PdfError("stamps");
      const to = get(annotation, "SJRecord");
      const record = to?.type === "reference" ? document.object(to.number) : undefined;
      const data = record && document.data(record);
      found.push({ code: code.value, record: data && decodeStream(record!.value, data, document.resolve) });
    }
  }
  return found;
}

/** A code in the bytes, where the file cannot be read or shows none: enough to say which report was altered. */
function codeInBytes(source: Source): Uint8Array | undefined {
  const overlap = 2 * largestCode + 64;
  for (let begin = 0; begin < source.size; begin += piece) {
    const text = latin1(source.read(begin, Math.min(source.size, begin + piece + overlap)));
    for (const match of text.matchAll(/\/SJCode\s{0,8}<([0-9A-Fa-f\s]{2,8192})>/g)) {
      const digits = match[1]!.replace(/\s/g, "");
      if (digits.length % 2 === 0) return Uint8Array.from(digits.match(/../g)!, (two) => parseInt(two, 16));
    }
  }
  return undefined;
}

function mentionsCode(source: Source): boolean {
  for (let begin = 0; begin < source.size; begin += piece)
    if (latin1(source.read(begin, Math.min(source.size, begin + piece + 8))).includes("/SJCode")) return true;
  return false;
}

/** The digest over the beginning of a file, in pieces, with a pause after each so that progress is seen. */
async function digestOf(
  source: Source, length: number, name: "sha256" | "sm3", progress: (done: number) => void,
): Promise<Uint8Array> {
  const running = newDigest(name);
  for (let begin = 0; begin < length; begin += piece) {
    running.update(source.read(begin, Math.min(length, begin + piece)));
    progress(Math.min(1, (begin + piece) / length));
    if ((begin / piece) % 8 === 7) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return running.digest();
}

interface Strict {
  readonly document: PdfDocument | undefined;
  readonly codes: readonly Carried[];
  /** What the strict reader stopped at. */
  readonly damage: string | undefined;
}

function readStrictly(source: Source): Strict {
  let document: PdfDocument | undefined;
  try {
    document = PdfDocument.open(source);
    return { document, codes: document.encrypted ? [] : carriedCodes(document), damage: undefined };
  } catch (error) {
    if (error instanceof PdfError || error instanceof EndOfBytes) return { document, codes: [], damage: error.message || "end of file" };
    if (error instanceof RangeError) return { document, codes: [], damage: "nesting" };
    throw error;
  }
}

export async function examine(source: Source, progress: (done: number) => void): Promise<PdfExamination> {
  const findings = new Findings();
  const strict = readStrictly(source);
  const carried = strict.codes[0];
  const remaining = carried === undefined && (strict.damage !== undefined || strict.document?.encrypted || mentionsCode(source))
    ? codeInBytes(source) : undefined;
  const code = carried?.code ?? remaining;
  const nothing = { record: undefined, host: undefined };
  if (code === undefined) {
    if (strict.damage !== undefined) findings.warn("structure", "structure.damaged-other", { what: strict.damage });
    return { code: undefined, ...nothing, checks: findings.checks };
  }
  if (strict.document?.encrypted) findings.fail("structure", "structure.encrypted");
  else if (strict.damage !== undefined) findings.fail("structure", "structure.damaged", { what: strict.damage });
  else if (carried === undefined) findings.fail("revision", "revision.code-removed");
  if (strict.codes.some((other) => !equal(other.code, code))) findings.fail("code", "code.several-embedded");

  const opened = attempt(() => decodeWhole(code));
  if ("error" in opened) return { code, ...nothing, checks: findings.checks };
  const { raw, claims } = opened.value;
  if (carried?.record === undefined) {
    findings.fail("record", "record.missing");
    return { code, ...nothing, checks: findings.checks };
  }
  const recordBytes = carried.record;
  const record = attempt(() => {
    const decoded = ReportRecord.decode(recordBytes, raw.digestName);
    decoded.checkAgainst(claims);
    return decoded;
  });
  if ("error" in record) {
    findings.fail("record", "record.differs", { reason: record.error.code });
    return { code, ...nothing, checks: findings.checks };
  }
  findings.pass("record", "record.matches");
  const original = record.value.original;
  const length = Number(original.length);
  let host: string | undefined;
  if (original.length > BigInt(source.size)) {
    findings.fail("original", "original.shorter", { length: String(original.length) });
  } else if (equal(await digestOf(source, length, raw.digestName, progress), original.digest)) {
    findings.pass("original", "original.unchanged", { length: String(length) });
    const issued = { code, claims, record: record.value, recordBytes, raw };
    if (strict.document !== undefined && strict.damage === undefined)
      host = await checkRevision(source, strict.document, length, issued, findings);
  } else {
    findings.fail("original", "original.changed");
  }
  return { code, record: recordBytes, host, checks: findings.checks };
}

// The stamps of a seal revision that was rebuilt: what their symbols say, how they are drawn, and whether they are those of the
// record. docs/code-format.md, 8.8 steps 8 and 9, and 8.9.

import { digest } from "../crypto/digest";
import { concat, equal, fromHex, latin1, ofLatin1 } from "../format/bytes";
import { encode, type Encodable } from "../format/cbor";
import type { Claims } from "../format/claims";
import { decodeDisclosure, openDisclosure } from "../format/disclosure";
import { attempt, fail } from "../format/format_error";
import { stampsKey, type ReportRecord } from "../format/record";
import { parseSymbolUrl } from "../format/symbol_url";
import { entryName } from "../verify/symbols";
import type { Findings } from "../verify/verdict";
import type { Page } from "./document";
import { inflate } from "./filters";
import { dictionary, PdfError } from "./object";
import { readExact } from "./qr_matrix";
import { rectangle } from "./rebuild";
import type { Font, RevisionValues, Stamp } from "./revision_values";
import { serialise, writtenLength } from "./serialise";
import { readContent, writeContent, type StampContent } from "./stamp_content";
import { entryBlock, layOut, mainBlock, textAlternative, type Block } from "./stamp_layout";

const largestContent = 1 << 20;

interface ReadStamp {
  readonly host: string;
  readonly content: StampContent;
  readonly version: number;
  readonly entryKeys: readonly number[];
  readonly glyphs: readonly Uint8Array[];
}

function contentOf(stamp: Stamp): StampContent {
  try {
    const bytes = inflate(stamp.data, true);
    if (bytes.length > largestContent) fail("stamp.content");
    return readContent(latin1(bytes));
  } catch (error) {
    if (error instanceof PdfError) return fail("stamp.content");
    throw error;
  }
}

function entryKey(text: string, host: string, claims: Claims, record: ReportRecord): number {
  const url = parseSymbolUrl(text);
  if (url.form !== "entry" || url.host !== host) return fail("symbol.differs");
  const entry = openDisclosure(decodeDisclosure(url.bytes), claims, record.digestName);
  return entry.key <= 12 ? entry.key : fail("disclosure.index");
}

/** Reads one stamp's symbols and holds its drawing to what issuing draws. Throws FormatErrors of many codes. */
function readStamp(stamp: Stamp, claims: Claims, record: ReportRecord): ReadStamp {
  const content = contentOf(stamp);
  const [main, ...entries] = content.symbols.map(readExact);
  const url = parseSymbolUrl(main!.text);
  if (url.form !== "report" || !equal(url.bytes, stamp.code)) return fail("symbol.differs");
  const entryKeys = entries.map((symbol) => entryKey(symbol.text, url.host, claims, record));
  const blocks: Block[] = [
    mainBlock(content.symbols[0]!.length, claims, url.host),
    ...entryKeys.map((key, i) => entryBlock(content.symbols[i + 1]!.length, key)),
  ];
  const layout = layOut(blocks);
  if (!equal(ofLatin1(writeContent(layout, content)), inflate(stamp.data, true))) fail("stamp.content");
  if (stamp.width !== writtenLength(layout.width) || stamp.height !== writtenLength(layout.height)) fail("stamp.content");
  return { host: url.host, content, version: main!.version, entryKeys, glyphs: content.glyphs.map((one) => fromHex(one.toLowerCase())) };
}

function fontManifest(font: Font): Encodable {
  return [
    ofLatin1(font.name), ofLatin1(serialise(font.widths)), ofLatin1(serialise(dictionary(...font.descriptor))), font.program,
    Number(font.programLength), font.unicodeMap, font.glyphSet,
  ];
}

/** H(0x03 ‖ manifest). */
function manifestDigest(
  values: RevisionValues, read: readonly ReadStamp[], pages: readonly Page[], record: ReportRecord,
): Uint8Array {
  const stamps = values.stamps.map((stamp, i): Encodable => {
    const page = pages.findIndex((one) => one.number === stamp.page);
    const [left, bottom] = rectangle(stamp, pages[page]!) as [string, string];
    return [page + 1, left, bottom, read[i]!.version, read[i]!.entryKeys, read[i]!.glyphs];
  });
  const manifest = encode([stamps, fontManifest(values.fonts[0]), fontManifest(values.fonts[1])]);
  return digest(record.digestName, concat(Uint8Array.of(3), manifest));
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 + 2 * text.length);
  bytes.set([0xfe, 0xff]);
  for (let i = 0; i < text.length; i++) bytes.set([text.charCodeAt(i) >> 8, text.charCodeAt(i) & 255], 2 + 2 * i);
  return bytes;
}

/** Which check a fault of a stamp belongs to. */
const checkOf = (code: string): string => (code.startsWith("disclosure.") || code.startsWith("record.") ? "entry" : "symbol");

/** The host that all stamps name; undefined where something failed. */
export function checkStamps(
  values: RevisionValues, pages: readonly Page[], claims: Claims, record: ReportRecord, findings: Findings,
): string | undefined {
  const read: ReadStamp[] = [];
  for (const stamp of values.stamps) {
    const one = attempt(() => readStamp(stamp, claims, record));
    if ("value" in one) read.push(one.value);
    else {
      const code = checkOf(one.error.code) === "entry" ? "entry.differs" : one.error.code;
      findings.fail(checkOf(one.error.code), code, code === "entry.differs" ? { entry: "?" } : one.error.parameters);
    }
  }
  if (read.length !== values.stamps.length) return undefined;
  const host = read[0]!.host;
  if (read.some((one) => one.host !== host)) {
    findings.fail("symbol", "symbol.differs");
    return undefined;
  }
  const expected = utf16(textAlternative(claims, host));
  if (values.stamps.some((stamp) => !equal(stamp.contents, expected))) {
    findings.fail("revision", "revision.description");
    return undefined;
  }
  const entry = record.value(stampsKey);
  if (entry?.type !== "bytes" || !equal(entry.value, manifestDigest(values, read, pages, record))) {
    findings.fail("symbol", "stamp.moved");
    return undefined;
  }
  findings.pass("symbol", "symbol.matches", { stamps: String(read.length) });
  for (const key of new Set(read.flatMap((one) => one.entryKeys)))
    findings.pass("entry", "entry.verified", { entry: entryName(key) });
  return host;
}


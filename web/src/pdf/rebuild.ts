// Writes a seal revision from its values: docs/code-format.md, 8.2 to 8.5 and 8.10. What a verifier found must equal it.

import { digest } from "../crypto/digest";
import { concat, ofLatin1 } from "../format/bytes";
import { array, dictionary, get, hasDuplicateKey, name, number, real, reference, text, withEntry, type Dictionary, type PdfObject } from "./object";
import type { Page, PdfDocument } from "./document";
import { ShapeError, type Font, type RevisionValues, type Stamp } from "./revision_values";
import { serialise, writtenLength } from "./serialise";

interface Written {
  readonly number: number;
  readonly value: PdfObject;
  readonly data?: Uint8Array;
}

const matrices: Readonly<Record<number, readonly number[]>> = {
  0: [1, 0, 0, 1, 0, 0], 90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0],
};
const numbers = (...values: readonly (number | string)[]): PdfObject => array(values.map(number));
const ascii = (value: string): PdfObject => text(ofLatin1(value));
const beginning = (bytes: Uint8Array): PdfObject => text(digest("sha256", bytes).subarray(0, 16));

/** `/Annots` of a stamped page: what the base had, each as it was, then ours. */
function stampedPage(base: PdfDocument, page: Page, added: readonly PdfObject[]): Dictionary {
  const annotations = base.resolve(get(page.dictionary, "Annots"));
  const before = annotations?.type === "array" ? annotations.value : [];
  return withEntry(page.dictionary, "Annots", array([...before, ...added]));
}

/** Rectangle of a stamp on its page: 8.5. */
export function rectangle(stamp: Stamp, page: Page): readonly string[] {
  const [left, bottom] = [writtenLength(Number(stamp.left)), writtenLength(Number(stamp.bottom))];
  const turned = page.rotate === 90 || page.rotate === 270;
  const unit = real(get(page.dictionary, "UserUnit")) ?? 1;
  const width = Number(turned ? stamp.height : stamp.width) / unit;
  const height = Number(turned ? stamp.width : stamp.height) / unit;
  return [left, bottom, writtenLength(Number(left) + width), writtenLength(Number(bottom) + height)];
}

function annotation(values: RevisionValues, stamp: Stamp, page: Page, own: number): Written[] {
  const fonts = values.first + 1 + 2 * values.stamps.length;
  const matrix = matrices[page.rotate];
  if (matrix === undefined) throw new ShapeError(own);
  const resources = dictionary(
    ["ColorSpace", dictionary(["DefaultGray", array([name("CalGray"), dictionary(["WhitePoint", numbers(1, 1, 1)])])])],
    ["Font", dictionary(["Chinese", reference(fonts)], ["Latin", reference(fonts + 6)])],
  );
  return [
    {
      number: own,
      value: dictionary(
        ["Type", name("Annot")], ["Subtype", name("Stamp")], ["Rect", numbers(...rectangle(stamp, page))], ["F", number(708)],
        ["P", reference(stamp.page)], ["Contents", text(stamp.contents)], ["AP", dictionary(["N", reference(own + 1)])],
        ["SJCode", text(stamp.code)], ["SJRecord", reference(values.first)]),
    },
    {
      number: own + 1,
      value: dictionary(
        ["Type", name("XObject")], ["Subtype", name("Form")], ["BBox", numbers(0, 0, stamp.width, stamp.height)],
        ["Matrix", numbers(...matrix)], ["Resources", resources], ["Filter", name("FlateDecode")],
        ["Length", number(stamp.data.length)]),
      data: stamp.data,
    },
  ];
}

const compressed = (data: Uint8Array, own: number): Written => ({
  number: own, value: dictionary(["Length", number(data.length)], ["Filter", name("FlateDecode")]), data,
});

function fontObjects(font: Font, first: number): Written[] {
  const system = dictionary(["Registry", ascii("Adobe")], ["Ordering", ascii("Identity")], ["Supplement", number(0)]);
  return [
    {
      number: first,
      value: dictionary(
        ["Type", name("Font")], ["Subtype", name("Type0")], ["BaseFont", name(font.name)], ["Encoding", name("Identity-H")],
        ["DescendantFonts", array([reference(first + 1)])], ["ToUnicode", reference(first + 4)]),
    },
    {
      number: first + 1,
      value: dictionary(
        ["Type", name("Font")], ["Subtype", name("CIDFontType2")], ["BaseFont", name(font.name)], ["CIDSystemInfo", system],
        ["CIDToGIDMap", name("Identity")], ["FontDescriptor", reference(first + 2)], ["W", font.widths]),
    },
    {
      number: first + 2,
      value: dictionary(
        ["Type", name("FontDescriptor")], ["FontName", name(font.name)], ...font.descriptor,
        ["FontFile2", reference(first + 3)], ["CIDSet", reference(first + 5)]),
    },
    {
      number: first + 3,
      value: dictionary(
        ["Length", number(font.program.length)], ["Length1", number(font.programLength)], ["Filter", name("FlateDecode")]),
      data: font.program,
    },
    compressed(font.unicodeMap, first + 4),
    compressed(font.glyphSet, first + 5),
  ];
}

/** The seal's widget, then those of the fields for countersignatures; `first` is the signature's number. */
const widgetNumbers = (values: RevisionValues, first: number): number[] =>
  [first + 1, ...Array.from({ length: values.countersign }, (_, i) => first + 4 + i)];

function sealObjects(values: RevisionValues, base: PdfDocument, first: number): Written[] {
  const seal = values.seal!;
  const parameters = dictionary(["Type", name("TransformParams")], ["P", number(2)], ["V", name("1.2")]);
  const form = base.dictionaryAt(base.catalog, "AcroForm") ?? dictionary();
  const fields = base.resolve(get(form, "Fields"));
  const before = fields?.type === "array" ? fields.value : [];
  const widget = (title: string, value: readonly (readonly [string, PdfObject])[]): PdfObject => dictionary(
    ["Type", name("Annot")], ["Subtype", name("Widget")], ["FT", name("Sig")], ["T", ascii(title)], ...value,
    ["Rect", numbers(0, 0, 0, 0)], ["F", number(132)], ["P", reference(values.stamps[0]!.page)],
    ["AP", dictionary(["N", reference(first + 2)])]);
  const widgets = widgetNumbers(values, first);
  return [
    {
      number: first,
      value: dictionary(
        ["Type", name("Sig")], ["Contents", text(seal.contents)], ["ByteRange", numbers(...seal.byteRange)],
        ["Filter", name("Adobe.PPKLite")], ["SubFilter", name(seal.subFilter)], ["M", text(seal.time)],
        ["Reference", array([dictionary(
          ["Type", name("SigRef")], ["TransformMethod", name("DocMDP")], ["TransformParams", parameters])])]),
    },
    { number: first + 1, value: widget("SJSeal", [["V", reference(first)]]) },
    {
      number: first + 2,
      value: dictionary(
        ["Type", name("XObject")], ["Subtype", name("Form")], ["BBox", numbers(0, 0, 0, 0)], ["Length", number(0)]),
      data: new Uint8Array(0),
    },
    {
      number: first + 3,
      value: withEntry(withEntry(form, "Fields", array([...before, ...widgets.map(reference)])), "SigFlags", number(3)),
    },
    ...widgets.slice(1).map((own, i) => ({ number: own, value: widget(`SJCountersign${i + 1}`, []) })),
  ];
}

/** The objects below `first`: the stamped pages and, with a seal, the catalog. */
function rewritten(values: RevisionValues, base: PdfDocument, pages: ReadonlyMap<number, Page>): Written[] {
  const last = values.first + 1 + 2 * values.stamps.length + 12;
  const written = values.stamps.map((stamp, i) => {
    const page = pages.get(stamp.page);
    if (page === undefined || hasDuplicateKey(page.dictionary)) throw new ShapeError(stamp.page);
    const fields = values.seal !== undefined && i === 0 ? widgetNumbers(values, last) : [];
    const added = [...fields.map(reference), reference(values.first + 1 + 2 * i)];
    return { number: stamp.page, value: stampedPage(base, page, added) };
  });
  if (values.seal === undefined) return written;
  const root = get(base.trailer, "Root");
  if (root?.type !== "reference" || hasDuplicateKey(base.catalog) || get(base.catalog, "Perms") !== undefined)
    throw new ShapeError(values.first);
  const permissions = dictionary(["DocMDP", reference(last)]);
  const catalog = withEntry(withEntry(base.catalog, "AcroForm", reference(last + 3)), "Perms", permissions);
  return [...written, { number: root.number, value: catalog }];
}

function trailerEntries(values: RevisionValues, base: PdfDocument, size: number): (readonly [string, PdfObject])[] {
  const information = get(base.trailer, "Info");
  const identifier = get(base.trailer, "ID");
  const old = identifier?.type === "array" ? identifier.value[0] : undefined;
  return [
    ["Size", number(size)],
    ["Root", get(base.trailer, "Root")!],
    ...(information?.type === "reference" ? [["Info", information] as const] : []),
    ["ID", array([old?.type === "string" ? old : beginning(values.record), beginning(values.stamps[0]!.code)])],
    ["Prev", number(base.start)],
  ];
}

/** First and count of each run of consecutive numbers. */
function runsOf(written: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const own of written) {
    const run = runs[runs.length - 1];
    if (run !== undefined && run[0] + run[1] === own) run[1]++;
    else runs.push([own, 1]);
  }
  return runs;
}

function table(offsets: ReadonlyMap<number, number>, trailer: Dictionary): Uint8Array {
  let section = "xref\n";
  for (const [first, count] of runsOf([...offsets.keys()])) {
    section += `${first} ${count}\n`;
    for (let own = first; own < first + count; own++) section += `${String(offsets.get(own)).padStart(10, "0")} 00000 n \n`;
  }
  return ofLatin1(`${section}trailer\n${serialise(trailer)}\n`);
}

function stream(own: number, at: number, offsets: ReadonlyMap<number, number>, entries: Dictionary): Uint8Array {
  const width = at > 0xffff_ffff ? 8 : 4;
  const all = new Map([...offsets, [own, at]]);
  const rows = [...all.values()].map((offset) => {
    const row = new Uint8Array(width + 2);
    row[0] = 1;
    for (let i = width, rest = offset; i > 0; i--, rest = Math.floor(rest / 256)) row[i] = rest % 256;
    return row;
  });
  const data = concat(...rows);
  const value = dictionary(
    ["Type", name("XRef")], ...entries.entries, ["W", numbers(1, width, 1)],
    ["Index", numbers(...runsOf([...all.keys()]).flat())], ["Length", number(data.length)]);
  return objectBytes({ number: own, value, data });
}

function objectBytes(object: Written): Uint8Array {
  const head = `${object.number} 0 obj\n${serialise(object.value)}\n`;
  if (object.data === undefined) return ofLatin1(`${head}endobj\n`);
  return concat(ofLatin1(`${head}stream\n`), object.data, ofLatin1("\nendstream\nendobj\n"));
}

/** The revision, beginning right behind the base. */
export function rebuild(values: RevisionValues, base: PdfDocument, pages: ReadonlyMap<number, Page>): Uint8Array {
  const fontsAt = values.first + 1 + 2 * values.stamps.length;
  const written: Written[] = [
    ...rewritten(values, base, pages),
    {
      number: values.first,
      value: dictionary(["Type", name("SJRecord")], ["Length", number(values.record.length)]), data: values.record,
    },
    ...values.stamps.flatMap((stamp, i) => annotation(values, stamp, pages.get(stamp.page)!, values.first + 1 + 2 * i)),
    ...fontObjects(values.fonts[0], fontsAt),
    ...fontObjects(values.fonts[1], fontsAt + 6),
    ...(values.seal === undefined ? [] : sealObjects(values, base, fontsAt + 12)),
  ].sort((a, b) => a.number - b.number);

  const pieces = [ofLatin1("\n")];
  let at = base.source.size + 1;
  const offsets = new Map<number, number>();
  for (const object of written) {
    offsets.set(object.number, at);
    const bytes = objectBytes(object);
    pieces.push(bytes);
    at += bytes.length;
  }
  const next = written[written.length - 1]!.number + 1;
  const isStream = base.sections[0]!.stream;
  const trailer = dictionary(...trailerEntries(values, base, isStream ? next + 1 : next));
  pieces.push(isStream ? stream(next, at, offsets, trailer) : table(offsets, trailer));
  pieces.push(ofLatin1(`startxref\n${at}\n%%EOF\n`));
  return concat(...pieces);
}


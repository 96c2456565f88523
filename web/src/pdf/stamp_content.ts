// The content stream of a stamp: read into symbols and glyphs, and written again. docs/code-format.md, 8.7.

import { fail } from "../format/format_error";
import { moduleSize, type Layout } from "./stamp_layout";
import { writtenLength } from "./serialise";
import type { Modules } from "./qr_matrix";

const largestSide = 105;
const wrong = (): never => fail("stamp.content");
const length = "-?[0-9]+(?:\\.[0-9]{1,3})?";
const side = writtenLength(moduleSize);

const head = new RegExp(`^1 g\\n0 0 (${length}) (${length}) re\\nf\\n0 g\\n`);
const symbolHead = new RegExp(`^q\\n${side.replace(".", "\\.")} 0 0 ${side.replace(".", "\\.")} ${length} ${length} cm\\n`);
const rectangle = /^([0-9]{1,3}) ([0-9]{1,3}) ([0-9]{1,3}) ([0-9]{1,3}) re\n/;
const run = new RegExp(`^BT\\n/(Chinese|Latin) ${length} Tf\\n${length} ${length} Td\\n<([0-9A-F]*)> Tj\\nET\\n`);

export interface StampContent {
  readonly symbols: readonly Modules[];
  /** Glyph numbers of each run, hexadecimal. */
  readonly glyphs: readonly string[];
}

class Reader {
  constructor(private rest: string) {}

  take(form: RegExp): RegExpExecArray | undefined {
    const match = form.exec(this.rest);
    if (match === null) return undefined;
    this.rest = this.rest.slice(match[0].length);
    return match;
  }

  get done(): boolean {
    return this.rest === "";
  }
}

/** Draws rectangles; rows count from the bottom. The timing and finder patterns reach every edge, so the extent is the side. */
function modulesOf(rectangles: readonly (readonly [number, number, number, number])[]): Modules {
  const size = Math.max(0, ...rectangles.map(([column, row, columns, rows]) => Math.max(column + columns, row + rows)));
  if (size === 0 || size > largestSide) return wrong();
  const dark = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const [column, row, columns, rows] of rectangles)
    for (let y = row; y < row + rows; y++)
      for (let x = column; x < column + columns; x++) dark[size - 1 - y]![x] = true;
  return dark;
}

/** Error: stamp.content, for everything that issuing would not have drawn. */
export function readContent(text: string): StampContent {
  const reader = new Reader(text);
  if (reader.take(head) === undefined) return wrong();
  const symbols: Modules[] = [];
  while (reader.take(symbolHead) !== undefined) {
    const rectangles: [number, number, number, number][] = [];
    for (let match = reader.take(rectangle); match !== undefined; match = reader.take(rectangle))
      rectangles.push([Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])]);
    if (reader.take(/^f\nQ\n/) === undefined) return wrong();
    symbols.push(modulesOf(rectangles));
  }
  const glyphs: string[] = [];
  for (let match = reader.take(run); match !== undefined; match = reader.take(run)) glyphs.push(match[2]!);
  if (!reader.done || symbols.length === 0) return wrong();
  return { symbols, glyphs };
}

/** The rectangles of a symbol, in the order of 8.7. */
function rectanglesOf(modules: Modules): string {
  const size = modules.length;
  const taken = modules.map((row) => row.map(() => false));
  const open = (x: number, y: number): boolean => y < size && x >= 0 && x < size && modules[y]![x]! && !taken[y]![x]!;
  let text = "";
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      if (!open(x, y)) continue;
      let columns = 1;
      while (open(x + columns, y)) columns++;
      let rows = 1;
      const under = (row: number): boolean => {
        if (row >= size) return false;
        for (let i = x; i < x + columns; i++) if (!open(i, row)) return false;
        return !(modules[row]![x - 1] ?? false) && !(modules[row]![x + columns] ?? false);
      };
      while (under(y + rows)) rows++;
      for (let row = y; row < y + rows; row++) taken[row]!.fill(true, x, x + columns);
      text += `${x} ${size - y - rows} ${columns} ${rows} re\n`;
    }
  return text;
}

/** The content that a layout has, with these symbols and glyphs. Error: stamp.content where they are not as many. */
export function writeContent(layout: Layout, content: StampContent): string {
  if (layout.symbols.length !== content.symbols.length || layout.runs.length !== content.glyphs.length) return wrong();
  let text = `1 g\n0 0 ${writtenLength(layout.width)} ${writtenLength(layout.height)} re\nf\n0 g\n`;
  layout.symbols.forEach(({ x, y }, i) => {
    text += `q\n${side} 0 0 ${side} ${writtenLength(x)} ${writtenLength(y)} cm\n${rectanglesOf(content.symbols[i]!)}f\nQ\n`;
  });
  layout.runs.forEach((run, i) => {
    const glyphs = content.glyphs[i]!;
    if (glyphs.length !== 4 * [...run.text].length) wrong();
    text += `BT\n/${run.face} ${writtenLength(run.size)} Tf\n${writtenLength(run.x)} ${writtenLength(run.y)} Td\n<${glyphs}> Tj\nET\n`;
  });
  return text;
}

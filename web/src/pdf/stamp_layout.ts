// Where everything of a stamp lies: docs/code-format.md, 8.6.

import type { Claims } from "../format/claims";
import { shownCodeNumber } from "../format/code_number";
import { documentTitle } from "../format/licence_kind";

/** Side of a module, in points. */
export const moduleSize = 1.44;
const quietModules = 4;
const margin = quietModules * moduleSize;
const gap = 1.5;
const sizes = { caption: 6.3, number: 8.6, host: 6.4 } as const;
const latinAdvance = 0.602;
const firstChinese = 0x2e80;

export type Face = "Chinese" | "Latin";

export interface Run {
  readonly face: Face;
  readonly size: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface SymbolPlace {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly symbols: readonly SymbolPlace[];
  readonly runs: readonly Run[];
}

interface Line {
  readonly text: string;
  readonly size: number;
}

export interface Block {
  /** Modules on a side of its symbol. */
  readonly modules: number;
  readonly lines: readonly Line[];
}

const entryCaptions: Readonly<Record<number, string>> = {
  1: "原始文件", 2: "鉴定机构", 3: "司法鉴定人", 4: "执业类别", 5: "委托鉴定事项", 6: "委托人", 7: "受理日期", 8: "鉴定意见",
  9: "案件赋码", 10: "份数", 11: "用途", 12: "文本提取",
};

type Titled = Pick<Claims, "code" | "category">;

function hostLines(host: string, modules: number): string[] {
  const most = Math.max(8, Math.floor((modules * moduleSize) / (latinAdvance * sizes.host)));
  const lines: string[] = [];
  let rest = host;
  while (rest.length > most) {
    const head = rest.slice(0, most);
    const cut = Math.max(head.lastIndexOf("."), head.lastIndexOf("-")) + 1;
    const length = cut >= Math.floor(most / 2) && cut > 0 ? cut : most;
    lines.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...lines, rest];
}

export function mainBlock(modules: number, { code, category }: Titled, host: string): Block {
  const shown = shownCodeNumber(code);
  return {
    modules,
    lines: [
      { text: `${documentTitle(category)} · 扫码核验`, size: sizes.caption },
      { text: shown.slice(0, 15), size: sizes.number },
      { text: shown.slice(15), size: sizes.number },
      { text: "官方核验网址", size: sizes.caption },
      ...hostLines(host, modules).map((text) => ({ text, size: sizes.host })),
    ],
  };
}

export const entryBlock = (modules: number, key: number): Block => ({
  modules, lines: [{ text: `${entryCaptions[key]} · 扫码核对`, size: sizes.caption }],
});

const isChinese = (character: string): boolean => character.codePointAt(0)! >= firstChinese;

function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += (isChinese(character) ? 1 : latinAdvance) * size;
  return width;
}

/** Cut into pieces of one face. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (const character of text) {
    const last = found.length - 1;
    if (last >= 0 && isChinese(found[last]!) === isChinese(character)) found[last] += character;
    else found.push(character);
  }
  return found;
}

const sideOf = (block: Block): number => (block.modules + 2 * quietModules) * moduleSize;

function heightOf(block: Block): number {
  let height = sideOf(block);
  for (const line of block.lines) height += line.size + gap;
  return height;
}

export function layOut(blocks: readonly Block[]): Layout {
  const height = Math.max(...blocks.map(heightOf));
  const symbols: SymbolPlace[] = [];
  const runs: Run[] = [];
  let width = 0;
  for (const block of blocks) {
    const side = sideOf(block);
    const top = height - side;
    symbols.push({ x: width + margin, y: top + margin });
    let y = top;
    let widest = side;
    for (const { text, size } of block.lines) {
      y -= size;
      let x = width + margin;
      for (const piece of pieces(text)) {
        runs.push({ face: isChinese(piece) ? "Chinese" : "Latin", size, x, y: y + gap, text: piece });
        x += widthOf(piece, size);
      }
      widest = Math.max(widest, 2 * margin + widthOf(text, size));
      y -= gap;
    }
    width += widest;
  }
  return { width: Math.round(width * 1000) / 1000, height: Math.round(height * 1000) / 1000, symbols, runs };
}

export const textAlternative = ({ code, category }: Titled, host: string): string =>
  `${documentTitle(category)}赋码 ${shownCodeNumber(code)}，官方核验网址 ${host}`;

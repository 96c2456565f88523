// A QR symbol module by module (ISO/IEC 18004): what its codewords say, and the one drawing that they have. A symbol of ours
// must equal that drawing; no error is corrected. Versions 1 to 22, levels M and Q, numeric and byte segments.

import { correctionOf, dataCodewords, largestVersion, modulesOf, type QrLevel } from "../format/qr_capacity";
import { fail } from "../format/format_error";

export type Modules = readonly (readonly boolean[])[];

const levelBits: Readonly<Record<QrLevel, number>> = { M: 0, Q: 3 };
const wrong = (): never => fail("qr.modules");

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function remainder(value: number, bits: number, generator: number): number {
  let rest = value;
  for (let i = 0; i < bits; i++) rest = (rest << 1) ^ ((rest >>> (bits - 1)) * generator);
  return rest;
}

const formatBits = (level: QrLevel, mask: number): number => {
  const data = (levelBits[level] << 3) | mask;
  return ((data << 10) | remainder(data, 10, 0x537)) ^ 0x5412;
};

function alignments(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const positions = [6];
  for (let at = modulesOf(version) - 7; positions.length < count; at -= step) positions.splice(1, 0, at);
  return positions;
}

/** A drawing in progress: undefined where only data can stand. */
class Drawing {
  readonly size: number;
  readonly dark: (boolean | undefined)[][];

  constructor(readonly version: number) {
    this.size = modulesOf(version);
    this.dark = Array.from({ length: this.size }, () => new Array<boolean | undefined>(this.size).fill(undefined));
    for (let i = 0; i < this.size; i++) {
      this.set(6, i, i % 2 === 0);
      this.set(i, 6, i % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [this.size - 4, 3], [3, this.size - 4]] as const) this.finder(x, y);
    const positions = alignments(version);
    const last = positions.length - 1;
    positions.forEach((x, i) => positions.forEach((y, j) => {
      if (!((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0))) this.alignment(x, y);
    }));
    this.versionInformation();
  }

  private set(x: number, y: number, dark: boolean): void {
    if (x >= 0 && y >= 0 && x < this.size && y < this.size) this.dark[y]![x] = dark;
  }

  private finder(x: number, y: number): void {
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const distance = Math.max(Math.abs(dx), Math.abs(dy));
        this.set(x + dx, y + dy, distance !== 2 && distance !== 4);
      }
  }

  private alignment(x: number, y: number): void {
    for (let dy = -2; dy <= 2; dy++)
      for (let dx = -2; dx <= 2; dx++) this.set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }

  private versionInformation(): void {
    if (this.version < 7) return;
    const bits = (this.version << 12) | remainder(this.version, 12, 0x1f25);
    for (let i = 0; i < 18; i++) {
      const dark = ((bits >>> i) & 1) === 1;
      const [a, b] = [this.size - 11 + (i % 3), Math.floor(i / 3)];
      this.set(a, b, dark);
      this.set(b, a, dark);
    }
  }

  format(bits: number): void {
    const bit = (i: number): boolean => ((bits >>> i) & 1) === 1;
    for (let i = 0; i <= 5; i++) this.set(8, i, bit(i));
    this.set(8, 7, bit(6));
    this.set(8, 8, bit(7));
    this.set(7, 8, bit(8));
    for (let i = 9; i < 15; i++) this.set(14 - i, 8, bit(i));
    for (let i = 0; i < 8; i++) this.set(this.size - 1 - i, 8, bit(i));
    for (let i = 8; i < 15; i++) this.set(8, this.size - 15 + i, bit(i));
    this.set(8, this.size - 8, true);
  }

  /** The places of data, in the order of the codewords' bits. */
  *places(): Generator<readonly [number, number]> {
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let vertical = 0; vertical < this.size; vertical++)
        for (let j = 0; j < 2; j++) {
          const x = right - j;
          const y = ((right + 1) & 2) === 0 ? this.size - 1 - vertical : vertical;
          if (this.dark[y]![x] === undefined) yield [x, y];
        }
    }
  }
}

function multiply(x: number, y: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((y >>> i) & 1) * x;
  }
  return product;
}

function divisor(degree: number): number[] {
  const result = new Array<number>(degree).fill(0);
  result[degree - 1] = 1;
  let root = 1;
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) result[j] = multiply(result[j]!, root) ^ (result[j + 1] ?? 0);
    root = multiply(root, 2);
  }
  return result;
}

function correctionCodewords(data: readonly number[], generator: readonly number[]): number[] {
  const result = generator.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ result.shift()!;
    result.push(0);
    generator.forEach((coefficient, i) => (result[i]! ^= multiply(coefficient, factor)));
  }
  return result;
}

/** Lengths of the blocks' data, in order: the short ones first. */
function blockLengths(version: number, level: QrLevel): number[] {
  const { blocks } = correctionOf(version, level);
  const all = dataCodewords(version, level);
  const short = Math.floor(all / blocks);
  return Array.from({ length: blocks }, (_, i) => (i < blocks - (all % blocks) ? short : short + 1));
}

/** Data codewords in the order of the text, from those in the order of the drawing. */
function deinterleave(codewords: readonly number[], lengths: readonly number[]): number[][] {
  const blocks = lengths.map(() => [] as number[]);
  let at = 0;
  for (let i = 0; i < Math.max(...lengths); i++)
    lengths.forEach((length, block) => {
      if (i < length) blocks[block]!.push(codewords[at++]!);
    });
  return blocks;
}

function interleave(blocks: readonly (readonly number[])[]): number[] {
  const all: number[] = [];
  for (let i = 0; i < Math.max(...blocks.map((block) => block.length)); i++)
    for (const block of blocks) if (i < block.length) all.push(block[i]!);
  return all;
}

class Bits {
  at = 0;

  constructor(private readonly bytes: readonly number[]) {}

  get left(): number {
    return this.bytes.length * 8 - this.at;
  }

  take(count: number): number {
    if (count > this.left) wrong();
    let value = 0;
    for (let i = 0; i < count; i++, this.at++) value = value * 2 + ((this.bytes[this.at >>> 3]! >>> (7 - (this.at & 7))) & 1);
    return value;
  }
}

function readSegments(bits: Bits, version: number): string {
  let text = "";
  while (bits.left >= 4) {
    const mode = bits.take(4);
    if (mode === 0) return text;
    if (mode === 4) {
      for (let count = bits.take(version >= 10 ? 16 : 8); count > 0; count--) text += String.fromCharCode(bits.take(8));
    } else if (mode === 1) {
      let count = bits.take(version >= 10 ? 12 : 10);
      for (; count > 0; count -= Math.min(count, 3)) {
        const digits = Math.min(count, 3);
        const value = bits.take([0, 4, 7, 10][digits]!);
        if (value >= 10 ** digits) wrong();
        text += String(value).padStart(digits, "0");
      }
    } else {
      wrong();
    }
  }
  // Less room than a terminator has: what is left of it.
  if (bits.take(bits.left) !== 0) wrong();
  return text;
}

/** Behind the terminator: zeros to the next byte, then EC and 11 by turns. */
function checkPadding(bits: Bits): void {
  if (bits.take((8 - (bits.at % 8)) % 8) !== 0) wrong();
  for (let pad = 0xec; bits.left > 0; pad ^= 0xec ^ 0x11) if (bits.take(8) !== pad) wrong();
}

/** What a faultless symbol says, one character for each byte. Error: qr.modules. */
export function readExact(modules: Modules): { text: string; version: number } {
  const size = modules.length;
  const version = (size - 17) / 4;
  if (!Number.isInteger(version) || version < 1 || version > largestVersion) wrong();
  const drawing = new Drawing(version);
  const found = formatOf(modules);
  drawing.format(formatBits(found.level, found.mask));
  const mask = masks[found.mask]!;
  const bits: number[] = [];
  for (const [x, y] of drawing.places()) bits.push(modules[y]![x] !== mask(x, y) ? 1 : 0);
  const codewords: number[] = [];
  for (let i = 0; i + 8 <= bits.length; i += 8) codewords.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  if (bits.slice(codewords.length * 8).some((bit) => bit !== 0)) wrong();

  const blocks = deinterleave(codewords.slice(0, dataCodewords(version, found.level)), blockLengths(version, found.level));
  const generator = divisor(correctionOf(version, found.level).inBlock);
  const whole = [...interleave(blocks), ...interleave(blocks.map((block) => correctionCodewords(block, generator)))];
  if (whole.length !== codewords.length || whole.some((codeword, i) => codeword !== codewords[i])) wrong();
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const function_ = drawing.dark[y]![x];
      if (function_ !== undefined && function_ !== modules[y]![x]) wrong();
    }
  const data = new Bits(blocks.flat());
  const text = readSegments(data, version);
  checkPadding(data);
  return { text, version };
}

/** Level and mask, where both copies of the format information are faultless. */
function formatOf(modules: Modules): { level: QrLevel; mask: number } {
  let bits = 0;
  for (let i = 0; i < 8; i++) if (modules[8]![modules.length - 1 - i]) bits |= 1 << i;
  for (let i = 8; i < 15; i++) if (modules[modules.length - 15 + i]![8]) bits |= 1 << i;
  for (const level of ["M", "Q"] as const)
    for (let mask = 0; mask < 8; mask++) if (formatBits(level, mask) === bits) return { level, mask };
  return wrong();
}

// How much a QR symbol holds (ISO/IEC 18004), for one byte segment and one numeric segment: docs/code-format.md, section 7.

import { utf8 } from "./bytes";
import { fail } from "./format_error";

export type QrLevel = "M" | "Q";
export const largestVersion = 22;

// Of each version from 1: codewords of error correction in a block, and blocks.
const correction: Readonly<Record<QrLevel, readonly number[]>> = {
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28],
  Q: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30],
};
const blocks: Readonly<Record<QrLevel, readonly number[]>> = {
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17],
  Q: [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23],
};

export const modulesOf = (version: number): number => 17 + 4 * version;

/** Modules that carry data or its correction. */
export function dataModules(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const alignments = Math.floor(version / 7) + 2;
    modules -= (25 * alignments - 10) * alignments - 55;
    if (version >= 7) modules -= 36;
  }
  return modules;
}

export const correctionOf = (version: number, level: QrLevel): { inBlock: number; blocks: number } => ({
  inBlock: correction[level][version - 1]!,
  blocks: blocks[level][version - 1]!,
});

/** Codewords for data alone. */
export function dataCodewords(version: number, level: QrLevel): number {
  const { inBlock, blocks: count } = correctionOf(version, level);
  return Math.floor(dataModules(version) / 8) - inBlock * count;
}

/** Bits of the two segments, without the terminator. */
function segmentBits(version: number, bytes: number, digits: number): number {
  const large = version >= 10;
  const ofBytes = bytes === 0 ? 0 : 4 + (large ? 16 : 8) + 8 * bytes;
  const ofDigits = digits === 0 ? 0 : 4 + (large ? 12 : 10) + 10 * Math.floor(digits / 3) + [0, 4, 7][digits % 3]!;
  return ofBytes + ofDigits;
}

/** The smallest version up to `maximum` that holds the text. Error: qr.too-large. */
export function smallestVersion(
  text: string, level: QrLevel, maximum: number,
): { version: number; modules: number; bits: number; capacity: number } {
  const digits = /[0-9]*$/.exec(text)![0].length;
  const bytes = utf8(text).length - digits;
  for (let version = 1; version <= Math.min(maximum, largestVersion); version++) {
    const capacity = dataCodewords(version, level) * 8;
    const bits = segmentBits(version, bytes, digits);
    if (bits <= capacity) return { version, modules: modulesOf(version), bits, capacity };
  }
  return fail("qr.too-large");
}

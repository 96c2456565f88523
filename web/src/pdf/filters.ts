// Flate with the predictors of cross-reference streams (ISO 32000-2, 7.4.4), within a limit.

import { Inflate } from "pako";
import { damaged, get, integer, isName, type PdfObject } from "./object";

export const largestDecoded = 64 * 1024 * 1024;

/** Decompresses zlib data. `exact`: nothing may stand behind its end. */
export function inflate(data: Uint8Array, exact: boolean): Uint8Array {
  const inflater = new Inflate({ chunkSize: 1 << 16 });
  const pieces: Uint8Array[] = [];
  let size = 0;
  inflater.onData = (piece) => {
    size += (piece as Uint8Array).length;
    if (size > largestDecoded) damaged("stream size");
    pieces.push(piece as Uint8Array);
  };
  inflater.push(data, true);
  const rest = (inflater as unknown as { strm: { avail_in: number }; ended: boolean }).strm.avail_in;
  if (inflater.err !== 0 || !(inflater as unknown as { ended: boolean }).ended || (exact && rest !== 0)) damaged("compressed data");
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function unpredict(data: Uint8Array, columns: number): Uint8Array {
  const rows = Math.ceil(data.length / (columns + 1));
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const filter = data[row * (columns + 1)]!;
    for (let i = 0; i < columns; i++) {
      const raw = data[row * (columns + 1) + 1 + i] ?? 0;
      const left = i > 0 ? out[row * columns + i - 1]! : 0;
      const up = row > 0 ? out[(row - 1) * columns + i]! : 0;
      const corner = row > 0 && i > 0 ? out[(row - 1) * columns + i - 1]! : 0;
      out[row * columns + i] = raw + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const estimate = left + up - corner;
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return damaged("predictor");
  }
}

/** The data of an object stream or cross-reference stream. `resolve` follows a reference. */
export function decodeStream(
  dictionary: PdfObject, data: Uint8Array, resolve: (object: PdfObject | undefined) => PdfObject | undefined,
): Uint8Array {
  const first = (object: PdfObject | undefined): PdfObject | undefined => {
    const value = resolve(object);
    if (value?.type !== "array") return value;
    if (value.value.length > 1) damaged("filter");
    return resolve(value.value[0]);
  };
  const filter = first(get(dictionary, "Filter"));
  if (filter === undefined || filter.type === "null") return data;
  if (!isName(filter, "FlateDecode")) damaged("filter");
  const decoded = inflate(data, false);
  const parameters = first(get(dictionary, "DecodeParms"));
  const predictor = integer(resolve(get(parameters, "Predictor"))) ?? 1;
  if (predictor === 1) return decoded;
  if (predictor < 10) damaged("predictor");
  const columns = integer(resolve(get(parameters, "Columns"))) ?? 1;
  if (columns < 1 || columns > 1 << 16) damaged("predictor");
  return unpredict(decoded, columns);
}

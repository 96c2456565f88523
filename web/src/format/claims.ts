// The claims of a report code: docs/code-format.md, section 4.

import { decode, type Item } from "./cbor";
import { decodeCodeNumber } from "./code_number";
import { attempt, fail } from "./format_error";
import { canonicalReportNumber, hasRightForm, isMiddle, isYear, type ReportNumber } from "./report_number";

export interface Claims {
  readonly issuer: string;
  /** Seconds since 1970. A claim of the issuer, no proof of time. */
  readonly issued: bigint;
  /** 20 characters. */
  readonly code: string;
  readonly number: ReportNumber;
  readonly record: Uint8Array;
  readonly entries: number;
  readonly pages: number;
  /** 0 where it is withheld. */
  readonly category: number;
  readonly status: bigint;
  /** 0 for an ordinary report, else 1 to 3. */
  readonly kind: number;
  readonly prior: { readonly coded: boolean; readonly text: string } | null;
  /** Keys from 24 on that were passed over, ascending. */
  readonly ignored: readonly bigint[];
}

const names = ["issuer", "issued", "code", "number", "record", "entries", "pages", "category", "status"];
const lastKnownKey = 11n;
const firstOpenKey = 24n;

const typeError = (): never => fail("claims.type");
const asText = (item: Item): string => (item.type === "text" ? item.value : typeError());
const asUint = (item: Item): bigint => (item.type === "uint" ? item.value : typeError());
const asBytes = (item: Item, length: number): Uint8Array =>
  item.type === "bytes" && item.value.length === length ? item.value : typeError();

function reportNumber(item: Item): ReportNumber {
  if (item.type === "text") return item.value;
  if (item.type !== "array" || item.value.length !== 3) return typeError();
  const year = asUint(item.value[0]!);
  const middle = asText(item.value[1]!);
  const serial = asUint(item.value[2]!);
  if (!isYear(year) || !isMiddle(middle)) fail("claims.number");
  return { year: Number(year), middle, serial };
}

/** A small count; what no report has is refused before it is compared with anything. */
const asCount = (value: bigint): number => (value < 1n << 32n ? Number(value) : fail("claims.value"));

function byKey(payload: Item): Map<bigint, Item> {
  if (payload.type !== "map") return typeError();
  const items = new Map<bigint, Item>();
  for (const [key, value] of payload.value) items.set(key.type === "uint" ? key.value : typeError(), value);
  return items;
}

function isCanonical(text: string): boolean {
  const result = attempt(() => canonicalReportNumber(text));
  return "value" in result && result.value === text;
}

function checkPrior(kind: Item | undefined, prior: Item | undefined): Pick<Claims, "kind" | "prior"> {
  if (kind === undefined && prior === undefined) return { kind: 0, prior: null };
  if (kind === undefined || prior === undefined) return fail("claims.kind");
  const value = asUint(kind);
  if (value < 1n || value > 3n) fail("claims.kind");
  if (prior.type === "bytes") return { kind: Number(value), prior: { coded: true, text: decodeCodeNumber(prior.value) } };
  const text = asText(prior);
  if (!isCanonical(text)) fail("claims.number");
  return { kind: Number(value), prior: { coded: false, text } };
}

/**
 * Decodes a payload. `shortName` of the issuer, where it is known, decides whether the report number has the right form.
 * Errors: cbor.*, claims.*, number.*.
 */
export function decodeClaims(payload: Uint8Array, shortName?: string): Claims {
  const items = byKey(decode(payload));
  for (const key of items.keys())
    if (key < firstOpenKey && (key === 0n || key > lastKnownKey)) fail("claims.newer-format");
  for (let key = 1n; key <= 9n; key++)
    if (!items.has(key)) fail("claims.missing", { claim: names[Number(key) - 1]! });
  const item = (key: bigint): Item => items.get(key)!;

  // Types and lengths before any value.
  const issuer = asText(item(1n));
  const issued = asUint(item(2n));
  const codeBytes = asBytes(item(3n), 12);
  const numberItem = item(4n);
  if (numberItem.type !== "text" && numberItem.type !== "array") typeError();
  const record = asBytes(item(5n), 32);
  const counts = [6n, 7n, 8n].map((key) => asUint(item(key)));
  const status = asUint(item(9n));
  const kindItem = items.get(10n);
  if (kindItem !== undefined) asUint(kindItem);
  const priorItem = items.get(11n);
  if (priorItem !== undefined && priorItem.type !== "text") asBytes(priorItem, 12);

  const number = reportNumber(numberItem);
  const [entries, pages, category] = counts.map(asCount) as [number, number, number];
  if (issuer === "" || pages < 1 || entries < 12 + pages) fail("claims.value");
  const code = decodeCodeNumber(codeBytes);
  if (typeof number === "string" && !isCanonical(number)) fail("claims.number");
  if (shortName !== undefined && !hasRightForm(number, shortName)) fail("claims.number");
  const ignored = [...items.keys()].filter((key) => key >= firstOpenKey);
  return {
    issuer, issued, code, number, record, entries, pages, category, status, ignored, ...checkPrior(kindItem, priorItem),
  };
}

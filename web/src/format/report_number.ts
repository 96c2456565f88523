// Report numbers (文号): canonical text and the form in parts. docs/code-format.md, section 4.

import { utf8 } from "./bytes";
import { attempt, fail } from "./format_error";

export interface ReportNumberParts {
  readonly year: number;
  readonly middle: string;
  readonly serial: bigint;
}
export type ReportNumber = ReportNumberParts | string;

const maximumBytes = 200;
const brackets: readonly (readonly [string, string])[] = [
  ["〔", "〕"], ["[", "]"], ["［", "］"], ["(", ")"], ["（", "）"], ["【", "】"],
];
const bracketedYear = new RegExp(
  brackets.map(([open, close]) => `${open.replace(/[[(]/, "\\$&")}(\\d{4})${close.replace(/[\])]/, "\\$&")}`).join("|"),
  "gu",
);
// What the middle may not hold: digits, brackets, 第, 号, white space.
const notInMiddle = /[0-9\uff10-\uff19〔〕[\]［］()（）【】第号]|\p{White_Space}/u;

export function canonicalReportNumber(text: string): string {
  const canonical = text
    .replace(/\p{White_Space}/gu, "")
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(bracketedYear, (_, ...groups) => `〔${groups.slice(0, brackets.length).find((year) => year !== undefined)}〕`)
    .replace(/第([0-9]+)号/g, (_, digits: string) => `第${digits.replace(/^0+(?=.)/, "")}号`);
  if (canonical === "" || utf8(canonical).length > maximumBytes) fail("report-number.form");
  return canonical;
}

export const isMiddle = (text: string): boolean => !notInMiddle.test(text);
export const isYear = (year: bigint): boolean => year >= 1000n && year <= 9999n;

/** The text that the parts stand for. */
export const joinReportNumber = (shortName: string, parts: ReportNumberParts): string =>
  `${shortName}〔${parts.year}〕${parts.middle}第${parts.serial}号`;

/** The one form in which a canonical text stands in claim 4. */
export function splitReportNumber(canonical: string, shortName: string): ReportNumber {
  if (!canonical.startsWith(shortName)) return canonical;
  const match = /^〔([0-9]{4})〕(.*)第(0|[1-9][0-9]*)号$/su.exec(canonical.slice(shortName.length));
  if (match === null) return canonical;
  const year = BigInt(match[1]!);
  const middle = match[2]!;
  const serial = BigInt(match[3]!);
  if (!isYear(year) || !isMiddle(middle) || serial >= 1n << 64n) return canonical;
  return { year: Number(year), middle, serial };
}

/** Whether claim 4 has the form that the short name asks for. */
export function hasRightForm(number: ReportNumber, shortName: string): boolean {
  const text = typeof number === "string" ? number : joinReportNumber(shortName, number);
  const canonical = attempt(() => canonicalReportNumber(text));
  if (!("value" in canonical) || canonical.value !== text) return false;
  return (typeof splitReportNumber(text, shortName) === "string") === (typeof number === "string");
}

// Categories of practice (执业类别) as numbers: docs/code-format.md, section 4.

import { fail } from "./format_error";

const letters: Readonly<Record<number, string>> = { 1: "FY", 2: "WZ", 3: "SX", 4: "HJ", 9: "QT" };

/** Shown form, e.g. FY0202 for 1000202. Error: category.class, for a class without letters. */
export function showCategory(value: number): string {
  const item = value % 1_000_000;
  const prefix = letters[Math.floor(value / 1_000_000)] ?? fail("category.class");
  return prefix + String(item).padStart(item < 10_000 ? 4 : 6, "0");
}

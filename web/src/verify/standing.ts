// What the checks of institutions and appraisers have in common: periods, categories and events at a time.

import categories from "virtual:categories";
import { showCategory } from "../format/category";
import { attempt } from "../format/format_error";
import { covers, type DatedCategory, type Period, type StatusEvent } from "../trust/trust_record";
import { chineseDay } from "../format/chinese_time";
import type { Parameters } from "./verdict";

/** 2026年9月3日, the day of an instant. */
export const day = (time: number): string => chineseDay(BigInt(time));
/** The last day of a period that ends before `until`. */
export const lastDay = (until: number): string => day(until - 1);

/** FY0202 人体残疾等级鉴定. */
export function shownCategory(value: number): string {
  const shown = attempt(() => showCategory(value));
  if ("error" in shown) return String(value);
  const name = categories().items[shown.value];
  return name === undefined ? shown.value : `${shown.value} ${name}`;
}

const itemsPerClass = 1_000_000;
const firstSubItem = 10_000;
const otherClass = 9;

export const isOtherClass = (category: number): boolean => Math.floor(category / itemsPerClass) === otherClass;

/** A field stands for its items, an item for its sub-items: docs/trust-list.md, 4.1. */
export function includes(scope: number, category: number): boolean {
  if (scope === category) return true;
  if (Math.floor(scope / itemsPerClass) !== Math.floor(category / itemsPerClass)) return false;
  const own = scope % itemsPerClass;
  const item = category % itemsPerClass;
  const fourDigits = item >= firstSubItem ? Math.floor(item / 100) : item;
  if (own >= firstSubItem) return false;
  return own === fourDigits || (own % 100 === 0 && own / 100 === Math.floor(fourDigits / 100));
}

/** What a message says of an event; `until` is empty where no end is known. */
export function eventParameters(event: StatusEvent): Parameters {
  return {
    event: event.kind, from: day(event.from), until: event.until === null ? "" : lastDay(event.until),
    source: event.authority + (event.document === "" ? "" : ` ${event.document}`), authority: event.authority,
    document: event.document, keeper: event.keeper, category: event.category === null ? "" : shownCategory(event.category),
  };
}

export const covered = (periods: readonly Period[], time: number): boolean => periods.some((one) => covers(one, time));

export const registered = (all: readonly DatedCategory[], category: number, time: number): boolean =>
  all.some((dated) => covers(dated, time) && includes(dated.category, category));

/** The latest end among the periods that began before `time`; undefined where none did. */
export function lastEnd(periods: readonly Period[], time: number): number | undefined {
  const ends = periods.filter((one) => one.from <= time && one.until !== null).map((one) => one.until!);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

export type Reach = "all" | "this-category" | "other-category" | "unknown-category";

/** Whether an event, of one category perhaps, concerns a report of these categories. */
export function reachOf(event: StatusEvent, of: readonly number[]): Reach {
  const scope = event.category;
  if (scope === null) return "all";
  if (of.length === 0) return "unknown-category";
  // A suspended sub-item concerns a report that names the item alone, too.
  return of.some((category) => includes(scope, category) || includes(category, scope)) ? "this-category" : "other-category";
}

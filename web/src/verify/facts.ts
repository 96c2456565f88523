// The facts to compare with the paper by eye: docs/verdict.md, Facts.

import categories from "virtual:categories";
import { showCategory } from "../format/category";
import type { Item } from "../format/cbor";
import type { Claims } from "../format/claims";
import { shownCodeNumber } from "../format/code_number";
import { attempt } from "../format/format_error";
import { licenceKind } from "../format/licence_kind";
import type { ReportRecord } from "../format/record";
import { joinReportNumber } from "../format/report_number";
import { chineseDay, chineseTime } from "../format/chinese_time";
import { institutionOf, type OpenedCode } from "./code_check";
import { statementOf } from "./licence_statement";
import { day, lastDay, shownCategory } from "./standing";
import type { Fact } from "./verdict";

const kindNames = ["report", "correction", "supplementary", "reappraisal"] as const;

export function categoryText(value: number): string {
  const shown = attempt(() => showCategory(value));
  if ("error" in shown) return String(value);
  const name = categories().items[shown.value] ?? categories().classes[shown.value.slice(0, 2)];
  return name === undefined ? shown.value : `${shown.value} ${name}`;
}

const texts = (item: Item): readonly Item[] => (item.type === "array" ? item.value : []);
const text = (item: Item | undefined): string => (item?.type === "text" ? item.value : "");

/** The value of a record entry as a person reads it. Empty for null. */
export function entryText(key: number, item: Item): string {
  if (item.type === "null") return "";
  switch (key) {
    case 1:
      return texts(item).map((part) => plain(part)).join(" ");
    case 2:
      return `${text(texts(item)[0])}（${text(texts(item)[1])}）`;
    case 3:
      return texts(item).map((one) => `${text(texts(one)[0])}（${text(texts(one)[1])}）`).join("、");
    case 4:
      return texts(item).map((one) => (one.type === "uint" ? categoryText(Number(one.value)) : "")).join("、");
    case 6:
      return text(texts(item)[1]);
    case 7:
      return item.type === "uint" ? chineseDay(item.value) : "";
    case 12:
      return texts(item).map(text).join(" ");
    default:
      return plain(item);
  }
}

function plain(item: Item): string {
  switch (item.type) {
    case "uint":
    case "negative":
      return item.value.toString();
    case "text":
      return item.value;
    case "bytes":
      return [...item.value].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    case "array":
      return item.value.map(plain).join("、");
    default:
      return "";
  }
}

const recordFacts: readonly (readonly [string, number])[] = [
  ["appraisers", 3], ["matter", 5], ["commissioner", 6], ["accepted", 7], ["opinion", 8], ["copies", 10], ["use", 11],
];

/** Holder, authority, validity and categories of a licence document, as its record states them. */
function licenceFacts(claims: Claims, record: ReportRecord): Fact[] {
  const stated = statementOf(record, licenceKind(claims.category)!);
  if (stated === undefined || stated === null) return [];
  const { from, until } = stated.licensed;
  const [, authority] = texts(record.value(3)!);
  const facts = [
    { name: "holder", value: `${stated.name.name}（${stated.licence}）` },
    { name: "uscc", value: stated.uscc },
    { name: "categories", value: stated.categories.map((one) => shownCategory(one.category)).join("、") },
    { name: "licensed", value: `${day(from)}—${until === null ? "" : lastDay(until)}` },
    { name: "authority", value: `${text(texts(authority!)[0])}（${text(texts(authority!)[1])}）` },
  ];
  return facts.filter((fact) => fact.value !== "").map((fact) => ({ ...fact, signed: true }));
}

/** `record` only where it is the code's own. `kindName` gives the sentence of a kind. */
export function factsOf(opened: OpenedCode, record: ReportRecord | undefined, kindName: (kind: string) => string): Fact[] {
  if (opened.key === undefined) return [];
  const known = institutionOf(opened);
  const claims = opened.claims;
  const fromRecord = record !== undefined;
  const facts: Fact[] = [];
  const add = (name: string, value: string, signed = true): void => {
    if (value !== "") facts.push({ name, value, signed });
  };
  add("institution", record?.institution ?? known.name, fromRecord);
  add("issuer", claims.issuer);
  const shortName = record?.shortName ?? known.shortName;
  add("short_name", shortName, fromRecord);
  const number = claims.number;
  if (typeof number === "string") add("report_number", number);
  else add("report_number", joinReportNumber(shortName, number), fromRecord);
  add("code_number", shownCodeNumber(claims.code));
  add("issued", chineseTime(claims.issued));
  add("pages", String(claims.pages));
  if (claims.category !== 0) add("category", categoryText(claims.category));
  if (claims.prior !== null) {
    add("kind", kindName(kindNames[claims.kind]!));
    add("prior", claims.prior.coded ? shownCodeNumber(claims.prior.text) : claims.prior.text);
  }
  if (licenceKind(claims.category) !== undefined) return record === undefined ? facts : [...facts, ...licenceFacts(claims, record)];
  for (const [name, key] of recordFacts) {
    const item = record?.value(key);
    if (item !== undefined) add(name, entryText(key, item));
  }
  return facts;
}

// Which codes are those of licence documents (许可证, 执业证) and not of reports: docs/licence.md, section 1.

import type { Claims } from "./claims";

export type LicenceKind = "institution" | "appraiser";

const titles: Readonly<Record<LicenceKind, string>> = { institution: "司法鉴定许可证", appraiser: "司法鉴定人执业证" };

/** Of claim 8; undefined for the code of a report. */
export function licenceKind(category: number): LicenceKind | undefined {
  if (category === 9_009_901) return "institution";
  return category === 9_009_902 ? "appraiser" : undefined;
}

/** What the document is, as its stamp says: part of the format. */
export function documentTitle(category: number): string {
  const kind = licenceKind(category);
  return kind === undefined ? "司法鉴定意见书" : titles[kind];
}

/** The holder's licence number in claim 4; undefined where it has another form, or is of another institution than claim 1. */
export function licenceHolder(claims: Claims): string | undefined {
  const kind = licenceKind(claims.category);
  if (kind === undefined || typeof claims.number !== "string" || !claims.number.startsWith(titles[kind])) return undefined;
  const holder = claims.number.slice(titles[kind].length);
  return holder === "" || (kind === "institution" && holder !== claims.issuer) ? undefined : holder;
}

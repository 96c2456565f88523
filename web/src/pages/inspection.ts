// What symbols and typed numbers come to: loads the trust records that are needed, then verifies.

import {
  appraisersInRecord, claimedHolders, claimedHosts, claimedIssuers, verifyNumber, verifySymbols, type VerifyContext,
} from "../verify/symbols";
import { sentence } from "../messages/sentence";
import { Findings, type Verdict } from "../verify/verdict";
import type { TrustSource } from "../trust/trust_source";
import { hostOfPage, ownHost, type Place } from "./place";

export interface Inspection {
  readonly verdict: Verdict;
  /** When it was verified, in seconds since 1970. */
  readonly at: number;
  /** The texts of symbols that it was made from; empty for a file with an embedded code. */
  readonly texts: readonly string[];
  readonly subject?: string;
  /** The record that was given beside them. */
  readonly record?: Uint8Array;
}

/** Facts name kinds of reports as the report does: in Chinese. */
const kindName = (kind: string): string => sentence(`kind.${kind}`, {}, "zh");

export function contextOf(source: TrustSource): VerifyContext {
  const own = ownHost(location, source.records);
  const now = Math.floor(Date.now() / 1000);
  return { trust: source.records, now, kindName, ...(own === undefined ? {} : { ownHost: own, shownHost: location.host }) };
}

/** The records that are needed to verify symbols, and the record beside them. */
export async function loadTrust(texts: readonly string[], source: TrustSource, record?: Uint8Array): Promise<void> {
  await source.ready();
  await Promise.all([
    ...claimedIssuers(texts).map((issuer) => source.load(issuer)),
    source.loadHosts([...claimedHosts(texts), hostOfPage(location)]),
    source.loadAppraisers(claimedHolders(texts)),
    ...(record === undefined ? [] : [source.loadAppraisers(appraisersInRecord(record))]),
  ]);
}

export async function inspectTexts(
  texts: readonly string[], source: TrustSource, findings = new Findings(), record?: Uint8Array,
): Promise<Inspection> {
  await loadTrust(texts, source, record);
  const context = contextOf(source);
  const verdict = verifySymbols(texts, context, findings, record);
  return { verdict, at: context.now, texts, ...(record === undefined ? {} : { record }) };
}

/** What a person typed: a number, or an address. */
export async function inspectTyped(typed: string, source: TrustSource): Promise<Inspection> {
  // In an address the scheme means the same in upper case.
  const text = typed.trim().replace(/^[A-Za-z]+(?=:\/\/)/, (scheme) => scheme.toLowerCase());
  if (text.includes("://")) return inspectTexts([text], source);
  return { verdict: verifyNumber(text), at: Math.floor(Date.now() / 1000), texts: [] };
}

export type Work = () => Promise<Inspection>;

/** What an address itself asks for. `before`: the report symbol that was scanned before. */
export function workOfPlace(place: Place, before: string | undefined, source: TrustSource): Work | undefined {
  const host = hostOfPage(location);
  if (place.kind === "report") return () => inspectTexts([`https://${host}/r/${place.digits}`], source);
  if (place.kind === "number") return () => inspectTyped(place.number, source);
  if (place.kind !== "entry") return undefined;
  // The entry symbol was scanned behind the report symbol: the two are read together.
  const entry = `https://${host}/e/#${place.digits}`;
  return () => inspectTexts(before === undefined ? [entry] : [before, entry], source);
}

/** The report symbol among what was read, where it verified: an entry symbol that is scanned next is held against it. */
export const verifiedReport = ({ texts, verdict }: Inspection): string | undefined =>
  verdict.facts.length > 0 ? texts.find((text) => text.includes("/r/")) : undefined;

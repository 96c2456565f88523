// Texts of symbols, from paper, a photograph or an address: docs/verdict.md.

import type { DigestName } from "../crypto/digest";
import { readCodeNumber, shownCodeNumber } from "../format/code_number";
import { claimedKey, decodeDisclosure, openDisclosure, type Disclosure } from "../format/disclosure";
import { attempt } from "../format/format_error";
import { licenceHolder } from "../format/licence_kind";
import { entryNames, pageBase, ReportRecord } from "../format/record";
import { parseSymbolUrl } from "../format/symbol_url";
import type { TrustRecords } from "../trust/trust_records";
import { checkHost, decodeWhole, officialHosts, openCode, type OpenedCode } from "./code_check";
import { entryText, factsOf } from "./facts";
import { appraisersOf, checkRelation, checkStanding } from "./issuer_check";
import { checkStatus } from "./status_check";
import { Findings, outcomeOf, type Fact, type Verdict } from "./verdict";

const mostShown = 80;

/** A text of strangers for a message: short, without control and format characters. */
export function shown(text: string): string {
  const characters = [...text];
  const short = characters.slice(0, mostShown).map((one) => one.replace(/[\p{Cc}\p{Cf}]/u, " ")).join("");
  return characters.length > mostShown ? `${short}…` : short;
}

function hostIn(text: string): string {
  return text.startsWith("https://") ? text.slice(8).split(/[/?#]/, 1)[0]! : "";
}

export function entryName(key: number | undefined): string {
  if (key === undefined) return "?";
  if (key > pageBase) return `page ${key - pageBase}`;
  return entryNames[key] ?? `extension ${key}`;
}

export interface VerifyContext {
  readonly trust: TrustRecords;
  /** Seconds since 1970. */
  readonly now: number;
  /** The sentence of a kind of report. */
  readonly kindName: (kind: string) => string;
  /** Hosts under which this page itself may stand without being official: a copy on a closed network. */
  readonly ownHost?: string;
  /** How that host is shown. */
  readonly shownHost?: string;
}

class SymbolChecks {
  readonly codes: OpenedCode[] = [];
  readonly facts: Fact[] = [];
  private readonly entries: { host: string; disclosure: Disclosure }[] = [];
  private readonly numbers: string[] = [];
  private any = false;

  constructor(private readonly context: VerifyContext, private readonly findings: Findings) {}

  text(text: string): void {
    const parsed = attempt(() => parseSymbolUrl(text));
    if ("error" in parsed) return this.refuse(text, parsed.error.code);
    const url = parsed.value;
    if (url.form === "number") {
      this.numbers.push(shownCodeNumber(url.number));
      return;
    }
    if (url.form === "report") return this.code(url.bytes, url.host, text);
    const disclosure = attempt(() => decodeDisclosure(url.bytes));
    if ("value" in disclosure) this.entries.push({ host: url.host, disclosure: disclosure.value });
    else this.malformedEntry(text, url.host, disclosure.error.code);
  }

  finish(): void {
    for (const entry of this.entries) this.entry(entry.host, entry.disclosure);
    for (const number of this.numbers) {
      // Beside a code a number adds nothing; alone it needs a registry.
      if (this.codes.length === 0) this.findings.unchecked("number", "number.well-formed", { number });
      else this.findings.skipped("number", "number.well-formed", { number });
      this.any = true;
    }
    if (this.codes.length === 0 && !this.any) this.findings.unchecked("code", "code.none");
    if (this.codes.length > 1) {
      this.findings.warn("code", "code.several", { count: String(this.codes.length) });
      this.conflicts();
    }
  }

  private other(text: string): void {
    this.findings.warn("symbol", "symbol.other", { text: shown(text) });
  }

  /** What is no URL of ours is somebody else's, unless it names an official host. */
  private refuse(text: string, reason: string): void {
    if (!this.context.trust.isOfficialHost(hostIn(text))) return this.other(text);
    this.any = true;
    if (reason === "url.path") this.findings.unchecked("form", "symbol.unknown-path", { text: shown(text) });
    else this.findings.fail("form", "form.malformed", { text: shown(text), reason });
  }

  private code(bytes: Uint8Array, host: string, text: string): void {
    // Digits behind /r/ stand on other people's hosts too; a code is what decodes as one.
    if (!this.isKnown(host) && "error" in attempt(() => decodeWhole(bytes))) return this.other(text);
    this.any = true;
    const identity = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const known = this.codes.find((code) => code.identity === identity);
    const opened = known ?? openCode(bytes, this.context.trust, this.context.now, this.findings);
    if (opened === undefined) return;
    this.host(opened, host);
    if (known === undefined) this.codes.push(opened);
  }

  private isKnown(host: string): boolean {
    return host === this.context.ownHost || this.context.trust.isOfficialHost(host);
  }

  /** A copy of this site under a name of its own (a closed network, a try) is neither official nor a forgery. */
  private host(opened: OpenedCode, host: string): void {
    if (host !== this.context.ownHost) return checkHost(opened, host, this.findings);
    if (opened.key === undefined) return checkHost(opened, this.context.shownHost ?? host, this.findings);
    const official = officialHosts(opened);
    if (official.includes(host)) checkHost(opened, host, this.findings);
    else this.findings.skipped("host", "host.this-page", { official: official.join("、") });
  }

  private malformedEntry(text: string, host: string, reason: string): void {
    if (!this.isKnown(host)) return this.other(text);
    this.any = true;
    this.findings.fail("entry", "entry.malformed", { reason });
  }

  private entry(host: string, disclosure: Disclosure): void {
    const entry = entryName(claimedKey(disclosure));
    const owner = this.codes.find(
      (code) => code.claims.issuer === disclosure.issuer && code.claims.code === disclosure.code);
    if (owner?.key === undefined) {
      this.any = true;
      this.findings.unchecked("entry", "entry.alone", { entry });
      return;
    }
    this.host(owner, host);
    const opened = attempt(() => openDisclosure(disclosure, owner.claims, owner.raw.digestName));
    if ("error" in opened) return this.findings.fail("entry", "entry.differs", { entry });
    this.findings.pass("entry", "entry.verified", { entry });
    this.facts.push({ name: entry, value: entryText(opened.value.key, opened.value.value), signed: true });
  }

  /** A report is identified by issuer and number together: one number under two issuers is a conflict. */
  private conflicts(): void {
    this.codes.forEach((a, i) => {
      for (const b of this.codes.slice(i + 1))
        if (a.claims.code === b.claims.code && a.claims.issuer !== b.claims.issuer)
          this.findings.fail("code", "code.conflict", {
            number: shownCodeNumber(a.claims.code), first: a.claims.issuer, second: b.claims.issuer,
          });
    });
  }
}

/** A record that came beside the symbols: the code's own, or none. */
function recordOf(bytes: Uint8Array | undefined, genuine: OpenedCode | undefined, findings: Findings): ReportRecord | undefined {
  if (bytes === undefined) return undefined;
  const names: readonly DigestName[] = genuine === undefined ? ["sha256", "sm3"] : [genuine.raw.digestName];
  for (const name of names) {
    const record = attempt(() => {
      const decoded = ReportRecord.decode(bytes, name);
      if (genuine !== undefined) decoded.checkAgainst(genuine.claims);
      return decoded;
    });
    if ("error" in record) continue;
    if (genuine !== undefined) findings.pass("record", "record.matches");
    else findings.skipped("record", "record.not-vouched");
    return genuine === undefined ? undefined : record.value;
  }
  findings.warn("record", "record.not-of-this-code");
  return undefined;
}

/**
 * What the symbols of a copy on paper, an image, or a PDF without an embedded code say. `record`: the file that was kept
 * beside the report, where there is one.
 */
export function verifySymbols(
  texts: readonly string[], context: VerifyContext, findings = new Findings(), recordBytes?: Uint8Array,
): Verdict {
  const { trust, now } = context;
  const checks = new SymbolChecks(context, findings);
  for (const text of new Set(texts)) checks.text(text);
  checks.finish();
  const genuine = checks.codes.find((code) => code.key !== undefined);
  const record = recordOf(recordBytes, genuine, findings);
  const facts = genuine === undefined ? [] : factsOf(genuine, record, context.kindName);
  for (const fact of genuine === undefined ? [] : checks.facts) {
    const at = facts.findIndex((known) => known.name === fact.name);
    if (at < 0) facts.push(fact);
    else if (!facts[at]!.signed) facts[at] = fact;
  }
  if (genuine !== undefined) {
    checkStanding(genuine, record, trust, now, findings);
    checkRelation(genuine, findings);
  }
  if (checks.codes.length > 0) {
    findings.skipped("seal", "seal.not-on-paper");
    checkStatus(genuine, trust, now, findings);
  }
  return { outcome: outcomeOf(findings.checks, false), checks: findings.checks, facts };
}

/** The licence numbers of the appraisers whom a record names: whose trust records are needed. */
export function appraisersInRecord(bytes: Uint8Array): readonly string[] {
  const record = attempt(() => ReportRecord.decode(bytes, "sha256"));
  return "value" in record ? appraisersOf(record.value).map((one) => one.licence) : [];
}

/** A number that a person typed. */
export function verifyNumber(typed: string): Verdict {
  const findings = new Findings();
  const number = attempt(() => readCodeNumber(typed));
  if ("value" in number) findings.unchecked("number", "number.well-formed", { number: shownCodeNumber(number.value) });
  else findings.unchecked("number", number.error.code, number.error.parameters);
  return { outcome: outcomeOf(findings.checks, false), checks: findings.checks, facts: [] };
}

/** The issuers that texts of symbols claim: whose records must be at hand before they are verified. */
export function claimedIssuers(texts: readonly string[]): string[] {
  const issuers = new Set<string>();
  for (const text of texts) {
    const read = attempt(() => {
      const url = parseSymbolUrl(text);
      if (url.form === "report") return decodeWhole(url.bytes).claims.issuer;
      return url.form === "entry" ? decodeDisclosure(url.bytes).issuer : undefined;
    });
    if ("value" in read && read.value !== undefined) issuers.add(read.value);
  }
  return [...issuers];
}

/** The appraisers whose licence documents texts of symbols claim to be: whose trust records are needed. */
export function claimedHolders(texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const read = attempt(() => {
      const url = parseSymbolUrl(text);
      return url.form === "report" ? licenceHolder(decodeWhole(url.bytes).claims) : undefined;
    });
    return "value" in read && read.value !== undefined ? [read.value] : [];
  });
}

/** The hosts that texts name: whether they are official must be known before. */
export const claimedHosts = (texts: readonly string[]): string[] =>
  [...new Set(texts.map(hostIn).filter((host) => host !== ""))];

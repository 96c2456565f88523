// One report code against the trust records: checks code, signature, trust, key, host. docs/verdict.md.

import { verifySignature } from "../crypto/signature";
import { toHex } from "../format/bytes";
import { decodeClaims, type Claims } from "../format/claims";
import { attempt } from "../format/format_error";
import { decodeReportCode, type RawReportCode } from "../format/report_code";
import { covers } from "../trust/trust_record";
import type { KnownIssuer, SigningKey, TrustRecords } from "../trust/trust_records";
import { chineseTime } from "../format/chinese_time";
import { checkIssuer, issuedAt } from "./issuer_check";
import { day } from "./standing";
import { unreadableRecords } from "./unreadable";
import type { Findings } from "./verdict";

const clockTolerance = 86_400;

export interface OpenedCode {
  readonly raw: RawReportCode;
  /** The bytes, hexadecimal: what tells one code from another. */
  readonly identity: string;
  readonly claims: Claims;
  /** Undefined where the trust records do not know it. */
  readonly issuer: KnownIssuer | undefined;
  /** Whose key made the signature; undefined where none of the records did: then nothing is verified. */
  readonly key: SigningKey | undefined;
  /** As of when it was opened. */
  readonly now: number;
}

/** Shape and claims of a code, nothing verified. Throws a FormatError. */
export function decodeWhole(bytes: Uint8Array): { raw: RawReportCode; claims: Claims } {
  const raw = decodeReportCode(bytes);
  return { raw, claims: decodeClaims(raw.payload) };
}

/** Name and short name of the institution at the time of issue; empty where no signature verified. */
export function institutionOf(opened: OpenedCode): { name: string; shortName: string } {
  const certificate = opened.key?.certificate;
  if (certificate !== undefined) return certificate;
  const names = opened.issuer?.record.names ?? [];
  // A record that begins late still has a name.
  return names.find((one) => covers(one, issuedAt(opened))) ?? names[0] ?? { name: "", shortName: "" };
}

function checkCertificate(opened: OpenedCode, findings: Findings): void {
  const certificate = opened.key?.certificate;
  if (certificate === undefined) return;
  const issued = opened.claims.issued;
  // As of the time of issue: a certificate that has run out since changes nothing.
  if (BigInt(certificate.notBefore) <= issued && issued <= BigInt(certificate.notAfter))
    findings.pass("trust", "trust.certificate", { institution: certificate.name });
  else
    findings.fail("trust", "trust.not-valid-at-issue", {
      issued: chineseTime(issued), from: chineseTime(certificate.notBefore), to: chineseTime(certificate.notAfter),
    });
}

/** A key may have been certified again: the one of the time of issue counts. */
function signerOf(raw: RawReportCode, candidates: readonly SigningKey[], issued: number): SigningKey | undefined {
  let signer: SigningKey | undefined;
  for (const candidate of candidates) {
    const covering = covers(candidate, issued);
    if ((signer !== undefined && !covering) || !verifySignature(candidate.key, raw.signed, raw.signature)) continue;
    if (covering) return candidate;
    signer = candidate;
  }
  return signer;
}

function tellUnverified(
  opened: OpenedCode, candidates: readonly SigningKey[], now: number, findings: Findings,
): void {
  const issuer = opened.claims.issuer;
  const issued = issuedAt(opened);
  const list = opened.issuer?.list;
  if (opened.issuer === undefined) findings.unchecked("signature", "signature.unknown-issuer", { issuer });
  else if (!candidates.some((one) => covers(one, issued))) findings.unchecked("signature", "signature.unknown-key", { issuer });
  // The issuer may have a newer key than the list knows.
  else if (list !== undefined && (list.issued < issued || list.nextUpdate <= now))
    findings.unchecked("signature", "signature.list-too-old", { issuer, date: day(list.issued) });
  else findings.fail("signature", "signature.wrong", { issuer });
}

/** Undefined where the code does not decode. `now` in seconds since 1970. */
export function openCode(
  bytes: Uint8Array, trust: TrustRecords, now: number, findings: Findings,
): OpenedCode | undefined {
  const decoded = attempt(() => decodeWhole(bytes));
  if ("error" in decoded) {
    const code = decoded.error.code;
    if (code === "claims.newer-format" || code === "cose.algorithm") findings.unchecked("code", "code.newer-format");
    else findings.fail("code", "code.malformed", { reason: code });
    return undefined;
  }
  const { raw, claims } = decoded.value;
  findings.pass("code", "code.well-formed");
  const base = { raw, identity: toHex(bytes), claims, now };
  const known = attempt(() => trust.issuer(claims.issuer));
  if ("error" in known) {
    unreadableRecords("signature", known.error, findings);
    return { ...base, issuer: undefined, key: undefined };
  }
  const issuer = known.value;
  const candidates = issuer?.keys.filter((one) => one.key.algorithm === raw.algorithm) ?? [];
  const opened: OpenedCode = { ...base, issuer, key: signerOf(raw, candidates, Number(claims.issued)) };
  if (opened.key === undefined) {
    tellUnverified(opened, candidates, now, findings);
    return opened;
  }
  findings.pass("signature", "signature.verified", { institution: institutionOf(opened).name });
  checkCertificate(opened, findings);
  checkIssuer(opened, now, findings);
  if (claims.issued > BigInt(now + clockTolerance))
    findings.warn("trust", "trust.issued-in-future", { issued: chineseTime(claims.issued) });
  return opened;
}

/** The hosts that were official for the issuer at the time of issue, each once. */
export function officialHosts(opened: OpenedCode): readonly string[] {
  if (opened.key === undefined || opened.issuer === undefined) return [];
  const issued = issuedAt(opened);
  return [...new Set(opened.issuer.hosts.filter((one) => covers(one, issued)).map((one) => one.host))];
}

/** The host of the symbol in which a code stood. */
export function checkHost(opened: OpenedCode, host: string, findings: Findings): void {
  if (opened.key === undefined) return findings.unchecked("host", "host.unknown-issuer", { host });
  const official = officialHosts(opened);
  if (!official.includes(host)) return findings.fail("host", "host.foreign", { host, official: official.join("、") });
  findings.pass("host", "host.official", { host });
  const issued = issuedAt(opened);
  const last = opened.issuer!.hosts.filter((one) => one.host === host && covers(one, issued)).pop();
  if (last !== undefined && last.until !== null && last.until <= opened.now) findings.warn("host", "host.retired", { host });
}

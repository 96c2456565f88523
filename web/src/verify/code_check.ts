// One report code against the trust records: checks code, signature, trust, host. docs/verdict.md.

import { verifySignature } from "../crypto/signature";
import { toHex } from "../format/bytes";
import { decodeClaims, type Claims } from "../format/claims";
import { attempt } from "../format/format_error";
import { decodeReportCode, type RawReportCode } from "../format/report_code";
import type { TrustedCertificate, TrustRecords } from "../trust/trust_records";
import { chineseTime } from "./chinese_time";
import type { Findings } from "./verdict";

const clockTolerance = 86_400;

export interface OpenedCode {
  readonly raw: RawReportCode;
  /** The bytes, hexadecimal: what tells one code from another. */
  readonly identity: string;
  readonly claims: Claims;
  /** Whose key made the signature; undefined where none of the records did. */
  readonly certificate: TrustedCertificate | undefined;
}

const covers = (certificate: TrustedCertificate, time: bigint): boolean =>
  BigInt(certificate.notBefore) <= time && time <= BigInt(certificate.notAfter);

/** Shape and claims of a code, nothing verified. Throws a FormatError. */
export function decodeWhole(bytes: Uint8Array): { raw: RawReportCode; claims: Claims } {
  const raw = decodeReportCode(bytes);
  return { raw, claims: decodeClaims(raw.payload) };
}

function checkTime(opened: OpenedCode, certificate: TrustedCertificate, now: number, findings: Findings): void {
  const issued = opened.claims.issued;
  // As of the time of issue: a certificate that has run out since changes nothing.
  if (covers(certificate, issued)) findings.pass("trust", "trust.certificate", { institution: certificate.name });
  else
    findings.fail("trust", "trust.not-valid-at-issue", {
      issued: chineseTime(issued), from: chineseTime(certificate.notBefore), to: chineseTime(certificate.notAfter),
    });
  if (issued > BigInt(now + clockTolerance))
    findings.warn("trust", "trust.issued-in-future", { issued: chineseTime(issued) });
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
  const known = trust.certificates(claims.issuer);
  const candidates = known.filter((certificate) => certificate.algorithm === raw.algorithm);
  const signers = candidates.filter((certificate) => verifySignature(certificate, raw.signed, raw.signature));
  // A key may have been certified again: the certificate of the time of issue counts.
  const certificate = signers.find((one) => covers(one, claims.issued)) ?? signers[0];
  const opened: OpenedCode = { raw, identity: toHex(bytes), claims, certificate };
  if (certificate !== undefined) {
    findings.pass("signature", "signature.verified", { institution: certificate.name });
    checkTime(opened, certificate, now, findings);
  } else if (candidates.some((one) => covers(one, claims.issued))) {
    findings.fail("signature", "signature.wrong", { issuer: claims.issuer });
  } else {
    const code = known.length === 0 ? "signature.unknown-issuer" : "signature.unknown-key";
    findings.unchecked("signature", code, { issuer: claims.issuer });
  }
  return opened;
}

/** The host of the symbol in which a code stood. */
export function checkHost(opened: OpenedCode, host: string, findings: Findings): void {
  const official = opened.certificate?.hosts;
  if (official === undefined) findings.unchecked("host", "host.unknown-issuer", { host });
  else if (official.includes(host)) findings.pass("host", "host.official", { host });
  else findings.fail("host", "host.foreign", { host, official: official.join("、") });
}

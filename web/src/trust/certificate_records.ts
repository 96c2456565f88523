// Trust records that are certificates, as `sjcode trust export-web` writes them. docs/site.md, Certificates.

import { digest } from "../crypto/digest";
import { fromHex, toHex, utf8 } from "../format/bytes";
import type { KnownIssuer, SigningKey } from "./trust_records";
import type { DatedHost, TrustRecord } from "./trust_record";

export interface CertificateDates {
  readonly exported: number;
  readonly staleAfter: number;
  readonly issuers: number;
}

export const certificateFormat = "sjcode-site-trust/1";

export function object(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("trust records: no object");
  return value as Record<string, unknown>;
}

export function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("trust records: no text");
  return value;
}

function integer(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new TypeError("trust records: no integer");
  return value;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("trust records: no list");
  return value;
}

interface TrustedCertificate extends SigningKey {
  readonly hosts: readonly string[];
}

function certificate(value: unknown): TrustedCertificate {
  const one = object(value);
  const [notBefore, notAfter] = [integer(one["not_before"]), integer(one["not_after"])];
  return {
    key: { algorithm: integer(one["algorithm"]), raw: fromHex(text(one["key"])) },
    // A certificate counts to its last second; a period ends before its end.
    from: notBefore, until: notAfter + 1, invalidSince: null, signer: "", hosts: list(one["hosts"]).map(text),
    certificate: { name: text(one["name"]), shortName: text(one["short_name"]), notBefore, notAfter },
  };
}

/** The name of the file, without its ending, that holds an issuer's certificates. */
export const bucketOf = (issuer: string): string => toHex(digest("sha256", utf8(issuer)).subarray(0, 1));

const emptyRecord = (id: string): TrustRecord => ({
  id, names: [], licensed: [], categories: [], keys: [], hosts: [], signers: [], seals: [], events: [], institutions: [], uscc: "",
});

/** Records read so far. Each file is checked as it comes in: what is not of the form is refused as a whole (TypeError). */
export class CertificateRecords {
  private readonly byIssuer = new Map<string, KnownIssuer>();
  private hosts: ReadonlySet<string> = new Set();
  private buckets: ReadonlySet<string> = new Set();
  dates: CertificateDates | undefined;

  addIndex(json: unknown): void {
    const index = object(json);
    if (index["format"] !== certificateFormat) throw new TypeError("trust records: another format");
    this.dates = {
      exported: integer(index["exported"]), staleAfter: integer(index["stale_after"]), issuers: integer(index["issuers"]),
    };
    this.hosts = new Set(list(index["hosts"]).map(text));
    this.buckets = new Set(list(index["files"]).map(text));
  }

  addBucket(json: unknown): void {
    for (const [issuer, certificates] of Object.entries(object(json))) {
      const keys = list(certificates).map(certificate);
      const hosts = keys.flatMap((key) => key.hosts.map((host): DatedHost => ({ host, from: 0, until: null })));
      this.byIssuer.set(issuer, { record: emptyRecord(issuer), keys, hosts, listsAppraisers: false });
    }
  }

  hasBucket(name: string): boolean {
    return this.buckets.has(name);
  }

  get bucketNames(): readonly string[] {
    return [...this.buckets];
  }

  issuer(licence: string): KnownIssuer | undefined {
    return this.byIssuer.get(licence);
  }

  isOfficialHost(host: string): boolean {
    return this.hosts.has(host);
  }
}

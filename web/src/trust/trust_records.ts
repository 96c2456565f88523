// What the site believes of issuers: which keys may sign for which institution, and which hosts are official for it.
// The files are made by `sjcode trust export-web`; docs/site.md describes them.

import { digest } from "../crypto/digest";
import type { PublicKey } from "../crypto/signature";
import { fromHex, toHex, utf8 } from "../format/bytes";

export interface TrustedCertificate extends PublicKey {
  readonly issuer: string;
  readonly name: string;
  readonly shortName: string;
  readonly hosts: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  /** SHA-256 over the certificate, hexadecimal. */
  readonly fingerprint: string;
}

export interface TrustRecords {
  certificates(issuer: string): readonly TrustedCertificate[];
  /** Whether a host is official for any issuer. */
  isOfficialHost(host: string): boolean;
}

export interface TrustDates {
  readonly exported: number;
  readonly staleAfter: number;
  readonly issuers: number;
}

const formatName = "sjcode-site-trust/1";

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("trust records: no object");
  return value as Record<string, unknown>;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("trust records: no text");
  return value;
}

function integer(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new TypeError("trust records: no integer");
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("trust records: no list");
  return value;
}

function certificate(issuer: string, value: unknown): TrustedCertificate {
  const one = object(value);
  return {
    issuer, name: text(one["name"]), shortName: text(one["short_name"]), hosts: list(one["hosts"]).map(text),
    algorithm: integer(one["algorithm"]), raw: fromHex(text(one["key"])), notBefore: integer(one["not_before"]),
    notAfter: integer(one["not_after"]), fingerprint: text(one["certificate"]),
  };
}

/** The name of the file, without its ending, that holds an issuer's certificates. */
export const bucketOf = (issuer: string): string => toHex(digest("sha256", utf8(issuer)).subarray(0, 1));

/** Records read so far. Each file is checked as it comes in: what is not of the form is refused as a whole (TypeError). */
export class LoadedTrust implements TrustRecords {
  private readonly byIssuer = new Map<string, readonly TrustedCertificate[]>();
  private hosts: ReadonlySet<string> = new Set();
  private buckets: ReadonlySet<string> = new Set();
  dates: TrustDates | undefined;

  addIndex(json: unknown): void {
    const index = object(json);
    if (index["format"] !== formatName) throw new TypeError("trust records: another format");
    this.dates = {
      exported: integer(index["exported"]), staleAfter: integer(index["stale_after"]), issuers: integer(index["issuers"]),
    };
    this.hosts = new Set(list(index["hosts"]).map(text));
    this.buckets = new Set(list(index["files"]).map(text));
  }

  addBucket(json: unknown): void {
    for (const [issuer, certificates] of Object.entries(object(json)))
      this.byIssuer.set(issuer, list(certificates).map((one) => certificate(issuer, one)));
  }

  hasBucket(name: string): boolean {
    return this.buckets.has(name);
  }

  get bucketNames(): readonly string[] {
    return [...this.buckets];
  }

  certificates(issuer: string): readonly TrustedCertificate[] {
    return this.byIssuer.get(issuer) ?? [];
  }

  isOfficialHost(host: string): boolean {
    return this.hosts.has(host);
  }
}

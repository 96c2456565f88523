// What was loaded so far: certificates, or signed lists with their status lists.

import { attempt, fail } from "../format/format_error";
import { bundleTypes, type BundlePart } from "./bundle";
import { CertificateRecords } from "./certificate_records";
import { decodeStatusDetails, StatusDetails } from "./status_details";
import { decodeStatusList, licenceOfSubject, statusSubject, verifyStatusList, type VerifiedStatusList } from "./status_list";
import type { TrustList } from "./trust_list";
import { covers, type DatedHost, type DatedKey, type Period, type TrustRecord } from "./trust_record";
import type { HeldStatusList, KnownIssuer, SigningKey, TrustRecords } from "./trust_records";

/** The time that two periods share; undefined where they share none. */
function common(a: Period, b: Period): Period | undefined {
  const from = Math.max(a.from, b.from);
  const until = a.until === null ? b.until : b.until === null ? a.until : Math.min(a.until, b.until);
  return until !== null && until <= from ? undefined : { from, until };
}

function signingKey(dated: DatedKey, period: Period, signer: string): SigningKey {
  return { key: dated.key ?? fail("key.format"), ...period, invalidSince: dated.invalidSince, signer };
}

function issuerIn(list: TrustList, licence: string): KnownIssuer | undefined {
  const record = list.find("institution", licence);
  if (record === undefined) return undefined;
  const keys = record.keys.map((key) => signingKey(key, { from: key.from, until: key.until }, ""));
  const hosts: DatedHost[] = [...record.hosts];
  for (const signs of record.signers) {
    const authority = list.find("authority", signs.id);
    if (authority === undefined) continue;
    // By its latest name.
    const name = authority.names.reduce((a, b) => (b.from > a.from ? b : a)).name;
    for (const key of authority.keys) {
      const both = common(key, signs);
      if (both !== undefined) keys.push(signingKey(key, both, name));
    }
    for (const host of authority.hosts) {
      const both = common(host, signs);
      if (both !== undefined) hosts.push({ host: host.host, ...both });
    }
  }
  return { record, keys, hosts, list: list.info, listsAppraisers: list.appraisers > 0n };
}

export class LoadedTrust implements TrustRecords {
  readonly certificates = new CertificateRecords();
  private readonly statuses = new Map<string, HeldStatusList>();
  /** Whose they claim to be; undefined where that could not be read. */
  private readonly refusedStatuses: { licence: string | undefined; reason: string }[] = [];
  private readonly issuers = new Map<string, KnownIssuer>();
  private held: readonly TrustList[] = [];

  /** The newest first: it speaks where several know an issuer. */
  get lists(): readonly TrustList[] {
    return this.held;
  }

  /** A list takes the place of the one with its identifier. */
  addList(list: TrustList): void {
    const others = this.held.filter((other) => other.info.id !== list.info.id);
    this.held = [...others, list].sort((a, b) => b.info.issued - a.info.issued);
    this.issuers.clear();
  }

  issuer(licence: string): KnownIssuer | undefined {
    const certified = this.certificates.issuer(licence) ?? this.issuers.get(licence);
    if (certified !== undefined) return certified;
    for (const list of this.held) {
      const found = list.answersFor(licence) ? issuerIn(list, licence) : undefined;
      if (found === undefined) continue;
      this.issuers.set(licence, found);
      return found;
    }
    return undefined;
  }

  appraiser(licence: string): TrustRecord | undefined {
    for (const list of this.held) {
      const found = list.answersFor(licence) ? list.find("appraiser", licence) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  isOfficialHost(host: string): boolean {
    return this.certificates.isOfficialHost(host) || this.held.some((list) => list.isOfficialHost(host));
  }

  status(licence: string): HeldStatusList | undefined {
    return this.statuses.get(licence);
  }

  statusRefusal(licence: string): string | undefined {
    return this.refusedStatuses.find((one) => one.licence === undefined || one.licence === licence)?.reason;
  }

  /**
   * Checks a status list against the records of the issuer, which must be loaded, and holds it. After an error of the details it
   * is held without them: whoever exchanges them must not rid a code of its status.
   * Errors: those of the status list and its details; status-lists.unknown-issuer; status-lists.older.
   */
  addStatus(file: Uint8Array, details: Uint8Array | undefined): void {
    let licence: string | undefined;
    const verified = attempt(() => {
      const raw = decodeStatusList(file);
      licence = licenceOfSubject(raw.claims.subject);
      return this.verifiedStatus(raw, licence);
    });
    if ("error" in verified) {
      this.refusedStatuses.push({ licence, reason: verified.error.code });
      throw verified.error;
    }
    const { list, owner } = verified.value;
    const held = this.statuses.get(owner)?.list;
    if (held !== undefined) {
      const { issued } = list.claims;
      if (issued < held.claims.issued || list.statuses.size < held.statuses.size) fail("status-lists.older", { licence: owner });
      if (issued === held.claims.issued) return;
    }
    const opened = attempt(() => (details === undefined ? undefined : StatusDetails.verify(decodeStatusDetails(details), list)));
    if ("error" in opened) {
      this.statuses.set(owner, { list, details: undefined, detailsFault: opened.error.code });
      throw opened.error;
    }
    this.statuses.set(owner, { list, details: opened.value });
  }

  private verifiedStatus(raw: ReturnType<typeof decodeStatusList>, licence: string | undefined): { list: VerifiedStatusList; owner: string } {
    const issuer = licence === undefined ? undefined : this.issuer(licence);
    if (licence === undefined || issuer === undefined)
      return fail("status-lists.unknown-issuer", { subject: raw.claims.subject });
    const issued = raw.claims.issued;
    // Whoever stole a key could set every code right again.
    const keys = issuer.keys.filter((key) => covers(key, issued) && (key.invalidSince === null || issued < key.invalidSince));
    return { list: verifyStatusList(raw, statusSubject(licence), keys.map((key) => key.key)), owner: licence };
  }

  /** The status lists of a bundle, each with the details right behind it; `refused` is told why one was not used. */
  addStatuses(parts: readonly BundlePart[], refused: (code: string, parameters: Readonly<Record<string, string>>) => void): void {
    parts.forEach((part, i) => {
      if (part.type !== bundleTypes.statusList) return;
      const next = parts[i + 1];
      const details = next?.type === bundleTypes.statusDetails ? next.content : undefined;
      const added = attempt(() => this.addStatus(part.content, details));
      if ("error" in added) refused(added.error.code, added.error.parameters);
    });
  }
}

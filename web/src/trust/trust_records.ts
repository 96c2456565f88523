// What the site believes of issuers: which keys may sign for which institution, which hosts are official for it, and
// whether it was allowed to practise. Either certificates or signed lists say so; docs/site.md, Trust records.

import type { PublicKey } from "../crypto/signature";
import type { StatusDetails } from "./status_details";
import type { VerifiedStatusList } from "./status_list";
import type { TrustListInfo } from "./trust_list_head";
import type { DatedHost, Period, TrustRecord } from "./trust_record";

/** What a certificate of an institution says besides its key. */
export interface CertificateIdentity {
  readonly name: string;
  readonly shortName: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A key that may sign codes of an issuer, with its time. */
export interface SigningKey extends Period {
  readonly key: PublicKey;
  readonly invalidSince: number | null;
  /** The authority that signs for the issuer; empty: the issuer itself. */
  readonly signer: string;
  /** Where the records are certificates. */
  readonly certificate?: CertificateIdentity;
}

export interface KnownIssuer {
  /** Of certificates: the licence number only. */
  readonly record: TrustRecord;
  /** Its own, and those of authorities while they sign for it. */
  readonly keys: readonly SigningKey[];
  readonly hosts: readonly DatedHost[];
  /** The list that says so; undefined for certificates, which say nothing of licences and status. */
  readonly list?: TrustListInfo;
  /** Whether that list has appraisers at all. */
  readonly listsAppraisers: boolean;
}

export interface HeldStatusList {
  readonly list: VerifiedStatusList;
  readonly details: StatusDetails | undefined;
  /** Code of what was wrong with the details that came with it; then there are none. */
  readonly detailsFault?: string;
}

export interface TrustRecords {
  /** Undefined where the records do not know it. Throws a FormatError where they are damaged or could not be loaded. */
  issuer(licence: string): KnownIssuer | undefined;
  /** The same of an appraiser. */
  appraiser(licence: string): TrustRecord | undefined;
  /** Whether a host is, or was, official for any issuer. */
  isOfficialHost(host: string): boolean;
  /** The status list of an issuer, checked. */
  status(licence: string): HeldStatusList | undefined;
  /** Why a list of this issuer, or of nobody knows whom, was not taken: a code. */
  statusRefusal(licence: string): string | undefined;
}

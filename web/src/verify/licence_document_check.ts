// A licence document (许可证, 执业证) against the trust list: who signed it, what it says, then and now. docs/licence.md.

import { attempt } from "../format/format_error";
import { licenceHolder, licenceKind, type LicenceKind } from "../format/licence_kind";
import type { ReportRecord } from "../format/record";
import { covers, forbidsPractice, type DatedCategory, type Period, type TrustRecord } from "../trust/trust_record";
import type { KnownIssuer, SigningKey, TrustRecords } from "../trust/trust_records";
import { checkAppraiser } from "./appraiser_check";
import type { OpenedCode } from "./code_check";
import { appraisersOf, checkLicence, checkNow, issuedAt } from "./issuer_check";
import { categoriesAt, statementOf, type LicenceStatement } from "./licence_statement";
import { covered, day, includes, lastDay, registered, shownCategory } from "./standing";
import { unreadableRecords } from "./unreadable";
import type { Findings } from "./verdict";

const endOf = (period: Period): string => (period.until === null ? "—" : lastDay(period.until));

/** Whether the holder may practise, as far as the record says: licensed, and nothing forbids all of it. */
const inForce = (holder: TrustRecord, time: number): boolean => covered(holder.licensed, time)
  && !holder.events.some((event) => event.category === null && forbidsPractice(event.kind) && covers(event, time));

class LicenceDocumentCheck {
  private readonly issued: number;
  private statement: LicenceStatement | undefined;
  private good = true;

  constructor(
    private readonly opened: OpenedCode, private readonly issuer: KnownIssuer, private readonly key: SigningKey,
    private readonly kind: LicenceKind, private readonly record: ReportRecord | undefined, private readonly trust: TrustRecords,
    private readonly now: number, private readonly findings: Findings,
  ) {
    this.issued = issuedAt(opened);
  }

  run(): void {
    const { claims } = this.opened;
    if (this.issuer.list === undefined) {
      // Certificates do not tell an authority from an institution.
      this.findings.skipped("licence", "licence.no-list");
      return this.findings.unchecked("holder", "holder.no-list");
    }
    if (this.key.signer === "") this.findings.fail("holder", "holder.self-made", { issuer: claims.issuer });
    const holder = licenceHolder(claims);
    if (holder === undefined) {
      const number = typeof claims.number === "string" ? claims.number : "";
      return this.findings.fail("holder", "holder.number", { number });
    }
    this.readStatement(holder);
    if (this.kind === "institution") this.institution();
    else this.badge(holder);
    checkNow(this.issuer.record, this.issued, this.now, this.findings);
  }

  private readStatement(holder: string): void {
    if (this.record === undefined) return;
    const stated = statementOf(this.record, this.kind);
    if (stated === undefined) return this.findings.fail("holder", "holder.no-statement");
    const [own, authority] = appraisersOf(this.record);
    const right = stated !== null && stated.licence === holder && own!.licence === holder && own!.name === stated.name.name
      && (this.kind === "institution" || stated.institution === this.opened.claims.issuer);
    if (!right) return this.findings.fail("holder", "holder.statement");
    this.statement = stated;
    if (this.key.signer !== "" && authority!.name !== this.key.signer)
      this.findings.warn("holder", "holder.authority-name", { document: authority!.name, listed: this.key.signer });
  }

  /** The categories of the document, or where it is not at hand those that the list has of its holder. */
  private categories(listed: TrustRecord | undefined): readonly number[] {
    const all = this.statement?.categories ?? (listed === undefined ? [] : categoriesAt(listed, this.issuer.record, this.issued));
    return all.map((one) => one.category);
  }

  private isLicensed(record: TrustRecord): boolean {
    return covered(record.licensed, this.issued) && record.names.some((one) => covers(one, this.issued));
  }

  private institution(): void {
    const { record } = this.issuer;
    checkLicence(record, this.categories(this.isLicensed(record) ? record : undefined), this.issued, this.findings);
    const uscc = this.statement?.uscc ?? "";
    if (uscc !== "" && record.uscc !== "" && uscc !== record.uscc) this.differs("holder.uscc", uscc, record.uscc);
    this.compare(record);
    this.tellForce(inForce(record, this.now));
  }

  private badge(holder: string): void {
    const known = attempt(() => this.trust.appraiser(holder));
    if ("error" in known || known.value === undefined) {
      if ("error" in known) unreadableRecords("holder", known.error, this.findings);
      else this.findings.unchecked("holder", "holder.not-listed", { licence: holder });
      return checkLicence(this.issuer.record, this.categories(undefined), this.issued, this.findings);
    }
    const record = known.value;
    const { issuer } = this.opened.claims;
    const isHere = (time: number): boolean => record.institutions.some((one) => one.id === issuer && covers(one, time));
    const categories = this.categories(isHere(this.issued) && this.isLicensed(record) ? record : undefined);
    checkLicence(this.issuer.record, categories, this.issued, this.findings);
    const name = this.statement?.name.name ?? this.listedName(record);
    checkAppraiser({ name, licence: holder }, known, { issued: this.issued, now: this.now, issuer, categories }, this.findings);
    this.compare(record);
    this.tellForce(isHere(this.now) && inForce(record, this.now) && inForce(this.issuer.record, this.now));
  }

  private listedName(holder: TrustRecord): string {
    return (holder.names.find((one) => covers(one, this.issued)) ?? holder.names[0]!).name;
  }

  private differs(code: string, document: string, listed: string): void {
    this.good = false;
    this.findings.fail("holder", code, { document, listed });
  }

  private compare(holder: TrustRecord): void {
    const name = this.listedName(holder);
    const stated = this.statement;
    if (stated === undefined) {
      if (this.record === undefined) this.findings.pass("holder", "holder.listed", { name, licence: holder.id });
      return;
    }
    if (stated.name.name !== name) this.differs("holder.name", stated.name.name, name);
    this.comparePeriod(stated.licensed, holder.licensed);
    for (const own of stated.categories) this.compareCategory(own, holder.categories);
    for (const { category, ...period } of holder.categories)
      if (covers(period, this.now) && !stated.categories.some((one) => includes(one.category, category)))
        this.findings.warn("holder", "holder.category-added", { category: shownCategory(category) });
    if (this.good) this.findings.pass("holder", "holder.as-listed", { name, licence: holder.id });
  }

  private comparePeriod(own: Period, listed: readonly Period[]): void {
    const found = listed.find((one) => one.from === own.from);
    if (found === undefined || !covers(own, this.issued)) {
      this.good = false;
      this.findings.fail("holder", "holder.period", { from: day(own.from), until: endOf(own) });
    } else if (found.until !== own.until) {
      this.findings.warn("holder", "holder.period-changed", { document: endOf(own), listed: endOf(found) });
    }
  }

  private compareCategory(own: DatedCategory, listed: readonly DatedCategory[]): void {
    const found = listed.find((one) => one.category === own.category && one.from === own.from);
    const parameters = { category: shownCategory(own.category) };
    if (found === undefined || !covers(own, this.issued) || !covers(found, this.issued)) {
      this.good = false;
      this.findings.fail("holder", "holder.category", parameters);
    } else if (!registered(listed, own.category, this.now)) {
      this.findings.warn("holder", "holder.category-ended", parameters);
    }
  }

  private tellForce(isInForce: boolean): void {
    if (isInForce) this.findings.pass("holder", "holder.in-force", { date: day(this.now) });
    else this.findings.warn("holder", "holder.not-in-force", { date: day(this.now) });
  }
}

/**
 * Checks licence, appraisers, holder and now of a code whose category is that of a licence document and whose signature
 * verified; false for every other code. `record` is the code's own.
 */
export function checkLicenceDocument(
  opened: OpenedCode, record: ReportRecord | undefined, trust: TrustRecords, now: number, findings: Findings,
): boolean {
  const kind = licenceKind(opened.claims.category);
  const { issuer, key } = opened;
  if (kind === undefined || issuer === undefined || key === undefined) return false;
  new LicenceDocumentCheck(opened, issuer, key, kind, record, trust, now, findings).run();
  return true;
}

/** That a report does not name the category of a licence document beside its own. */
export function checkNoLicenceDocument(record: ReportRecord | undefined, findings: Findings): void {
  const listed = record?.value(4);
  const isLicence = (value: bigint): boolean => licenceKind(Number(value)) !== undefined;
  if (listed?.type === "array" && listed.value.some((one) => one.type === "uint" && isLicence(one.value)))
    findings.fail("holder", "holder.beside-report");
}

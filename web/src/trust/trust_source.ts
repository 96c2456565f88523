// Where the trust records come from: the folder trust/ beside the site, piece by piece as issuers are met; and files that a
// person chose (chosen_files.ts).

import { loadCipher } from "../crypto/cipher";
import { digest } from "../crypto/digest";
import { toHex, utf8 } from "../format/bytes";
import { attempt, fail } from "../format/format_error";
import { bundleTypes, openBundle } from "./bundle";
import { bucketOf, certificateFormat, list, object, text } from "./certificate_records";
import { checkReplacement, heldOf, type HeldList, type ListMemory } from "./held_list";
import { LoadedTrust } from "./loaded_trust";
import { TrustList } from "./trust_list";
import type { BlockEntry } from "./trust_list_block";
import { fingerprintOf, headLimit, type TableName } from "./trust_list_head";

export const listFormat = "sjcode-site-trust/2";

/** A file of the records that was not used, and why: a code of messages/ with its parameters. */
export interface Refused {
  readonly code: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Files of the folder by their name. Rejects where one is not there or cannot be had. */
export type Fetch = (name: string) => Promise<Uint8Array>;

/** Fetches from the folder at `base`. */
export const fetchFrom = (base: URL): Fetch => async (name) => {
  const response = await fetch(new URL(name, base), { credentials: "omit" });
  if (!response.ok) throw new Error(`trust records: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

export const parseJson = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** The name of an issuer's file of status lists, without its ending. */
export const statusFileOf = (issuer: string): string => toHex(digest("sha256", utf8(issuer)).subarray(0, 8));

export class TrustSource {
  readonly records = new LoadedTrust();
  readonly refused: Refused[] = [];
  private readonly asked = new Map<string, Promise<boolean>>();
  private index: Promise<void> | undefined;
  private isReady = false;
  private tried = false;
  private statuses: ReadonlySet<string> = new Set();
  private readonly held = new Map<string, HeldList>();

  /**
   * `fetchFile` is null where nothing can be fetched. `pins`: fingerprints of regulators' keys that the site was built
   * with; where there are any, lists of other regulators and records without a signature are refused. `memory`: undefined
   * where nothing is kept of the folder from one visit to the next.
   */
  constructor(
    private readonly fetchFile: Fetch | null, readonly pins: readonly string[] = [], private readonly memory?: ListMemory,
  ) {}

  /** Whether the records come from a folder beside the site. */
  get hasFolder(): boolean {
    return this.fetchFile !== null;
  }

  /** Whether ready() came to an end; before that nothing can be said to be missing. */
  get wasRead(): boolean {
    return this.tried || !this.hasFolder;
  }

  /** What is held to of a list, from its folder, from a file, or from an earlier visit. */
  heldOf(list: string): HeldList | undefined {
    return this.held.get(list) ?? this.memory?.recall(list);
  }

  /** Uses a list that was checked, until the page is closed. */
  take(list: TrustList): void {
    this.held.set(list.info.id, heldOf(list, this.heldOf(list.info.id)));
    this.records.addList(list);
    this.asked.clear();
  }

  /** Reads what is needed of everybody: dates, hosts, the heads of lists. False where it cannot be had. */
  async ready(): Promise<boolean> {
    if (this.isReady) return true;
    if (this.fetchFile === null) return this.records.lists.length > 0 || this.records.certificates.dates !== undefined;
    this.index ??= this.readIndex();
    try {
      await this.index;
      this.isReady = true;
    } catch {
      this.index = undefined;
    }
    this.tried = true;
    return this.isReady;
  }

  private async readIndex(): Promise<void> {
    const index = object(parseJson(await this.fetchFile!("index.json")));
    this.refused.length = 0;
    if (index["format"] === certificateFormat) return this.addCertificateIndex(index);
    if (index["format"] !== listFormat) throw new TypeError("trust records: another format");
    this.statuses = new Set(list(index["statuses"]).map(text));
    for (const one of list(index["lists"]).map(object)) {
      const head = await this.fetchFile!(text(one["head"]));
      if (head.length > headLimit) throw new TypeError("trust records: too large");
      const pins = this.pins.length > 0 ? this.pins : [text(one["root"])];
      const opened = attempt(() => this.openHead(head, pins));
      if ("error" in opened) this.refuse(opened.error.code, opened.error.parameters);
      else if (this.isOlderThanTaken(opened.value)) continue;
      else this.take(opened.value);
    }
  }

  /** Errors: those of TrustList.open(); site.held.*, where this browser saw a list here that this one must not follow. */
  private openHead(head: Uint8Array, pins: readonly string[]): TrustList {
    const list = TrustList.open(head, pins, (block) => this.block(block));
    const held = this.memory?.recall(list.info.id);
    if (held !== undefined) {
      const follows = attempt(() => checkReplacement(held, list));
      if ("error" in follows)
        fail(`site.held.${follows.error.code.slice("trust-store.".length)}`, { ...follows.error.parameters, publisher: list.info.publisher });
    }
    // The head is signed, so the number is the regulator's, though its blocks are read only as they are needed.
    this.memory?.keep(heldOf(list, held));
    return list;
  }

  /** A file that a person chose may be newer than the folder. */
  private isOlderThanTaken(list: TrustList): boolean {
    const taken = this.held.get(list.info.id);
    return taken !== undefined && taken.number > list.info.number;
  }

  private addCertificateIndex(index: unknown): void {
    if (this.pins.length > 0) this.refuse("site.trust.unsigned");
    // Else whoever fills the folder would get round the signed lists by leaving them out.
    else if (this.memory?.hasAny() === true) this.refuse("site.held.unsigned");
    else this.records.certificates.addIndex(index);
  }

  private refuse(code: string, parameters: Refused["parameters"] = {}): void {
    if (!this.refused.some((other) => JSON.stringify(other) === JSON.stringify({ code, parameters })))
      this.refused.push({ code, parameters });
  }

  private async block(block: BlockEntry): Promise<Uint8Array | undefined> {
    try {
      return await this.fetchFile!(`blocks/${toHex(block.digest)}.cbor`);
    } catch {
      return undefined;
    }
  }

  /** Does a thing once; again where it could not be done. */
  private async once(what: string, load: () => Promise<boolean>): Promise<void> {
    let asked = this.asked.get(what);
    if (asked === undefined) {
      asked = load().catch(() => false);
      this.asked.set(what, asked);
    }
    if (!(await asked)) this.asked.delete(what);
  }

  private async inLists(table: TableName, id: string): Promise<boolean> {
    const all = await Promise.all(this.records.lists.map((one) => one.load(table, id)));
    return all.every(Boolean);
  }

  /** Reads what the records say of an issuer. Does not throw: what cannot be read is not known. */
  async load(issuer: string): Promise<void> {
    if (!(await this.ready())) return;
    const bucket = bucketOf(issuer);
    const certificates = this.records.certificates;
    if (this.fetchFile !== null && certificates.hasBucket(bucket))
      await this.once(`bucket ${bucket}`, async () => {
        certificates.addBucket(parseJson(await this.fetchFile!(`${bucket}.json`)));
        return true;
      });
    if (this.records.lists.length === 0) return;
    await this.once(`issuer ${issuer}`, async () => {
      const found = await this.inLists("institution", issuer);
      for (const one of this.records.lists) {
        const record = attempt(() => one.find("institution", issuer));
        if ("error" in record) continue;
        await Promise.all((record.value?.signers ?? []).map((signer) => this.inLists("authority", signer.id)));
      }
      return found;
    });
    const name = statusFileOf(issuer);
    if (this.fetchFile !== null && this.statuses.has(name)) await this.once(`status ${name}`, () => this.loadStatus(name));
  }

  private async loadStatus(name: string): Promise<boolean> {
    const file = await this.fetchFile!(`status-${name}.sjb`);
    const parts = attempt(() => openBundle(file));
    if ("error" in parts) this.refuse(parts.error.code, parts.error.parameters);
    else {
      if (parts.value.some((part) => part.type === bundleTypes.statusDetails)) await loadCipher();
      this.records.addStatuses(parts.value, (code, parameters) => this.refuse(code, parameters));
    }
    return true;
  }

  /** Whether hosts are official for anybody. */
  async loadHosts(hosts: readonly string[]): Promise<void> {
    if (!(await this.ready())) return;
    await Promise.all(hosts.map((host) => this.once(`host ${host}`, () => this.inLists("host", host))));
  }

  /** What the records say of appraisers, by licence number. */
  async loadAppraisers(licences: readonly string[]): Promise<void> {
    if (!(await this.ready())) return;
    await Promise.all(licences.map((one) => this.once(`appraiser ${one}`, () => this.inLists("appraiser", one))));
  }

  /** Lists that were accepted though no pin names their root: for a person to compare. */
  get unpinned(): readonly { readonly publisher: string; readonly fingerprint: string }[] {
    if (this.fetchFile !== null || this.pins.length > 0) return [];
    return this.records.lists.map((one) => ({ publisher: one.info.publisher, fingerprint: fingerprintOf(one.root) }));
  }
}

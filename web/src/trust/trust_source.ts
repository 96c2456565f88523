// Where the trust records come from: the folder trust/ beside the site, file by file as issuers are met; or files that a
// person chose, where the page was opened from a disc and may not read its neighbours.

import { bucketOf, LoadedTrust } from "./trust_records";

const largestFile = 16 * 1024 * 1024;

export class TrustSource {
  readonly records = new LoadedTrust();
  private readonly asked = new Map<string, Promise<void>>();
  private index: Promise<void> | undefined;

  /** `base` is the address of the folder; null where nothing can be fetched. */
  constructor(private readonly base: URL | null) {}

  private async fetchJson(name: string): Promise<unknown> {
    const response = await fetch(new URL(`${name}.json`, this.base!), { credentials: "omit" });
    if (!response.ok) throw new Error(`trust records: ${response.status}`);
    return response.json();
  }

  /** Reads dates and hosts. False where they cannot be had: every issuer is then unknown. */
  async ready(): Promise<boolean> {
    if (this.records.dates !== undefined) return true;
    if (this.base === null) return false;
    this.index ??= this.fetchJson("index").then((json) => this.records.addIndex(json));
    try {
      await this.index;
      return true;
    } catch {
      this.index = undefined;
      return false;
    }
  }

  /** Reads what the records say of an issuer. Does not throw: what cannot be read is not known. */
  async load(issuer: string): Promise<void> {
    const bucket = bucketOf(issuer);
    if (!(await this.ready()) || this.base === null || !this.records.hasBucket(bucket)) return;
    let asked = this.asked.get(bucket);
    if (asked === undefined) {
      asked = this.fetchJson(bucket).then((json) => this.records.addBucket(json));
      this.asked.set(bucket, asked);
    }
    try {
      await asked;
    } catch {
      this.asked.delete(bucket);
    }
  }

  /** Files chosen by a person: index.json and the others of one export. Throws a TypeError where one is something else. */
  async choose(files: readonly File[]): Promise<void> {
    for (const file of files) {
      if (file.size > largestFile) throw new TypeError("trust records: too large");
      const json: unknown = JSON.parse(await file.text());
      if (file.name === "index.json") this.records.addIndex(json);
      else this.records.addBucket(json);
    }
  }
}

// The same codes to the C++ program and to the site: each check, its result and code must be the same; with certificates, and
// with a signed trust list and status lists.

import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TrustRecords } from "../src/trust/trust_records";
import { claimedHosts, claimedIssuers, verifySymbols } from "../src/verify/symbols";
import {
  exportTrust, hasProgram, licences, newFolder, newKey, newRegister, newStore, Randomness, sjcode, sourceFrom, verifyMany,
  type AlgorithmName, type Told,
} from "./desk";
import { randomNumber, randomText, type Secrets } from "./random_codes";
import { secretOf } from "./signing";

const count = 10_000;
// On a machine with much else to do.
const longest = 3_600_000;
/** The test's runner has to be answered now and then. */
const answerRunner = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const names = Object.keys(licences) as AlgorithmName[];
const states = ["revoked", "suspended", "superseded", "withdrawn", "reappraised"];

/** Statuses of the first indices: of codes that nobody has, so that no code opens an entry of the details. */
function newStatusList(folder: string, name: AlgorithmName, random: Randomness): string {
  const journal = join(folder, `journal-${name}.json`);
  states.forEach((state, index) => {
    sjcode("status", "set", journal, "--number", randomNumber(random), "--index", String(3 * index + random.next(3)), "--state", state,
      "--issuer", licences[name], ...(state === "superseded" ? ["--successor", "示例司鉴中心〔2026〕临鉴字第19号"] : ["--reason", "试验"]));
  });
  sjcode("status", "sign", journal, "--key", join(folder, name, "key.pem"), "--cert", join(folder, name, "cert.pem"), "-o", join(folder, "published"));
  return join(folder, "published", `status-${licences[name]}.cwt`);
}

describe.skipIf(!hasProgram)("random codes", () => {
  const work = newFolder();
  const certificates = join(work.path, "certificates");
  const random = new Randomness(20261122);
  const texts: string[] = [];

  beforeAll(async () => {
    mkdirSync(certificates);
    const secrets = {} as Record<AlgorithmName, Uint8Array>;
    for (const name of names) {
      newKey(work.path, name, licences[name]);
      copyFileSync(join(work.path, name, "cert.pem"), join(certificates, `${name}.pem`));
      secrets[name] = secretOf(readFileSync(join(work.path, name, "key.pem"), "utf8"));
    }
    for (let i = 0; i < count; i++) {
      texts.push(randomText(secrets as Secrets, random));
      if (i % 50 === 0) await answerRunner();
    }
  }, longest);
  afterAll(() => work.remove());

  async function compare(told: readonly Told[], trust: TrustRecords): Promise<Map<string, number>> {
    const now = Math.floor(Date.now() / 1000);
    const outcomes = new Map<string, number>();
    const brief = (checks: readonly { check: string; result: string; code: string; mandatory: boolean }[]): string[] =>
      checks.map((one) => `${one.check} ${one.result} ${one.code} ${one.mandatory}`);
    for (const [i, text] of texts.entries()) {
      // As the page does with what is typed or pasted, and the program with its arguments.
      const verdict = verifySymbols([text.trim()], { trust, now, kindName: (kind) => kind });
      expect([verdict.outcome, ...brief(verdict.checks)], text).toEqual([told[i]!.outcome, ...brief(told[i]!.checks)]);
      outcomes.set(verdict.outcome, (outcomes.get(verdict.outcome) ?? 0) + 1);
      if (i % 50 === 0) await answerRunner();
    }
    // Each kind of outcome is among them, or the codes were not random enough to say anything.
    for (const outcome of ["code_genuine", "not_authentic", "undetermined"])
      expect(outcomes.get(outcome), outcome).toBeGreaterThan(count / 20);
    return outcomes;
  }

  it(`${count} of them, valid and mutated, get the checks that the program gives them`, async () => {
    await compare(await verifyMany(certificates, texts), exportTrust(certificates, join(work.path, "trust")));
  }, longest);

  it("the same with a signed trust list and status lists", async () => {
    const certified = Object.fromEntries(names.map((name) => [licences[name], join(certificates, `${name}.pem`)]));
    const { register, root } = newRegister(work.path, certified);
    const [suspended] = Object.values(licences);
    sjcode("trust", "suspend", register, suspended!, "--category", "SX0101", "--from", "2016-01-01", "--until", "2018-12-31", "--authority", "明州市司法局");
    const store = newStore(work.path, register, root);
    const statuses = names.map((name) => newStatusList(work.path, name, random)).flatMap((file) => ["--status", file]);
    const output = join(work.path, "lists");
    sjcode("trust", "export-web", "--trust", store, ...statuses, "-o", output);
    const source = sourceFrom(output);
    expect(await source.ready()).toBe(true);
    for (const issuer of claimedIssuers(texts)) await source.load(issuer);
    await source.loadHosts(claimedHosts(texts));
    expect(source.refused).toEqual([]);
    const told = await verifyMany(store, texts, ...statuses);
    await compare(told, source.records);
    const codes = new Set(told.flatMap((one) => one.checks.map((check) => check.code)));
    for (const code of ["category.registered", "category.not-registered", "category.withheld", "licence.valid-at-issue", "key.valid",
      "licence.event-other-category", "relation.correction", "status.valid", "status.revoked", "status.suspended", "status.not-in-list"])
      expect(codes, code).toContain(code);
  }, longest);
});

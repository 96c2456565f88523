// The table of situations (tests/situations/situations.json) in this implementation: from the same signed lists, codes, records
// and status lists the same outcome, the same findings and the same sentences in both languages as from the program.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromHex } from "../src/format/bytes";
import { sentence } from "../src/messages/sentence";
import { bundleTypes } from "../src/trust/bundle";
import { TrustSource } from "../src/trust/trust_source";
import { openTrustListFile } from "../src/trust/trust_list_file";
import { appraisersInRecord, claimedHolders, claimedHosts, claimedIssuers, verifySymbols } from "../src/verify/symbols";
import type { Verdict } from "../src/verify/verdict";
import english from "virtual:messages/en";
import { newFolder, program, root } from "./desk";

interface Line {
  id: string;
  root: string;
  now: number;
  list: string;
  url: string;
  record: string | null;
  status_list: string | null;
  status_details: string | null;
  zh: Told;
  en: Told;
}

interface Told {
  outcome: string;
  message: string;
  checks: { check: string; result: string; code: string; mandatory: boolean; parameters: Record<string, string>; message: string }[];
  facts: { name: string; value: string; signed: boolean }[];
}

const writer = join(dirname(program), "write_situations");
const canWrite = existsSync(writer);
if (!canWrite) console.warn(`${writer} is not there: the situations are skipped`);

async function sourceOf(line: Line): Promise<TrustSource> {
  const source = new TrustSource(null);
  source.records.addList(openTrustListFile(fromHex(line.list), [line.root]).list);
  await source.ready();
  for (const issuer of claimedIssuers([line.url])) await source.load(issuer);
  await source.loadHosts(claimedHosts([line.url]));
  await source.loadAppraisers(claimedHolders([line.url]));
  if (line.record !== null) await source.loadAppraisers(appraisersInRecord(fromHex(line.record)));
  if (line.status_list === null) return source;
  const parts = [{ type: bundleTypes.statusList, content: fromHex(line.status_list) }];
  if (line.status_details !== null) parts.push({ type: bundleTypes.statusDetails as never, content: fromHex(line.status_details) });
  source.records.addStatuses(parts, (code) => expect.fail(`the status list was refused: ${code}`));
  return source;
}

async function verdictOf(line: Line): Promise<Verdict> {
  const trust = (await sourceOf(line)).records;
  const kindName = (kind: string): string => sentence(`kind.${kind}`, {}, "zh");
  return verifySymbols([line.url], { trust, now: line.now, kindName }, undefined, line.record === null ? undefined : fromHex(line.record));
}

describe.skipIf(!canWrite)("situations", () => {
  const work = newFolder();
  let lines: Line[] = [];
  beforeAll(() => {
    globalThis.sjcodeEnglish = english();
    const output = join(work.path, "situations.jsonl");
    execFileSync(writer, [output]);
    lines = readFileSync(output, "utf8").trim().split("\n").map((line) => JSON.parse(line) as Line);
  });
  afterAll(() => work.remove());

  const { situations } = JSON.parse(readFileSync(join(root, "tests/situations/situations.json"), "utf8")) as { situations: { id: string; expect: Record<string, string> }[] };

  for (const situation of situations)
    it(situation.id, async () => {
      const line = lines.find((one) => one.id === situation.id)!;
      const verdict = await verdictOf(line);
      expect(verdict.outcome).toBe(situation.expect["outcome"]);
      for (const language of ["zh", "en"] as const) {
        const told = line[language];
        expect(verdict.outcome).toBe(told.outcome);
        const mine = verdict.checks.map(({ check, result, code, mandatory, parameters }) =>
          ({ check, result, code, mandatory, parameters, message: sentence(code, parameters, language) }));
        const theirs = told.checks.map(({ check, result, code, mandatory, parameters, message }) =>
          ({ check, result, code, mandatory, parameters, message }));
        expect(mine).toEqual(theirs);
        expect(mine.map((one) => one.message)).toContain(situation.expect[language]);
      }
      const facts = (all: readonly { name: string; value: string; signed: boolean }[]): unknown[] =>
        all.map(({ name, value, signed }) => ({ name, value, signed }));
      expect(facts(verdict.facts)).toEqual(facts(line.zh.facts));
    });

  it("a status list holds without its details where those are wrong, and a refused one is told", async () => {
    const line = lines.find((one) => one.id === "status-revoked")!;
    const verdictWith = async (list: Uint8Array, details: Uint8Array): Promise<{ codes: string[]; refused: string[] }> => {
      const source = await sourceOf({ ...line, status_list: null });
      const refused: string[] = [];
      source.records.addStatuses(
        [{ type: bundleTypes.statusList, content: list }, { type: bundleTypes.statusDetails as never, content: details }],
        (code) => refused.push(code),
      );
      const verdict = await verifySymbols([line.url], { trust: source.records, now: line.now, kindName: (kind) => kind });
      return { codes: verdict.checks.filter((one) => one.check === "status").map((one) => `${one.result} ${one.code}`), refused };
    };
    const [list, details] = [fromHex(line.status_list!), fromHex(line.status_details!)];
    const altered = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte));
    expect((await verdictWith(list, details)).codes).toEqual(["fail status.revoked"]);
    for (const [wrong, code] of [[altered(details), "status-details.signature"], [details.subarray(0, 40), "cbor.truncated"], [new Uint8Array(), "cbor.truncated"]] as const)
      expect(await verdictWith(list, wrong)).toEqual({ codes: ["warn status.details-unreadable", "fail status.revoked"], refused: [code] });
    expect(await verdictWith(altered(list), details)).toEqual({ codes: ["unchecked status.list-refused"], refused: ["status-list.signature"] });
  });

  it("a list that was altered, cut off, forged or signed by another is not used", async () => {
    const line = lines[0]!;
    const file = fromHex(line.list);
    for (let at = 0; at < file.length - 1; at += 7) {
      const altered = Uint8Array.from(file);
      altered[at]! ^= 1 << (at % 8);
      const source = new TrustSource(null);
      try {
        source.records.addList(openTrustListFile(altered, [line.root]).list);
      } catch (error) {
        expect(["trust-list.", "cbor."].some((room) => (error as { code: string }).code.startsWith(room)), String(error)).toBe(true);
        continue;
      }
      // The head was not touched; a block is refused when it is read.
      for (const issuer of claimedIssuers([line.url])) await source.load(issuer);
      await source.loadHosts(claimedHosts([line.url]));
      const verdict = verifySymbols([line.url], { trust: source.records, now: line.now, kindName: (kind) => kind });
      const damaged = verdict.checks.filter((one) => one.code === "trust.list-damaged");
      expect(verdict.outcome === "undetermined" ? damaged.length : 1, `byte ${at}`).toBeGreaterThan(0);
      expect(["code_genuine", "undetermined", "not_authentic"], `byte ${at}`).toContain(verdict.outcome);
    }
    for (const length of [0, 1, 100, file.length - 300, file.length - 1])
      expect(() => openTrustListFile(file.subarray(0, length), [line.root])).toThrow();
    expect(() => openTrustListFile(file, ["00".repeat(32)])).toThrow("trust-list.root");
  });
});

// The same codes to the C++ program and to the site: each check, its result and code must be the same.

import { mkdirSync, readFileSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifySymbols } from "../src/verify/symbols";
import { exportTrust, hasProgram, licences, newFolder, newKey, Randomness, verify, type AlgorithmName } from "./desk";
import { randomText, type Secrets } from "./random_codes";
import { secretOf } from "./signing";

const count = 10_000;

describe.skipIf(!hasProgram)("random codes", () => {
  it(`${count} of them, valid and mutated, get the checks that the program gives them`, () => {
    const folder = newFolder();
    try {
      const certificates = join(folder.path, "certificates");
      mkdirSync(certificates);
      const secrets = {} as Record<AlgorithmName, Uint8Array>;
      for (const name of Object.keys(licences) as AlgorithmName[]) {
        newKey(folder.path, name, licences[name]);
        copyFileSync(join(folder.path, name, "cert.pem"), join(certificates, `${name}.pem`));
        secrets[name] = secretOf(readFileSync(join(folder.path, name, "key.pem"), "utf8"));
      }
      const trust = exportTrust(certificates, join(folder.path, "trust"));
      const random = new Randomness(20261122);
      const texts = Array.from({ length: count }, () => randomText(secrets as Secrets, random));
      const told = verify(certificates, texts);
      const now = Math.floor(Date.now() / 1000);
      const outcomes = new Map<string, number>();
      texts.forEach((text, i) => {
        const verdict = verifySymbols([text], { trust, now, kindName: (kind) => kind });
        const brief = (checks: readonly { check: string; result: string; code: string; mandatory: boolean }[]): string[] =>
          checks.map((one) => `${one.check} ${one.result} ${one.code} ${one.mandatory}`);
        expect([verdict.outcome, ...brief(verdict.checks)], text).toEqual([told[i]!.outcome, ...brief(told[i]!.checks)]);
        outcomes.set(verdict.outcome, (outcomes.get(verdict.outcome) ?? 0) + 1);
      });
      // Each kind of outcome is among them, or the codes were not random enough to say anything.
      for (const outcome of ["code_genuine", "not_authentic", "undetermined"]) expect(outcomes.get(outcome)).toBeGreaterThan(count / 20);
    } finally {
      folder.remove();
    }
  }, 1_800_000);
});

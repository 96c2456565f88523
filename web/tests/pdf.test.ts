// PDFs to the C++ program and to the site. What the program refuses the site must refuse; what the site calls authentic the
// program must call authentic.

import { mkdirSync, readdirSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { concat, ofLatin1 } from "../src/format/bytes";
import { examine } from "../src/pdf/examine";
import { MemorySource } from "../src/pdf/source";
import type { LoadedTrust } from "../src/trust/loaded_trust";
import { verifyPdf } from "../src/verify/pdf";
import type { Verdict } from "../src/verify/verdict";
import { bytesOf, corpus, exportTrust, hasCorpus, hasProgram, isLong, issue, newFolder, newKey, newReport, Randomness, verify } from "./desk";

const noProgress = (): void => undefined;

async function siteVerdict(bytes: Uint8Array, trust: LoadedTrust): Promise<Verdict | undefined> {
  const examination = await examine(new MemorySource(bytes), noProgress);
  if (examination.code === undefined) return undefined;
  const now = Math.floor(Date.now() / 1000);
  return verifyPdf({ ...examination, code: examination.code }, { trust, now, kindName: (kind) => kind });
}

describe.skipIf(!hasCorpus)("files of others", () => {
  for (const folder of ["attack", "malformed", "signed-good", "plain"]) {
    it(`${folder}: none carries a code, none is the end of the reader`, async () => {
      for (const name of readdirSync(join(corpus, folder)).filter((one) => one.endsWith(".pdf"))) {
        const examination = await examine(new MemorySource(bytesOf(join(corpus, folder, name))), noProgress);
        expect(examination.code, name).toBeUndefined();
        expect(examination.checks.filter((check) => check.result === "pass"), name).toEqual([]);
      }
    });
  }
});

/** One forgery of many: bytes changed in place, put in, taken out, appended. */
function forge(file: Uint8Array, original: number, random: Randomness): Uint8Array {
  const at = random.next(2) === 0 ? random.next(file.length) : original + random.next(file.length - original);
  switch (random.next(7)) {
    case 0:
      return file.subarray(0, at);
    case 1:
      return concat(file, ofLatin1(random.of([" ", "\n", "%%EOF\n", "1 0 obj\nnull\nendobj\n", "\0"])));
    case 2:
      return concat(file.subarray(0, at), ofLatin1(random.of([" ", "\n", "0", "%x\n"])), file.subarray(at));
    case 3:
      return concat(file.subarray(0, at), file.subarray(at + 1 + random.next(4)));
    case 4: {
      const copy = Uint8Array.from(file);
      copy.set(random.bytes(1 + random.next(8)), Math.min(at, file.length - 8));
      return copy;
    }
    default: {
      const copy = Uint8Array.from(file);
      copy[at]! ^= 1 << random.next(8);
      return copy;
    }
  }
}

describe.skipIf(!hasProgram)("issued files", () => {
  const folder = newFolder();
  let trust: LoadedTrust;
  let issued: string[] = [];

  beforeAll(() => {
    const certificates = join(folder.path, "certificates");
    mkdirSync(certificates);
    for (const name of ["ed25519", "p256", "sm2"] as const) {
      newKey(folder.path, name);
      copyFileSync(join(folder.path, name, "cert.pem"), join(certificates, `${name}.pem`));
    }
    trust = exportTrust(certificates, join(folder.path, "trust"));
    const report = newReport(folder.path);
    const to = (name: string): string => join(folder.path, "issued", name);
    mkdirSync(join(folder.path, "issued"));
    issued = [
      issue(report, to("sm2.pdf"), folder.path, "sm2"),
      issue(report, to("p256.pdf"), folder.path, "p256", "--entry", "opinion", "--qr-level", "Q"),
      issue(report, to("ed25519.pdf"), folder.path, "ed25519", "--page", "all"),
      issue(report, to("unsealed.pdf"), folder.path, "sm2", "--seal", "none", "--entry", "opinion@7", "--entry", "appraisers"),
    ];
  }, 180_000);
  afterAll(() => folder.remove());

  it("are authentic", async () => {
    const told = verify(join(folder.path, "certificates"), issued);
    for (const [i, file] of issued.entries()) {
      const verdict = await siteVerdict(bytesOf(file), trust);
      expect(verdict?.outcome, `${file}: ${JSON.stringify(verdict?.checks)}`).toBe("authentic");
      expect(told[i]!.outcome).toBe("authentic");
    }
  });

  it.skipIf(!hasCorpus)("are authentic whatever program made the original", async () => {
    const names = readdirSync(join(corpus, "plain")).filter((name) => name.endsWith(".pdf"));
    const facts = ["--force-place", "--allow",
      "facts,javascript,automatic-action,embedded-files,xfa,hidden-content,undrawn-content,form-over-content,revisions"];
    let made = 0;
    for (const [i, name] of names.entries()) {
      if (!isLong && i % 6 !== 0) continue;
      const output = join(folder.path, "issued", `plain-${i}.pdf`);
      try {
        issue(join(corpus, "plain", name), output, folder.path, "p256", ...facts, ...(i % 4 === 0 ? ["--seal", "none"] : []));
      } catch {
        continue; // What the program does not issue is no matter of the site.
      }
      made++;
      const verdict = await siteVerdict(bytesOf(output), trust);
      expect(verdict?.outcome, `${name}: ${JSON.stringify(verdict?.checks)}`).toBe("authentic");
    }
    expect(made).toBeGreaterThan(0);
  }, 600_000);

  it("forged in hundreds of ways are never authentic here, and never here alone", async () => {
    const random = new Randomness(5);
    const count = isLong ? 600 : 120;
    const forged = join(folder.path, "forged");
    mkdirSync(forged);
    const files: string[] = [];
    for (let i = 0; i < count; i++) {
      const bytes = bytesOf(issued[i % issued.length]!);
      const output = join(forged, `${String(i).padStart(4, "0")}.pdf`);
      writeFileSync(output, forge(bytes, Math.floor(bytes.length * 0.6), random));
      files.push(output);
    }
    const told = verify(join(folder.path, "certificates"), files);
    for (const [i, file] of files.entries()) {
      const verdict = await siteVerdict(bytesOf(file), trust);
      const outcome = verdict?.outcome ?? "undetermined";
      const about = `${file} ${JSON.stringify(verdict?.checks.filter((check) => check.result === "fail"))} ${JSON.stringify(told[i])}`;
      expect(outcome === "authentic", about).toBe(told[i]!.outcome === "authentic");
      // Bytes of the seal itself may be changed into what only the program can judge; the page then says so.
      const left = verdict?.checks.some((check) => check.mandatory && check.code.endsWith("-in-browser"));
      if (told[i]!.outcome === "not_authentic" && verdict !== undefined && !left) expect(outcome, about).toBe("not_authentic");
    }
  }, 600_000);
});

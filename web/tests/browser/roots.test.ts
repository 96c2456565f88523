// A site that was built for certain regulators only (SJCODE_SITE_ROOTS): no other list, and no records without a signature.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportTrust, isLong, newFolder, root } from "../desk";
import { canBrowse, launch, newPage, openListed, outcomeOf } from "./site";

const make = join(root, "web/make/build.mjs");

it("what is no fingerprint is refused before anything is built", () => {
  const work = newFolder();
  for (const roots of ["abc", `${"0".repeat(64)},x`, "0".repeat(63)]) {
    const ended = spawnSync(process.execPath, [make, join(work.path, "site")], { env: { ...process.env, SJCODE_SITE_ROOTS: roots }, encoding: "utf8" });
    expect(ended.status, roots).toBe(64);
    expect(ended.stderr).toContain("SJCODE_SITE_ROOTS: fingerprints of 64 hexadecimal digits");
  }
  work.remove();
}, 300_000);

// Builds the whole site once more, so it is for --long; tests/held_lists.test.ts has the rules without a browser.
describe.skipIf(!canBrowse || !isLong)("a site for one regulator", () => {
  it("relies on its lists, and on nothing else", async () => {
    const site = await openListed();
    const browser = await launch();
    try {
      const served = join(site.folder, "site");
      const index = JSON.parse(readFileSync(join(served, "trust/index.json"), "utf8")) as { lists: { root: string }[] };
      const fingerprint = index.lists[0]!.root;
      const context = await browser.newContext({ serviceWorkers: "block" });
      const fresh = join(site.folder, "fresh");
      const said = execFileSync(process.execPath, [make, fresh], { env: { ...process.env, SJCODE_SITE_ROOTS: fingerprint.toUpperCase() }, encoding: "utf8" });
      expect(said).toContain(`relies on lists of ${fingerprint} only`);
      for (const part of ["assets", "r"]) {
        rmSync(join(served, part), { recursive: true });
        cpSync(join(fresh, part), join(served, part), { recursive: true });
      }
      const scan = async (): Promise<{ outcome: string; refused: (string | undefined)[] }> => {
        const { page, errors } = await newPage(context);
        await page.goto(site.address + site.report.path);
        const outcome = await outcomeOf(page);
        const refused = await page.locator('[data-trust="refused"]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["code"]));
        expect(errors).toEqual([]);
        await page.close();
        return { outcome, refused };
      };
      expect(await scan()).toEqual({ outcome: "code_genuine", refused: [] });
      // Whoever fills the folder cannot say whose key is believed.
      const other = "ab".repeat(32);
      writeFileSync(join(served, "trust/index.json"), JSON.stringify({ ...index, lists: index.lists.map((one) => ({ ...one, root: other })) }));
      expect(await scan()).toEqual({ outcome: "code_genuine", refused: [] });
      exportTrust(join(site.folder, "sm2"), join(served, "trust"));
      expect(await scan()).toEqual({ outcome: "undetermined", refused: ["site.trust.unsigned"] });
    } finally {
      await browser.close();
      site.stop();
    }
  }, 1_800_000);
});

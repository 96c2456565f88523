// Files of others, dropped on the page: never shown as authentic, never a dead page. All vectors, in the browser.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { dataPlugin } from "../../make/data_plugin.mjs";
import { corpus, hasCorpus, isLong, root } from "../desk";
import type { Vector } from "../vector_operations";
import { canBrowse, launch, newPage, open } from "./site";

function vectors(): Vector[] {
  const all: Vector[] = [];
  const base = join(root, "test-vectors");
  for (const folder of readdirSync(base).filter((name) => statSync(join(base, name)).isDirectory()))
    for (const name of readdirSync(join(base, folder)).filter((one) => one.endsWith(".json")))
      all.push(JSON.parse(readFileSync(join(base, folder, name), "utf8")) as Vector);
  return all;
}

async function script(): Promise<string> {
  const result = await build({
    configFile: false, root: join(root, "web"), logLevel: "silent", plugins: [dataPlugin()],
    build: {
      write: false, target: ["chrome90", "safari15"], minify: false,
      rollupOptions: { input: join(root, "web/tests/browser/vectors_entry.ts"), output: { format: "iife" } },
    },
  });
  const { output } = (Array.isArray(result) ? result[0]! : result) as { output: { type: string; code?: string }[] };
  return output.find((part) => part.type === "chunk")!.code!;
}

describe.skipIf(!canBrowse)("in the browser", () => {
  it("every test vector passes", async () => {
    const site = await open();
    const browser = await launch();
    try {
      const { page } = await newPage(await browser.newContext());
      await page.goto(site.address);
      await page.evaluate(await script());
      const all = vectors();
      expect(all.length).toBeGreaterThan(800);
      const faults = await page.evaluate((some) => (globalThis as unknown as { sjcodeVectors: (v: unknown) => string[] }).sjcodeVectors(some), all);
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      site.stop();
    }
  }, 300_000);

  it.skipIf(!hasCorpus)("no file of others is authentic, and none kills the page", async () => {
    const site = await open();
    const browser = await launch();
    try {
      const context = await browser.newContext({ serviceWorkers: "block", reducedMotion: "reduce" });
      const { page } = await newPage(context);
      let dropped = 0;
      for (const folder of ["attack", "malformed", "signed-good"]) {
        const names = readdirSync(join(corpus, folder)).filter((name) => name.endsWith(".pdf"));
        for (const [i, name] of names.entries()) {
          // The rest is for --long; tests/pdf.test.ts has every one of them without a browser.
          if (!isLong && i % 8 !== 0) continue;
          await page.goto(site.address);
          await page.setInputFiles("#file", join(corpus, folder, name));
          await page.waitForSelector(".verdict", { timeout: 120_000 }).catch(() => expect.fail(`${name}: no verdict`));
          expect(await page.getAttribute(".verdict", "data-outcome"), name).toBe("undetermined");
          dropped++;
        }
      }
      expect(dropped).toBeGreaterThan(15);
    } finally {
      await browser.close();
      site.stop();
    }
  }, 1_800_000);
});

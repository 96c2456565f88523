// Speed of the site, printed: codes verified a second in the browser, for each algorithm; what the first verdict transfers; and
// script time of the page behind a scanned symbol beside that of an empty page of the same framework, both with the processor
// slowed down four times. ./dev bench site runs it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readdirSync, readFileSync } from "node:fs";
import { build } from "vite";
import type { BrowserContext } from "playwright-core";
import { expect, it } from "vitest";
import { dataPlugin } from "../make/data_plugin.mjs";
import { root } from "../tests/desk";
import { canBrowse, launch, open, transferredBy } from "../tests/browser/site";

const seconds = 3;
const loads = 5;

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false, root: join(root, "web"), logLevel: "silent", plugins: [dataPlugin()],
    esbuild: { jsx: "automatic", jsxImportSource: "preact" },
    build: { write: false, target: ["chrome90", "safari15"], rollupOptions: { input: join(root, "web", entry), output: { format: "iife" } } },
  });
  const { output } = (Array.isArray(result) ? result[0]! : result) as { output: { type: string; code?: string }[] };
  return output.find((part) => part.type === "chunk")!.code!;
}

/** Milliseconds of script until the page is drawn, the least of some loads. */
async function scriptTime(context: BrowserContext, address: string, drawn: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < loads; i++) {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable");
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(address);
    await page.waitForSelector(drawn);
    const { metrics } = await session.send("Performance.getMetrics");
    times.push(1000 * metrics.find((one) => one.name === "ScriptDuration")!.value);
    await page.close();
  }
  return Math.min(...times);
}

it.skipIf(!canBrowse)("speed", async () => {
  const site = await open();
  const browser = await launch();
  try {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto(site.address);
    await page.evaluate(await bundle("tests/browser/vectors_entry.ts"));
    for (const name of ["ed25519", "p256", "sm2"]) {
      const folder = join(root, "test-vectors/report-code");
      expect(readdirSync(folder)).toContain(`${name}.json`);
      const vector = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as unknown;
      const rate = await page.evaluate(({ one, time }) => {
        const run = (globalThis as unknown as { sjcodeVectors: (v: unknown[]) => string[] }).sjcodeVectors;
        for (let i = 0; i < 20; i++) run([one]);
        const begin = performance.now();
        let count = 0;
        for (; performance.now() - begin < time * 1000; count++) if (run([one]).length > 0) throw new Error("vector");
        return count / ((performance.now() - begin) / 1000);
      }, { one: vector, time: seconds });
      console.log(`verification, ${name}: ${rate.toFixed(0)} codes a second (bar: 200)`);
    }
    const { bytes } = await transferredBy(await context.newPage(), site, site.report.path);
    console.log(`transferred for the first verdict: ${(bytes / 1000).toFixed(0)} kB (bar: 150)`);
    writeFileSync(join(site.folder, "site/empty.js"), await bundle("bench/empty.tsx"));
    writeFileSync(join(site.folder, "site/empty.html"), '<!doctype html><title>empty</title><div id="site"></div><script defer src="empty.js"></script>');
    const empty = await scriptTime(context, `${site.address}empty.html`, "main");
    const scanned = await scriptTime(context, site.address + site.report.path, ".verdict");
    console.log(`script time at 4 x slowdown: empty page ${empty.toFixed(0)} ms, scanned code ${scanned.toFixed(0)} ms, ratio ${(scanned / empty).toFixed(2)} (bar: 3)`);
  } finally {
    await browser.close();
    site.stop();
  }
}, 600_000);

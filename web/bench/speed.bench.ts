// Speed of the site, printed: codes verified a second in the browser, for each algorithm; what the first verdict transfers; and
// script time of the page behind a scanned symbol beside that of an empty page of the same framework. Times are those of the
// page's thread on the processor, so that other work on the machine does not count; without Chromium's slowdown, which halts
// the thread by the clock on the wall and so would count that work. ./dev bench site runs it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readdirSync, readFileSync } from "node:fs";
import { build } from "vite";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { expect, it } from "vitest";
import { dataPlugin } from "../make/data_plugin.mjs";
import { root } from "../tests/desk";
import { canBrowse, launch, open, transferredBy } from "../tests/browser/site";

const codes = 1000;
const loads = 9;
const longest = 300_000;

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false, root: join(root, "web"), logLevel: "silent", plugins: [dataPlugin()],
    esbuild: { jsx: "automatic", jsxImportSource: "preact" },
    build: { write: false, target: ["chrome90", "safari15"], rollupOptions: { input: join(root, "web", entry), output: { format: "iife" } } },
  });
  const { output } = (Array.isArray(result) ? result[0]! : result) as { output: { type: string; code?: string }[] };
  return output.find((part) => part.type === "chunk")!.code!;
}

async function sessionOf(context: BrowserContext, page: Page): Promise<CDPSession> {
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return session;
}

/** Seconds of the page's thread on the processor. */
async function timeOf(session: CDPSession, metric: "ScriptDuration" | "TaskDuration"): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((one) => one.name === metric)!.value;
}

/** Milliseconds of script until the page is drawn, the median of some loads. */
async function scriptTime(context: BrowserContext, address: string, drawn: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < loads; i++) {
    const page = await context.newPage();
    const session = await sessionOf(context, page);
    await page.goto(address, { timeout: longest });
    await page.waitForSelector(drawn, { timeout: longest });
    times.push(1000 * (await timeOf(session, "ScriptDuration")));
    await page.close();
  }
  return times.sort((a, b) => a - b)[(loads - 1) / 2]!;
}

it.skipIf(!canBrowse)("speed", async () => {
  const site = await open();
  const browser = await launch();
  try {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    page.setDefaultTimeout(longest);
    const session = await sessionOf(context, page);
    await page.goto(site.address, { timeout: longest });
    await page.evaluate(await bundle("tests/browser/vectors_entry.ts"));
    for (const name of ["ed25519", "p256", "sm2"]) {
      const folder = join(root, "test-vectors/report-code");
      expect(readdirSync(folder)).toContain(`${name}.json`);
      const vector = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as unknown;
      const verify = (times: number): Promise<void> => page.evaluate(({ vector: one, times: left }) => new Promise<void>((resolve, reject) => {
        const run = (globalThis as unknown as { sjcodeVectors: (v: unknown[]) => string[] }).sjcodeVectors;
        setTimeout(() => {
          for (let i = 0; i < left; i++) if (run([one]).length > 0) return reject(new Error("vector"));
          resolve();
        });
      }), { vector, times });
      await verify(50);
      const begin = await timeOf(session, "TaskDuration");
      await verify(codes);
      const rate = codes / ((await timeOf(session, "TaskDuration")) - begin);
      console.log(`verification, ${name}: ${rate.toFixed(0)} codes a second of the processor (bar: 200)`);
    }
    const { bytes } = await transferredBy(browser, site, site.report.path);
    console.log(`transferred for the first verdict: ${(bytes / 1000).toFixed(0)} kB (bar: 150)`);
    writeFileSync(join(site.folder, "site/empty.js"), await bundle("bench/empty.tsx"));
    writeFileSync(join(site.folder, "site/empty.html"), '<!doctype html><title>empty</title><div id="site"></div><script defer src="empty.js"></script>');
    const empty = await scriptTime(context, `${site.address}empty.html`, "main");
    const scanned = await scriptTime(context, site.address + site.report.path, ".verdict");
    const typed = await scriptTime(context, `${site.address}n/JCFJ41HG9ZFS8739Q6VZ`, ".verdict");
    console.log(`script time: empty page ${empty.toFixed(1)} ms, typed number ${typed.toFixed(1)} ms, scanned code ${scanned.toFixed(1)} ms, ` +
      `ratio of the scanned code ${(scanned / empty).toFixed(1)} (bar: 3)`);
  } finally {
    await browser.close();
    site.stop();
  }
}, 1_800_000);

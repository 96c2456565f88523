// Speed of the site, printed: codes verified a second in the browser, for each algorithm; what the first verdict transfers; and
// script time of cold loads behind a scanned symbol, for each algorithm, beside that of an empty page of the same framework. Times
// are those of threads on the processor, so that other work on the machine does not count; without Chromium's slowdown, which
// halts the thread by the clock on the wall and so would count that work. ./dev bench site runs it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readdirSync, readFileSync } from "node:fs";
import { build } from "vite";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { expect, it } from "vitest";
import { dataPlugin } from "../make/data_plugin.mjs";
import { root } from "../tests/desk";
import { canBrowse, launch, open, transferredBy, type Site } from "../tests/browser/site";
import { scriptTime, type ScriptTime } from "./script_time";

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
async function timeOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((one) => one.name === "TaskDuration")!.value;
}

interface Target {
  readonly name: string;
  readonly address: string;
  readonly drawn: string;
}

/** Loads each page in turn, so that all suffer alike from other work; prints the medians. */
async function compare(browser: Browser, empty: Target, targets: readonly Target[]): Promise<void> {
  const times = new Map<string, ScriptTime[]>();
  for (let i = 0; i < loads; i++)
    for (const { name, address, drawn } of [empty, ...targets])
      times.set(name, [...(times.get(name) ?? []), await scriptTime(browser, address, drawn)]);
  const median = (name: string, what: keyof ScriptTime): number =>
    times.get(name)!.map((one) => one[what]).sort((a, b) => a - b)[(loads - 1) / 2]!;
  const base = median(empty.name, "untilDrawn");
  console.log(`script time, ${empty.name}: ${base.toFixed(1)} ms`);
  for (const { name } of targets) {
    const [drawn, quiet, workers, clock] = (["untilDrawn", "untilQuiet", "workers", "clock"] as const).map((what) => median(name, what));
    console.log(`script time, ${name}: ${drawn!.toFixed(1)} ms of the page until the verdict, ${(drawn! / base).toFixed(1)} times the empty ` +
      `page (bar: 3); ${workers!.toFixed(1)} ms of its worker; ${quiet!.toFixed(1)} ms of the page until it is quiet; ` +
      `verdict after ${clock!.toFixed(0)} ms by the clock`);
  }
}

it.skipIf(!canBrowse)("speed", async () => {
  const site = await open("sm2");
  const sites: { name: string; site: Site }[] = [{ name: "sm2", site }];
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
      const begin = await timeOf(session);
      await verify(codes);
      const rate = codes / ((await timeOf(session)) - begin);
      console.log(`verification, ${name}: ${rate.toFixed(0)} codes a second of the processor (bar: 200)`);
    }
    const { bytes } = await transferredBy(browser, site, site.report.path);
    console.log(`transferred for the first verdict: ${(bytes / 1000).toFixed(0)} kB (bar: 150)`);
    writeFileSync(join(site.folder, "site/empty.js"), await bundle("bench/empty.tsx"));
    writeFileSync(join(site.folder, "site/empty.html"), '<!doctype html><title>empty</title><div id="site"></div><script defer src="empty.js"></script>');
    for (const algorithm of ["ed25519", "p256"] as const) sites.push({ name: algorithm, site: await open(algorithm) });
    await compare(browser, { name: "empty page", address: `${site.address}empty.html`, drawn: "main" }, [
      { name: "typed number", address: `${site.address}n/JCFJ41HG9ZFS8739Q6VZ`, drawn: ".verdict" },
      ...sites.map((one) => ({ name: `scanned code, ${one.name}`, address: one.site.address + one.site.report.path, drawn: ".verdict" })),
    ]);
  } finally {
    await browser.close();
    for (const one of sites) one.site.stop();
  }
}, 1_800_000);

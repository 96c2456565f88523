// The site with signed trust lists and status lists: what it says of licences, appraisers and status; what it does with lists
// that are stale, forged or of another regulator; without a network; and the verdict on paper.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { licences, sjcode } from "../desk";
import { canBrowse, launch, newPage, openListed, outcomeOf, screenshots, type ListedSite } from "./site";

describe.skipIf(!canBrowse)("the site with signed lists", () => {
  let site: ListedSite;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    site = await openListed();
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1200, height: 900 }, serviceWorkers: "block", reducedMotion: "reduce" });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    site?.stop();
  });

  async function scan(): Promise<{ page: Page; outcome: string; codes: string[] }> {
    const { page, errors } = await newPage(context);
    await page.goto(site.address + site.report.path);
    const outcome = await outcomeOf(page);
    const codes = await page.locator(".checks [data-code]").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["code"]!));
    expect(errors).toEqual([]);
    return { page, outcome, codes };
  }

  it("says of a scanned code what the list and the status list say", async () => {
    const first = await scan();
    expect(first.outcome).toBe("code_genuine");
    expect(first.codes).toEqual(expect.arrayContaining([
      "trust.list-current", "key.valid", "licence.valid-at-issue", "category.registered", "appraisers.no-record", "now.unchanged",
      "status.no-list",
    ]));
    expect(await first.page.textContent('[data-trust="dates"]')).toContain("示例省司法厅第 1 号信任名单");
    // The record that was kept beside the report names the appraisers.
    await first.page.setInputFiles("#more-file", join(site.folder, "issued.record"));
    await first.page.waitForSelector('[data-code="appraisers.registered"]', { state: "attached" });
    expect(await first.page.locator('[data-code="appraisers.registered"]').count()).toBe(2);
    expect(await outcomeOf(first.page)).toBe("code_genuine");
    await first.page.screenshot({ path: join(screenshots, "list-genuine.png"), fullPage: true });
    await first.page.close();

    site.publish("suspended");
    const suspended = await scan();
    expect(suspended.outcome).toBe("code_genuine");
    expect(suspended.codes).toContain("status.suspended");
    await suspended.page.close();
    site.publish("revoked");
    const revoked = await scan();
    expect(revoked.outcome).toBe("not_authentic");
    expect(await revoked.page.textContent(".reasons")).toContain("鉴定材料系伪造");
    await revoked.page.screenshot({ path: join(screenshots, "status-revoked.png"), fullPage: true });
    await revoked.page.close();
  });

  it("holds a code to its status where the part that opens the details cannot be had", async () => {
    const { page } = await newPage(context);
    await page.route("**/assets/cipher-*.js", (route) => route.abort());
    await page.goto(site.address + site.report.path);
    expect(await outcomeOf(page)).toBe("not_authentic");
    expect(await page.locator('[data-code="status.revoked"][data-result="fail"]').count()).toBe(1);
    expect(await page.locator('[data-code="status.details-unreadable"]').count()).toBe(1);
    expect(await page.locator('[data-trust="refused"][data-code="site.cipher"]').count()).toBe(1);
    await page.close();
  });

  it("checks the appraisers of an issued file, and its status", async () => {
    const { page } = await newPage(context);
    await page.goto(site.address);
    await page.setInputFiles("#file", site.report.issued);
    expect(await outcomeOf(page)).toBe("not_authentic");
    expect(await page.locator('[data-code="appraisers.registered"]').count()).toBe(2);
    expect(await page.locator('[data-code="status.revoked"]').count()).toBe(1);
    await page.close();
  });

  it("says that the institution was suspended at issue", async () => {
    const before = readFileSync(site.register);
    sjcode("trust", "suspend", site.register, licences.ed25519, "--from", "2020-01-01", "--authority", "明州市司法局");
    site.publish();
    const { page, outcome, codes } = await scan();
    expect(outcome).toBe("not_authentic");
    expect(codes).toContain("licence.event-at-issue-open");
    await page.close();
    const number = (JSON.parse(readFileSync(site.register, "utf8")) as { list: { number: number } }).list.number;
    const restored = JSON.parse(before.toString()) as { list: { number: number } };
    restored.list.number = number;
    writeFileSync(site.register, JSON.stringify(restored));
    site.publish();
  });

  it("uses no list that was altered, or that another regulator signed", async () => {
    const trust = join(site.folder, "site/trust");
    const kept = join(site.folder, "kept");
    cpSync(trust, kept, { recursive: true });
    const head = join(trust, readdirSync(trust).find((name) => name.startsWith("head-"))!);
    const bytes = readFileSync(head);
    bytes[bytes.length - 5]! ^= 1;
    writeFileSync(head, bytes);
    let seen = await scan();
    expect(seen.outcome).toBe("undetermined");
    expect(seen.codes).toContain("signature.unknown-issuer");
    expect(await seen.page.getAttribute('[data-trust="refused"]', "data-code")).toBe("trust-list.signature");
    await seen.page.close();

    cpSync(kept, trust, { recursive: true });
    const index = JSON.parse(readFileSync(join(trust, "index.json"), "utf8")) as { lists: { root: string }[] };
    index.lists[0]!.root = "ab".repeat(32);
    writeFileSync(join(trust, "index.json"), JSON.stringify(index));
    seen = await scan();
    expect(seen.outcome).toBe("undetermined");
    expect(await seen.page.getAttribute('[data-trust="refused"]', "data-code")).toBe("trust-list.root");
    await seen.page.close();

    cpSync(kept, trust, { recursive: true });
    for (const name of readdirSync(join(trust, "blocks"))) {
      const block = readFileSync(join(trust, "blocks", name));
      block[block.length - 1]! ^= 1;
      writeFileSync(join(trust, "blocks", name), block);
    }
    seen = await scan();
    expect(seen.outcome).toBe("undetermined");
    expect(seen.codes).toContain("trust.list-damaged");
    await seen.page.close();
    cpSync(kept, trust, { recursive: true });
  });

  it("warns where the list is stale", async () => {
    const { page } = await newPage(context);
    // The clock is set in the page, and not in its worker: the app shall verify.
    await page.route("**/assets/verifier-*.js", (route) => route.abort());
    await page.clock.setFixedTime(Date.now() + 40 * 86_400_000);
    await page.goto(site.address + site.report.path);
    expect(await outcomeOf(page)).toBe("code_genuine");
    expect(await page.locator('[data-code="trust.list-stale"][data-result="warn"]').count()).toBe(1);
    await page.waitForSelector('[data-trust="stale"]');
    await page.screenshot({ path: join(screenshots, "list-stale.png"), fullPage: true });
    await page.close();
  });

  it("says so where a part of the list cannot be loaded", async () => {
    const { page } = await newPage(context);
    await page.route("**/trust/blocks/**", (route) => route.abort());
    await page.goto(site.address + site.report.path);
    expect(await outcomeOf(page)).toBe("undetermined");
    expect(await page.locator('[data-code="trust-list.unreachable"]').count()).toBe(1);
    await page.close();
  });

  it("works without a network after the first visit, from the signed list", async () => {
    const own = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const { page, errors } = await newPage(own);
    await page.goto(site.address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect.poll(() => page.evaluate(async () => (await (await caches.open("sjcode-trust")).keys()).length), { timeout: 90_000 }).toBeGreaterThan(3);
    await own.setOffline(true);
    await page.goto(site.address + site.report.path);
    expect(await outcomeOf(page)).toBe("code_genuine");
    expect(await page.locator('[data-code="licence.valid-at-issue"]').count()).toBe(1);
    expect(errors).toEqual([]);
    await own.close();
  });

  it("takes a bundle from a disc, and shows the fingerprint to compare", async () => {
    const bundle = join(site.folder, "court.sjb");
    sjcode("bundle", "--trust", join(site.folder, "store"), "--status", join(site.folder, `published/status-${licences.ed25519}.cwt`), "-o", bundle);
    const { page, errors } = await newPage(context);
    await page.goto(`file://${join(site.folder, "site/disc.html")}`);
    await page.setInputFiles("#file", site.report.issued);
    expect(await outcomeOf(page)).toBe("undetermined");
    await page.setInputFiles(".choose-trust input", bundle);
    await page.waitForSelector('.verdict.not_authentic [data-code="status.revoked"]', { state: "attached" });
    expect(await page.locator('[data-code="appraisers.registered"]').count()).toBe(2);
    const index = JSON.parse(readFileSync(join(site.folder, "site/trust/index.json"), "utf8")) as { lists: { root: string }[] };
    expect((await page.textContent('[data-trust="unpinned"]'))!.replace(/ /g, "")).toContain(index.lists[0]!.root);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("prints a verdict as a receipt, each check with its sentence", async () => {
    const { page } = await newPage(context);
    await page.goto(site.address);
    await page.setInputFiles("#file", site.report.issued);
    await outcomeOf(page);
    const file = join(screenshots, "receipt.pdf");
    await page.pdf({ path: file, preferCSSPageSize: true });
    const sentences = await page.locator(".checks details p").evaluateAll((all) => all.map((one) => one.textContent!));
    // Folded in again on the screen.
    await expect.poll(() => page.locator(".checks details:not([open])").count()).toBeGreaterThan(3);
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replace(/\s/g, "").normalize("NFKC");
    const printed = (wanted: string): void => expect(text, wanted).toContain(wanted.replace(/\s/g, "").normalize("NFKC"));
    expect(sentences.length).toBeGreaterThan(10);
    for (const one of sentences) printed(one);
    for (const one of ["示例司法鉴定中心", "示例司鉴中心〔2026〕临鉴字第18号", "issued.pdf", "不代表", "号信任名单", "127.0.0.1"]) printed(one);
    expect(text).toMatch(/\d{4}-\d\d-\d\d\d\d:\d\d:\d\d\+08:00/);
    for (const control of ["打印", "换一份"]) expect(text).not.toContain(control);
    const pages = /Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [file], { encoding: "utf8" }))![1];
    expect(Number(pages)).toBeLessThanOrEqual(4);
    await page.close();
  });
}, 600_000);

// What the page keeps of the lists that its folder showed: an older one on a later visit is refused, with the reason; a list that
// a person drops is read as a whole. Under https and an official host: on this machine's own address nothing is kept.

import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportTrust, host } from "../desk";
import { canBrowse, launch, newPage, openListed, outcomeOf, screenshots, type ListedSite } from "./site";

describe.skipIf(!canBrowse)("lists that the browser saw", () => {
  let site: ListedSite;
  let browser: Browser;
  let context: BrowserContext;
  const folders: string[] = [];
  const trust = (): string => join(site.folder, "site/trust");
  const listOf = (which: number): string => join(site.folder, `list-${which}.sjt`);

  const put = (folder: string): void => {
    rmSync(trust(), { recursive: true });
    cpSync(folder, trust(), { recursive: true });
  };

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    site = await openListed();
    // Numbers 1 and 2 of the list.
    for (const which of [1, 2]) {
      if (which > 1) site.publish();
      folders.push(join(site.folder, `trust-${which}`));
      cpSync(trust(), folders[which - 1]!, { recursive: true });
      cpSync(join(site.folder, "list.sjt"), listOf(which));
    }
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1200, height: 900 }, serviceWorkers: "block", reducedMotion: "reduce" });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    site?.stop();
  });

  async function visit(path = site.report.path): Promise<{ page: Page; errors: string[] }> {
    const opened = await newPage(context);
    await opened.page.route("https://**/*", async (route) => {
      const asked = new URL(route.request().url()).pathname.slice(1).replace(/^r\/[0-9]+$/, "r/index.html");
      // A page may be closed while its app is on its way.
      await route.fetch({ url: site.address + asked }).then((response) => route.fulfill({ response })).catch(() => undefined);
    });
    await opened.page.goto(`https://${host}/${path}`);
    return opened;
  }

  async function scanned(outcome: string, refused?: string): Promise<void> {
    const { page, errors } = await visit();
    expect(await outcomeOf(page)).toBe(outcome);
    const codes = await page.locator('[data-trust="refused"]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["code"]));
    expect(codes).toEqual(refused === undefined ? [] : [refused]);
    expect(errors).toEqual([]);
    await page.close();
  }

  it("an older one is refused, until the newest is back", async () => {
    put(folders[0]!);
    await scanned("code_genuine");
    put(folders[1]!);
    await scanned("code_genuine");
    put(folders[0]!);
    await scanned("undetermined", "site.held.rollback");
    const { page } = await visit();
    await outcomeOf(page);
    expect(await page.textContent('[data-trust="refused"]')).toContain("第 1 号信任名单，而本浏览器在本站见过较新的第 2 号");
    await page.screenshot({ path: join(screenshots, "list-older.png"), fullPage: true });
    await page.close();
    put(folders[1]!);
    await scanned("code_genuine");
  });

  it("records without a signature take no list's place", async () => {
    rmSync(trust(), { recursive: true });
    exportTrust(join(site.folder, "sm2"), trust());
    await scanned("undetermined", "site.held.unsigned");
    put(folders[1]!);
    await scanned("code_genuine");
  });

  it("a newer list that is dropped is used; an older, an altered and a strange one are not", async () => {
    put(folders[0]!);
    const { page, errors } = await visit("");
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await page.waitForSelector('[data-trust="dates"]');
    /** Drops a file; what is said of it in the end, as a code where it is refused. */
    const drop = async (file: string | { name: string; mimeType: string; buffer: Buffer }, said: string): Promise<void> => {
      await page.setInputFiles("#file", file);
      const taken = (): Promise<string> => page.evaluate(() => {
        const note = document.querySelector<HTMLElement>('[data-trust="taken"]');
        return note?.querySelector<HTMLElement>("[data-code]")?.dataset["code"] ?? note?.textContent ?? "";
      });
      await expect.poll(taken, { timeout: 60_000 }).toContain(said);
    };
    await drop(listOf(2), "第 2 号信任名单");
    await page.screenshot({ path: join(screenshots, "list-dropped.png"), fullPage: true });
    expect(await page.textContent('[data-trust="dates"]')).toContain("第 2 号信任名单");
    await drop(listOf(1), "trust-store.rollback");
    const altered = readFileSync(listOf(2));
    altered[altered.length - 3]! ^= 1;
    await drop({ name: "altered.sjt", mimeType: "", buffer: altered }, "trust-list.block");
    // Under the same name, by another's key.
    const stranger = JSON.parse(readFileSync(new URL("../../../test-vectors/trust-list/sm2.json", import.meta.url), "utf8")) as { input: { hex: string } };
    await drop({ name: "strange.sjt", mimeType: "", buffer: Buffer.from(stranger.input.hex, "hex") }, "trust-store.root");
    expect(await page.textContent('[data-trust="dates"]')).toContain("第 2 号信任名单");
    // Verified with the list that was taken.
    await page.setInputFiles("#file", site.report.issued);
    expect(await outcomeOf(page)).toBe("authentic");
    expect(await page.locator('[data-code="trust.list-current"]').textContent()).toContain("2");
    expect(errors).toEqual([]);
    await page.close();
    // The folder's own list is what later visits are held to.
    await scanned("code_genuine");
  });

  it("what was kept and is damaged is as if it were not there", async () => {
    put(folders[0]!);
    const { page } = await visit("");
    await page.evaluate(() => {
      for (const name of Object.keys(localStorage)) if (name.startsWith("sjcode.list ")) localStorage.setItem(name, '{"number":[]}');
      localStorage.setItem("sjcode.code", "{");
    });
    await page.close();
    await scanned("code_genuine");
  });
}, 600_000);

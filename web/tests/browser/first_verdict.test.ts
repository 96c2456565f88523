// The pages behind symbols: a worker makes the first verdict, the app takes it over.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canBrowse, launch, newPage, open, outcomeOf, type Site } from "./site";
import { symbolsIn } from "./symbols";

const app = "**/assets/site-*.js";
const verifier = "**/assets/verifier-*.js";

describe.skipIf(!canBrowse)("the first verdict", () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    site = await open();
    browser = await launch();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    site?.stop();
  });

  /** Holds the app back until the answer is called. */
  async function holdApp(page: Page): Promise<() => void> {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(app, async (route) => {
      await held;
      await route.continue();
    });
    return release;
  }

  const inNewContext = async (work: (page: Page, errors: string[]) => Promise<void>): Promise<void> => {
    context = await browser.newContext({ serviceWorkers: "block" });
    const { page, errors } = await newPage(context);
    await work(page, errors);
    await context.close();
  };

  const markup = (page: Page): Promise<string> => page.evaluate(() => document.getElementById("site")!.innerHTML);
  /** Preact marks the element that it draws into. */
  const isTakenOver = (page: Page): Promise<void> =>
    expect.poll(() => page.evaluate(() => "__k" in document.getElementById("site")!), { timeout: 60_000 }).toBe(true);

  it("stands in the page without the app, whole; the app changes nothing of it", async () => {
    await inNewContext(async (page, errors) => {
      const release = await holdApp(page);
      await page.goto(site.address + site.report.path);
      expect(await outcomeOf(page)).toBe("code_genuine");
      const before = await markup(page);
      expect(before).toContain("示例司鉴中心〔2026〕临鉴字第18号");
      expect(before).toContain("signature.verified");
      expect(await page.evaluate(() => document.querySelector("#site .advice button") !== null)).toBe(true);
      await expect.poll(() => page.evaluate(() => document.activeElement!.tagName)).toBe("H1");
      // What is open and what has the focus stays so.
      await page.click("summary");
      await page.evaluate(() => Object.assign(document.querySelector("h1")!, { sameElement: true }));
      const opened = await markup(page);
      release();
      await isTakenOver(page);
      expect(await markup(page)).toBe(opened);
      expect(await page.evaluate(() => "sameElement" in document.querySelector("h1")!)).toBe(true);
      expect(await page.locator("details[open]").count()).toBe(1);
      expect(await page.evaluate(() => document.activeElement!.tagName)).toBe("SUMMARY");
      // It was the worker that remembered the code for the entry symbol.
      expect(await page.evaluate(() => localStorage.getItem("sjcode.code"))).toContain("/r/");
      expect(errors).toEqual([]);
    });
  });

  it("presses, once the app is there, the button that was pressed before", async () => {
    await inNewContext(async (page, errors) => {
      const release = await holdApp(page);
      await page.goto(site.address + site.report.path);
      await outcomeOf(page);
      await page.click(".language");
      expect(await page.getAttribute("html", "lang")).toBe("zh-CN");
      release();
      await page.waitForSelector('html[lang="en"]', { state: "attached" });
      expect(await page.textContent("main h1")).not.toMatch(/[一-龥]/);
      expect(errors).toEqual([]);
    });
  });

  it("opens, once the app is there, the file that was chosen before", async () => {
    await inNewContext(async (page, errors) => {
      const release = await holdApp(page);
      await page.goto(site.address + site.report.path);
      await outcomeOf(page);
      await page.setInputFiles("#more-file", site.report.issued);
      release();
      await page.waitForSelector(".verdict.authentic");
      expect(errors).toEqual([]);
    });
  });

  it("speaks the language that was chosen on an earlier visit", async () => {
    await inNewContext(async (page, errors) => {
      await page.goto(site.address);
      await page.click(".language");
      await page.waitForSelector('html[lang="en"]', { state: "attached" });
      const release = await holdApp(page);
      await page.goto(site.address + site.report.path);
      await outcomeOf(page);
      expect(await page.getAttribute("html", "lang")).toBe("en");
      expect(await page.title()).not.toMatch(/[一-龥]/);
      const before = await markup(page);
      release();
      await isTakenOver(page);
      expect(await markup(page)).toBe(before);
      expect(errors).toEqual([]);
    });
  });

  it("shows what an address says as text", async () => {
    await inNewContext(async (page, errors) => {
      await holdApp(page);
      await page.goto(`${site.address}n/${encodeURIComponent("<img src=x onerror=alert(1)><svg onload=alert(2)>")}`);
      expect(await outcomeOf(page)).toBe("undetermined");
      expect(await page.locator("#site img, #site svg[onload]").count()).toBe(0);
      expect(errors).toEqual([]);
    });
  });

  it("holds an entry symbol against the report symbol scanned before", async () => {
    await inNewContext(async (page) => {
      await page.goto(site.address + site.report.path);
      await isTakenOver(page);
      await holdApp(page);
      await page.goto(`${site.address}e/#${symbolsIn(site.report.issued)[1]!.text.split("#")[1]}`);
      expect(await outcomeOf(page)).toBe("code_genuine");
      expect(await page.textContent('[data-fact="opinion"]')).toContain("误工期150日");
    });
  });

  it("comes from the app where the worker's part is not there, or another one", async () => {
    await inNewContext(async (page) => {
      await context.route(verifier, (route) => route.abort());
      await page.goto(site.address + site.report.path);
      expect(await outcomeOf(page)).toBe("code_genuine");
      expect(await page.evaluate(() => "sjcodeFirst" in globalThis)).toBe(false);
    });
    await inNewContext(async (page) => {
      let asked = 0;
      await context.route(verifier, (route) => {
        asked += 1;
        return route.fulfill({ contentType: "text/javascript", body: "globalThis.sjcodeVerify = async () => ({ html: 'forged', kept: {} });" });
      });
      await page.goto(site.address + site.report.path);
      expect(await outcomeOf(page)).toBe("code_genuine");
      expect(await page.textContent("main")).not.toContain("forged");
      expect(asked).toBeGreaterThan(0);
    });
  });
}, 600_000);

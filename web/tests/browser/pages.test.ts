// Every page and outcome, in both languages, on a telephone and a desk, by keyboard, without a network.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeDigits } from "../../src/format/digits";
import { bytesOf, host } from "../desk";
import { canBrowse, launch, newPage, open, outcomeOf, screenshots, transferredBy, type Site } from "./site";
import { symbolsIn } from "./symbols";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const sizes = { telephone: { width: 360, height: 740 }, desk: { width: 1200, height: 900 } } as const;

/** No violation of WCAG 2.2 A and AA, nor of axe's best practices. Run in the page's own world, past its CSP. */
async function checkAccessibility(page: Page, about: string): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const result = await (globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run();
    return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
  });
  expect(violations, about).toEqual([]);
}

describe.skipIf(!canBrowse)("the site", () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    site = await open();
    browser = await launch();
    context = await browser.newContext({ viewport: sizes.desk, serviceWorkers: "block", reducedMotion: "reduce" });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    site?.stop();
  });

  /** Looks at a state in both languages, both sizes and both colour schemes; keeps pictures. */
  async function look(page: Page, name: string): Promise<void> {
    for (const language of ["zh", "en"] as const) {
      if ((await page.getAttribute("html", "lang")) !== (language === "zh" ? "zh-CN" : "en")) await page.click(".language");
      await page.waitForSelector(`html[lang^="${language}"]`, { state: "attached" });
      const codes = await page.evaluate(() => /(^|\s)[a-z][a-z-]+\.[a-z][a-z-]+(\.[a-z-]+)?(\s|$)/.exec(document.querySelector("main")!.innerText.replace(/v\.example\.cn|[a-z0-9-]+\.(pdf|png|bin|cn)/g, ""))?.[0]);
      expect(codes, `${name}: a code without a sentence`).toBeUndefined();
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${name} ${size}: wider than the screen`).toBeLessThanOrEqual(0);
        await page.screenshot({ path: join(screenshots, `${name}-${language}-${size}.png`), fullPage: true });
      }
      await checkAccessibility(page, `${name} ${language}`);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    await checkAccessibility(page, `${name} dark`);
    await page.screenshot({ path: join(screenshots, `${name}-dark.png`), fullPage: true });
    await page.emulateMedia({ colorScheme: "light" });
    await page.click(".language");
    expect(await page.textContent(".disclaimer")).toMatch(/不代表/);
  }

  async function visit(path: string, name: string, outcome: string, codes: readonly string[] = []): Promise<Page> {
    const { page, errors } = await newPage(context);
    await page.goto(site.address + path);
    expect(await outcomeOf(page), name).toBe(outcome);
    for (const code of codes) expect(await page.locator(`[data-code="${code}"]`).count(), `${name}: ${code}`).toBeGreaterThan(0);
    await look(page, name);
    expect(errors, name).toEqual([]);
    return page;
  }

  async function drop(file: string | { name: string; mimeType: string; buffer: Buffer }, name: string, outcome: string, codes: readonly string[] = []): Promise<void> {
    const { page, errors } = await newPage(context);
    await page.goto(site.address);
    await page.setInputFiles("#file", file);
    expect(await outcomeOf(page), name).toBe(outcome);
    for (const code of codes) expect(await page.locator(`[data-code="${code}"]`).count(), `${name}: ${code}`).toBeGreaterThan(0);
    await look(page, name);
    expect(errors, name).toEqual([]);
    await page.close();
  }

  const altered = (at: number): string => {
    const copy = Uint8Array.from(site.report.bytes);
    copy[copy.length - at]! ^= 1;
    return `r/${encodeDigits(copy)}`;
  };
  const file = (name: string, bytes: Uint8Array, mimeType = "application/pdf") => ({ name, mimeType, buffer: Buffer.from(bytes) });

  it("shows its front page", async () => {
    const { page, errors } = await newPage(context);
    await page.goto(site.address);
    await page.waitForSelector('[data-trust="dates"]');
    await look(page, "home");
    expect(errors).toEqual([]);
    await page.close();
  });

  it("shows a scanned code that is genuine, with the facts to compare", async () => {
    const page = await visit(site.report.path, "scanned-genuine", "code_genuine", ["signature.verified", "host.this-page"]);
    const text = await page.textContent("main");
    for (const fact of ["示例司法鉴定中心", "示例司鉴中心〔2026〕临鉴字第18号", "FY0202"]) expect(text).toContain(fact);
    // The entry symbol that is scanned next is held against it.
    await page.goto(`${site.address}e/#${symbolsIn(site.report.issued)[1]!.text.split("#")[1]}`);
    expect(await outcomeOf(page)).toBe("code_genuine");
    expect(await page.textContent('[data-fact="opinion"]')).toContain("误工期150日");
    await look(page, "entry-verified");
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: join(screenshots, "receipt.png"), fullPage: true });
    await page.close();
  });

  it("says why a scanned code is not", async () => {
    await (await visit(altered(1), "scanned-altered", "not_authentic", ["signature.wrong"])).close();
    await (await visit("r/123", "scanned-malformed", "not_authentic", ["code.malformed"])).close();
  });

  it("shows nothing of an entry symbol alone", async () => {
    const alone = await browser.newContext({ viewport: sizes.desk, serviceWorkers: "block", reducedMotion: "reduce" });
    const [before, own] = [context, alone];
    context = own;
    const page = await visit(`e/#${symbolsIn(site.report.issued)[1]!.text.split("#")[1]}`, "entry-alone", "undetermined", ["entry.alone"]);
    expect(await page.textContent("main")).not.toContain("误工期");
    context = before;
    await alone.close();
  });

  it("checks a number's form", async () => {
    const page = await visit("n/JCFJ41HG9ZFS8739Q6VZ", "number-well-formed", "undetermined", ["number.well-formed"]);
    // Nothing is said to be missing that was only not needed.
    await page.waitForSelector('[data-trust="dates"]');
    await page.close();
    await (await visit("n/JCFJ41HG9ZFS8739Q6VX", "number-mistyped", "undetermined", ["number.check-character"])).close();
  });

  it("checks files: issued, altered, without a code, none at all", async () => {
    const issued = bytesOf(site.report.issued);
    const changed = Uint8Array.from(issued);
    changed[5000]! ^= 1;
    const later = Buffer.concat([issued, Buffer.from("1 0 obj\nnull\nendobj\n")]);
    await drop(site.report.issued, "file-authentic", "authentic", ["original.unchanged", "revision.exact", "seal.verified"]);
    await drop(file("altered.pdf", changed), "file-altered", "not_authentic", ["original.changed"]);
    await drop(file("appended.pdf", later), "file-appended", "not_authentic");
    await drop(join(site.folder, "report.pdf"), "file-without-code", "undetermined", ["code.none"]);
    await drop(file("empty.pdf", new Uint8Array(0)), "file-empty", "undetermined", ["document.empty"]);
    await drop(file("text.bin", new Uint8Array([1, 2, 3]), "application/octet-stream"), "file-unreadable", "undetermined", ["worker.image"]);
  });

  it("takes a file that is let go of anywhere, also beside a verdict", async () => {
    const { page, errors } = await newPage(context);
    const letGo = (content: string, name: string): Promise<void> => page.evaluate(([text, called]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], called!));
      const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector("footer")!.dispatchEvent(event);
      if (!event.defaultPrevented) throw new Error("the browser would show the file");
    }, [content, name]);
    await page.goto(site.address);
    await page.waitForSelector("#typed");
    for (const name of ["first.pdf", "second.pdf"]) {
      await letGo("%PDF-1.7\n", name);
      await page.waitForSelector(`.subject:has-text("${name}")`);
      expect(await outcomeOf(page)).toBe("undetermined");
    }
    expect(errors).toEqual([]);
    await page.close();
  });

  it("says that its trust records are stale, or missing", async () => {
    const { page } = await newPage(context);
    await page.route("**/trust/index.json", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ json: { ...(await response.json() as object), stale_after: 1 } });
    });
    await page.goto(site.address);
    await page.waitForSelector('[data-trust="stale"]');
    await page.unroute("**/trust/index.json");
    await page.route("**/trust/**", (route) => route.abort());
    await page.goto(site.address + site.report.path);
    expect(await outcomeOf(page)).toBe("undetermined");
    await look(page, "trust-missing");
    await page.close();
  });

  it("under an official host passes it, and fails under one of another institution", async () => {
    for (const [official, code] of [[host, "host.official"], ["other.example.cn", "host.foreign"]] as const) {
      const { page } = await newPage(context);
      await page.route("https://**/*", async (route) => {
        const url = new URL(route.request().url());
        const path = url.pathname.slice(1).replace(/^r\/[0-9]+$/, "r/index.html");
        const response = await route.fetch({ url: site.address + path });
        if (path !== "trust/index.json") return route.fulfill({ response });
        return route.fulfill({ json: { ...(await response.json() as object), hosts: [host, "other.example.cn"] } });
      });
      await page.goto(`https://${official}/${site.report.path}`);
      expect(await outcomeOf(page)).toBe(official === host ? "code_genuine" : "not_authentic");
      expect(await page.locator(`[data-code="${code}"]`).count()).toBe(1);
      if (official !== host) await look(page, "host-foreign");
      await page.close();
    }
  });

  it("works by keyboard alone", async () => {
    const { page } = await newPage(context);
    await page.goto(site.address);
    await page.waitForSelector("#typed");
    const reached: string[] = [];
    for (let i = 0; i < 12 && !reached.includes("typed"); i++) {
      await page.keyboard.press("Tab");
      reached.push(await page.evaluate(() => document.activeElement!.id || document.activeElement!.className || document.activeElement!.tagName));
      const visible = await page.evaluate(() => {
        const element = document.activeElement!;
        const shown = element.matches(".visually-hidden") ? document.querySelector(`label[for="${element.id}"]`)! : element;
        return getComputedStyle(shown).outlineStyle !== "none" && shown.getBoundingClientRect().width > 1;
      });
      expect(visible, `focus on ${reached[reached.length - 1]} is not to be seen`).toBe(true);
    }
    expect(reached).toContain("skip");
    expect(reached).toContain("language");
    expect(reached).toContain("file");
    await page.keyboard.type("jcfj-41hg-9zfs-8739-q6vz");
    await page.keyboard.press("Enter");
    expect(await outcomeOf(page)).toBe("undetermined");
    expect(await page.evaluate(() => document.activeElement!.tagName)).toBe("H1");
    for (let i = 0; i < 12 && !(await page.evaluate(() => document.activeElement!.tagName === "SUMMARY")); i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator("details[open]").count()).toBeGreaterThan(0);
    await page.close();
  });

  it("transfers at most 150 kB for the first verdict, and takes nothing from elsewhere", async () => {
    const { bytes, foreign } = await transferredBy(browser, site, site.report.path);
    writeFileSync(join(screenshots, "transferred.txt"), `${bytes}\n`);
    expect(bytes).toBeLessThanOrEqual(150_000);
    // The script alone is more: else what is measured came from somewhere else.
    expect(bytes).toBeGreaterThan(50_000);
    expect(foreign).toEqual([]);
  });

  it("opens from a disc, with trust records that a person chooses", async () => {
    const { page, errors } = await newPage(context);
    await page.goto(`file://${join(site.folder, "site/disc.html")}`);
    await page.setInputFiles("#file", site.report.issued);
    expect(await outcomeOf(page)).toBe("undetermined");
    expect(await page.locator('[data-code="signature.unknown-issuer"]').count()).toBe(1);
    const trust = join(site.folder, "site/trust");
    await page.setInputFiles(".choose-trust input", readdirSync(trust).map((name) => join(trust, name)));
    await page.waitForSelector(".verdict.authentic");
    await look(page, "disc");
    // axe asks for the style sheet once more, which no page from a disc may.
    expect(errors.filter((error) => !error.includes("XMLHttpRequest at 'file:"))).toEqual([]);
    await page.close();
  });

  it("works without a network after the first visit", async () => {
    const own = await browser.newContext({ viewport: sizes.desk });
    const { page, errors } = await newPage(own);
    await page.goto(site.address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect.poll(() => page.evaluate(() => caches.keys()), { timeout: 90_000 }).toContain("sjcode-trust");
    await own.setOffline(true);
    await page.goto(site.address + site.report.path);
    expect(await outcomeOf(page)).toBe("code_genuine");
    await page.goto(site.address);
    await page.setInputFiles("#file", site.report.issued);
    expect(await outcomeOf(page)).toBe("authentic");
    await page.screenshot({ path: join(screenshots, "offline.png"), fullPage: true });
    expect(errors).toEqual([]);
    await own.close();
  });
}, 600_000);

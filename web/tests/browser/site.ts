// The built site behind `sjcode serve`, with trust records and reports of its own, and Debian's Chromium.

import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import {
  codeOf, exportTrust, hasProgram, issue, licences, newFolder, newKey, newRegister, newReport, newStore, program, root, sjcode,
  type AlgorithmName,
} from "../desk";

export const built = join(root, "build/web");
export const browserProgram = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
export const canBrowse = hasProgram && existsSync(join(built, "index.html")) && existsSync(browserProgram);
if (!canBrowse) console.warn("browser tests are skipped: they need the program, build/web (./dev build) and Chromium");

const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export const launch = (...more: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: browserProgram, args: [...flags, ...more], timeout: 120_000 });

export interface Site {
  readonly address: string;
  readonly folder: string;
  readonly report: { issued: string; bytes: Uint8Array; path: string };
  stop(): void;
}

function listen(folder: string): Promise<{ address: string; process: ChildProcess }> {
  const child = spawn(program, ["serve", folder, "--port", "0", "--lang", "en"],
    { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => {
      const match = /http:\/\/127\.0\.0\.1:[0-9]+\//.exec(data.toString());
      if (match !== null) resolve({ address: match[0], process: child });
    });
    child.on("exit", (status) => reject(new Error(`sjcode serve ended with ${status}`)));
  });
}

export async function open(algorithm: AlgorithmName = "sm2"): Promise<Site> {
  const work = newFolder();
  const certificates = join(work.path, "certificates");
  mkdirSync(certificates);
  newKey(work.path, algorithm);
  cpSync(join(work.path, algorithm, "cert.pem"), join(certificates, `${algorithm}.pem`));
  const folder = join(work.path, "site");
  cpSync(built, folder, { recursive: true });
  exportTrust(certificates, join(folder, "trust"));
  const issued = issue(newReport(work.path), join(work.path, "issued.pdf"), work.path, algorithm, "--entry", "opinion");
  const served = await listen(folder);
  return {
    address: served.address, folder: work.path, report: { issued, ...codeOf(issued) },
    stop: () => {
      served.process.kill();
      work.remove();
    },
  };
}

const appraisers = { "440100001001": "甲某", "440100001002": "乙某" } as const;

export interface ListedSite extends Site {
  readonly register: string;
  /** Signs the register and publishes it on the site; `state` of the report in a status list, where there is to be one. */
  publish(state?: string): void;
}

/** A site with a signed trust list instead of certificates. */
export async function openListed(): Promise<ListedSite> {
  const work = newFolder();
  newKey(work.path, "sm2");
  const certificate = join(work.path, "sm2/cert.pem");
  const folder = join(work.path, "site");
  cpSync(built, folder, { recursive: true });
  const issued = issue(newReport(work.path), join(work.path, "issued.pdf"), work.path, "sm2", "--entry", "opinion",
    "--record", join(work.path, "issued.record"));
  const { register, root: rootKey } = newRegister(work.path, { [licences.ed25519]: certificate });
  for (const [licence, name] of Object.entries(appraisers))
    sjcode("trust", "add", "appraiser", register, "--licence", licence, "--name", name, "--institution", licences.ed25519,
      "--category", "FY0202", "--from", "2015-01-01", "--until", "2040-12-31");
  const publish = (state?: string): void => {
    const store = newStore(work.path, register, rootKey);
    const statuses: string[] = [];
    if (state !== undefined) {
      const journal = join(work.path, "journal.json");
      sjcode("status", "set", journal, issued, "--trust", join(work.path, "sm2"), "--state", state, "--reason", "鉴定材料系伪造",
        "--issuer", licences.ed25519);
      sjcode("status", "sign", journal, "--key", join(work.path, "sm2/key.pem"), "--cert", certificate, "-o", join(work.path, "published"));
      statuses.push("--status", join(work.path, `published/status-${licences.ed25519}.cwt`));
    }
    sjcode("trust", "export-web", "--trust", store, ...statuses, "-o", join(folder, "trust"), "--overwrite");
  };
  publish();
  const served = await listen(folder);
  return {
    address: served.address, folder: work.path, register, publish, report: { issued, ...codeOf(issued) },
    stop: () => {
      served.process.kill();
      work.remove();
    },
  };
}

export const screenshots = join(root, "build/web-screenshots");

/** A page whose errors fail the test. */
export async function newPage(context: BrowserContext): Promise<{ page: Page; errors: string[] }> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) errors.push(message.text());
  });
  return { page, errors };
}

/**
 * Bytes that the first visit of a browser transfers until the network is quiet, headers too, without what the service worker
 * keeps afterwards; and addresses that are not the site's.
 */
export async function transferredBy(browser: Browser, site: Site, path: string): Promise<{ bytes: number; foreign: string[] }> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const { page } = await newPage(context);
  const sizes: Promise<number>[] = [];
  const foreign: string[] = [];
  page.on("requestfinished", (request) => {
    if (!request.url().startsWith(site.address)) foreign.push(request.url());
    sizes.push(request.sizes().then((one) => one.responseBodySize + one.responseHeadersSize));
  });
  await page.goto(site.address + path);
  await outcomeOf(page);
  await page.waitForLoadState("networkidle");
  const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one, 0);
  await context.close();
  return { bytes, foreign };
}

export const outcomeOf = async (page: Page): Promise<string> => {
  await page.waitForSelector(".verdict", { timeout: 90_000 });
  return (await page.getAttribute(".verdict", "data-outcome"))!;
};

// The symbols on the pages of a PDF that carries no code: first page, last page, then the others, for as long as allowed.

import type { Findings } from "../verify/verdict";
import { readSymbols } from "./client";
import { checkPart, loadScript, onDisc, partAddress, parts } from "./parts";

const mostMilliseconds = 20_000;
const leastReading = 5_000;
const largestFile = 300 * 1024 * 1024;

function pageOrder(count: number): number[] {
  const order = count > 1 ? [1, count] : [1];
  for (let page = 2; page < count; page++) order.push(page);
  return order;
}

export async function symbolsOfPdf(
  file: Blob, findings: Findings, progress: (done: number) => void,
): Promise<readonly string[]> {
  if (file.size > largestFile || onDisc()) {
    findings.unchecked("document", "site.pages-unread");
    return [];
  }
  const texts: string[] = [];
  let close = (): void => undefined;
  try {
    await loadScript(parts.pages);
    await checkPart(parts.pdfWorker);
    const worker = new Worker(partAddress(parts.pdfWorker));
    close = () => worker.terminate();
    const begin = Date.now();
    const left = (): number => Math.max(1000, mostMilliseconds - (Date.now() - begin));
    const opening = globalThis.sjcodePages!(await file.arrayBuffer(), worker);
    const pages = await within(opening, left());
    const order = pageOrder(pages.count);
    for (const [i, number] of order.entries()) {
      if (Date.now() - begin > mostMilliseconds) {
        findings.skipped("pages", "site.pages-not-looked-at", { looked: String(i), pages: String(pages.count) });
        break;
      }
      const image = await within(pages.page(number), left());
      // What the page took is taken from the reader's time: a hostile file has one limit for both.
      texts.push(...(await readSymbols(image, true, Math.max(leastReading, left()))));
      progress((i + 1) / order.length);
    }
  } catch {
    // A broken or hostile file: what its pages show could not be looked at, and that is said.
    if (texts.length === 0) findings.unchecked("document", "site.pages-unread");
  } finally {
    close();
  }
  return texts;
}

function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("time")), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

// The parts that are loaded on demand: names and digests, put in by make/build.mjs.

export interface Part {
  readonly file: string;
  readonly integrity: string;
}

declare const __PARTS__: Readonly<Record<"reader" | "pages" | "pdfWorker" | "wasm" | "english" | "cipher" | "verifier" | "app", Part>>;

/** Empty outside a browser, where nothing is loaded. */
export const parts = typeof __PARTS__ === "undefined" ? ({} as typeof __PARTS__) : __PARTS__;

const inWorker = typeof document === "undefined";

/** Of the script that the page names, or of the worker's own: the other parts lie beside it. */
export const ownAddress = (): string =>
  inWorker ? location.href : document.querySelector<HTMLScriptElement>("script[data-site]")!.src;

export const partAddress = (part: Part): string => new URL(part.file, ownAddress()).href;

export const onDisc = (): boolean => location.protocol === "file:";

/** Holds a part to its digest before it is run as a worker, which browsers do not do by themselves. */
export async function checkPart(part: Part): Promise<void> {
  if (onDisc()) return;
  // Answered when the whole of it was read and compared.
  const response = await fetch(partAddress(part), { integrity: part.integrity });
  if (!response.ok) throw new Error(`${part.file}: ${response.status}`);
}

const loaded = new Map<string, Promise<void>>();

async function runInWorker(part: Part): Promise<void> {
  await checkPart(part);
  (globalThis as unknown as { importScripts: (address: string) => void }).importScripts(partAddress(part));
}

function runInPage(part: Part): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = partAddress(part);
    if (!onDisc()) script.integrity = part.integrity;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(part.file));
    document.head.append(script);
  });
}

/** Runs a part where this runs: in the page itself, or in the worker. Again where it could not be had. */
export function loadScript(part: Part): Promise<void> {
  let ready = loaded.get(part.file);
  if (ready === undefined) {
    ready = inWorker ? runInWorker(part) : runInPage(part);
    loaded.set(part.file, ready);
    ready.catch(() => loaded.delete(part.file));
  }
  return ready;
}

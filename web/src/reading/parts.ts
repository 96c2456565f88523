// The parts that are loaded on demand: names and digests, put in by make/build.mjs.

export interface Part {
  readonly file: string;
  readonly integrity: string;
}

declare const __PARTS__: Readonly<Record<"reader" | "pages" | "pdfWorker" | "wasm" | "english", Part>>;

export const parts = __PARTS__;

/** The address of a part, beside the page's own script. */
export function partAddress(part: Part): string {
  const script = document.querySelector<HTMLScriptElement>("script[data-site]")!;
  return new URL(part.file, script.src).href;
}

export const onDisc = (): boolean => location.protocol === "file:";

/** Holds a part to its digest before it is run as a worker, which browsers do not do by themselves. */
export async function checkPart(part: Part): Promise<void> {
  if (onDisc()) return;
  const response = await fetch(partAddress(part), { integrity: part.integrity });
  if (!response.ok) throw new Error(`${part.file}: ${response.status}`);
  await response.arrayBuffer();
}

const loaded = new Map<string, Promise<void>>();

/** Runs a part in the page itself. */
export function loadScript(part: Part): Promise<void> {
  let ready = loaded.get(part.file);
  if (ready === undefined) {
    ready = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = partAddress(part);
      if (!onDisc()) script.integrity = part.integrity;
      script.onload = () => resolve();
      script.onerror = () => {
        loaded.delete(part.file);
        reject(new Error(part.file));
      };
      document.head.append(script);
    });
    loaded.set(part.file, ready);
  }
  return ready;
}

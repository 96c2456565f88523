// The reader, loaded on demand (protocol.ts): in a worker, or in the page itself where it was opened from a disc.

import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";
import { examine } from "../pdf/examine";
import { sourceOf } from "../pdf/source";
import type { Handle, Request, Start } from "./protocol";

const mostSymbols = 16;
const options: ReaderOptions = { formats: ["QRCode"], maxNumberOfSymbols: mostSymbols, textMode: "Plain" };
const strict = new TextDecoder("utf-8", { fatal: true });
let begin: Start | undefined;
let engine: Promise<unknown> | undefined;

async function loadEngine(): Promise<void> {
  const response = await fetch(begin!.wasm, { integrity: begin!.wasmIntegrity });
  if (!response.ok) throw new Error(`${begin!.wasm}: ${response.status}`);
  const wasmBinary = await response.arrayBuffer();
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return "";
  }
}

async function symbols(image: ImageData, hard: boolean): Promise<string[]> {
  engine ??= loadEngine();
  try {
    await engine;
  } catch (error) {
    engine = undefined;
    throw error;
  }
  const found = await readBarcodes(image, {
    ...options, tryHarder: hard, tryRotate: true, tryInvert: hard, tryDownscale: true,
  });
  return found.filter((one) => one.isValid).map((one) => textOf(one.bytes)).filter((text) => text !== "");
}

const handle: Handle = async (request, send) => {
  if (request.kind === "start") {
    begin = request;
    return;
  }
  try {
    if (request.kind === "symbols") {
      send({ id: request.id, kind: "symbols", texts: await symbols(request.image, request.hard) });
    } else {
      const source = await sourceOf(request.file);
      const examination = await examine(source, (done) => send({ id: request.id, kind: "progress", done }));
      send({ id: request.id, kind: "pdf", examination });
    }
  } catch (error) {
    send({ id: request.id, kind: "failed", message: String(error) });
  }
};

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.onmessage = (event: MessageEvent<Request | Start>) => void handle(event.data, (reply) => self.postMessage(reply));
} else {
  globalThis.sjcodeReader = handle;
}

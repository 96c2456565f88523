// The page's side of the reader.

import type { PdfExamination } from "../pdf/examination";
import { checkPart, loadScript, onDisc, partAddress, parts } from "./parts";
import type { Handle, Reply, Request, Send, Start } from "./protocol";

declare global {
  // Set by the reader where it runs in the page itself.
  var sjcodeReader: Handle | undefined;
}

type Waiting = { resolve: (reply: Reply) => void; reject: (error: Error) => void; progress: (done: number) => void };
type Post = (request: Request) => void;
type NewRequest = Request extends infer R ? (R extends Request ? Omit<R, "id"> : never) : never;

const waiting = new Map<number, Waiting>();
/** How long the reader may be silent before it is ended: a hostile file shall not stop the page. */
const mostSilence = 30_000;
let running: Worker | undefined;
let lastId = 0;
let post: Promise<Post> | undefined;

const receive: Send = (reply) => {
  const one = waiting.get(reply.id);
  if (one === undefined) return;
  if (reply.kind === "progress") return one.progress(reply.done);
  waiting.delete(reply.id);
  if (reply.kind === "failed") one.reject(new Error(reply.message));
  else one.resolve(reply);
};

function failAll(message: string): void {
  post = undefined;
  running?.terminate();
  running = undefined;
  for (const [id, one] of waiting) {
    waiting.delete(id);
    one.reject(new Error(message));
  }
}

async function start(): Promise<Post> {
  const begin: Start = { kind: "start", wasm: partAddress(parts.wasm), wasmIntegrity: parts.wasm.integrity };
  if (onDisc()) {
    // Browsers start no worker from a disc; the page does the work itself.
    await loadScript(parts.reader);
    const handle = globalThis.sjcodeReader!;
    await handle(begin, receive);
    return (request) => void handle(request, receive);
  }
  await checkPart(parts.reader);
  const worker = new Worker(partAddress(parts.reader));
  running = worker;
  worker.onmessage = (event: MessageEvent<Reply>) => receive(event.data);
  worker.onerror = (event) => failAll(event.message || "worker");
  worker.postMessage(begin);
  return (request) => worker.postMessage(request);
}

async function ask(request: NewRequest, progress?: (done: number) => void, silence = mostSilence): Promise<Reply> {
  post ??= start();
  let send: Post;
  try {
    send = await post;
  } catch (error) {
    post = undefined;
    throw error;
  }
  const id = ++lastId;
  let timer = setTimeout(failAll, silence, "time");
  const heard = (done: number): void => {
    clearTimeout(timer);
    timer = setTimeout(failAll, silence, "time");
    progress?.(done);
  };
  try {
    return await new Promise<Reply>((resolve, reject) => {
      waiting.set(id, { resolve, reject, progress: heard });
      send({ ...request, id } as Request);
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The texts of the QR symbols in an image. `hard` takes longer and finds more. Rejects after `most` milliseconds. */
export async function readSymbols(image: ImageData, hard: boolean, most = mostSilence): Promise<readonly string[]> {
  const reply = await ask({ kind: "symbols", image, hard }, undefined, most);
  return reply.kind === "symbols" ? reply.texts : [];
}

/** `progress` is told a part of 1. */
export async function examinePdf(file: Blob, progress: (done: number) => void): Promise<PdfExamination> {
  const reply = await ask({ kind: "pdf", file }, progress);
  if (reply.kind !== "pdf") throw new Error("reader");
  return reply.examination;
}

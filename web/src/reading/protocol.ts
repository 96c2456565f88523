// What the page and its reader say to each other. The reader is the part that takes photographs and PDFs apart: loaded when
// it is first needed, in a worker, so that a large or hostile file never stops the page.

import type { PdfExamination } from "../pdf/examination";

export type Request =
  | { readonly id: number; readonly kind: "symbols"; readonly image: ImageData; readonly hard: boolean }
  | { readonly id: number; readonly kind: "pdf"; readonly file: Blob };

export type Reply =
  | { readonly id: number; readonly kind: "progress"; readonly done: number }
  | { readonly id: number; readonly kind: "symbols"; readonly texts: readonly string[] }
  | { readonly id: number; readonly kind: "pdf"; readonly examination: PdfExamination }
  | { readonly id: number; readonly kind: "failed"; readonly message: string };

/** Where the reader's own parts are, since it cannot know. Sent once before anything else. */
export interface Start {
  readonly kind: "start";
  readonly wasm: string;
  readonly wasmIntegrity: string;
}

export type Send = (reply: Reply) => void;
export type Handle = (request: Request | Start, send: Send) => Promise<void>;

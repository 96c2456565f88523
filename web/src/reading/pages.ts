// Pages of a PDF as pictures, by pdf.js: loaded on demand, for files without an embedded code only.

import { getDocument, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs";

const side = 2400;

export interface PdfPages {
  readonly count: number;
  page(number: number): Promise<ImageData>;
  close(): void;
}

export type OpenPages = (data: ArrayBuffer, worker: Worker | null) => Promise<PdfPages>;

declare global {
  var sjcodePages: OpenPages | undefined;
}

const open: OpenPages = async (data, port) => {
  const worker = port === null ? undefined : new PDFWorker({ port: port as unknown as null });
  const task = getDocument({
    data, isEvalSupported: false, disableFontFace: true, useSystemFonts: false, enableXfa: false, stopAtErrors: false,
    maxImageSize: 100_000_000, verbosity: 0, ...(worker === undefined ? {} : { worker }),
  });
  const document_ = await task.promise;
  return {
    count: document_.numPages,
    async page(number) {
      const page = await document_.getPage(number);
      const size = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: Math.min(8, side / Math.max(size.width, size.height)) });
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      const context = canvas.getContext("2d", { willReadFrequently: true })!;
      // For display, in short pieces: for print it would not stop before it is done, whatever a hostile page asks for.
      await page.render({ canvasContext: context, viewport, intent: "display" }).promise;
      const image = context.getImageData(0, 0, canvas.width, canvas.height);
      page.cleanup();
      return image;
    },
    close() {
      void task.destroy();
      port?.terminate();
    },
  };
};

globalThis.sjcodePages = open;

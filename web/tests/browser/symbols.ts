// Pictures of symbols for the fake camera and for photographs, from the modules that an issued file draws.

import { writeFileSync } from "node:fs";
import { latin1 } from "../../src/format/bytes";
import { PdfDocument } from "../../src/pdf/document";
import { inflate } from "../../src/pdf/filters";
import { get } from "../../src/pdf/object";
import { readExact, type Modules } from "../../src/pdf/qr_matrix";
import { MemorySource } from "../../src/pdf/source";
import { readContent } from "../../src/pdf/stamp_content";
import { bytesOf } from "../desk";

export function symbolsIn(file: string): { modules: Modules; text: string }[] {
  const document = PdfDocument.open(new MemorySource(bytesOf(file)));
  for (const page of document.pages()) {
    const annotations = document.resolve(get(page.dictionary, "Annots"));
    for (const one of annotations?.type === "array" ? annotations.value : []) {
      const annotation = document.resolve(one);
      if (get(annotation, "SJCode") === undefined) continue;
      const appearance = get(document.resolve(get(annotation, "AP")), "N");
      const object = appearance?.type === "reference" ? document.object(appearance.number) : undefined;
      const content = readContent(latin1(inflate(document.data(object!)!, true)));
      return content.symbols.map((modules) => ({ modules, text: readExact(modules).text }));
    }
  }
  throw new Error("no stamp");
}

/** Frames of a video without compression (YUV4MPEG2): the symbol drifts, as in a hand. */
export function writeVideo(modules: Modules, file: string): void {
  const [width, height, scale] = [1280, 720, 9];
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < 8; frame++) {
    const luma = Buffer.alloc(width * height, 225);
    const left = 300 + 6 * frame;
    const top = 50 + 3 * frame;
    modules.forEach((row, y) => row.forEach((dark, x) => {
      if (!dark) return;
      for (let dy = 0; dy < scale; dy++) luma.fill(30, (top + y * scale + dy) * width + left + x * scale, (top + y * scale + dy) * width + left + (x + 1) * scale);
    }));
    parts.push(Buffer.from("FRAME\n"), luma, Buffer.alloc((width * height) / 2, 128));
  }
  writeFileSync(file, Buffer.concat(parts));
}

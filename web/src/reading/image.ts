// Pictures as the reader wants them: first small and quick, then larger where nothing was found.

import { readSymbols } from "./client";

const sides = [1600, 3200, 6000];
const mostPixels = 36_000_000;

function draw(source: CanvasImageSource, width: number, height: number): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** A picture no larger than `side`; never larger than it is. */
export function scaled(source: CanvasImageSource, width: number, height: number, side: number): ImageData {
  const factor = Math.min(1, side / Math.max(width, height), Math.sqrt(mostPixels / (width * height)));
  return draw(source, Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor)));
}

async function decode(file: Blob): Promise<{ source: CanvasImageSource; width: number; height: number }> {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return { source: image, width: image.naturalWidth, height: image.naturalHeight };
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Undefined where the file is no picture that this browser can show. */
export async function symbolsOfImage(file: Blob): Promise<readonly string[] | undefined> {
  let picture: Awaited<ReturnType<typeof decode>>;
  try {
    picture = await decode(file);
  } catch {
    return undefined;
  }
  if (picture.width === 0 || picture.height === 0) return undefined;
  for (const side of sides) {
    const texts = await readSymbols(scaled(picture.source, picture.width, picture.height, side), true);
    if (texts.length > 0 || side >= Math.max(picture.width, picture.height)) return texts;
  }
  return [];
}

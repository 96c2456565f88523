// The bytes of a file, of which only what is asked for is read.

export interface Source {
  readonly size: number;
  /** The bytes from `begin` up to `end`; both within the file. */
  read(begin: number, end: number): Uint8Array;
}

export class MemorySource implements Source {
  constructor(private readonly bytes: Uint8Array) {}

  get size(): number {
    return this.bytes.length;
  }

  read(begin: number, end: number): Uint8Array {
    return this.bytes.subarray(begin, end);
  }
}

declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

const blockSize = 1 << 18;
const blocksKept = 64;

/** A file of any size, in blocks; workers only. */
class FileSource implements Source {
  private readonly reader = new FileReaderSync();
  private readonly blocks = new Map<number, Uint8Array>();

  constructor(private readonly file: Blob) {}

  get size(): number {
    return this.file.size;
  }

  read(begin: number, end: number): Uint8Array {
    if (end - begin > blockSize) return new Uint8Array(this.reader.readAsArrayBuffer(this.file.slice(begin, end)));
    const first = Math.floor(begin / blockSize);
    const last = Math.floor(Math.max(begin, end - 1) / blockSize);
    const offset = begin - first * blockSize;
    if (first === last) return this.block(first).subarray(offset, offset + end - begin);
    const joined = new Uint8Array(end - begin);
    const part = this.block(first).subarray(offset);
    joined.set(part);
    joined.set(this.block(last).subarray(0, end - begin - part.length), part.length);
    return joined;
  }

  private block(index: number): Uint8Array {
    let block = this.blocks.get(index);
    if (block === undefined) {
      if (this.blocks.size >= blocksKept) this.blocks.delete(this.blocks.keys().next().value!);
      const slice = this.file.slice(index * blockSize, (index + 1) * blockSize);
      block = new Uint8Array(this.reader.readAsArrayBuffer(slice));
      this.blocks.set(index, block);
    }
    return block;
  }
}

export async function sourceOf(file: Blob): Promise<Source> {
  if (typeof FileReaderSync !== "undefined") return new FileSource(file);
  return new MemorySource(new Uint8Array(await file.arrayBuffer()));
}

/** The first `size` bytes of a source, as a file of its own. */
export const beginningOf = (source: Source, size: number): Source => ({ size, read: (begin, end) => source.read(begin, end) });

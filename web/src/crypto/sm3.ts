// SM3 (GB/T 32905), on the block machinery of the audited hash library; its constants and rounds are all that is ours.

import { HashMD } from "@noble/hashes/_md.js";

const initial = Uint32Array.of(
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
);
const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
const constants = Uint32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));
const words = new Uint32Array(68);

export class Sm3 extends HashMD<Sm3> {
  private state = Uint32Array.from(initial);

  constructor() {
    super(64, 32, 8, false);
  }

  protected get(): number[] {
    return [...this.state];
  }

  protected set(...state: number[]): void {
    this.state = Uint32Array.from(state);
  }

  protected process(view: DataView, offset: number): void {
    for (let j = 0; j < 16; j++) words[j] = view.getUint32(offset + 4 * j, false);
    for (let j = 16; j < 68; j++) {
      const x = words[j - 16]! ^ words[j - 9]! ^ rotate(words[j - 3]!, 15);
      words[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(words[j - 13]!, 7) ^ words[j - 6]!;
    }
    let [a, b, c, d, e, f, g, h] = this.state as unknown as [
      number, number, number, number, number, number, number, number,
    ];
    for (let j = 0; j < 64; j++) {
      const a12 = rotate(a, 12);
      const ss1 = rotate((a12 + e + constants[j]!) | 0, 7);
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const tt1 = (ff + d + (ss1 ^ a12) + (words[j]! ^ words[j + 4]!)) | 0;
      const tt2 = (gg + h + ss1 + words[j]!) | 0;
      d = c;
      c = rotate(b, 9);
      b = a;
      a = tt1;
      h = g;
      g = rotate(f, 19);
      f = e;
      e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17);
    }
    const s = this.state;
    s[0]! ^= a; s[1]! ^= b; s[2]! ^= c; s[3]! ^= d; s[4]! ^= e; s[5]! ^= f; s[6]! ^= g; s[7]! ^= h;
  }

  protected roundClean(): void {
    words.fill(0);
  }

  override destroy(): void {
    this.state.fill(0);
  }

  override _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    to.state = Uint32Array.from(this.state);
    to.buffer.set(this.buffer);
    to.length = this.length;
    to.pos = this.pos;
    to.finished = this.finished;
    to.destroyed = this.destroyed;
    return to;
  }

  override clone(): Sm3 {
    return this._cloneInto();
  }
}

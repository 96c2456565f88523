// Values as the seal revision writes them: docs/code-format.md, 8.3. One character for each byte.

import { toHex } from "../format/bytes";
import { isRegular } from "./lexer";
import type { PdfObject } from "./object";

const writtenPlain = (byte: number): boolean => byte >= 0x21 && byte <= 0x7e && byte !== 0x23 && isRegular(byte);

function writtenName(name: string): string {
  let text = "/";
  for (let i = 0; i < name.length; i++) {
    const byte = name.charCodeAt(i);
    text += writtenPlain(byte) ? name[i]! : `#${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

/** Whether a number or word right behind this text needs a space between: behind a regular character, or an empty name. */
function needsSpace(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return text !== "" && (isRegular(last) || last === 0x2f);
}

class Writer {
  text = "";

  private word(word: string): void {
    this.text += needsSpace(this.text) ? ` ${word}` : word;
  }

  write(object: PdfObject): void {
    switch (object.type) {
      case "null":
        return this.word("null");
      case "boolean":
        return this.word(String(object.value));
      case "number":
        return this.word(object.token);
      case "reference":
        return this.word(`${object.number} ${object.generation} R`);
      case "string":
        this.text += `<${toHex(object.value).toUpperCase()}>`;
        return;
      case "name":
        this.text += writtenName(object.value);
        return;
      case "array":
        this.text += "[";
        for (const one of object.value) this.write(one);
        this.text += "]";
        return;
      case "dictionary":
        this.text += "<<";
        for (const [key, value] of object.entries) {
          this.text += writtenName(key);
          this.write(value);
        }
        this.text += ">>";
    }
  }
}

export function serialise(object: PdfObject): string {
  const writer = new Writer();
  writer.write(object);
  return writer.text;
}

/** A length as 8.5 writes it: three decimals, rounded half to even where it is exactly between, without trailing zeros. */
export function writtenLength(value: number): string {
  let text = value.toFixed(3);
  // toFixed rounds an exact tie upwards, C's printf to even. What is exactly between has no more digits than these.
  const exact = Math.abs(value).toFixed(20);
  const point = exact.indexOf(".");
  if (/^50*$/.test(exact.slice(point + 4)) && Number(exact[point + 3]) % 2 === 0) {
    text = `${value < 0 ? "-" : ""}${exact.slice(0, point + 4)}`;
  }
  text = text.replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

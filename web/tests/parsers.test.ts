// Every parser of the site with inputs that were changed a little: what is wrong is refused by an error that the parser names,
// never by a fault of ours, and always soon. The same inputs on every run; SJCODE_LONG_TESTS=1 tries sixty times as many.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../src/crypto/certificate";
import { DerError } from "../src/crypto/der";
import { readSignedData } from "../src/crypto/signed_data";
import { concat, fromHex, latin1, toHex, utf8 } from "../src/format/bytes";
import { encode } from "../src/format/cbor";
import { FormatError } from "../src/format/format_error";
import { examine } from "../src/pdf/examine";
import { MemorySource } from "../src/pdf/source";
import { readContent } from "../src/pdf/stamp_content";
import { bundleTypes, openBundle } from "../src/trust/bundle";
import { decodeStatusDetails } from "../src/trust/status_details";
import { decodeStatusList } from "../src/trust/status_list";
import { decodeDelta } from "../src/trust/trust_delta";
import { openTrustListFile, recordsOf } from "../src/trust/trust_list_file";
import { isLong, Randomness, root } from "./desk";
import { operate, type Input, type Vector } from "./vector_operations";

const rounds = isLong ? 300 : 5;
const largest = 32_768;
// A loop without an end takes longer than any machine's load explains.
const mostSeconds = 20;
const extremes = [0x00, 0x17, 0x18, 0x1b, 0x1f, 0x3b, 0x5b, 0x7f, 0x80, 0x84, 0x9b, 0x9f, 0xbb, 0xbf, 0xd2, 0xf6, 0xff];
const characters = [..."0123456789IJLOU-/:?#% 　．－〔〕第号\u0000\u200b\u202e\ud800😀", "é"];

function changedBytes(bytes: Uint8Array, random: Randomness): Uint8Array {
  let changed = Uint8Array.from(bytes);
  for (let left = 1 + random.next(3); left > 0; left--) {
    const at = random.next(changed.length + 1);
    const size = random.next(9);
    switch (random.next(6)) {
      case 0:
        changed = changed.slice(0, at);
        break;
      case 1:
        changed = concat(changed.subarray(0, at), random.bytes(size), changed.subarray(at)) as typeof changed;
        break;
      case 2:
        changed = concat(changed.subarray(0, at), changed.subarray(at + size)) as typeof changed;
        break;
      case 3:
        changed = concat(changed.subarray(0, at), changed.subarray(random.next(changed.length + 1))) as typeof changed;
        break;
      case 4:
        if (at < changed.length) changed[at] = random.of(extremes);
        break;
      default:
        if (at < changed.length) changed[at]! ^= 1 << random.next(8);
    }
  }
  return changed;
}

function changedText(text: string, random: Randomness): string {
  const all = [...text];
  for (let left = 1 + random.next(3); left > 0; left--) {
    const at = random.next(all.length + 1);
    const added = random.next(2) === 0 ? [random.of(characters)] : [];
    all.splice(at, random.next(3), ...added);
  }
  return all.join("");
}

const kept = new Set(["hash", "level", "private_key_pem"]);

function changedInput(input: Input, random: Randomness): Input {
  const fields = Object.entries(input).filter(([name, value]) => typeof value === "string" && !kept.has(name));
  if (fields.length === 0) return input;
  const [name, value] = random.of(fields) as [string, string];
  const isHex = name !== "text" && /^([0-9a-f]{2})*$/.test(value);
  return { ...input, [name]: isHex ? toHex(changedBytes(fromHex(value), random)) : changedText(value, random) };
}

/** Fails for every exception but the parser's own. */
function refusedOnlyBy(kinds: readonly (new (...parameters: never[]) => Error)[], about: () => string, action: () => void): boolean {
  const begin = performance.now();
  let refused = false;
  try {
    action();
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) expect.fail(`${about()}: ${(error as Error).stack ?? String(error)}`);
    refused = true;
  }
  const seconds = (performance.now() - begin) / 1000;
  if (seconds > mostSeconds) expect.fail(`${about()}: ${seconds.toFixed(0)} s`);
  return refused;
}

const folders = (base: string): string[] => readdirSync(base).filter((name) =>
  statSync(join(base, name)).isDirectory() && readdirSync(join(base, name)).some((one) => one.endsWith(".json")));

describe("inputs of the test vectors, changed", () => {
  const base = join(root, "test-vectors");
  // The operation "key" reads the PEM file of a test key: no parser of the site.
  for (const folder of folders(base).filter((name) => name !== "keys"))
    it(folder, async () => {
      const random = new Randomness(folder.length * 7919);
      let [refused, all] = [0, 0];
      for (const name of readdirSync(join(base, folder)).filter((one) => one.endsWith(".json"))) {
        const { kind, input } = JSON.parse(readFileSync(join(base, folder, name), "utf8")) as Vector;
        if (JSON.stringify(input).length > largest || input["parts"] !== undefined) continue;
        for (let i = 0; i < rounds; i++) {
          const changed = changedInput(input, random);
          if (refusedOnlyBy([FormatError], () => `${kind} ${JSON.stringify(changed)}`, () => operate(kind, changed))) refused++;
          all++;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      // Any bytes have a digest, and any text one of a page.
      if (!["category", "digest", "merkle", "page"].includes(folder)) expect(refused, `${refused} of ${all}`).toBeGreaterThan(0);
      expect(all).toBeGreaterThan(0);
    }, 1_800_000);
});

describe("seeds of the fuzz targets, changed", () => {
  const base = join(root, "tests/fuzz/corpus");
  const seeds = (target: string): Uint8Array[] => readdirSync(join(base, target)).sort()
    .map((name) => new Uint8Array(readFileSync(join(base, target, name)))).filter((seed) => seed.length <= largest);

  function tryAll(name: string, inputs: readonly Uint8Array[], kind: new (...parameters: never[]) => Error, read: (bytes: Uint8Array) => unknown): void {
    it(name, async () => {
      expect(inputs.length).toBeGreaterThan(0);
      const random = new Randomness(name.length * 104_729);
      for (const seed of inputs) {
        for (let i = 0; i < 20 * rounds; i++) {
          const changed = i === 0 ? seed : changedBytes(seed, random);
          refusedOnlyBy([kind], () => `${name} ${toHex(changed)}`, () => void read(changed));
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    }, 1_800_000);
  }

  tryAll("certificate", seeds("crypto_certificate"), DerError, readCertificate);
  tryAll("signed data", seeds("crypto_signed_data"), DerError, readSignedData);
  tryAll("stamp content", seeds("pdf_stamp_content"), FormatError, (bytes) => readContent(latin1(bytes)));
  tryAll("trust list", seeds("trust_list"), FormatError, (bytes) => [...recordsOf(openTrustListFile(bytes, null))]);
  tryAll("trust delta", seeds("trust_delta"), FormatError, decodeDelta);
  // Their first byte says to the C++ target what the rest is.
  const statuses = seeds("trust_status").flatMap((seed) => [seed, seed.subarray(1)]);
  tryAll("status list", statuses, FormatError, decodeStatusList);
  tryAll("status details", statuses, FormatError, decodeStatusDetails);
  const parts = seeds("trust_list").slice(0, 2).flatMap((seed) => [bundleTypes.trustList, seed]);
  tryAll("bundle", [encode(["sjcode/bundle/1", ...parts])], FormatError, openBundle);

  it("PDF: whatever the bytes are, an examination comes of it", async () => {
    const random = new Randomness(31_337);
    const inputs = [...seeds("pdf_reader"), ...seeds("pdf_audit"), utf8("%PDF-1.7\n")];
    for (const seed of inputs)
      for (let i = 0; i < 10 * rounds; i++) {
        const changed = i === 0 ? seed : changedBytes(seed, random);
        const begin = performance.now();
        const examination = await examine(new MemorySource(changed), () => undefined).catch((error: unknown) =>
          expect.fail(`${toHex(changed)}: ${(error as Error).stack ?? String(error)}`));
        expect(examination.checks.filter((check) => check.result === "pass" && check.check === "revision")).toEqual([]);
        expect((performance.now() - begin) / 1000, toHex(changed)).toBeLessThan(mostSeconds);
      }
  }, 1_800_000);
});

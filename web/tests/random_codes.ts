// Random codes, valid and mutated, as texts of symbols.

import { concat } from "../src/format/bytes";
import type { Encodable } from "../src/format/cbor";
import { encodeCodeNumber } from "../src/format/code_number";
import { encodeDigits } from "../src/format/digits";
import { attempt } from "../src/format/format_error";
import { decodeCodeNumber, shownCodeNumber } from "../src/format/code_number";
import { host, licences, type AlgorithmName, type Randomness } from "./desk";
import { mapBytes, signCode } from "./signing";

export type Secrets = Readonly<Record<AlgorithmName, Uint8Array>>;
const names = Object.keys(licences) as AlgorithmName[];

/** As a person types it. */
export const randomNumber = (random: Randomness): string => shownCodeNumber(decodeCodeNumber(codeNumber(random)));

function codeNumber(random: Randomness): Uint8Array {
  for (;;) {
    const bytes = random.bytes(12);
    // A zero bit, the five bits of J, and two of what follows.
    bytes[0] = 0x48 | (bytes[0]! & 0x03);
    const number = attempt(() => decodeCodeNumber(bytes));
    if ("value" in number) return encodeCodeNumber(number.value);
  }
}

type Pairs = [Encodable, Encodable][];

/** Claims that a reader must accept, with many forms of each. */
function claims(algorithm: AlgorithmName, random: Randomness): Pairs {
  const pages = 1 + random.next(300);
  const number = random.of<Encodable>([
    [1000 + random.next(9000), random.of(["临鉴字", "", "法医物证鉴字", "痕"]), random.next(1_000_000)],
    "某院〔2026〕鉴字A-18号", "（2026）临鉴字第十八号",
  ]);
  const now = Math.floor(Date.now() / 1000);
  const pairs: Pairs = [
    [1, random.next(12) === 0 ? "999999999" : licences[random.next(20) === 0 ? random.of(names) : algorithm]],
    [2, random.of([now, now, now + 10_800, 1_500_000_000, now + 90_000, now + 20 * 31_557_600])],
    [3, codeNumber(random)], [4, number], [5, random.bytes(32)], [6, 12 + pages + random.next(4)], [7, pages],
    [8, random.of([0, 1_000_202, 3_000_101, 9_000_001, 5_000_000, 4_000_101_01 % 4_294_967_296])], [9, random.next(random.of([16, 1 << 20, 1 << 22]))],
  ];
  if (random.next(4) === 0) pairs.push([10, 1 + random.next(3)], [11, random.of<Encodable>([codeNumber(random), "某院〔2020〕鉴字第1号"])]);
  if (random.next(8) === 0) pairs.push([24 + random.next(3000), random.of<Encodable>(["扩展", 1, null, [1, "a"]])]);
  return pairs;
}

/** Breaks one rule or another; often signed rightly, so that the rule itself has to be seen. */
function break_(pairs: Pairs, random: Randomness): Pairs {
  const at = random.next(pairs.length);
  const key = pairs[at]![0];
  switch (random.next(9)) {
    case 0:
      return pairs.filter((_, i) => i !== at);
    case 1:
      return [...pairs.slice(0, at), pairs[(at + 1) % pairs.length]!, ...pairs.slice(at + 1)];
    case 2:
      return pairs.map((pair, i) => (i === at ? [key, random.of<Encodable>([null, "", "x", 0, -1, [], random.bytes(12), random.bytes(32)])] : pair));
    case 3:
      return [...pairs, [random.of([0, 12, 13, 23, -1, "a"]), 1] as [Encodable, Encodable]].slice(-20);
    case 4:
      return pairs.map((pair) => (pair[0] === 4 ? [4, random.of<Encodable>(["", "某院(2026)临鉴字第018号", "示例 司鉴", [999, "临", 1], [2026, "第", 1], [2026, "临９", 1], [2026, "临鉴字"]])] : pair));
    case 5:
      return pairs.map((pair) => (pair[0] === 7 ? [7, random.of([0, 1n << 32n, (1n << 32n) - 1n])] : pair));
    case 6:
      return pairs.map((pair) => (pair[0] === 10 ? [10, random.of([0, 4, 1n << 40n])] : pair));
    case 7:
      return pairs.map((pair) => (pair[0] === 2 ? [2, random.of([0, (1n << 63n) - 1n, 253_402_300_800])] : pair));
    default:
      return pairs.map((pair) => (pair[0] === 3 ? [3, random.bytes(random.of([11, 12, 13]))] : pair));
  }
}

/** Changes bytes at random. */
function damage(code: Uint8Array, random: Randomness): Uint8Array {
  const copy = Uint8Array.from(code);
  switch (random.next(5)) {
    case 0:
      copy[random.next(copy.length)]! ^= 1 << random.next(8);
      return copy;
    case 1:
      return copy.subarray(0, random.next(copy.length));
    case 2:
      return concat(copy, random.bytes(1 + random.next(3)));
    case 3: {
      const at = random.next(copy.length);
      return concat(copy.subarray(0, at), random.bytes(1), copy.subarray(at));
    }
    default:
      copy.set(random.bytes(4), random.next(copy.length - 4));
      return copy;
  }
}

function damageText(text: string, random: Randomness): string {
  const at = 8 + random.next(text.length - 8);
  return random.of([
    text.slice(0, at) + random.of(["0", "9", "x", "/", "#", "?", "%", " ", "０"]) + text.slice(at + 1),
    text.slice(0, at), `${text}${random.of(["1", "/", "?x", "#1", "\u3000"])}`, text.replace("/r/", random.of(["/e/#", "/n/", "/r2/", "/", "/R/"])),
    text.replace(host, random.of(["v.examp1e.cn", "evil.cn", "v.example.cn.evil.cn", "V.example.cn", "1.2.3.4", "v.example.cn:443"])),
  ]);
}

export function randomText(secrets: Secrets, random: Randomness): string {
  const algorithm = random.of(names);
  const fate = random.next(10);
  let pairs = claims(algorithm, random);
  if (fate >= 3 && fate < 6) pairs = break_(pairs, random);
  const payload = mapBytes(pairs);
  const header = random.next(25) === 0 ? mapBytes([[1, random.of([-8, -7, -19, -9, -65602, 0])]]) : undefined;
  let code = signCode(algorithm, secrets[algorithm], payload, random, header);
  if (fate === 6 || fate === 7) code = damage(code, random);
  const text = `https://${host}/r/${encodeDigits(code)}`;
  return fate === 8 || fate === 9 ? damageText(text, random) : text;
}

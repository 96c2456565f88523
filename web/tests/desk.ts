// What the tests work on: reports issued by the program, into a folder of their own. Needs SJCODE_PROGRAM, as ./dev test sets
// it; without a built program the tests that need it are skipped with a message.

import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import "../src/crypto/cipher_part";
import { encodeDigits } from "../src/format/digits";
import { TrustSource } from "../src/trust/trust_source";
import { LoadedTrust } from "../src/trust/loaded_trust";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const program = process.env["SJCODE_PROGRAM"] ?? join(root, "build/release/bin/sjcode");
export const hasProgram = existsSync(program);
export const isLong = process.env["SJCODE_LONG_TESTS"] === "1";
if (!hasProgram) console.warn(`${program} is not there: tests that need it are skipped`);

export const corpus = join(root, "../shared/corpus");
export const hasCorpus = existsSync(corpus);
if (!hasCorpus) console.warn(`${corpus} is not there: its tests are skipped`);

export const host = "v.example.cn";

export function sjcode(...words: string[]): string {
  return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

export function newFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "sjcode-site-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export type AlgorithmName = "ed25519" | "p256" | "sm2";
export const licences: Readonly<Record<AlgorithmName, string>> = { ed25519: "440100001", p256: "110000002", sm2: "310000003" };

/** `licence`: that of the sample report's institution, unless another is given. */
export function newKey(folder: string, algorithm: AlgorithmName, licence = licences.ed25519, name: string = algorithm): void {
  sjcode("key", "new", "--alg", algorithm, "--licence", licence, "--name", "示例司法鉴定中心", "--short-name",
    "示例司鉴中心", "--host", host, "-o", join(folder, name));
}

export function newReport(folder: string): string {
  const report = join(folder, "report.pdf");
  execFileSync(join(dirname(program), "make_sample_report"), [report]);
  return report;
}

/** Issues a report with a key of newKey(). */
export function issue(report: string, output: string, folder: string, algorithm: AlgorithmName, ...options: string[]): string {
  sjcode("issue", report, "--facts", join(root, "examples/sample-report/facts.json"), "--key", join(folder, algorithm, "key.pem"),
    "--cert", join(folder, algorithm, "cert.pem"), "-o", output, ...options);
  return output;
}

export interface Told {
  outcome: string;
  checks: { check: string; result: string; code: string; mandatory: boolean; parameters: Record<string, string> }[];
}

const told = (output: string): Told[] => output.trim().split("\n").map((line) => JSON.parse(line) as Told);

/** The program's verdicts on files, texts and numbers, in their order. */
export function verify(trust: string, inputs: readonly string[], ...options: string[]): Told[] {
  const run = spawnSync(program, ["verify", "--json", "--trust", trust, ...inputs, ...options], { encoding: "utf8", maxBuffer: 1 << 28 });
  return told(run.stdout);
}

/** The same of as many as one likes; the test's runner is answered meanwhile. */
export async function verifyMany(trust: string, inputs: readonly string[], ...options: string[]): Promise<Told[]> {
  const all: Told[] = [];
  for (let at = 0; at < inputs.length; at += 500) {
    const words = ["verify", "--json", "--trust", trust, ...inputs.slice(at, at + 500), ...options];
    // The exit status is that of the gravest verdict.
    const output = await new Promise<string>((resolve) => execFile(program, words, { maxBuffer: 1 << 28 }, (_, text) => resolve(text)));
    all.push(...told(output));
  }
  return all;
}

/** The trust records of a folder of certificates, as the site reads them. */
export function exportTrust(certificates: string, output: string): LoadedTrust {
  sjcode("trust", "export-web", "--trust", certificates, "-o", output, "--overwrite");
  const trust = new LoadedTrust();
  const read = (name: string): unknown => JSON.parse(readFileSync(join(output, `${name}.json`), "utf8"));
  trust.certificates.addIndex(read("index"));
  for (const name of trust.certificates.bucketNames) trust.certificates.addBucket(read(name));
  return trust;
}

/** The site's source of trust records, from a folder on the disc as it would be served. */
export function sourceFrom(folder: string, pins: readonly string[] = []): TrustSource {
  return new TrustSource((name) => Promise.resolve(bytesOf(join(folder, name))), pins);
}

/** A register with the institutions of newKey(), and its root key. */
export function newRegister(folder: string, certificates: Readonly<Record<string, string>>): { register: string; root: string } {
  const [register, key] = [join(folder, "register.json"), join(folder, "root")];
  newKey(folder, "ed25519", "000000000", "root");
  sjcode("trust", "init", "--id", "cn.example.trust", "--publisher", "示例省司法厅", "-o", register);
  for (const [licence, certificate] of Object.entries(certificates))
    sjcode("trust", "add", "institution", register, "--licence", licence, "--cert", certificate, "--category", "FY0200",
      "--category", "SX0101", "--from", "2015-01-01", "--until", "2040-12-31");
  return { register, root: join(key, "key.pem") };
}

/** Signs the register's next list and takes it into a store. */
export function newStore(folder: string, register: string, root: string): string {
  const [file, store] = [join(folder, "list.sjt"), join(folder, "store")];
  sjcode("trust", "sign", register, "--key", root, "-o", file, "--overwrite");
  const fingerprint = /"root": ?"([0-9a-f]{64})"|([0-9a-f]{64})/.exec(sjcode("trust", "show", file, "--lang", "en"))!;
  sjcode("trust", "import", file, "--trust", store, "--root", fingerprint[1] ?? fingerprint[2]!);
  return store;
}

export const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(file));

/** The code in an issued file, and the address that its symbol holds. */
export function codeOf(file: string): { bytes: Uint8Array; path: string } {
  const hex = /\/SJCode<([0-9A-F]+)>/.exec(readFileSync(file, "latin1"))![1]!;
  const bytes = Uint8Array.from(hex.match(/../g)!, (two) => parseInt(two, 16));
  return { bytes, path: `r/${encodeDigits(bytes)}` };
}

/** Numbers that are the same on every run. */
export class Randomness {
  constructor(private state: number) {}

  next(below: number): number {
    // Mulberry32.
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.next(256));
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.next(choices.length)]!;
  }
}

// Carries out one test vector (test-vectors/README.md). Runs in Node.js and in the browser, so it touches no file.

import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { digest, type DigestName } from "../src/crypto/digest";
import { algorithms, type PublicKey } from "../src/crypto/signature";
import "../src/crypto/cipher_part";
import { identityDigest, sm2Point } from "../src/crypto/sm2";
import { concat, equal, fromHex, toHex } from "../src/format/bytes";
import { showCategory } from "../src/format/category";
import { codeLimit, decode, encode, recordLimit, type Encodable, type Item, Tagged } from "../src/format/cbor";
import { decodeClaims, type Claims } from "../src/format/claims";
import { decodeCodeNumber, encodeCodeNumber, readCodeNumber, shownCodeNumber } from "../src/format/code_number";
import { decodeDigits, encodeDigits } from "../src/format/digits";
import { decodeDisclosure, openDisclosure } from "../src/format/disclosure";
import { fail } from "../src/format/format_error";
import { leafHash, merklePath, merkleRoot, rootOfPath } from "../src/format/merkle";
import { checkCharacter, verifyCheckCharacter } from "../src/format/mod_37_36";
import { normalisePageText, pageDigest } from "../src/format/page_text";
import { smallestVersion, type QrLevel } from "../src/format/qr_capacity";
import { ReportRecord } from "../src/format/record";
import { openReportCode } from "../src/format/report_code";
import { canonicalReportNumber, joinReportNumber, splitReportNumber, type ReportNumber } from "../src/format/report_number";
import { parseSymbolUrl } from "../src/format/symbol_url";
import { checkReplacement, heldOf } from "../src/trust/held_list";
import { decodeStatusDetails, StatusDetails } from "../src/trust/status_details";
import { decodeStatusList, StatusArray, verifyStatusList } from "../src/trust/status_list";
import { applyDelta, decodeDelta } from "../src/trust/trust_delta";
import { trustFileKind } from "../src/trust/trust_file_kind";
import { openTrustListFile, recordsOf, type ListedRecord, type TrustListFile } from "../src/trust/trust_list_file";
import { fingerprintOf, type TableName } from "../src/trust/trust_list_head";

export type Input = Record<string, unknown>;
export interface Vector {
  name: string;
  kind: string;
  input: Input;
  expect: "ok" | "error";
  error?: string;
  output?: Record<string, unknown>;
}

const text = (input: Input, key = "text"): string => input[key] as string;
const hex = (input: Input, key = "hex"): Uint8Array => fromHex(input[key] as string);
const hash = (input: Input): DigestName => input["hash"] as DigestName;

function keys(input: Input): PublicKey[] {
  return (input["keys"] as { algorithm: number; raw: string }[]).map(({ algorithm, raw }) => ({ algorithm, raw: fromHex(raw) }));
}

const number = (value: ReportNumber): unknown =>
  typeof value === "string" ? value : [value.year, value.middle, Number(value.serial)];

const claimsOutput = (claims: Claims): Record<string, unknown> => ({
  issuer: claims.issuer, issued: Number(claims.issued), code: claims.code, number: number(claims.number),
  record: toHex(claims.record), entries: claims.entries, pages: claims.pages, category: claims.category,
  status: Number(claims.status), kind: claims.kind, prior: claims.prior?.text ?? null,
  ignored: claims.ignored.map(Number), prior_is_coded: claims.prior?.coded ?? false,
});

function diagnostic(item: Item): string {
  switch (item.type) {
    case "uint":
    case "negative":
      return item.value.toString();
    case "bytes":
      return `h'${toHex(item.value)}'`;
    case "text":
      return `"${item.value.replace(/[\\"]/g, "\\$&")}"`;
    case "array":
      return `[${item.value.map(diagnostic).join(", ")}]`;
    case "map":
      return `{${item.value.map(([key, value]) => `${diagnostic(key)}: ${diagnostic(value)}`).join(", ")}}`;
    case "tag":
      return `18(${diagnostic(item.value)})`;
    case "null":
      return "null";
  }
}

/** The same item for the encoder; undefined where it holds a map, which the encoder does not write. */
function encodable(item: Item): Encodable | undefined {
  if (item.type === "map") return undefined;
  if (item.type === "null") return null;
  if (item.type === "tag") {
    const value = encodable(item.value);
    return value === undefined ? undefined : new Tagged(value);
  }
  if (item.type !== "array") return item.value;
  const values = item.value.map(encodable);
  return values.some((value) => value === undefined) ? undefined : (values as Encodable[]);
}

function back(condition: boolean, what: string): void {
  if (!condition) throw new Error(`does not go back: ${what}`);
}

function numberOutput(value: string): Record<string, unknown> {
  const bytes = encodeCodeNumber(value);
  back(readCodeNumber(shownCodeNumber(value)) === value && decodeCodeNumber(bytes) === value, value);
  return { number: value, shown: shownCodeNumber(value), hex: toHex(bytes) };
}

/** Repeated pieces, where the bytes would be long. */
function assembled(input: Input): Uint8Array {
  return concat(...(input["parts"] as [string, number][]).map(([piece, count]) => fromHex(piece.repeat(count))));
}

function decodeCbor(input: Input): Record<string, unknown> {
  const limit = input["limit"] === "record" ? recordLimit : codeLimit;
  if (input["parts"] !== undefined) {
    decode(assembled(input), limit);
    return {};
  }
  const bytes = hex(input);
  const item = decode(bytes, limit);
  const again = encodable(item);
  if (again !== undefined) back(equal(encode(again), bytes), "cbor");
  return { diagnostic: diagnostic(item) };
}

function key(input: Input): Record<string, unknown> {
  const der = Uint8Array.from(atob(text(input, "private_key_pem").replace(/-----[^-]*-----|\s/g, "")), (c) => c.charCodeAt(0));
  const all = toHex(der);
  const ed = all.indexOf("06032b6570") >= 0;
  const sm2 = all.indexOf("06082a811ccf5501822d") >= 0;
  const secret = ed ? der.slice(-32) : fromHex(/0201010420([0-9a-f]{64})/.exec(all)![1]!);
  const raw = ed ? ed25519.getPublicKey(secret)
    : sm2 ? sm2Point().BASE.multiply(BigInt(`0x${toHex(secret)}`)).toBytes(false) : p256.getPublicKey(secret, false);
  const prefix = ed ? "302a300506032b6570032100"
    : sm2 ? "3059301306072a8648ce3d020106082a811ccf5501822d034200" : "3059301306072a8648ce3d020106082a8648ce3d030107034200";
  const algorithm = ed ? algorithms.ed25519 : sm2 ? algorithms.sm2 : algorithms.p256;
  return { algorithm, raw: toHex(raw), spki: prefix + toHex(raw), ...(sm2 ? { z: toHex(identityDigest(raw)) } : {}) };
}

function openCode(bytes: Uint8Array, input: Input): Record<string, unknown> {
  const code = openReportCode(bytes, keys(input));
  return {
    algorithm: code.algorithm, hash: code.digestName, key_index: code.keyIndex, payload: toHex(code.payload),
    claims: claimsOutput(code.claims),
  };
}

function decodeClaimsVector(input: Input): Record<string, unknown> {
  const shortName = input["short_name"] as string | undefined;
  const claims = decodeClaims(hex(input), shortName);
  const output = claimsOutput(claims);
  if (shortName !== undefined)
    output["report_number"] = typeof claims.number === "string" ? claims.number : joinReportNumber(shortName, claims.number);
  return output;
}

function record(input: Input): Record<string, unknown> {
  const opened = ReportRecord.decode(hex(input), hash(input));
  if (input["claims"] !== undefined) opened.checkAgainst(decodeClaims(hex(input, "claims")));
  return {
    digest: toHex(opened.digest), entries: opened.entries.length, pages: opened.pages,
    keys: opened.entries.map((entry) => entry.key), leaves: opened.leaves.map(toHex),
  };
}

function entry(input: Input): Record<string, unknown> {
  const disclosure = decodeDisclosure(hex(input));
  const opened = openDisclosure(disclosure, decodeClaims(hex(input, "claims")), hash(input));
  return {
    issuer: disclosure.issuer, number: disclosure.code, index: Number(disclosure.index),
    entries: Number(disclosure.entries), key: opened.key, value: diagnostic(opened.value), leaf: toHex(opened.leaf),
  };
}

function symbolUrl(input: Input): Record<string, unknown> {
  const url = parseSymbolUrl(text(input), input["official_hosts"] as string[] | undefined);
  return url.form === "number" ? { form: url.form, host: url.host, number: url.number }
    : { form: url.form, host: url.host, hex: toHex(url.bytes) };
}

function symbol(input: Input): Record<string, unknown> {
  const url = parseSymbolUrl(text(input), input["official_hosts"] as string[]);
  if (url.form !== "report") fail("url.path");
  return openCode(url.bytes, input);
}

/** The values that are not 0. */
function valuesSet(statuses: StatusArray): [number, number][] {
  const set: [number, number][] = [];
  for (let index = 0; index < statuses.size; index++) {
    const value = statuses.get(index)!;
    if (value !== 0) set.push([index, value]);
  }
  return set;
}

function statusArray(input: Input): Record<string, unknown> {
  const statuses = StatusArray.decompress(input["bits"] as number, input["parts"] === undefined ? hex(input) : assembled(input));
  return { size: statuses.size, set: valuesSet(statuses) };
}

function statusList(input: Input): Record<string, unknown> {
  const known = keys(input);
  const raw = decodeStatusList(hex(input));
  const list = verifyStatusList(raw, text(input, "subject"), known);
  const { issued, expires, timeToLive } = list.claims;
  return {
    algorithm: raw.algorithm, key_index: known.indexOf(list.signer), issued, expires,
    time_to_live: timeToLive === null ? null : Number(timeToLive), bits: list.statuses.bits, size: list.statuses.size,
    set: valuesSet(list.statuses),
  };
}

function statusDetails(input: Input): Record<string, unknown> {
  const list = verifyStatusList(decodeStatusList(hex(input, "list")), text(input, "subject"), keys(input));
  const details = StatusDetails.verify(decodeStatusDetails(hex(input)), list);
  const history = details.history(BigInt(input["index"] as number), text(input, "number"));
  return { history: history.map((one) => [one.time, one.status, one.reason || null, one.successor?.text ?? null]) };
}

function trustList(input: Input): Record<string, unknown> {
  const file = openTrustListFile(hex(input), [text(input, "pin")]);
  const records: ListedRecord[] = [...recordsOf(file)];
  const { info, root, headDigest } = file.list;
  const listed = (table: TableName): unknown =>
    records.filter((one) => one.table === table).map((one) => [one.id, toHex(one.bytes)]);
  return {
    list: info.id, publisher: info.publisher, regions: info.regions, number: Number(info.number), issued: info.issued,
    next_update: info.nextUpdate, root: fingerprintOf(root), head_digest: headDigest, authorities: listed("authority"),
    institutions: listed("institution"), appraisers: listed("appraiser"), hosts: listed("host"),
  };
}

function blocksOf({ list, body }: TrustListFile): Map<string, Uint8Array> {
  return new Map(list.blocks.map((block) => [toHex(block.digest), body.subarray(block.offset, block.offset + block.size)]));
}

function replaceTrustList(input: Input): Record<string, unknown> {
  const held = openTrustListFile(hex(input, "held"), [text(input, "pin")]);
  back([...recordsOf(held)].length > 0, "the list held");
  const given = hex(input);
  const bytes = trustFileKind(given) === "delta" ? applyDelta(held.list, blocksOf(held), decodeDelta(given), 1 << 24) : given;
  const next = openTrustListFile(bytes, null);
  checkReplacement(heldOf(held.list), next.list);
  back([...recordsOf(next)].length > 0, "the next list");
  return {
    list: next.list.info.id, number: Number(next.list.info.number), root: fingerprintOf(next.list.root), head_digest: next.list.headDigest,
  };
}

const operations: Record<string, (input: Input) => Record<string, unknown>> = {
  "mod37-36.compute": (input) => ({ check: checkCharacter(text(input)) }),
  "mod37-36.verify": (input) => {
    verifyCheckCharacter(text(input));
    return {};
  },
  "number.read": (input) => numberOutput(readCodeNumber(text(input))),
  "number.decode": (input) => numberOutput(decodeCodeNumber(hex(input))),
  "report-number.canonical": (input) => ({ text: canonicalReportNumber(text(input)) }),
  "report-number.split": (input) => {
    const canonical = canonicalReportNumber(text(input));
    return { number: number(splitReportNumber(canonical, text(input, "short_name"))), text: canonical };
  },
  "category.show": (input) => ({ text: showCategory(input["value"] as number) }),
  "cbor.decode": decodeCbor,
  "digits.decode": (input) => {
    const bytes = decodeDigits(text(input, "digits"));
    back(encodeDigits(bytes) === text(input, "digits"), "digits");
    return { hex: toHex(bytes) };
  },
  "digest": (input) => ({ digest: toHex(digest(hash(input), hex(input))) }),
  "key": key,
  "claims.decode": decodeClaimsVector,
  "report-code.open": (input) => openCode(hex(input), input),
  "page.digest": (input) => {
    const value = pageDigest(hash(input), input["page"] as number, text(input));
    return { normalised: normalisePageText(text(input)), digest: value && toHex(value) };
  },
  "merkle.root": (input) => {
    const leaves = (input["entries"] as string[]).map((one) => leafHash(hash(input), fromHex(one)));
    return {
      root: toHex(merkleRoot(hash(input), leaves)),
      paths: leaves.map((_, i) => merklePath(hash(input), leaves, i).map(toHex)),
    };
  },
  "merkle.path": (input) => {
    const path = (input["path"] as string[]).map(fromHex);
    const leaf = leafHash(hash(input), hex(input, "entry"));
    return { root: toHex(rootOfPath(hash(input), leaf, input["index"] as number, input["count"] as number, path)) };
  },
  "record.open": record,
  "entry.open": entry,
  "url.parse": symbolUrl,
  "qr.version": (input) => ({ ...smallestVersion(text(input), input["level"] as QrLevel, input["maximum"] as number) }),
  "symbol.open": symbol,
  "status-array.open": statusArray,
  "status-list.open": statusList,
  "status-details.open": statusDetails,
  "trust-list.open": trustList,
  "trust-list.replace": replaceTrustList,
};

/** What the operation gives; throws where the input is refused. */
export function operate(kind: string, input: Input): Record<string, unknown> {
  const operation = operations[kind];
  if (operation === undefined) throw new Error(`unknown kind ${kind}`);
  return operation(input);
}

/** Undefined where the vector passes, else what came out instead. */
export function runVector(vector: Vector): string | undefined {
  let output: Record<string, unknown>;
  try {
    output = operate(vector.kind, vector.input);
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    return vector.expect === "error" && code === vector.error ? undefined : `error ${code}`;
  }
  if (vector.expect === "error") return `passed: ${JSON.stringify(output)}`;
  for (const [field, value] of Object.entries(vector.output!))
    if (JSON.stringify(output[field]) !== JSON.stringify(value)) return `${field}: ${JSON.stringify(output[field])}`;
  return undefined;
}

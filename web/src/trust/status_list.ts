// A status list: what became of a code after it was issued. docs/status-list.md, sections 1 and 2.

import { inflate } from "./zlib";
import { algorithms, verifySignature, type PublicKey } from "../crypto/signature";
import { utf8 } from "../format/bytes";
import { codeLimit, decode, encode, type Item } from "../format/cbor";
import { fail } from "../format/format_error";

export type CodeStatus = "valid" | "revoked" | "suspended" | "superseded" | "withdrawn" | "reappraised";
export type StatusListAge = "current" | "refresh-due" | "expired" | "future";

const statusNames: Readonly<Record<number, CodeStatus>> = {
  0: "valid", 1: "revoked", 2: "suspended", 0x0b: "superseded", 0x0c: "withdrawn", 0x0d: "reappraised",
};
export const mostListBytes = 4 * 1024 * 1024;
const mostUnpacked = 16 * 1024 * 1024;
const tokenType = "application/statuslist+cwt";
const subjectPrefix = "sjcode:status:";
const lastTime = 253_402_300_799n;
const clockTolerance = 300;

/** Undefined for a value of a newer version. */
export const codeStatusOf = (value: number | bigint): CodeStatus | undefined => statusNames[Number(value)];

export function statusSubject(licence: string): string {
  let subject = subjectPrefix;
  for (const byte of utf8(licence)) {
    const character = String.fromCharCode(byte);
    subject += /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return subject;
}

/** The licence number in a subject that statusSubject() wrote; undefined for any other. */
export function licenceOfSubject(subject: string): string | undefined {
  if (!subject.startsWith(subjectPrefix)) return undefined;
  let licence: string;
  try {
    licence = decodeURIComponent(subject.slice(subjectPrefix.length));
  } catch {
    return undefined;
  }
  return licence !== "" && statusSubject(licence) === subject ? licence : undefined;
}

/** Values of 1, 2, 4 or 8 bits, the first in the lowest bits of the first byte. */
export class StatusArray {
  private constructor(readonly bits: number, private readonly bytes: Uint8Array) {}

  /** Errors: status-list.bits, .compression, .size. */
  static decompress(bits: number | bigint, zlib: Uint8Array): StatusArray {
    if (![1, 2, 4, 8].includes(Number(bits))) fail("status-list.bits", { bits: String(bits) });
    if (zlib.length > mostUnpacked) fail("status-list.size", { limit: String(mostUnpacked) });
    return new StatusArray(Number(bits), inflate(zlib, mostUnpacked));
  }

  get size(): number {
    return this.bytes.length * (8 / this.bits);
  }

  /** Undefined beyond the end. */
  get(index: bigint | number): number | undefined {
    if (index >= this.size) return undefined;
    const bit = Number(index) * this.bits;
    return (this.bytes[Math.floor(bit / 8)]! >> (bit % 8)) & ((1 << this.bits) - 1);
  }
}

export interface StatusListClaims {
  readonly subject: string;
  readonly issued: number;
  readonly expires: number | null;
  readonly timeToLive: bigint | null;
}

export interface RawStatusList {
  readonly algorithm: number;
  readonly claims: StatusListClaims;
  readonly statuses: StatusArray;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

// −7 and −8 are deprecated by RFC 9864 and still what most implementations write.
const algorithmOf = (value: bigint): number | undefined => {
  const number = value === -7n ? algorithms.p256 : value === -8n ? algorithms.ed25519 : Number(value);
  return Object.values(algorithms).find((known) => known === number);
};

function readHeader(bytes: Uint8Array): number {
  if (bytes.length === 0) fail("cose.protected");
  const map = decode(bytes, codeLimit, "any");
  if (map.type !== "map") return fail("cose.protected");
  let algorithm: number | undefined;
  let typed = false;
  for (const [key, value] of map.value) {
    if (key.type !== "uint") continue;
    if (key.value === 1n) {
      if (value.type !== "uint" && value.type !== "negative") return fail("cose.protected");
      algorithm = algorithmOf(value.value) ?? fail("cose.algorithm");
    } else if (key.value === 16n) {
      if (value.type !== "text" || value.value !== tokenType) fail("cwt.type");
      typed = true;
    } else if (key.value === 2n) {
      fail("cwt.critical");
    }
  }
  if (algorithm === undefined) return fail("cose.protected");
  return typed ? algorithm : fail("cwt.type");
}

const wrong = (claim: string): never => fail("status-list.claim", { claim });
const readTime = (item: Item, claim: string): number =>
  item.type === "uint" && item.value <= lastTime ? Number(item.value) : wrong(claim);

function readList(item: Item): StatusArray {
  if (item.type !== "map") return wrong("status_list");
  const find = (name: string): Item | undefined =>
    item.value.find(([key]) => key.type === "text" && key.value === name)?.[1];
  const [bits, packed] = [find("bits"), find("lst")];
  if (bits?.type !== "uint") return wrong("bits");
  if (packed?.type !== "bytes") return wrong("lst");
  return StatusArray.decompress(bits.value, packed.value);
}

function readPayload(bytes: Uint8Array): { claims: StatusListClaims; statuses: StatusArray } {
  const map = decode(bytes, mostListBytes, "any");
  if (map.type !== "map") return wrong("sub");
  let [subject, issued, expires, timeToLive] = ["", undefined as number | undefined, null as number | null, null as bigint | null];
  let statuses: StatusArray | undefined;
  for (const [key, value] of map.value) {
    if (key.type !== "uint") continue;
    if (key.value === 2n) subject = value.type === "text" && value.value !== "" ? value.value : wrong("sub");
    else if (key.value === 6n) issued = readTime(value, "iat");
    else if (key.value === 4n) expires = readTime(value, "exp");
    else if (key.value === 65_534n) timeToLive = value.type === "uint" && value.value > 0n ? value.value : wrong("ttl");
    else if (key.value === 65_533n) statuses = readList(value);
  }
  if (subject === "") return wrong("sub");
  if (issued === undefined) return wrong("iat");
  if (statuses === undefined) return wrong("status_list");
  return { claims: { subject, issued, expires, timeToLive }, statuses };
}

/** Errors: cbor.*, cose.*, cwt.type, cwt.critical, status-list.claim, .bits, .compression, .size. */
export function decodeStatusList(bytes: Uint8Array): RawStatusList {
  const whole = decode(bytes, mostListBytes, "any");
  if (whole.type !== "tag" || whole.value.type !== "array" || whole.value.value.length !== 4) return fail("cose.structure");
  const [header, unprotected, payload, signature] = whole.value.value as [Item, Item, Item, Item];
  if (header.type !== "bytes" || unprotected.type !== "map" || payload.type !== "bytes" || signature.type !== "bytes")
    return fail("cose.structure");
  const algorithm = readHeader(header.value);
  const signed = encode(["Signature1", header.value, new Uint8Array(0), payload.value]);
  return { algorithm, ...readPayload(payload.value), signed, signature: signature.value };
}

export interface VerifiedStatusList {
  readonly claims: StatusListClaims;
  readonly statuses: StatusArray;
  readonly signer: PublicKey;
}

/** Errors: status-list.subject, .signature. */
export function verifyStatusList(raw: RawStatusList, subject: string, keys: readonly PublicKey[]): VerifiedStatusList {
  if (raw.claims.subject !== subject) fail("status-list.subject", { subject: raw.claims.subject });
  const signer = keys.find((key) => key.algorithm === raw.algorithm && verifySignature(key, raw.signed, raw.signature));
  return signer === undefined ? fail("status-list.signature") : { claims: raw.claims, statuses: raw.statuses, signer };
}

export function statusListAge(claims: StatusListClaims, now: number): StatusListAge {
  if (claims.issued > now + clockTolerance) return "future";
  if (claims.expires !== null && now >= claims.expires) return "expired";
  if (claims.timeToLive !== null && now > claims.issued && BigInt(now - claims.issued) > claims.timeToLive) return "refresh-due";
  return "current";
}

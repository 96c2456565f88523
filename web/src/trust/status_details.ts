// When and why a status changed: docs/status-list.md, section 3. Each entry can be read with its code number only.

import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { decryptGcm, hasCipher } from "../crypto/cipher";
import { verifySignature } from "../crypto/signature";
import { utf8 } from "../format/bytes";
import { decode, type Item } from "../format/cbor";
import { decodeCodeNumber, encodeCodeNumber } from "../format/code_number";
import { decodeSign1, signedBytes, type Sign1 } from "../format/cose";
import { attempt, fail } from "../format/format_error";
import { codeStatusOf, type CodeStatus, type VerifiedStatusList } from "./status_list";

export interface StatusChange {
  readonly time: number;
  readonly status: CodeStatus;
  /** Empty where none was given. */
  readonly reason: string;
  /** What takes the report's place: a code number of 20 characters, or a report number. */
  readonly successor: { readonly coded: boolean; readonly text: string } | null;
}

const context = "sjcode/status-details/1";
export const mostDetailsBytes = 64 * 1024 * 1024;
const longestEntry = 60_000;
const lastTime = 253_402_300_799n;

const broken = (): never => fail("status-details.structure");

export interface RawStatusDetails {
  readonly parts: Sign1;
  readonly subject: string;
  readonly issued: number;
  readonly salt: Uint8Array;
  readonly entries: ReadonlyMap<bigint, Uint8Array>;
}

/** Errors: cbor.*, cose.*, status-details.structure. */
export function decodeStatusDetails(bytes: Uint8Array): RawStatusDetails {
  const parts = decodeSign1(bytes, mostDetailsBytes);
  const map = decode(parts.payload, mostDetailsBytes);
  if (map.type !== "map" || map.value.length !== 4) return broken();
  const [subject, issued, salt, list] = map.value.map(([key, value], i) =>
    (key.type === "uint" && key.value === BigInt(i + 1) ? value : broken())) as [Item, Item, Item, Item];
  if (subject.type !== "text" || subject.value === "" || issued.type !== "uint" || issued.value > lastTime) return broken();
  if (salt.type !== "bytes" || salt.value.length !== 16 || list.type !== "array") return broken();
  const entries = new Map<bigint, Uint8Array>();
  let last = -1n;
  for (const one of list.value) {
    if (one.type !== "array" || one.value.length !== 2) return broken();
    const [index, sealed] = one.value as [Item, Item];
    if (index.type !== "uint" || sealed.type !== "bytes" || index.value <= last) return broken();
    last = index.value;
    entries.set(index.value, sealed.value);
  }
  return { parts, subject: subject.value, issued: Number(issued.value), salt: salt.value, entries };
}

function readChange(item: Item): StatusChange {
  if (item.type !== "array" || item.value.length !== 4) return broken();
  const [time, status, reason, successor] = item.value as [Item, Item, Item, Item];
  if (time.type !== "uint" || status.type !== "uint") return broken();
  const name = codeStatusOf(status.value) ?? broken();
  if (reason.type !== "null" && (reason.type !== "text" || reason.value === "")) return broken();
  const change = { time: Number(time.value), status: name, reason: reason.type === "text" ? reason.value : "" };
  if (successor.type === "null") return { ...change, successor: null };
  if (successor.type === "text" && successor.value !== "") return { ...change, successor: { coded: false, text: successor.value } };
  if (successor.type !== "bytes") return broken();
  const number = attempt(() => decodeCodeNumber(successor.value));
  return "value" in number ? { ...change, successor: { coded: true, text: number.value } } : broken();
}

function readEntry(plain: Uint8Array): StatusChange[] {
  const size = plain.length < 2 ? broken() : plain[0]! * 256 + plain[1]!;
  if (size > plain.length - 2 || plain.subarray(2 + size).some((byte) => byte !== 0)) return broken();
  const list = decode(plain.subarray(2, 2 + size), longestEntry);
  if (list.type !== "array" || list.value.length === 0) return broken();
  const history = list.value.map(readChange);
  for (let i = 1; i < history.length; i++) if (history[i]!.time < history[i - 1]!.time) broken();
  return history;
}

export class StatusDetails {
  private constructor(private readonly raw: RawStatusDetails) {}

  /** Errors: status-details.other-list, .signature; site.cipher, where the part that opens entries was not loaded. */
  static verify(raw: RawStatusDetails, list: VerifiedStatusList): StatusDetails {
    if (!hasCipher()) fail("site.cipher");
    if (raw.subject !== list.claims.subject || raw.issued !== list.claims.issued) fail("status-details.other-list");
    const good = list.signer.algorithm === raw.parts.algorithm &&
      verifySignature(list.signer, signedBytes(raw.parts, context), raw.parts.signature);
    return good ? new StatusDetails(raw) : fail("status-details.signature");
  }

  /**
   * The changes of a code (its 20 characters) in their order; none where the file has no entry of its index.
   * Errors: status-details.number (the entry is another code's), .structure.
   */
  history(index: bigint, code: string): readonly StatusChange[] {
    const sealed = this.raw.entries.get(index);
    if (sealed === undefined) return [];
    const key = hkdf(sha256, encodeCodeNumber(code), this.raw.salt, utf8(context), 32);
    const nonce = new Uint8Array(12);
    new DataView(nonce.buffer).setBigUint64(4, index);
    let plain: Uint8Array;
    try {
      plain = decryptGcm(key, nonce, sealed);
    } catch {
      return fail("status-details.number");
    }
    return readEntry(plain);
  }
}

/** How it was at an instant. */
export function statusAt(history: readonly StatusChange[], time: number): CodeStatus {
  let status: CodeStatus = "valid";
  for (const change of history) if (change.time <= time) status = change.status;
  return status;
}

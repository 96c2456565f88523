// Files of trust records that a person chose: where the page was opened from a disc and may not read its neighbours, or where
// the person has a newer list than the site. Each list is read as a whole before it counts.

import { loadCipher } from "../crypto/cipher";
import { toHex } from "../format/bytes";
import { attempt, fail, FormatError } from "../format/format_error";
import { bundleTypes, openBundle, type BundlePart } from "./bundle";
import { checkReplacement } from "./held_list";
import { decodeStatusList, licenceOfSubject } from "./status_list";
import { applyDelta, decodeDelta } from "./trust_delta";
import { trustFileKind, type TrustFileKind } from "./trust_file_kind";
import { openTrustListFile, recordsOf } from "./trust_list_file";
import { blocksOf, fingerprintOf, readHead, type TrustListInfo } from "./trust_list_head";
import { parseJson, type Refused, type TrustSource } from "./trust_source";

const largestJson = 16 * 1024 * 1024;
const largestFile = 256 * 1024 * 1024;
const recordsAtOnce = 500;

/** What became of the files. */
export interface Taken {
  readonly lists: TrustListInfo[];
  /** Licence numbers of institutions whose status list was taken. */
  readonly statuses: string[];
  readonly refused: Refused[];
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Takes a list as docs/trust-list.md, section 7, has it. Beside a folder no list is taken that the site does not hold to already:
 * whoever hands over a forged report could hand over a forged list with it.
 * Errors: those of openTrustListFile(), checkReplacement() and recordsOf(); site.trust.not-of-this-site.
 */
async function takeList(bytes: Uint8Array, source: TrustSource): Promise<TrustListInfo> {
  const file = openTrustListFile(bytes, source.pins.length > 0 ? source.pins : null);
  const { info, root } = file.list;
  const held = source.heldOf(info.id);
  if (held !== undefined) checkReplacement(held, file.list);
  else if (source.hasFolder && source.pins.length === 0)
    fail("site.trust.not-of-this-site", { list: info.id, publisher: info.publisher, fingerprint: fingerprintOf(root) });
  let count = 0;
  // A national list has 55,000 records: the page answers in between.
  for (const _ of recordsOf(file)) if (++count % recordsAtOnce === 0) await pause();
  source.take(file.list);
  return info;
}

/** Errors: trust-store.no-base, those of decodeDelta(), applyDelta() and takeList(). */
async function takeDelta(bytes: Uint8Array, source: TrustSource): Promise<TrustListInfo> {
  const delta = decodeDelta(bytes);
  const base = source.records.lists.find((one) => one.info.id === delta.list);
  if (base === undefined) return fail("trust-store.no-base", { list: delta.list });
  const wanted = new Set(blocksOf(readHead(delta.head).tables).map((block) => toHex(block.digest)));
  const known = new Map<string, Uint8Array>();
  await Promise.all(base.blocks.map(async (block) => {
    const name = toHex(block.digest);
    const content = wanted.has(name) ? await base.bytesOfBlock(block) : undefined;
    if (content !== undefined) known.set(name, content);
  }));
  return takeList(applyDelta(base, known, delta, largestFile), source);
}

function partsOf(bytes: Uint8Array, kind: TrustFileKind): readonly BundlePart[] {
  if (kind === "bundle") return openBundle(bytes);
  return kind === "status-list" ? [{ type: bundleTypes.statusList, content: bytes }] : [{ type: bundleTypes.trustList, content: bytes }];
}

async function takeSigned(bytes: Uint8Array, kind: TrustFileKind, source: TrustSource, taken: Taken): Promise<void> {
  const orRefuse = async <T>(action: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      taken.refused.push({ code: error.code, parameters: error.parameters });
      return undefined;
    }
  };
  if (kind === "delta") {
    const info = await orRefuse(() => takeDelta(bytes, source));
    if (info !== undefined) taken.lists.push(info);
    return;
  }
  const parts = (await orRefuse(() => partsOf(bytes, kind))) ?? [];
  for (const part of parts) {
    if (part.type !== bundleTypes.trustList) continue;
    const info = await orRefuse(() => takeList(part.content, source));
    if (info !== undefined) taken.lists.push(info);
  }
  for (const [i, part] of parts.entries()) {
    if (part.type !== bundleTypes.statusList) continue;
    const next = parts[i + 1];
    const details = next?.type === bundleTypes.statusDetails ? next.content : undefined;
    await orRefuse(async () => {
      const licence = licenceOfSubject(decodeStatusList(part.content).claims.subject);
      // Whose list it is must be known before it is checked.
      if (licence !== undefined) await source.load(licence);
      if (details !== undefined) await loadCipher();
      const added = attempt(() => source.records.addStatus(part.content, details));
      const isHeld = "value" in added || (licence !== undefined && source.records.status(licence)?.detailsFault !== undefined);
      if (licence !== undefined && isHeld) taken.statuses.push(licence);
      if ("error" in added) throw added.error;
    });
  }
}

/**
 * A bundle, a trust list, an update of one or a status list as it travels; besides, where there is no folder, index.json and
 * the others of an export of certificates. Throws a TypeError or SyntaxError where one is
 * something else.
 */
export async function takeFiles(files: readonly File[], source: TrustSource): Promise<Taken> {
  const taken: Taken = { lists: [], statuses: [], refused: [] };
  await source.ready();
  for (const file of files) {
    if (file.size > largestFile) throw new TypeError("trust records: too large");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const kind = trustFileKind(bytes);
    if (kind !== undefined) {
      await takeSigned(bytes, kind, source, taken);
      continue;
    }
    if (source.hasFolder || file.size > largestJson) throw new TypeError("trust records: another file");
    const json = parseJson(bytes);
    if (source.pins.length > 0) taken.refused.push({ code: "site.trust.unsigned", parameters: {} });
    else if (file.name === "index.json") source.records.certificates.addIndex(json);
    else source.records.certificates.addBucket(json);
  }
  return taken;
}

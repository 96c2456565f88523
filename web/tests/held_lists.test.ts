// What may take the place of a trust list that the site showed before, or that it uses now: the vectors of trust-replace/, once as
// the site's folder on a second visit, once as a file that a person gives.

import { File as NodeFile } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromHex, toHex, utf8 } from "../src/format/bytes";
import { sentence } from "../src/messages/sentence";
import { takeFiles, type Taken } from "../src/trust/chosen_files";
import type { HeldList, ListMemory } from "../src/trust/held_list";
import { trustFileKind } from "../src/trust/trust_file_kind";
import { openTrustListFile, splitFile } from "../src/trust/trust_list_file";
import { fingerprintOf } from "../src/trust/trust_list_head";
import { TrustSource, type Fetch } from "../src/trust/trust_source";
import type { Vector } from "./vector_operations";

const root = new URL("../../test-vectors/", import.meta.url);
const vector = (name: string): Vector => JSON.parse(readFileSync(new URL(`${name}.json`, root), "utf8")) as Vector;
const replacements = readdirSync(new URL("trust-replace/", root)).map((name) => vector(`trust-replace/${name.slice(0, -5)}`));
const bytesOf = (one: Vector, field: string): Uint8Array => fromHex(one.input[field] as string);

/** A site's folder with one list, as export-web makes it: whoever fills it says whose key signs. */
function folderOf(file: Uint8Array): Fetch {
  const { head } = splitFile(file);
  const { list, body } = openTrustListFile(file, null);
  const files = new Map<string, Uint8Array>([
    ["index.json", utf8(JSON.stringify({ format: "sjcode-site-trust/2", statuses: [], lists: [{ root: fingerprintOf(list.root), head: "head-1.cose" }] }))],
    ["head-1.cose", head],
  ]);
  for (const block of list.blocks) files.set(`blocks/${toHex(block.digest)}.cbor`, body.subarray(block.offset, block.offset + block.size));
  return (name) => {
    const content = files.get(name);
    return content === undefined ? Promise.reject(new Error(name)) : Promise.resolve(content);
  };
}

const certificates: Fetch = () => Promise.resolve(utf8(JSON.stringify(
  { format: "sjcode-site-trust/1", exported: 1, stale_after: 2, issuers: 0, hosts: [], files: [] })));

function newMemory(): ListMemory {
  const kept = new Map<string, HeldList>();
  return { recall: (list) => kept.get(list), keep: (held) => void kept.set(held.list, held), hasAny: () => kept.size > 0 };
}

async function visit(fetch: Fetch, memory?: ListMemory): Promise<TrustSource> {
  const source = new TrustSource(fetch, [], memory);
  expect(await source.ready()).toBe(true);
  return source;
}

const take = (bytes: Uint8Array, source: TrustSource, name = "given.sjt"): Promise<Taken> =>
  takeFiles([new NodeFile([bytes], name) as unknown as File], source);

const gaps = (code: string, parameters: Readonly<Record<string, string>>): string[] =>
  (["zh", "en"] as const).flatMap((language) => sentence(code, parameters, language).match(/\{[^}]*\}|undefined/g) ?? []);

describe("the folder on a second visit", () => {
  // What is wrong with a body is found when its blocks are read.
  const ofHeads = replacements.filter((one) =>
    trustFileKind(bytesOf(one, "hex")) === "list" && (one.expect === "ok" || one.error!.startsWith("trust-store.")));
  it("is tried with lists that follow and with lists that do not", () => {
    expect(ofHeads.filter((one) => one.expect === "ok").length).toBeGreaterThan(2);
    expect(new Set(ofHeads.map((one) => one.error)).size).toBeGreaterThan(5);
  });
  for (const one of ofHeads)
    it(one.name, async () => {
      const memory = newMemory();
      const first = await visit(folderOf(bytesOf(one, "held")), memory);
      expect(first.refused).toEqual([]);
      const second = await visit(folderOf(bytesOf(one, "hex")), memory);
      if (one.expect === "ok") {
        expect(second.refused).toEqual([]);
        expect(second.records.lists.map((list) => Number(list.info.number))).toEqual([one.output!["number"]]);
        expect(memory.recall(second.records.lists[0]!.info.id)!.headDigest).toBe(one.output!["head_digest"]);
        return;
      }
      expect(second.records.lists).toEqual([]);
      const [refused, ...others] = second.refused;
      expect(others).toEqual([]);
      expect(refused!.code).toBe(one.error!.replace("trust-store.", "site.held."));
      expect(gaps(refused!.code, refused!.parameters)).toEqual([]);
      // The list that was seen is right again.
      expect((await visit(folderOf(bytesOf(one, "held")), memory)).refused).toEqual([]);
      // Where nothing is kept, on this machine's own address, each list stands for itself.
      expect((await visit(folderOf(bytesOf(one, "hex")))).refused).toEqual([]);
    });

  it("holds to a new root key from then on, and to the regions of the first list", async () => {
    const [changed, back, more] = ["root-changed", "old-root", "more-regions"].map((name) => vector(`trust-replace/${name}`));
    const memory = newMemory();
    await visit(folderOf(bytesOf(changed!, "held")), memory);
    expect((await visit(folderOf(bytesOf(changed!, "hex")), memory)).refused).toEqual([]);
    expect((await visit(folderOf(bytesOf(back!, "hex")), memory)).refused.map((one) => one.code)).toEqual(["site.held.root"]);
    const regions = newMemory();
    await visit(folderOf(bytesOf(more!, "held")), regions);
    await visit(folderOf(bytesOf(vector("trust-replace/newer"), "hex")), regions);
    expect((await visit(folderOf(bytesOf(more!, "hex")), regions)).refused.length).toBe(1);
  });

  it("has no unsigned records after signed ones", async () => {
    const memory = newMemory();
    expect((await visit(certificates, memory)).records.certificates.dates).toBeDefined();
    await visit(folderOf(bytesOf(replacements[0]!, "held")), memory);
    const source = await visit(certificates, memory);
    expect(source.refused.map((one) => one.code)).toEqual(["site.held.unsigned"]);
    expect(source.records.certificates.dates).toBeUndefined();
  });
});

describe("a site that was built for certain regulators", () => {
  const file = bytesOf(vector("trust-replace/newer"), "held");
  const [own, other] = [vector("trust-replace/newer").input["pin"] as string, "ab".repeat(32)];
  const codes = async (fetch: Fetch, pins: readonly string[]): Promise<[number, string[]]> => {
    const source = new TrustSource(fetch, pins);
    expect(await source.ready()).toBe(true);
    expect(source.records.certificates.dates).toBeUndefined();
    return [source.records.lists.length, source.refused.map((one) => one.code)];
  };
  /** Whoever fills the folder says that this key is the one. */
  const claiming = (root: string): Fetch => async (name) => {
    const content = await folderOf(file)(name);
    return name === "index.json" ? utf8(new TextDecoder().decode(content).replace(own, root)) : content;
  };

  it("uses their lists, whatever the folder says, and nothing else", async () => {
    expect(await codes(folderOf(file), [own])).toEqual([1, []]);
    expect(await codes(claiming(other), [own])).toEqual([1, []]);
    expect(await codes(folderOf(file), [other])).toEqual([0, ["trust-list.root"]]);
    expect(await codes(claiming(other), [other])).toEqual([0, ["trust-list.root"]]);
    expect(await codes(certificates, [own])).toEqual([0, ["site.trust.unsigned"]]);
    const refused = await take(file, new TrustSource(null, [other]));
    expect(refused.refused.map((one) => one.code)).toEqual(["trust-list.root"]);
  });

  it("uses a list whose root key theirs named", async () => {
    const changed = bytesOf(vector("trust-replace/root-changed"), "hex");
    expect(await codes(folderOf(changed), [own])).toEqual([1, []]);
  });
});

describe("a file that a person gives", () => {
  for (const one of replacements)
    it(one.name, async () => {
      const source = await visit(folderOf(bytesOf(one, "held")));
      const taken = await take(bytesOf(one, "hex"), source);
      const numbers = source.records.lists.map((list) => Number(list.info.number));
      if (one.expect === "ok") {
        expect(taken.refused).toEqual([]);
        expect(taken.lists.map((info) => Number(info.number))).toEqual([one.output!["number"]]);
        expect(numbers).toEqual([one.output!["number"]]);
        expect(source.records.lists[0]!.headDigest).toBe(one.output!["head_digest"]);
        return;
      }
      expect(taken.lists).toEqual([]);
      expect(taken.refused.map((refused) => refused.code)).toEqual([one.error]);
      expect(gaps(taken.refused[0]!.code, taken.refused[0]!.parameters)).toEqual([]);
      expect(numbers).toEqual([7, 8].filter((number) => number === Number(openTrustListFile(bytesOf(one, "held"), null).list.info.number)));
    });

  it("is read as a whole: every list of trust-list/, with a reason where it is refused", async () => {
    for (const name of readdirSync(new URL("trust-list/", root))) {
      const one = vector(`trust-list/${name.slice(0, -5)}`);
      const source = new TrustSource(null, [one.input["pin"] as string]);
      if (one.input["hex"] === "" || name === "tag-missing.json") {
        await expect(take(bytesOf(one, "hex"), source), name).rejects.toThrow();
        continue;
      }
      const taken = await take(bytesOf(one, "hex"), source);
      expect(taken.refused.map((refused) => refused.code), name).toEqual(one.expect === "ok" ? [] : [one.error]);
      expect(source.records.lists.length, name).toBe(one.expect === "ok" ? 1 : 0);
      for (const { code, parameters } of taken.refused) expect(gaps(code, parameters), name).toEqual([]);
    }
  });

  it("brings no regulator in that the site does not know, and any where there is no site", async () => {
    const [known, stranger] = [vector("trust-replace/newer"), vector("trust-list/sm2")];
    const empty = await visit(() => Promise.resolve(utf8(JSON.stringify({ format: "sjcode-site-trust/2", statuses: [], lists: [] }))));
    const refused = (await take(bytesOf(known, "hex"), empty)).refused;
    expect(refused.map((one) => one.code)).toEqual(["site.trust.not-of-this-site"]);
    expect(gaps(refused[0]!.code, refused[0]!.parameters)).toEqual([]);
    expect(empty.records.lists).toEqual([]);
    const disc = new TrustSource(null);
    expect((await take(bytesOf(stranger, "hex"), disc)).lists.length).toBe(1);
    expect(disc.unpinned.map((one) => one.fingerprint)).toEqual([stranger.input["pin"]]);
  });

  it("stays in use when the folder is read after it", async () => {
    const one = vector("trust-replace/newer");
    const memory = newMemory();
    const source = await visit(folderOf(bytesOf(one, "held")), memory);
    await take(bytesOf(one, "hex"), source);
    expect(source.heldOf("cn.example.trust")!.number).toBe(8n);
    // Only what the folder showed is kept for the next visit.
    expect(memory.recall("cn.example.trust")!.number).toBe(7n);
  });

  it("that is something else is no file of trust records", async () => {
    const source = await visit(folderOf(bytesOf(replacements[0]!, "held")));
    for (const other of [new Uint8Array(0), utf8("%PDF-1.7\n"), utf8("{}"), utf8("sjcode")])
      await expect(take(other, source)).rejects.toThrow(TypeError);
  });
});

// Every file of test-vectors/ against this implementation.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runVector, type Vector } from "./vector_operations";

// Of whole files, which the program keeps and replaces. The site reads a list in blocks, as tests/browser/lists.test.ts has it.
const wholeFiles = new Set(["trust-list", "trust-replace"]);

const root = new URL("../../test-vectors/", import.meta.url);

for (const folder of readdirSync(root)) {
  if (!statSync(new URL(folder, root)).isDirectory()) continue;
  const path = new URL(`${folder}/`, root);
  const files = readdirSync(path).filter((name) => name.endsWith(".json"));
  if (files.length === 0) continue;
  describe.skipIf(wholeFiles.has(folder))(folder, () => {
    for (const file of files) {
      const vector = JSON.parse(readFileSync(new URL(file, path), "utf8")) as Vector;
      it(vector.name, () => expect(runVector(vector)).toBeUndefined());
    }
  });
}

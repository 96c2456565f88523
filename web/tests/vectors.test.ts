// Every file of test-vectors/ against this implementation.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runVector, type Vector } from "./vector_operations";

const root = new URL("../../test-vectors/", import.meta.url);

for (const folder of readdirSync(root)) {
  if (!statSync(new URL(folder, root)).isDirectory()) continue;
  const path = new URL(`${folder}/`, root);
  const files = readdirSync(path).filter((name) => name.endsWith(".json"));
  if (files.length === 0) continue;
  describe(folder, () => {
    for (const file of files) {
      const vector = JSON.parse(readFileSync(new URL(file, path), "utf8")) as Vector;
      it(vector.name, () => expect(runVector(vector)).toBeUndefined());
    }
  });
}

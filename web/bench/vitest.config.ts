import { defineConfig } from "vitest/config";
import { dataPlugin } from "../make/data_plugin.mjs";

export default defineConfig({
  plugins: [dataPlugin()],
  test: { include: ["bench/**/*.bench.ts"], testTimeout: 1_800_000 },
});

import { defineConfig } from "vitest/config";
import { dataPlugin } from "./make/data_plugin.mjs";

export default defineConfig({
  plugins: [dataPlugin()],
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  test: { include: ["tests/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 180_000, fileParallelism: false },
});

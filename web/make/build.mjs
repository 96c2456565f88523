// Builds the site: node make/build.mjs [OUT]. Classic scripts, so that the page also opens from a disc; each with its digest.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { dataPlugin } from "./data_plugin.mjs";

const web = fileURLToPath(new URL("../", import.meta.url));
const out = resolve(process.argv[2] ?? join(web, "../build/web"));
const assets = join(out, "assets");
// WeChat's browser and iPhones that are still in use.
const target = ["chrome90", "safari15"];
// Fingerprints of the regulators' keys (SHA-256, hexadecimal) whose lists alone the site relies on: docs/site.md.
const roots = (process.env.SJCODE_SITE_ROOTS ?? "").toLowerCase().split(/[\s,]+/).filter((one) => one !== "");
if (!roots.every((one) => /^[0-9a-f]{64}$/.test(one))) {
  console.error("SJCODE_SITE_ROOTS: fingerprints of 64 hexadecimal digits, separated by commas");
  process.exit(64);
}
const require = createRequire(import.meta.url);

const sri = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;
const shortHash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 10);

/** Writes a part under a name with its digest in it, so that it can be kept for ever. */
function writePart(name, extension, content) {
  const file = `${name}-${shortHash(content)}.${extension}`;
  writeFileSync(join(assets, file), content);
  return { file, integrity: sri(content) };
}

async function bundle(entry, define = {}) {
  const result = await build({
    configFile: false, root: web, logLevel: "warn", publicDir: false, plugins: [dataPlugin()], define,
    esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none", charset: "utf8" },
    build: {
      write: false, target, minify: "esbuild", cssCodeSplit: false, modulePreload: false, assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      rollupOptions: {
        input: join(web, entry), output: { format: "iife", inlineDynamicImports: true, entryFileNames: "entry.js" },
        onwarn: (warning, warn) => { if (warning.code !== "EVAL") warn(warning); },
      },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  const script = output.find((part) => part.type === "chunk").code;
  const style = output.find((part) => part.type === "asset" && part.fileName.endsWith(".css"))?.source ?? "";
  return { script, style };
}

/**
 * A page that stands `depth` folders down. Addresses are relative, so that the site may lie in any folder. `soon`: a part that the
 * script will fetch.
 */
function page(depth, script, style, checked, soon) {
  const up = depth === 0 ? "./" : "../".repeat(depth);
  const digest = (part) => (checked ? ` integrity="${part.integrity}"` : "");
  return readFileSync(join(web, "page.html"), "utf8")
    .replace("<!-- style -->", `<link rel="stylesheet" href="${up}assets/${style.file}"${digest(style)}>`)
    .replace("<!-- soon -->\n", soon === undefined ? "" : `<link rel="preload" as="fetch" crossorigin href="${up}assets/${soon.file}">\n`)
    .replace("<!-- script -->", `<script defer data-site src="${up}assets/${script.file}"${digest(script)}></script>`)
    .replaceAll("UP/", up);
}

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [relative(out, path).replaceAll("\\", "/")];
  });
}

rmSync(out, { recursive: true, force: true });
for (const folder of ["assets", "r", "e", "n"]) mkdirSync(join(out, folder), { recursive: true });

const wasm = writePart("zxing", "wasm", readFileSync(require.resolve("zxing-wasm/reader/zxing_reader.wasm")));
const reader = writePart("reader", "js", (await bundle("src/reading/reader.ts")).script);
const pages = writePart("pages", "js", (await bundle("src/reading/pages.ts")).script);
const pdfWorker = writePart("pdf-worker", "js", (await bundle("src/reading/pdf_worker.ts")).script);
const english = writePart("english", "js", (await bundle("src/messages/english.ts")).script);
const cipher = writePart("cipher", "js", (await bundle("src/crypto/cipher_part.ts")).script);
const bundleWith = (entry, parts) => bundle(entry, { __PARTS__: JSON.stringify(parts), __ROOTS__: JSON.stringify(roots) });
const app = await bundleWith("src/main.tsx", { reader, pages, pdfWorker, wasm, english, cipher });
const script = writePart("site", "js", app.script);
const verifier = writePart("verifier", "js", (await bundleWith("src/first_verdict/verifier.tsx", { english, cipher })).script);
// What the pages behind symbols begin with.
const first = writePart("first", "js", (await bundleWith("src/first_verdict/first.ts", { verifier, app: script })).script);
const style = writePart("site", "css", app.style);

writeFileSync(join(out, "index.html"), page(0, script, style, true));
for (const form of ["r", "e", "n"]) writeFileSync(join(out, form, "index.html"), page(1, first, style, true, verifier));
// Browsers hold no digest against a file from a disc, so this page does without.
writeFileSync(join(out, "disc.html"), page(0, script, style, false));
cpSync(join(web, "static"), out, { recursive: true });

const kept = filesUnder(out).filter((name) => name !== "disc.html" && !name.startsWith("trust/")).sort();
const worker = readFileSync(join(web, "service_worker.js"), "utf8");
const version = shortHash(worker + kept.map((name) => shortHash(readFileSync(join(out, name)))).join());
writeFileSync(join(out, "service_worker.js"), worker.replace("VERSION", version).replace("\"FILES\"", JSON.stringify(kept)));

const size = (part) => `${part.file} ${(statSync(join(assets, part.file)).size / 1000).toFixed(0)} kB`;
if (roots.length > 0) console.log(`relies on lists of ${roots.join(", ")} only`);
console.log([first, verifier, script, style, english, cipher, reader, pages, pdfWorker, wasm].map(size).join("\n"));

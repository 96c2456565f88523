// Vite plugin: sentences and categories from outside web/, cut down to what the site can show.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const readJson = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));

function sources(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [readFileSync(path, "utf8")] : [];
  });
}

/** The sentences that some source names, as a literal or by the beginning of one: `check.${name}`. */
function messages(name) {
  const text = sources(fileURLToPath(new URL("web/src", root))).join("\n");
  const literals = new Set([...text.matchAll(/"([^"\\\n]*)"/g)].map((match) => match[1]));
  const beginnings = [...text.matchAll(/`([a-z][a-z0-9._-]*\.)\$\{/g)].map((match) => match[1]);
  const used = (code) => literals.has(code) || beginnings.some((beginning) => code.startsWith(beginning));
  const all = Object.entries(readJson(`messages/${name}.json`));
  const chosen = new Set(all.filter(([code]) => used(code)).map(([code]) => code));
  // {event:event} in a sentence needs the sentences event.*.
  const rooms = new Set(all.filter(([code]) => chosen.has(code))
    .flatMap(([, sentence]) => [...sentence.matchAll(/\{([a-z-]+):/g)].map((match) => match[1])));
  return Object.fromEntries(all.filter(([code]) => chosen.has(code) || rooms.has(code.split(".")[0])));
}

function categories() {
  const data = readJson("libsjcode/data/categories.json");
  const items = {};
  const classes = {};
  for (const one of data.classes) {
    classes[one.code] = one.name;
    for (const field of one.fields) for (const item of field.items) items[one.code + item.code] = item.name;
  }
  return { classes, items };
}

/** Browsers read a text as JSON in a fraction of the time that they need for the same as script; and only when it is asked for. */
const json = (data) => `let data; export default () => data ??= JSON.parse(${JSON.stringify(JSON.stringify(data))});`;

const modules = {
  "virtual:messages/zh": () => json(messages("zh-CN")),
  "virtual:messages/en": () => json(messages("en")),
  "virtual:categories": () => json(categories()),
};

export const dataPlugin = () => ({
  name: "sjcode-data",
  resolveId: (id) => (id in modules ? `\0${id}` : undefined),
  load: (id) => (id.startsWith("\0") && id.slice(1) in modules ? modules[id.slice(1)]() : undefined),
});

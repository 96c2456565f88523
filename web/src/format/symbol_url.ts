// The URLs of the symbols: docs/code-format.md, section 7.

import { decodeDigits } from "./digits";
import { parseCodeNumber } from "./code_number";
import { fail } from "./format_error";

export type SymbolUrl = { readonly host: string } & (
  | { readonly form: "report"; readonly bytes: Uint8Array }
  | { readonly form: "entry"; readonly bytes: Uint8Array }
  | { readonly form: "number"; readonly number: string }
);

const scheme = "https://";
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export function isHost(host: string): boolean {
  const labels = host.split(".");
  return host.length <= 253 && labels.every((one) => label.test(one)) && !/^[0-9]+$/.test(labels[labels.length - 1]!);
}

/** The host of a text that begins as a symbol's URL does; undefined for any other text. */
export function hostOf(text: string): string | undefined {
  if (!text.startsWith(scheme)) return undefined;
  const host = text.slice(scheme.length).split("/", 1)[0]!;
  return isHost(host) ? host : undefined;
}

/**
 * `officialHosts`: those of the issuer, to be compared character by character; undefined to compare none.
 * Errors: url.scheme, .host, .foreign-host, .path, .form, digits.*, number.*.
 */
export function parseSymbolUrl(text: string, officialHosts?: readonly string[]): SymbolUrl {
  if (!text.startsWith(scheme)) fail("url.scheme");
  const host = hostOf(text) ?? fail("url.host");
  if (officialHosts !== undefined && !officialHosts.includes(host)) fail("url.foreign-host", { host });
  const path = text.slice(scheme.length + host.length);
  const kind = /^\/([ren])\//.exec(path)?.[1] ?? fail("url.path");
  let content = path.slice(3);
  if (kind === "e") {
    if (content[0] !== "#") fail("url.form");
    content = content.slice(1);
  } else if (content.split(/[?#]/, 1)[0]!.includes("/")) {
    fail("url.path");
  }
  if (/[?#%]/.test(content)) fail("url.form");
  if (kind === "n") return { host, form: "number", number: parseCodeNumber(content) };
  return { host, form: kind === "r" ? "report" : "entry", bytes: decodeDigits(content) };
}

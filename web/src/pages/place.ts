// Where this page stands: which of the three forms of address, and under which host.

import { isHost } from "../format/symbol_url";
import type { TrustRecords } from "../trust/trust_records";

export type Place =
  | { readonly kind: "home" }
  | { readonly kind: "report" | "entry"; readonly digits: string }
  | { readonly kind: "number"; readonly number: string };

/** A host for addresses under which no symbol can point: 127.0.0.1, a port, a disc. */
const nowhere = "this-page.invalid";

export function placeOf(location: Location): Place {
  const match = /\/([ren])\/([^/]*)$/.exec(location.pathname);
  const [kind, rest] = [match?.[1], match?.[2] ?? ""];
  if (kind === "r" && rest !== "" && rest !== "index.html") return { kind: "report", digits: rest };
  if (kind === "e") return { kind: "entry", digits: location.hash.slice(1) };
  if (kind === "n" && rest !== "" && rest !== "index.html") return { kind: "number", number: safeDecode(rest) };
  return { kind: "home" };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The host that the symbol which led here had, as far as the page can know. */
export function hostOfPage(location: Location): string {
  return location.protocol === "https:" && isHost(location.host) ? location.host : nowhere;
}

/** The page's own host, where it is official for nobody: a copy on a closed network, a try on this machine. */
export function ownHost(location: Location, trust: TrustRecords): string | undefined {
  const host = hostOfPage(location);
  return trust.isOfficialHost(host) ? undefined : host;
}

/** The site's folder, from the page's own script. Undefined where nothing may be fetched (a page opened from a disc). */
export function siteFolder(): URL | null {
  if (location.protocol === "file:") return null;
  const script = document.querySelector<HTMLScriptElement>("script[data-site]");
  return script === null ? null : new URL("../", script.src);
}

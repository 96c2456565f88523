// Where this page stands: which of the three forms of address, and under which host.

import { isHost } from "../format/symbol_url";
import { ownAddress } from "../reading/parts";
import type { TrustRecords } from "../trust/trust_records";

export type Place =
  | { readonly kind: "home" }
  | { readonly kind: "report" | "entry"; readonly digits: string }
  | { readonly kind: "number"; readonly number: string };

/** A page's, or a worker's. */
export type Address = Pick<Location, "protocol" | "host" | "pathname" | "hash">;

/** A host for addresses under which no symbol can point: 127.0.0.1, a port, a disc. */
const nowhere = "this-page.invalid";

export function placeOf(location: Address): Place {
  const [kind, rest] = location.pathname.split("/").slice(-2) as [string, string];
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
export function hostOfPage(location: Address): string {
  return location.protocol === "https:" && isHost(location.host) ? location.host : nowhere;
}

/** The page's own host, where it is official for nobody: a copy on a closed network, a try on this machine. */
export function ownHost(location: Address, trust: TrustRecords): string | undefined {
  const host = hostOfPage(location);
  return trust.isOfficialHost(host) ? undefined : host;
}

/** The site's folder, from the script that runs. Null where nothing may be fetched (a page opened from a disc). */
export function siteFolder(): URL | null {
  if (location.protocol === "file:") return null;
  return new URL("../", ownAddress());
}

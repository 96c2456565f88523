// The trust records of this site.

import { fetchFrom, TrustSource } from "../trust/trust_source";
import { listMemoryOf } from "./list_memory";
import { siteFolder } from "./place";

/** Fingerprints of the regulators' keys that the site was built with: make/build.mjs. */
declare const __ROOTS__: readonly string[];

export function siteTrust(): TrustSource {
  const folder = siteFolder();
  return new TrustSource(folder && fetchFrom(new URL("trust/", folder)), __ROOTS__, listMemoryOf(folder));
}

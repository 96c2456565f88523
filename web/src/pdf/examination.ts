// What the reader finds out about a PDF without knowing whom to trust: the page adds signature, trust and host.

import type { Check } from "../verify/verdict";

export interface PdfExamination {
  /** The code that the file carries; undefined where it carries none, and its pages have to be looked at. */
  readonly code: Uint8Array | undefined;
  /** The record, where it is the code's own. */
  readonly record: Uint8Array | undefined;
  /** The host that the stamps' symbols name. */
  readonly host: string | undefined;
  /** structure, record, original, revision, symbol, entry, seal: what was found, in this order. */
  readonly checks: readonly Check[];
}

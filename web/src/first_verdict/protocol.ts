// Between the page behind a symbol and the worker that makes its first verdict.

import type { Language } from "../messages/sentence";
import type { Inspection } from "../pages/inspection";
import type { Kept } from "../pages/memory";
import type { Place } from "../pages/place";

export interface FirstRequest {
  readonly place: Place;
  /** What the browser keeps of the site: language, lists seen before, the report symbol scanned before. */
  readonly kept: Kept;
}

export interface FirstVerdict {
  readonly inspection: Inspection;
  /** What the app would draw for it. */
  readonly html: string;
  readonly language: Language;
  readonly title: string;
  /** What is to be kept since. */
  readonly kept: Kept;
}

// The sentences of another language than Chinese are a part of their own, loaded when a person switches.

import { loadScript, parts } from "../reading/parts";
import type { Language } from "./sentence";

/** Brings a language's sentences in. False where they cannot be had; then the page stays Chinese. */
export async function loadLanguage(language: Language): Promise<boolean> {
  if (language === "zh" || globalThis.sjcodeEnglish !== undefined) return true;
  return loadScript(parts.english).then(() => true, () => false);
}

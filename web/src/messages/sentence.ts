// The sentences of messages/, in the language chosen. docs/messages.md.

import zh from "virtual:messages/zh";
import type { Parameters } from "../verify/verdict";

export type Language = "zh" | "en";

declare global {
  // Set by the part with the English sentences.
  var sjcodeEnglish: Readonly<Record<string, string>> | undefined;
}

/** Fills the gaps. {fact:name} stands for a value that is itself the last part of a code. A code without a sentence stays. */
export function sentence(code: string, parameters: Parameters, language: Language): string {
  const sentences = (language === "en" ? globalThis.sjcodeEnglish : undefined) ?? zh();
  const template = sentences[code];
  if (template === undefined) return code;
  return template.replace(/\{(?:([a-z-]+):)?([a-z0-9_]+)\}/g, (_, room: string | undefined, name: string) => {
    const value = parameters[name] ?? "";
    return room === undefined ? value : (sentences[`${room}.${value}`] ?? value);
  });
}

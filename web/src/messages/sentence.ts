// The sentences of messages/, in the language chosen. docs/messages.md.

import { en, zh } from "virtual:messages";
import type { Parameters } from "../verify/verdict";

export type Language = "zh" | "en";
const sentences = { zh, en };

/** Fills the gaps. {fact:name} stands for a value that is itself the last part of a code. A code without a sentence stays. */
export function sentence(code: string, parameters: Parameters, language: Language): string {
  const template = sentences[language][code];
  if (template === undefined) return code;
  return template.replace(/\{(?:([a-z-]+):)?([a-z0-9_]+)\}/g, (_, room: string | undefined, name: string) => {
    const value = parameters[name] ?? "";
    return room === undefined ? value : (sentences[language][`${room}.${value}`] ?? value);
  });
}

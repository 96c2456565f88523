// The language of the page: Chinese, unless a person chose English here before.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { sentence, type Language } from "../messages/sentence";
import type { Parameters } from "../verify/verdict";
import { recall, remember } from "./memory";

export type Say = (code: string, parameters?: Parameters) => string;

export const LanguageContext = createContext<Language>("zh");

export function useLanguage(): { language: Language; say: Say } {
  const language = useContext(LanguageContext);
  return { language, say: (code, parameters = {}) => sentence(code, parameters, language) };
}

/** As a document states its language. */
export const langOf = (language: Language): string => (language === "zh" ? "zh-CN" : "en");

export const chosenLanguage = (): Language => (recall("language") === "en" ? "en" : "zh");
export const chooseLanguage = (language: Language): void => remember("language", language);

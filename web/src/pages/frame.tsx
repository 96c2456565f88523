// What stands around every page: name, language, the official address.

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { chooseLanguage, langOf, useLanguage } from "./language";
import { Mark } from "./shapes";
import type { Language } from "../messages/sentence";

interface HeaderProps {
  readonly home: string;
  readonly onLanguage: (language: Language) => void;
}

export function Header({ home, onLanguage }: HeaderProps) {
  const { language, say } = useLanguage();
  const other: Language = language === "zh" ? "en" : "zh";
  return (
    <header class="top">
      <a class="name" href={home}>
        <Mark />
        <span>{say("site.name")}</span>
      </a>
      <button
        type="button"
        class="language"
        lang={langOf(other)}
        onClick={() => {
          chooseLanguage(other);
          onLanguage(other);
        }}
      >
        {other === "zh" ? "中文" : "English"}
      </button>
    </header>
  );
}

export function HostNote({ hosts }: { hosts: readonly string[] }) {
  const { say } = useLanguage();
  const here = location.protocol === "file:" ? say("site.host.disc") : location.host;
  return (
    <section class="host-note" aria-labelledby="host-title">
      <h2 id="host-title">{say("site.host")}</h2>
      <p class="host"><span>{say("site.host.here")}</span> <bdi class="address">{here}</bdi></p>
      {hosts.length > 0 && (
        <p class="host"><span>{say("site.host.official")}</span> <bdi class="address">{hosts.join("、")}</bdi></p>
      )}
      <p>{say("site.host.warning")}</p>
    </section>
  );
}

export function Footer() {
  const { say } = useLanguage();
  return (
    <footer class="bottom">
      <p>{say("site.privacy")}</p>
      <p>{say("site.not-true")}</p>
    </footer>
  );
}

/** A dead page helps nobody: whatever goes wrong in drawing it is said. */
export function Page({ children }: { children: ComponentChildren }) {
  const { language, say } = useLanguage();
  useEffect(() => {
    document.documentElement.lang = langOf(language);
    document.title = say("site.title");
  }, [language]);
  return <>{children}</>;
}

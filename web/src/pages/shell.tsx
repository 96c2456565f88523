// What every page has in common: the way past the header, the header, the notes below what was found, the footer.

import type { ComponentChildren } from "preact";
import { Footer, Header, HostNote } from "./frame";
import { useLanguage } from "./language";
import type { Language } from "../messages/sentence";

interface ShellProps {
  readonly home: string;
  readonly busy: boolean;
  /** The hosts that are official for whoever issued what is shown. */
  readonly hosts: readonly string[];
  readonly trust: ComponentChildren;
  readonly onLanguage: (language: Language) => void;
  /** Behind the notes. */
  readonly last?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Shell({ home, busy, hosts, trust, onLanguage, last, children }: ShellProps) {
  const { say } = useLanguage();
  return (
    <>
      <a class="skip" href="#main">{say("site.skip")}</a>
      <Header home={home} onLanguage={onLanguage} />
      <main id="main" aria-busy={busy}>
        {children}
        <div class="notes">
          <HostNote hosts={hosts} />
          {trust}
        </div>
        {last}
      </main>
      <Footer />
    </>
  );
}

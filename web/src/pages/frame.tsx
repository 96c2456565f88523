// What stands around every page: name, language, the date of the trust records, the official address.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { chineseDay, chineseTime } from "../verify/chinese_time";
import type { TrustList } from "../trust/trust_list";
import type { TrustSource } from "../trust/trust_source";
import { shown } from "../verify/symbols";
import { chooseLanguage, useLanguage } from "./language";
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
        lang={other === "zh" ? "zh-CN" : "en"}
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

interface TrustProps {
  readonly source: TrustSource;
  readonly onDisc: boolean;
  readonly onChosen: () => void;
}

function ChooseTrust({ source, onChosen }: { source: TrustSource; onChosen: () => void }) {
  const { say } = useLanguage();
  const [refused, setRefused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const choose = async (): Promise<void> => {
    try {
      await source.choose([...(input.current?.files ?? [])]);
      setRefused(false);
      onChosen();
    } catch {
      setRefused(true);
    }
  };
  return (
    <div class="choose-trust">
      <p>{say("site.disc")}</p>
      <label class="button">
        {say("site.trust.choose")}
        <input ref={input} class="visually-hidden" type="file" accept="application/json,.json,.sjb,.sjt" multiple onChange={() => void choose()} />
      </label>
      {refused && <p class="field-error" role="alert">{say("site.trust.refused")}</p>}
    </div>
  );
}

function ListNote({ list, now }: { list: TrustList; now: number }) {
  const { say } = useLanguage();
  const info = list.info;
  return (
    <>
      <p data-trust="dates">
        {say("site.trust.list", {
          publisher: shown(info.publisher), number: String(info.number), date: chineseDay(BigInt(info.issued)),
          due: chineseDay(BigInt(info.nextUpdate)), count: String(list.institutions),
        })}
      </p>
      {now >= info.nextUpdate && (
        <p class="warning" data-trust="stale">{say("site.trust.stale", { date: chineseTime(info.nextUpdate) })}</p>
      )}
    </>
  );
}

/** How old is what the page knows; a warning where that is too old, or nothing is known, or a file was refused. */
export function TrustNote({ source, onDisc, onChosen }: TrustProps) {
  const { say } = useLanguage();
  const now = Date.now() / 1000;
  const { dates } = source.records.certificates;
  const lists = source.records.lists;
  return (
    <section class="trust-note" aria-labelledby="trust-title">
      <h2 id="trust-title">{say("site.trust")}</h2>
      {dates === undefined && lists.length === 0 && <p class="warning">{say("site.trust.missing")}</p>}
      {dates !== undefined && (
        <p data-trust="dates">
          {say("site.trust.date", { date: chineseDay(BigInt(dates.exported)), count: String(dates.issuers) })}
        </p>
      )}
      {dates !== undefined && now > dates.staleAfter && (
        <p class="warning" data-trust="stale">{say("site.trust.stale", { date: chineseTime(dates.staleAfter) })}</p>
      )}
      {lists.map((list) => <ListNote list={list} now={now} />)}
      {source.unpinned.map(({ publisher, fingerprint }) => (
        <p class="warning" data-trust="unpinned">
          {say("site.trust.unpinned", { publisher: shown(publisher), fingerprint: fingerprint.match(/.{4}/g)!.join(" ") })}
        </p>
      ))}
      {source.refused.map(({ code, parameters }) => (
        <p class="warning" data-trust="refused" data-code={code}>
          {say("site.trust.not-used", { reason: say(code, parameters) })}
        </p>
      ))}
      {onDisc && <ChooseTrust source={source} onChosen={onChosen} />}
    </section>
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
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = say("site.title");
  }, [language]);
  return <>{children}</>;
}

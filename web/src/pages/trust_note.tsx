// The trust records that the page believes: how old they are, what was not used and why, and what became of files of them that
// a person gave.

import type { ComponentChildren } from "preact";
import { chineseDay, chineseTime, isoDay } from "../format/chinese_time";
import type { Taken } from "../trust/chosen_files";
import type { TrustList } from "../trust/trust_list";
import type { TrustSource } from "../trust/trust_source";
import type { Language } from "../messages/sentence";
import { shown } from "../verify/symbols";
import type { Parameters } from "../verify/verdict";
import { useLanguage } from "./language";

interface TrustProps {
  readonly source: TrustSource;
  /** Where a person chooses records: choose_trust.tsx. */
  readonly children?: ComponentChildren;
}

const dayIn = (language: Language, seconds: number): string => (language === "en" ? isoDay(seconds) : chineseDay(BigInt(seconds)));

const harmless = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, shown(value)]));

/** What became of files of trust records; "none": they were something else. */
export function TakenNote({ taken }: { taken: Taken | "none" }) {
  const { language, say } = useLanguage();
  if (taken === "none") return <p class="field-error" role="alert">{say("site.trust.refused")}</p>;
  return (
    <div class="taken" role="status" data-trust="taken">
      {taken.lists.map((info) => (
        <p>
          {say("site.trust.taken", {
            publisher: shown(info.publisher), number: String(info.number), date: dayIn(language, info.issued),
          })}
        </p>
      ))}
      {taken.statuses.map((licence) => <p>{say("site.trust.taken-status", { licence: shown(licence) })}</p>)}
      {taken.refused.map(({ code, parameters }) => (
        <p class="warning" data-trust="refused" data-code={code}>
          {say("site.trust.not-used", { reason: say(code, harmless(parameters)) })}
        </p>
      ))}
    </div>
  );
}

function ListNote({ list, now }: { list: TrustList; now: number }) {
  const { language, say } = useLanguage();
  const info = list.info;
  return (
    <>
      <p data-trust="dates">
        {say("site.trust.list", {
          publisher: shown(info.publisher), number: String(info.number), date: dayIn(language, info.issued),
          due: dayIn(language, info.nextUpdate), count: String(list.institutions),
        })}
      </p>
      {now >= info.nextUpdate && (
        <p class="warning" data-trust="stale">{say("site.trust.stale", { date: chineseTime(info.nextUpdate) })}</p>
      )}
    </>
  );
}

/** How old is what the page knows; a warning where that is too old, or nothing is known, or a file was refused. */
export function TrustNote({ source, children }: TrustProps) {
  const { language, say } = useLanguage();
  const now = Date.now() / 1000;
  const { dates } = source.records.certificates;
  const lists = source.records.lists;
  return (
    <section class="trust-note" aria-labelledby="trust-title">
      <h2 id="trust-title">{say("site.trust")}</h2>
      {source.wasRead && dates === undefined && lists.length === 0 && <p class="warning">{say("site.trust.missing")}</p>}
      {dates !== undefined && (
        <p data-trust="dates">
          {say("site.trust.date", { date: dayIn(language, dates.exported), count: String(dates.issuers) })}
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
          {say("site.trust.not-used", { reason: say(code, harmless(parameters)) })}
        </p>
      ))}
      {children}
    </section>
  );
}

// A verdict for a person: what was found, what to compare, each check, and always what it does not say.

import { useEffect } from "preact/hooks";
import { chineseTime } from "../format/chinese_time";
import { shown } from "../verify/symbols";
import type { Check, CheckResult, Fact, Verdict } from "../verify/verdict";
import { useLanguage, type Say } from "./language";
import { OutcomeShape, ResultShape } from "./shapes";

const gravestFirst: readonly CheckResult[] = ["fail", "unchecked", "warn", "pass"];
/** The facts that a person compares first stand first, and larger. */
const leading = new Set(["institution", "report_number", "issued", "pages", "category", "opinion"]);

function checkSentence(check: Check, say: Say): string {
  const harmless = Object.fromEntries(Object.entries(check.parameters).map(([name, value]) => [name, shown(value)]));
  return say(check.code, harmless);
}

const byGravity = (checks: readonly Check[]): Check[] =>
  gravestFirst.flatMap((result) => checks.filter((check) => check.result === result));

function Reasons({ checks }: { checks: readonly Check[] }) {
  const { say } = useLanguage();
  const failed = checks.filter((check) => check.result === "fail");
  const missing = checks.filter((check) => check.result === "unchecked" && check.mandatory);
  const told = failed.length > 0 ? failed : missing;
  if (told.length === 0) return null;
  return (
    <ul class="reasons">
      {told.map((check) => <li>{checkSentence(check, say)}</li>)}
    </ul>
  );
}

/** A day as it stands on paper is easier to compare than a time. */
function FactValue({ fact }: { fact: Fact }) {
  const { say } = useLanguage();
  const value = fact.value.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === "\n" ? "\n" : " "));
  return (
    <dd class={fact.name === "opinion" ? "long" : undefined}>
      {value}
      {!fact.signed && <span class="not-signed">{say("fact.not-signed")}</span>}
    </dd>
  );
}

function Facts({ verdict }: { verdict: Verdict }) {
  const { say } = useLanguage();
  if (verdict.facts.length === 0) return null;
  const compare = verdict.outcome === "code_genuine";
  // What was signed is not what an altered file says.
  const title = compare ? "site.compare" : verdict.outcome === "authentic" ? "site.facts" : "site.facts.issued";
  return (
    <section class="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">{say(title)}</h2>
      {compare && <p class="hint">{say("site.compare.hint")}</p>}
      <dl>
        {verdict.facts.map((fact) => (
          <div class={leading.has(fact.name) ? "fact leading" : "fact"} data-fact={fact.name}>
            <dt>{say(`fact.${fact.name}`)}</dt>
            <FactValue fact={fact} />
          </div>
        ))}
      </dl>
    </section>
  );
}

function Checks({ checks }: { checks: readonly Check[] }) {
  const { say } = useLanguage();
  const count = (result: CheckResult): string => String(checks.filter((check) => check.result === result).length);
  return (
    <section class="checks" aria-labelledby="checks-title">
      <h2 id="checks-title">{say("site.checks")}</h2>
      <p class="hint">
        {say("site.checks.count", {
          pass: count("pass"), fail: count("fail"), unchecked: count("unchecked"), warn: count("warn"),
        })}
      </p>
      <ul>
        {byGravity(checks).map((check) => (
          <li data-code={check.code} data-result={check.result}>
            <details open={check.result === "fail"}>
              <summary>
                <ResultShape result={check.result} />
                <span class="check-name">{say(`check.${check.check}`)}</span>
                <span class={`check-result ${check.result}`}>{say(`site.result.${check.result}`)}</span>
              </summary>
              <p>{checkSentence(check, say)}</p>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface VerdictProps {
  readonly verdict: Verdict;
  /** When it was verified, in seconds since 1970. */
  readonly at: number;
  /** What was looked at: a file's name, or nothing for a symbol. */
  readonly subject?: string | undefined;
  /** What stands between the facts and the checks: the next steps. */
  readonly children?: preact.ComponentChildren;
}

/** On paper nothing can be folded out: each check is printed with its sentence. */
function useOpenForPrint(): void {
  useEffect(() => {
    const opened: HTMLDetailsElement[] = [];
    const open = (): void => {
      for (const one of document.querySelectorAll<HTMLDetailsElement>("details:not([open])")) {
        one.open = true;
        opened.push(one);
      }
    };
    const close = (): void => {
      for (const one of opened.splice(0)) one.open = false;
    };
    addEventListener("beforeprint", open);
    addEventListener("afterprint", close);
    return () => {
      removeEventListener("beforeprint", open);
      removeEventListener("afterprint", close);
    };
  }, []);
}

export function VerdictView({ verdict, at, subject, children }: VerdictProps) {
  const { say } = useLanguage();
  useOpenForPrint();
  const outcome = verdict.outcome;
  return (
    <article class={`verdict ${outcome}`} data-outcome={outcome}>
      <div class="finding" role="status">
        <OutcomeShape outcome={outcome} />
        <div>
          <h1 tabIndex={-1}>{say(`site.outcome.${outcome}`)}</h1>
          {subject !== undefined && <p class="subject">{shown(subject)}</p>}
          <p class="lead">{say(`site.lead.${outcome}`)}</p>
          <Reasons checks={verdict.checks} />
        </div>
      </div>
      <p class="disclaimer">
        <strong>{say("site.disclaimer")}</strong> {say(`disclaimer.${outcome}`)}
      </p>
      <Facts verdict={verdict} />
      {children}
      <Checks checks={verdict.checks} />
      <section class="advice">
        <p>{say(`advice.${outcome}`)}</p>
        <p class="receipt-time">{say("site.verified-at", { time: chineseTime(at) })}</p>
        <button type="button" class="quiet" onClick={() => window.print()}>{say("site.print")}</button>
      </section>
    </article>
  );
}

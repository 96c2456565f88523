// The page: one component that knows what is being looked at, and shows it.

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { loadLanguage } from "../messages/load_language";
import { sentence, type Language } from "../messages/sentence";
import { takeFiles, type Taken } from "../trust/chosen_files";
import { beginningSize, trustFileKind } from "../trust/trust_file_kind";
import { fetchFrom, TrustSource } from "../trust/trust_source";
import { onDisc } from "../reading/parts";
import { Camera } from "./camera";
import { Footer, Header, HostNote, Page } from "./frame";
import { inspectFile, inspectTexts, inspectTyped, type Inspection } from "./inspection";
import { chosenLanguage, LanguageContext, useLanguage } from "./language";
import { listMemoryOf } from "./list_memory";
import { recallCode, rememberCode } from "./memory";
import { hostOfPage, placeOf, siteFolder, type Place } from "./place";
import { MoreTasks, Tasks, useDrop } from "./tasks";
import { TakenNote, TrustNote } from "./trust_note";
import { VerdictView } from "./verdict_view";

/** Fingerprints of the regulators' keys that the site was built with: make/build.mjs. */
declare const __ROOTS__: readonly string[];

type Work = () => Promise<Inspection>;

/** What the address itself asks for. */
function workOfPlace(place: Place, source: TrustSource, kindName: (kind: string) => string): Work | undefined {
  const host = hostOfPage(location);
  if (place.kind === "report") {
    const text = `https://${host}/r/${place.digits}`;
    return () => inspectTexts([text], source, kindName);
  }
  if (place.kind === "number") return () => inspectTyped(place.number, source, kindName);
  if (place.kind !== "entry") return undefined;
  // The entry symbol was scanned behind the report symbol: the two are read together.
  const entry = `https://${host}/e/#${place.digits}`;
  const report = recallCode();
  return () => inspectTexts(report === undefined ? [entry] : [report, entry], source, kindName);
}

export function App() {
  const [language, setLanguage] = useState<Language>("zh");
  const change = useCallback(async (wanted: Language) => {
    if (await loadLanguage(wanted)) setLanguage(wanted);
  }, []);
  useEffect(() => void change(chosenLanguage()), []);
  return (
    <LanguageContext.Provider value={language}>
      <Page>
        <Site onLanguage={(wanted) => void change(wanted)} />
      </Page>
    </LanguageContext.Provider>
  );
}

function Site({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const { say } = useLanguage();
  const source = useMemo(() => {
    const folder = siteFolder();
    return new TrustSource(folder && fetchFrom(new URL("trust/", folder)), __ROOTS__, listMemoryOf(folder));
  }, []);
  const [place, setPlace] = useState(() => placeOf(location));
  const [inspection, setInspection] = useState<Inspection>();
  const [working, setWorking] = useState(place.kind !== "home");
  const [progress, setProgress] = useState<number>();
  const [failed, setFailed] = useState(false);
  const [camera, setCamera] = useState(false);
  const [taken, setTaken] = useState<Taken | "none">();
  const [, setTrustRead] = useState(0);
  const last = useRef<Work>();
  const turn = useRef(0);
  // Facts name kinds of reports as the report does: in Chinese.
  const kindName = useCallback((kind: string) => sentence(`kind.${kind}`, {}, "zh"), []);

  const run = useCallback(async (work: Work): Promise<void> => {
    const mine = ++turn.current;
    last.current = work;
    setWorking(true);
    setFailed(false);
    setTaken(undefined);
    setProgress(undefined);
    try {
      const result = await work();
      if (mine !== turn.current) return;
      setInspection(result);
      const report = result.texts.find((text) => text.includes("/r/"));
      if (report !== undefined && result.verdict.facts.length > 0) rememberCode(report);
    } catch (error) {
      if (mine !== turn.current) return;
      console.error(error);
      setInspection(undefined);
      setFailed(true);
    }
    setWorking(false);
    setTrustRead((count) => count + 1);
  }, []);
  // Who does not see the page hears what was found.
  useEffect(() => {
    if (!working && (inspection !== undefined || failed)) document.querySelector<HTMLElement>("main h1")?.focus();
  }, [working, inspection, failed]);

  useEffect(() => {
    const work = workOfPlace(place, source, kindName);
    if (work !== undefined) void run(work);
    void source.ready().then(() => setTrustRead((count) => count + 1));
  }, [place]);
  useEffect(() => {
    const moved = (): void => setPlace(placeOf(location));
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);

  /** A newer trust list, say: what stands on the page is verified with it again. */
  const takeTrust = async (file: File): Promise<void> => {
    setWorking(true);
    const became = await takeFiles([file], source).catch((): "none" => "none");
    const again = inspection === undefined ? undefined : last.current;
    if (again !== undefined) await run(again);
    setFailed(false);
    setTaken(became);
    setWorking(false);
  };
  const openFile = async (file: File, inspect: () => Promise<Inspection>): Promise<void> => {
    setCamera(false);
    const beginning = await file.slice(0, beginningSize).arrayBuffer().catch(() => new ArrayBuffer(0));
    await (trustFileKind(new Uint8Array(beginning)) === undefined ? run(inspect) : takeTrust(file));
  };
  const openReport = (file: File): void => void openFile(file, () => inspectFile(file, source, kindName, setProgress));
  useDrop(openReport);
  /** Symbols of one report belong together: what was read before is kept, unless it is another report. */
  const addTexts = (texts: readonly string[]): void => {
    setCamera(false);
    const fresh = texts.some((text) => text.includes("/r/"));
    const before = fresh ? [] : (inspection?.texts ?? []);
    const record = fresh ? undefined : inspection?.record;
    void run(() => inspectTexts([...before, ...texts], source, kindName, undefined, record));
  };
  const home = onDisc() ? "#" : (siteFolder()?.href ?? "/");
  const startAgain = (event: Event): void => {
    if (!onDisc()) return;
    event.preventDefault();
    setInspection(undefined);
  };
  const codes = inspection?.verdict.checks.some((check) => check.code === "signature.verified") ?? false;
  const alone = inspection?.verdict.checks.some((check) => check.code === "entry.alone") ?? false;
  const hosts = inspection === undefined ? [] : officialHosts(inspection);

  return (
    <>
      <a class="skip" href="#main">{say("site.skip")}</a>
      <Header home={home} onLanguage={onLanguage} />
      <main id="main" aria-busy={working}>
        {working && <Working progress={progress} />}
        {taken !== undefined && !working && <TakenNote taken={taken} />}
        {failed && !working && (
          <section class="verdict undetermined" role="alert" data-outcome="failed">
            <h1 tabIndex={-1}>{say("site.failed")}</h1>
            <p>{say("site.failed.about")}</p>
          </section>
        )}
        {inspection !== undefined && !working && (
          <VerdictView verdict={inspection.verdict} subject={inspection.subject}>
            {(codes || alone) && inspection.texts.length > 0 && (
              <MoreTasks
                onCamera={() => setCamera(true)}
                onFile={(file) => void openFile(file, async () =>
                  withEarlier(inspection, await inspectFile(file, source, kindName, setProgress), source, kindName))}
                title={say(alone ? "site.more.main" : "site.more.entry")}
                about={say(alone ? "site.more.main.about" : "site.more.entry.about")}
              />
            )}
          </VerdictView>
        )}
        {inspection === undefined && !working && (
          <>
            {!failed && (
              <div class="welcome">
                <h1 tabIndex={-1}>{say("site.welcome")}</h1>
                <p class="lead">{say("site.welcome.about")}</p>
              </div>
            )}
            <Tasks
              onCamera={() => setCamera(true)}
              onFile={openReport}
              onText={(text) => void run(() => inspectTyped(text, source, kindName))}
            />
          </>
        )}
        {inspection !== undefined && !working && (
          <p class="again"><a class="button" href={home} onClick={startAgain}>{say("site.again")}</a></p>
        )}
        <div class="notes">
          <HostNote hosts={hosts} />
          <TrustNote
            source={source}
            onDisc={onDisc()}
            onChosen={() => {
              setTrustRead((count) => count + 1);
              if (inspection !== undefined && last.current !== undefined) void run(last.current);
            }}
          />
        </div>
        {inspection === undefined && <p class="disclaimer home">{say("site.disclaimer.home")}</p>}
      </main>
      <Footer />
      {camera && <Camera onTexts={addTexts} onClose={() => setCamera(false)} />}
    </>
  );
}

/** A photograph of an entry symbol, or the record, is read together with the report symbol that is shown already. */
async function withEarlier(
  earlier: Inspection, found: Inspection, source: TrustSource, kindName: (kind: string) => string,
): Promise<Inspection> {
  const record = found.record ?? earlier.record;
  if (found.texts.length === 0 && found.record === undefined) return found;
  return inspectTexts([...earlier.texts, ...found.texts], source, kindName, undefined, record);
}

function officialHosts(inspection: Inspection): readonly string[] {
  for (const check of inspection.verdict.checks) {
    if (check.code === "host.official") return [check.parameters["host"]!];
    if (check.code === "host.foreign" || check.code === "host.this-page") return [check.parameters["official"]!];
  }
  return [];
}

function Working({ progress }: { progress: number | undefined }) {
  const { say } = useLanguage();
  return (
    <section class="working" aria-labelledby="working-title">
      <h1 id="working-title" tabIndex={-1}>{say("site.working")}</h1>
      <progress max={1} value={progress} aria-labelledby="working-title" />
      <p role="status">{progress === undefined ? say("site.working.about") : `${Math.floor(progress * 100)} %`}</p>
    </section>
  );
}

// The page: one component that knows what is being looked at, and shows it.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { loadLanguage } from "../messages/load_language";
import type { Language } from "../messages/sentence";
import { takeFiles, type Taken } from "../trust/chosen_files";
import { beginningSize, trustFileKind } from "../trust/trust_file_kind";
import type { TrustSource } from "../trust/trust_source";
import { onDisc } from "../reading/parts";
import { Camera } from "./camera";
import { ChooseTrust } from "./choose_trust";
import { inspectFile } from "./file_inspection";
import { Page } from "./frame";
import { inspectTexts, inspectTyped, verifiedReport, workOfPlace, type Inspection, type Work } from "./inspection";
import { chosenLanguage, LanguageContext, useLanguage } from "./language";
import { recallCode, rememberCode } from "./memory";
import { placeOf, siteFolder } from "./place";
import { officialHosts, Result } from "./result";
import { Shell } from "./shell";
import { Tasks, useDrop } from "./tasks";
import { TakenNote, TrustNote } from "./trust_note";

interface AppProps {
  readonly source: TrustSource;
  /** What is shown already, of the page's own address (src/first_verdict), and in which language. */
  readonly first?: Inspection | undefined;
  readonly firstLanguage?: Language;
}

export function App({ source, first, firstLanguage = "zh" }: AppProps) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const change = useCallback(async (wanted: Language) => {
    if (await loadLanguage(wanted)) setLanguage(wanted);
  }, []);
  useEffect(() => void change(chosenLanguage()), []);
  return (
    <LanguageContext.Provider value={language}>
      <Page>
        <Site source={source} first={first} onLanguage={(wanted) => void change(wanted)} />
      </Page>
    </LanguageContext.Provider>
  );
}

interface SiteProps extends Pick<AppProps, "source" | "first"> {
  readonly onLanguage: (language: Language) => void;
}

function Site({ source, first, onLanguage }: SiteProps) {
  const { say } = useLanguage();
  const [place, setPlace] = useState(() => placeOf(location));
  const [inspection, setInspection] = useState<Inspection | undefined>(first);
  const [working, setWorking] = useState(place.kind !== "home" && first === undefined);
  const [progress, setProgress] = useState<number>();
  const [failed, setFailed] = useState(false);
  const [camera, setCamera] = useState(false);
  const [taken, setTaken] = useState<Taken | "none">();
  const [, setTrustRead] = useState(0);
  const last = useRef<Work>();
  const turn = useRef(0);
  /** What needs not be verified, nor told, once more. */
  const shown = useRef(first);

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
      const report = verifiedReport(result);
      if (report !== undefined) rememberCode(report);
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
    if (!working && (failed || (inspection !== undefined && inspection !== shown.current)))
      document.querySelector<HTMLElement>("main h1")?.focus();
  }, [working, inspection, failed]);

  useEffect(() => {
    const work = workOfPlace(place, recallCode(), source);
    if (shown.current !== undefined && shown.current === inspection) last.current = work;
    else if (work !== undefined) void run(work);
    void source.ready().then(() => setTrustRead((count) => count + 1));
  }, [place]);
  useEffect(() => {
    const moved = (): void => {
      shown.current = undefined;
      setPlace(placeOf(location));
    };
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
  const openReport = (file: File): void => void openFile(file, () => inspectFile(file, source, setProgress));
  useDrop(openReport);
  /** Symbols of one report belong together: what was read before is kept, unless it is another report. */
  const addTexts = (texts: readonly string[]): void => {
    setCamera(false);
    const fresh = texts.some((text) => text.includes("/r/"));
    const before = fresh ? [] : (inspection?.texts ?? []);
    const record = fresh ? undefined : inspection?.record;
    void run(() => inspectTexts([...before, ...texts], source, undefined, record));
  };
  const home = onDisc() ? "#" : (siteFolder()?.href ?? "/");
  const startAgain = (event: Event): void => {
    if (!onDisc()) return;
    event.preventDefault();
    setInspection(undefined);
  };

  return (
    <>
      <Shell
        home={home}
        busy={working}
        hosts={inspection === undefined ? [] : officialHosts(inspection)}
        onLanguage={onLanguage}
        trust={
          <TrustNote source={source}>
            {onDisc() && (
              <ChooseTrust
                source={source}
                onChosen={() => {
                  setTrustRead((count) => count + 1);
                  if (inspection !== undefined && last.current !== undefined) void run(last.current);
                }}
              />
            )}
          </TrustNote>
        }
        last={inspection === undefined && <p class="disclaimer home">{say("site.disclaimer.home")}</p>}
      >
        {working && <Working progress={progress} />}
        {taken !== undefined && !working && <TakenNote taken={taken} />}
        {failed && !working && (
          <section class="verdict undetermined" role="alert" data-outcome="failed">
            <h1 tabIndex={-1}>{say("site.failed")}</h1>
            <p>{say("site.failed.about")}</p>
          </section>
        )}
        {inspection !== undefined && !working && (
          <Result
            inspection={inspection}
            home={home}
            onCamera={() => setCamera(true)}
            onFile={(file) => void openFile(file, async () => withEarlier(inspection, await inspectFile(file, source, setProgress), source))}
            onAgain={startAgain}
          />
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
              onText={(text) => void run(() => inspectTyped(text, source))}
            />
          </>
        )}
      </Shell>
      {camera && <Camera onTexts={addTexts} onClose={() => setCamera(false)} />}
    </>
  );
}

/** A photograph of an entry symbol, or the record, is read together with the report symbol that is shown already. */
async function withEarlier(earlier: Inspection, found: Inspection, source: TrustSource): Promise<Inspection> {
  const record = found.record ?? earlier.record;
  if (found.texts.length === 0 && found.record === undefined) return found;
  return inspectTexts([...earlier.texts, ...found.texts], source, undefined, record);
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

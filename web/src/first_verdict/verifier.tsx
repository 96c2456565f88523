// Makes the first verdict, in the worker that first.ts starts: reads the code, loads the trust records, verifies, and draws what
// the app would draw, as text. The page's own thread, on which a telephone draws and answers, has little left to do.

import renderToString from "preact-render-to-string";
import { loadLanguage } from "../messages/load_language";
import { sentence } from "../messages/sentence";
import { verifiedReport, workOfPlace, type Inspection } from "../pages/inspection";
import { chosenLanguage, LanguageContext } from "../pages/language";
import { freshlyKept, recallCode, rememberCode, useKept } from "../pages/memory";
import { siteFolder } from "../pages/place";
import { officialHosts, Result } from "../pages/result";
import { Shell } from "../pages/shell";
import { siteTrust } from "../pages/site_trust";
import { TrustNote } from "../pages/trust_note";
import type { TrustSource } from "../trust/trust_source";
import type { FirstRequest, FirstVerdict } from "./protocol";

const nothing = (): void => undefined;

function Page({ inspection, source }: { inspection: Inspection; source: TrustSource }) {
  const home = siteFolder()!.href;
  return (
    <Shell home={home} busy={false} hosts={officialHosts(inspection)} trust={<TrustNote source={source} />} onLanguage={nothing}>
      <Result inspection={inspection} home={home} onCamera={nothing} onFile={nothing} onAgain={nothing} />
    </Shell>
  );
}

globalThis.sjcodeVerify = async ({ place, kept }: FirstRequest): Promise<FirstVerdict> => {
  useKept(kept);
  const wanted = chosenLanguage();
  const spoken = loadLanguage(wanted);
  const source = siteTrust();
  const inspection = await workOfPlace(place, recallCode(), source)!();
  const report = verifiedReport(inspection);
  if (report !== undefined) rememberCode(report);
  const language = (await spoken) ? wanted : "zh";
  const html = renderToString(
    <LanguageContext.Provider value={language}>
      <Page inspection={inspection} source={source} />
    </LanguageContext.Provider>,
  );
  return { inspection, html, language, title: sentence("site.title", {}, language), kept: freshlyKept() };
};

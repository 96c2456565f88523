// Starts the app, or lets it take over the verdict that is shown already; and the service worker that keeps the site working
// without a network.

import { hydrate, render } from "preact";
import { loadLanguage } from "./messages/load_language";
import { App } from "./pages/app";
import { loadTrust } from "./pages/inspection";
import { siteTrust } from "./pages/site_trust";
import { ownAddress } from "./reading/parts";
import "./styles.css";

async function start(): Promise<void> {
  const root = document.getElementById("site")!;
  const source = siteTrust();
  const shown = globalThis.sjcodeFirst;
  if (shown !== undefined) {
    const { inspection, language } = shown.verdict;
    // The same as the worker had, so that the page stays as it is.
    await Promise.all([loadTrust(inspection.texts, source), loadLanguage(language)]);
    if (location.href === shown.address) {
      hydrate(<App source={source} first={inspection} firstLanguage={language} />, root);
      return shown.takenOver();
    }
  }
  root.textContent = "";
  render(<App source={source} />, root);
}

void start();

if ("serviceWorker" in navigator && location.protocol !== "file:") {
  // After the first verdict is drawn: keeping copies shall not slow it.
  const keep = (): void => {
    const address = new URL("../service_worker.js", ownAddress());
    setTimeout(() => void navigator.serviceWorker.register(address).catch(() => undefined), 500);
  };
  if (document.readyState === "complete") keep();
  else addEventListener("load", keep);
}

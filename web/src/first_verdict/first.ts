// The script of the pages behind symbols, and of their worker. The page has a worker make the verdict, shows it, then lets the
// app take the page over; where no worker answers, the app does it all. The worker is this script too, since the browser has
// held it to its digest already: it begins while the part that verifies is still on its way.

import { loadScript, onDisc, ownAddress, parts } from "../reading/parts";
import { allKept, remember } from "../pages/memory";
import { placeOf, type Place } from "../pages/place";
import type { FirstRequest, FirstVerdict } from "./protocol";

declare global {
  // Set by the part that verifies.
  var sjcodeVerify: ((request: FirstRequest) => Promise<FirstVerdict>) | undefined;
  // What the app takes over; undefined where it begins by itself.
  var sjcodeFirst: { readonly verdict: FirstVerdict; readonly address: string; takenOver(): void } | undefined;
}

/** How long the worker may take, the network included. */
const mostSilence = 30_000;

function work(): void {
  const request = new Promise<FirstRequest>((resolve) => {
    onmessage = (event: MessageEvent<FirstRequest>) => resolve(event.data);
  });
  Promise.all([request, loadScript(parts.verifier)])
    .then(([one]) => globalThis.sjcodeVerify!(one))
    // Without a verdict the page's app tries by itself.
    .then(postMessage, () => postMessage(undefined));
}

function ask(place: Place, answer: (verdict: FirstVerdict | undefined) => void): void {
  const worker = new Worker(ownAddress());
  const once = (verdict: FirstVerdict | undefined): void => {
    clearTimeout(silence);
    worker.onmessage = worker.onerror = null;
    answer(verdict);
    worker.terminate();
  };
  const silence = setTimeout(once, mostSilence, undefined);
  worker.onmessage = (event: MessageEvent<FirstVerdict | undefined>) => once(event.data);
  worker.onerror = () => once(undefined);
  const request: FirstRequest = { place, kept: allKept() };
  worker.postMessage(request);
}

/** A button that is pressed, or a file that is chosen, before the app is there waits until it is. */
function keepAct(root: HTMLElement): () => void {
  let act = (): void => undefined;
  const keep = (event: Event): void => {
    const target = event.target as HTMLElement;
    const button = target.closest("button");
    if (event.type === "change") act = () => void target.dispatchEvent(new Event("change", { bubbles: true }));
    else if (button !== null) act = () => button.click();
  };
  root.addEventListener("click", keep);
  root.addEventListener("change", keep);
  return () => {
    root.removeEventListener("click", keep);
    root.removeEventListener("change", keep);
    act();
  };
}

function show(verdict: FirstVerdict): void {
  const root = document.getElementById("site")!;
  root.innerHTML = verdict.html;
  document.documentElement.lang = verdict.language === "en" ? "en" : "zh-CN";
  document.title = verdict.title;
  globalThis.sjcodeFirst = { verdict, address: location.href, takenOver: keepAct(root) };
  for (const name in verdict.kept) remember(name, verdict.kept[name]!);
}

const startApp = (): void => void loadScript(parts.app).catch(console.error);

/** Once the browser has drawn: nothing shall stand between a person and the verdict. */
function afterwards(): void {
  // Who does not see the page hears what was found.
  document.querySelector<HTMLElement>("main h1")?.focus();
  startApp();
}

function begin(): void {
  const place = placeOf(location);
  if (place.kind === "home" || onDisc()) return startApp();
  ask(place, (verdict) => {
    if (verdict === undefined) return startApp();
    show(verdict);
    requestAnimationFrame(() => setTimeout(afterwards));
  });
}

if (typeof document === "undefined") work();
else begin();

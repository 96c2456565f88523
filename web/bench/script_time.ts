// Script time of a page's cold load, out of Chromium's trace: what the page's thread and its workers spent on the processor in
// script. Chromium's own sum, ScriptDuration, leaves out what runs behind a fetch or a message (microtasks).

import type { Browser, CDPSession } from "playwright-core";

export interface ScriptTime {
  /** Milliseconds of the page's thread until what was waited for stood in the page. */
  readonly untilDrawn: number;
  /** Milliseconds of the page's thread until the page was quiet. */
  readonly untilQuiet: number;
  /** Milliseconds of workers. */
  readonly workers: number;
  /** Milliseconds by the clock, from the navigation until it stood in the page. */
  readonly clock: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly tts?: number;
}

interface Span {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
  /** Microseconds on the processor. */
  readonly busy: number;
}

const ofScript = new Set(["EvaluateScript", "FunctionCall", "RunMicrotasks", "v8.callFunction", "v8.run", "v8.compile"]);
/** Milliseconds after which every page has long been quiet. */
const longEnough = 5000;
const mark = "sjcode-drawn";

function spansOf(events: readonly TraceEvent[]): Span[] {
  const spans: Span[] = [];
  const open: TraceEvent[] = [];
  for (const event of events) {
    if (event.ph === "X")
      spans.push({ name: event.name, begin: event.ts, end: event.ts + (event.dur ?? 0), busy: event.tdur ?? 0 });
    else if (event.ph === "B") open.push(event);
    else {
      const begin = open.pop();
      if (begin !== undefined)
        spans.push({ name: begin.name, begin: begin.ts, end: event.ts, busy: (event.tts ?? 0) - (begin.tts ?? 0) });
    }
  }
  return spans.sort((a, b) => a.begin - b.begin || b.end - a.end);
}

/** Milliseconds of script in spans that are not within another one, and began before `until`. */
function scriptIn(spans: readonly Span[], until: number): number {
  let [sum, covered] = [0, -1];
  for (const span of spans) {
    if (!ofScript.has(span.name) || span.begin < covered || span.begin > until) continue;
    covered = span.end;
    sum += span.busy;
  }
  return sum / 1000;
}

async function traced(tracing: CDPSession, load: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }): void => void events.push(...(value as TraceEvent[]));
  tracing.on("Tracing.dataCollected", collect);
  await tracing.send("Tracing.start", {
    transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline", "v8.execute", "v8", "blink.user_timing"] },
  });
  await load();
  const complete = new Promise<void>((resolve) => tracing.once("Tracing.tracingComplete", () => resolve()));
  await tracing.send("Tracing.end");
  await complete;
  tracing.off("Tracing.dataCollected", collect);
  return events;
}

/** Loads a page in a browser context of its own, with nothing kept from before; `drawn` selects what is waited for. */
export async function scriptTime(browser: Browser, address: string, drawn: string): Promise<ScriptTime> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const tracing = await browser.newBrowserCDPSession();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Page.enable");
    // In a world of its own. It looks when the page's script replaces all that stands there, and not at every change: what it
    // takes itself counts against the page.
    await session.send("Page.addScriptToEvaluateOnNewDocument", {
      worldName: "bench",
      source: `addEventListener("DOMContentLoaded", () => {
        const observer = new MutationObserver(look);
        function look() {
          if (document.querySelector(${JSON.stringify(drawn)}) === null) return;
          observer.disconnect();
          performance.mark(${JSON.stringify(mark)});
        }
        observer.observe(document.getElementById("site"), { childList: true });
        look();
      });`,
    });
    const events = await traced(tracing, async () => {
      await page.goto(address, { waitUntil: "commit" });
      // And not until a selector is there: what looks for it would be measured, too.
      await page.waitForTimeout(longEnough);
    });
    const drawnAt = events.find((event) => event.name === mark);
    if (drawnAt === undefined) throw new Error(`${address}: nothing drawn in ${longEnough} ms`);
    const own = events.filter((event) => event.pid === drawnAt.pid && /^[XBE]$/.test(event.ph)).sort((a, b) => a.ts - b.ts);
    const ofThread = (thread: number): Span[] => spansOf(own.filter((event) => event.tid === thread));
    const ofPage = ofThread(drawnAt.tid);
    const threads = new Set(own.filter((event) => event.tid !== drawnAt.tid && event.name === "EvaluateScript").map((event) => event.tid));
    const clock = await page.evaluate((name) => performance.getEntriesByName(name)[0]?.startTime, mark);
    return {
      untilDrawn: scriptIn(ofPage, drawnAt.ts), untilQuiet: scriptIn(ofPage, Infinity),
      workers: [...threads].reduce((sum, thread) => sum + scriptIn(ofThread(thread), Infinity), 0), clock: clock ?? NaN,
    };
  } finally {
    await tracing.detach();
    await context.close();
  }
}

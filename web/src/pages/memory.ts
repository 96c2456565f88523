// The little that the page keeps on the machine. A browser may refuse; then nothing is kept.

const prefix = "sjcode.";
const codeMinutes = 30;

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Private windows and full disks: the page works without.
  }
}

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/** Whether anything is kept under a name that begins so. */
export function recallsAny(beginning: string): boolean {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith(prefix + beginning));
  } catch {
    return false;
  }
}

/** The last report symbol that verified: so that an entry symbol, scanned next, can be held against it. */
export function rememberCode(text: string): void {
  remember("code", JSON.stringify({ text, at: Date.now() }));
}

export function recallCode(): string | undefined {
  try {
    const kept = JSON.parse(recall("code") ?? "null") as { text?: unknown; at?: unknown } | null;
    if (typeof kept?.text !== "string" || typeof kept.at !== "number") return undefined;
    return Date.now() - kept.at < codeMinutes * 60_000 ? kept.text : undefined;
  } catch {
    return undefined;
  }
}

// The little that the page keeps on the machine. A browser may refuse; then nothing is kept.

const prefix = "sjcode.";
const codeMinutes = 30;

export type Kept = Readonly<Record<string, string>>;

/** A worker's: what the page kept, and what is to be kept since. */
let handed: { readonly kept: Record<string, string>; readonly fresh: Record<string, string> } | undefined;

/** A worker has no storage of its own: it works on a copy, and gives back what came to it (freshlyKept). */
export function useKept(kept: Kept): void {
  handed = { kept: { ...kept }, fresh: {} };
}

export const freshlyKept = (): Kept => handed?.fresh ?? {};

/** All that is kept. */
export function allKept(): Kept {
  try {
    return Object.fromEntries(Object.keys(localStorage).filter((name) => name.startsWith(prefix))
      .map((name) => [name.slice(prefix.length), localStorage.getItem(name) ?? ""]));
  } catch {
    return {};
  }
}

export function remember(name: string, value: string): void {
  if (handed !== undefined) {
    handed.kept[name] = handed.fresh[name] = value;
    return;
  }
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Private windows and full disks: the page works without.
  }
}

export function recall(name: string): string | null {
  if (handed !== undefined) return handed.kept[name] ?? null;
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/** Whether anything is kept under a name that begins so. */
export function recallsAny(beginning: string): boolean {
  return Object.keys(handed?.kept ?? allKept()).some((name) => name.startsWith(beginning));
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

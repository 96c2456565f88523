// What is wrong with bytes or a text, as a stable code; the sentence comes from messages/.

export class FormatError extends Error {
  readonly code: string;
  readonly parameters: Readonly<Record<string, string>>;

  constructor(code: string, parameters: Record<string, string> = {}) {
    super(code);
    this.name = "FormatError";
    this.code = code;
    this.parameters = parameters;
  }
}

export function fail(code: string, parameters: Record<string, string> = {}): never {
  throw new FormatError(code, parameters);
}

/** Runs `action`; gives its value, or the code of what was wrong. Every other exception is a fault of ours and passes. */
export function attempt<T>(action: () => T): { value: T } | { error: FormatError } {
  try {
    return { value: action() };
  } catch (error) {
    if (error instanceof FormatError) return { error };
    throw error;
  }
}

// Checks, and the outcome that follows from them: docs/code-format.md, section 9; docs/verdict.md.

export type CheckResult = "pass" | "fail" | "warn" | "unchecked";
export type Outcome = "authentic" | "not_authentic" | "undetermined" | "code_genuine";
export type Parameters = Readonly<Record<string, string>>;

export interface Check {
  readonly check: string;
  readonly result: CheckResult;
  /** Stable code; its sentence is in messages/. */
  readonly code: string;
  readonly parameters: Parameters;
  readonly mandatory: boolean;
}

/** Something stated, for a person to compare with the paper. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** False where it comes from elsewhere than what is signed. */
  readonly signed: boolean;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly checks: readonly Check[];
  readonly facts: readonly Fact[];
}

/** The checks of one verification as they come in; the same finding twice is told once. */
export class Findings {
  private readonly all: Check[] = [];

  add(check: Check): void {
    const key = JSON.stringify(check);
    if (!this.all.some((other) => JSON.stringify(other) === key)) this.all.push(check);
  }

  pass(check: string, code: string, parameters: Parameters = {}): void {
    this.add({ check, result: "pass", code, parameters, mandatory: true });
  }

  fail(check: string, code: string, parameters: Parameters = {}): void {
    this.add({ check, result: "fail", code, parameters, mandatory: true });
  }

  warn(check: string, code: string, parameters: Parameters = {}): void {
    this.add({ check, result: "warn", code, parameters, mandatory: false });
  }

  /** A mandatory check that could not be made. */
  unchecked(check: string, code: string, parameters: Parameters = {}): void {
    this.add({ check, result: "unchecked", code, parameters, mandatory: true });
  }

  /** A check that the outcome does not need and that was not made. */
  skipped(check: string, code: string, parameters: Parameters = {}): void {
    this.add({ check, result: "unchecked", code, parameters, mandatory: false });
  }

  get failed(): boolean {
    return this.all.some((check) => check.result === "fail");
  }

  mentions(check: string): boolean {
    return this.all.some((other) => other.check === check);
  }

  get checks(): readonly Check[] {
    return this.all;
  }
}

/** The one rule. `copyWasCompared`: a file that carries a code. */
export function outcomeOf(checks: readonly Check[], copyWasCompared: boolean): Outcome {
  if (checks.some((check) => check.result === "fail")) return "not_authentic";
  const mandatory = checks.filter((check) => check.mandatory);
  if (mandatory.some((check) => check.result === "unchecked")) return "undetermined";
  if (!mandatory.some((check) => check.result === "pass")) return "undetermined";
  return copyWasCompared ? "authentic" : "code_genuine";
}

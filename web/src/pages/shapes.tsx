// One shape for each outcome and result, so that nothing is told by colour alone.

import type { CheckResult, Outcome } from "../verify/verdict";

const stroke = { fill: "none", stroke: "currentColor", "stroke-linecap": "round", "stroke-linejoin": "round" } as const;

const outcomeShapes: Readonly<Record<Outcome, preact.JSX.Element>> = {
  authentic: (
    <>
      <path d="M32 4 L56 13 V31 C56 45 46 55 32 60 C18 55 8 45 8 31 V13 Z" fill="currentColor" />
      <path d="M20 32 L29 41 L45 23" {...stroke} stroke="var(--on-outcome)" stroke-width="6" />
    </>
  ),
  code_genuine: (
    <>
      <circle cx="32" cy="32" r="25" {...stroke} stroke-width="5" />
      <path d="M20 33 L29 42 L45 24" {...stroke} stroke-width="6" />
    </>
  ),
  not_authentic: (
    <>
      <path d="M21 4 H43 L60 21 V43 L43 60 H21 L4 43 V21 Z" fill="currentColor" />
      <path d="M22 22 L42 42 M42 22 L22 42" {...stroke} stroke="var(--on-outcome)" stroke-width="6.5" />
    </>
  ),
  undetermined: (
    <>
      <path d="M32 4 L60 32 L32 60 L4 32 Z" {...stroke} stroke-width="5" />
      <path d="M25 26 C25 17 39 17 39 26 C39 32 32 31 32 38" {...stroke} stroke-width="4.5" />
      <circle cx="32" cy="46" r="3" fill="currentColor" />
    </>
  ),
};

export const OutcomeShape = ({ outcome }: { outcome: Outcome }) => (
  <svg class="outcome-shape" viewBox="0 0 64 64" aria-hidden="true">{outcomeShapes[outcome]}</svg>
);

const resultShapes: Readonly<Record<CheckResult, preact.JSX.Element>> = {
  pass: <path d="M4 12.5 L10 18.5 L20 6.5" {...stroke} stroke-width="2.6" />,
  fail: <path d="M5 5 L19 19 M19 5 L5 19" {...stroke} stroke-width="2.8" />,
  warn: <path d="M12 3 L22 21 H2 Z M12 10 V14.5 M12 17.6 V17.7" {...stroke} stroke-width="2" />,
  unchecked: <path d="M4 12 H20" {...stroke} stroke-width="2.6" stroke-dasharray="4 4.5" />,
};

export const ResultShape = ({ result }: { result: CheckResult }) => (
  <svg class={`result-shape ${result}`} viewBox="0 0 24 24" aria-hidden="true">{resultShapes[result]}</svg>
);

/** The mark of the site: a symbol's finder pattern within a seal's ring. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 40 40" aria-hidden="true">
    <rect x="2" y="2" width="36" height="36" rx="9" fill="currentColor" />
    <rect x="10.5" y="10.5" width="19" height="19" rx="2.5" {...stroke} stroke="var(--paper)" stroke-width="3.2" />
    <rect x="16.5" y="16.5" width="7" height="7" rx="1" fill="var(--paper)" />
  </svg>
);

const actions = {
  camera: "M4 8 H8 L10 5 H14 L16 8 H20 V19 H4 Z M12 16.5 A3.2 3.2 0 1 0 12 10.1 A3.2 3.2 0 1 0 12 16.5",
  file: "M6 3 H14 L19 8 V21 H6 Z M14 3 V8 H19 M12 18 V11.5 M9 14.3 L12 11.4 L15 14.3",
  type: "M3 6 H21 V18 H3 Z M6.5 10 H7 M10.5 10 H11 M14.5 10 H15 M18 10 H18.2 M8 14.5 H16",
} as const;

export const ActionShape = ({ action }: { action: keyof typeof actions }) => (
  <svg class="action-shape" viewBox="0 0 24 24" aria-hidden="true">
    <path d={actions[action]} {...stroke} stroke-width="1.6" />
  </svg>
);

// What was found, with the next steps: the same from the app and from the worker that makes the first verdict.

import type { Inspection } from "./inspection";
import { useLanguage } from "./language";
import { MoreTasks } from "./tasks";
import { VerdictView } from "./verdict_view";

interface ResultProps {
  readonly inspection: Inspection;
  readonly home: string;
  readonly onCamera: () => void;
  readonly onFile: (file: File) => void;
  readonly onAgain: (event: Event) => void;
}

export function Result({ inspection, home, onCamera, onFile, onAgain }: ResultProps) {
  const { say } = useLanguage();
  const { verdict, at, subject, texts } = inspection;
  const verified = verdict.checks.some((check) => check.code === "signature.verified");
  const alone = verdict.checks.some((check) => check.code === "entry.alone");
  return (
    <>
      <VerdictView verdict={verdict} at={at} subject={subject}>
        {(verified || alone) && texts.length > 0 && (
          <MoreTasks
            onCamera={onCamera}
            onFile={onFile}
            title={say(alone ? "site.more.main" : "site.more.entry")}
            about={say(alone ? "site.more.main.about" : "site.more.entry.about")}
          />
        )}
      </VerdictView>
      <p class="again"><a class="button" href={home} onClick={onAgain}>{say("site.again")}</a></p>
    </>
  );
}

export function officialHosts({ verdict }: Inspection): readonly string[] {
  for (const check of verdict.checks) {
    if (check.code === "host.official") return [check.parameters["host"]!];
    if (check.code === "host.foreign" || check.code === "host.this-page") return [check.parameters["official"]!];
  }
  return [];
}

// Choosing trust records by hand, where the page was opened from a disc and may not read its neighbours.

import { useRef, useState } from "preact/hooks";
import { takeFiles, type Taken } from "../trust/chosen_files";
import type { TrustSource } from "../trust/trust_source";
import { useLanguage } from "./language";
import { signedEndings } from "./tasks";
import { TakenNote } from "./trust_note";

export function ChooseTrust({ source, onChosen }: { source: TrustSource; onChosen: () => void }) {
  const { say } = useLanguage();
  const [taken, setTaken] = useState<Taken | "none">();
  const input = useRef<HTMLInputElement>(null);
  const choose = async (): Promise<void> => {
    try {
      setTaken(await takeFiles([...(input.current?.files ?? [])], source));
      onChosen();
    } catch {
      setTaken("none");
    }
  };
  return (
    <div class="choose-trust">
      <p>{say("site.disc")}</p>
      <label class="button">
        {say("site.trust.choose")}
        <input ref={input} class="visually-hidden" type="file" accept={`application/json,.json,${signedEndings}`} multiple onChange={() => void choose()} />
      </label>
      {taken !== undefined && <TakenNote taken={taken} />}
    </div>
  );
}

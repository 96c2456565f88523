// Typing a code number, or the address that a symbol holds.

import { useState } from "preact/hooks";
import { useLanguage } from "./language";

interface Props {
  readonly onText: (text: string) => void;
}

export function NumberForm({ onText }: Props) {
  const { say } = useLanguage();
  const [text, setText] = useState("");
  const [empty, setEmpty] = useState(false);
  return (
    <form
      class="number-form"
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(text.trim() === "");
        if (text.trim() !== "") onText(text);
      }}
    >
      <label for="typed">{say("site.number.label")}</label>
      <div class="number-row">
        <input
          id="typed"
          type="text"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          placeholder="JXXX-XXXX-XXXX-XXXX-XXXX"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby={empty ? "typed-empty typed-hint" : "typed-hint"}
          aria-invalid={empty}
        />
        <button type="submit">{say("site.number.check")}</button>
      </div>
      {empty && <p id="typed-empty" class="field-error">{say("site.number.empty")}</p>}
      <p id="typed-hint" class="hint">{say("site.number.hint")}</p>
    </form>
  );
}

// The three ways in: a camera, a file, a typed number.

import { useEffect, useRef, useState } from "preact/hooks";
import { useLanguage } from "./language";
import { NumberForm } from "./number_form";
import { ActionShape } from "./shapes";

/** Of signed files, as they travel. */
export const signedEndings = ".sjt,.sjd,.sjb,.cwt";

interface TasksProps {
  readonly onCamera: () => void;
  readonly onFile: (file: File) => void;
  readonly onText: (text: string) => void;
}

export function Tasks({ onCamera, onFile, onText }: TasksProps) {
  const { say } = useLanguage();
  return (
    <div class="tasks">
      <FileTask onFile={onFile} />
      <section class="task camera-task">
        <h2><ActionShape action="camera" />{say("site.camera")}</h2>
        <p>{say("site.camera.about")}</p>
        <button type="button" onClick={onCamera}>{say("site.camera.start")}</button>
      </section>
      <section class="task number-task">
        <h2><ActionShape action="type" />{say("site.number")}</h2>
        <NumberForm onText={onText} />
      </section>
    </div>
  );
}

/** A file may be let go of anywhere: the browser would show it instead of the page. */
export function useDrop(onFile: (file: File) => void): void {
  const latest = useRef(onFile);
  latest.current = onFile;
  useEffect(() => {
    const over = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) latest.current(file);
    };
    addEventListener("dragover", over);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("drop", drop);
    };
  }, []);
}

function FileTask({ onFile }: { onFile: (file: File) => void }) {
  const { say } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <section
      class={over ? "task file-task over" : "task file-task"}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <h2><ActionShape action="file" />{say("site.file")}</h2>
      <p>{say("site.file.about")}</p>
      <label class="button primary" for="file">{say("site.file.choose")}</label>
      <input
        ref={input}
        id="file"
        class="visually-hidden"
        type="file"
        accept={["application/pdf", ".pdf", "image/*", signedEndings].join(",")}
        onChange={() => {
          const file = input.current?.files?.[0];
          if (file !== undefined) onFile(file);
          if (input.current !== null) input.current.value = "";
        }}
      />
      <p class="drop-hint">{say("site.file.drop")}</p>
    </section>
  );
}

/** What can be scanned or opened besides, below a verdict. */
export function MoreTasks({ onCamera, onFile, title, about }: {
  onCamera: () => void; onFile: (file: File) => void; title: string; about: string;
}) {
  const { say } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  return (
    <section class="more" aria-labelledby="more-title">
      <h2 id="more-title">{title}</h2>
      <p>{about}</p>
      <div class="buttons">
        <button type="button" onClick={onCamera}>{say("site.camera.start")}</button>
        <label class="button" for="more-file">{say("site.file.photo")}</label>
        <input
          ref={input}
          id="more-file"
          class="visually-hidden"
          type="file"
          accept="image/*,application/pdf,.pdf,.cbor,.record"
          onChange={() => {
            const file = input.current?.files?.[0];
            if (file !== undefined) onFile(file);
            if (input.current !== null) input.current.value = "";
          }}
        />
      </div>
    </section>
  );
}

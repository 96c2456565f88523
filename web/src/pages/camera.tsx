// The camera, until a symbol of ours was read or a person stops it. Pictures are looked at here and kept nowhere.

import { useEffect, useRef, useState } from "preact/hooks";
import { readSymbols } from "../reading/client";
import { scaled } from "../reading/image";
import { useLanguage } from "./language";

interface Props {
  readonly onTexts: (texts: readonly string[]) => void;
  readonly onClose: () => void;
}

const side = 1280;
const pause = 120;

export function Camera({ onTexts, onClose }: Props) {
  const { say } = useLanguage();
  const video = useRef<HTMLVideoElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    dialog.current?.showModal?.();
    let stopped = false;
    let stream: MediaStream | undefined;
    const look = async (): Promise<void> => {
      for (let turn = 0; !stopped; turn++) {
        const element = video.current;
        if (element !== null && element.videoWidth > 0) {
          const image = scaled(element, element.videoWidth, element.videoHeight, side);
          const texts = await readSymbols(image, turn % 4 === 3);
          if (stopped) return;
          if (texts.length > 0) return onTexts(texts);
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    };
    const begin = async (): Promise<void> => {
      if (navigator.mediaDevices === undefined) return setProblem("site.camera.none");
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          audio: false, video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
        });
      } catch (error) {
        const denied = (error as { name?: string }).name === "NotAllowedError";
        return setProblem(denied ? "site.camera.denied" : "site.camera.none");
      }
      if (stopped) return stream.getTracks().forEach((track) => track.stop());
      video.current!.srcObject = stream;
      await video.current!.play().catch(() => undefined);
      try {
        await look();
      } catch {
        setProblem("site.reader.failed");
      }
    };
    void begin();
    return () => {
      stopped = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class="camera"
      aria-labelledby="camera-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id="camera-title">{say("site.camera.title")}</h2>
      {problem === undefined ? (
        <>
          <div class="viewfinder">
            <video ref={video} muted playsInline aria-hidden="true" />
            <span class="frame" aria-hidden="true" />
          </div>
          <p role="status">{say("site.camera.hint")}</p>
        </>
      ) : (
        <p class="warning" role="alert">{say(problem)}</p>
      )}
      <button type="button" onClick={onClose}>{say("site.camera.stop")}</button>
    </dialog>
  );
}

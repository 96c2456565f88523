// Starts the page, and the service worker that keeps it working without a network.

import { render } from "preact";
import { App } from "./pages/app";
import "./styles.css";

const root = document.getElementById("site")!;
root.textContent = "";
render(<App />, root);

const script = document.querySelector<HTMLScriptElement>("script[data-site]")!;
if ("serviceWorker" in navigator && location.protocol !== "file:") {
  // After the first verdict is drawn: keeping copies shall not slow it.
  addEventListener("load", () => {
    setTimeout(() => void navigator.serviceWorker.register(new URL("../service_worker.js", script.src)).catch(() => undefined), 500);
  });
}

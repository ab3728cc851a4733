// Starts the game: checks what the browser can do, downloads with real progress, hands over at the first frame.

import { downloadWithProgress, fetchJson } from "./download.js";
import { Screen } from "./screen.js";
import { loadText } from "./text.js";
import { openScriptInterface } from "./script.js";
import { openMirror } from "./mirror.js";
import { letSoundBegin } from "./sound.js";
import { letGamepadsPlay } from "./gamepad.js";
import { openWriting } from "./writing.js";
import { keepPace } from "./pace.js";

const WASM = "pipe-maze_bg.wasm";

// winit leaves `main` by an exception once the browser's event loop has taken over: no failure.
const isControlFlow = (error) => String(error?.message ?? error).includes("Using exceptions for control flow");

const isWasmFault = (error) => error instanceof WebAssembly.RuntimeError;

function hasWebGl2() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

async function start(screen, script) {
  if (typeof WebAssembly !== "object") return screen.fail("no-wasm");
  if (!hasWebGl2()) return screen.fail("no-webgl2");

  const sizes = await fetchJson("sizes.json");
  const glue = importGlue();
  const download = await downloadWithProgress(WASM, sizes[WASM], (loaded, total) => {
    screen.progress(loaded, total);
    window.dispatchEvent(new CustomEvent("pipemaze:progress", { detail: { loaded, total } }));
  });
  const module = await glue;
  try {
    await module.default({ module_or_path: download.response });
  } catch (error) {
    download.check();
    if (!isControlFlow(error)) throw error;
  }
  script.connect(module);
  mirror.connect(module);
  writing.connect(module);
}

async function importGlue() {
  try {
    return await import("./pipe-maze.js");
  } catch (error) {
    throw { file: "pipe-maze.js", reason: "network", detail: String(error) };
  }
}

function explain(screen, error) {
  if (error?.file) screen.fail("no-file", error);
  else screen.fail("stopped", { detail: String(error?.stack ?? error) });
}

function watch(screen, script) {
  const stop = (detail) => {
    screen.fail("stopped", { detail });
    script.stop(detail);
  };
  window.addEventListener("pipemaze:first-frame", () => {
    screen.open();
    script.begin();
  });
  window.addEventListener("pipemaze:stopped", (event) => stop(String(event.detail?.message ?? "")));
  window.addEventListener("error", (event) => {
    if (isControlFlow(event.error ?? event.message)) event.preventDefault();
    else if (isWasmFault(event.error)) stop(String(event.error.stack ?? event.error));
  });
  window.addEventListener("unhandledrejection", (event) => {
    if (isControlFlow(event.reason)) event.preventDefault();
    else if (isWasmFault(event.reason)) stop(String(event.reason.stack ?? event.reason));
  });
  document.getElementById("pipe-maze").addEventListener("webglcontextlost", () => {
    screen.fail("graphics-lost");
    script.stop("the graphics context was lost");
  });
}

keepPace(document.getElementById("pipe-maze"));
letSoundBegin();
letGamepadsPlay();
const script = openScriptInterface();
const mirror = openMirror();
const writing = openWriting(document.getElementById("pipe-maze"));
let screen;
try {
  screen = new Screen(await loadText());
} catch {
  document.getElementById("speechless").hidden = false;
}
if (screen) {
  watch(screen, script);
  start(screen, script).catch((error) => explain(screen, error)).finally(() => {
    if (screen.failure) script.stop(screen.failure);
  });
} else {
  script.stop("the page's texts are missing");
}

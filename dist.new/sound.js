// Lets the game's sound begin: browsers hold every AudioContext until the page has been pressed or a key has gone down.
//
// The game makes its context before that. So contexts are noted as they are made, and resumed at each press; later
// presses help after a call or another app has taken the sound away. A page that nobody sees is silent.

const contexts = [];

function note(name) {
  const Original = window[name];
  if (typeof Original !== "function") return;
  window[name] = class extends Original {
    constructor(...settings) {
      super(...settings);
      contexts.push(this);
    }
  };
}

// A context that is closed, or that the browser still holds, refuses: then the next press tries again.
const each = (order) => contexts.forEach((context) => context[order]().catch(() => {}));

let pressed = false;

function press() {
  pressed = true;
  for (const context of contexts) {
    if (context.state !== "running") context.resume().catch(() => {});
  }
}

export function letSoundBegin() {
  note("AudioContext");
  for (const event of ["pointerdown", "pointerup", "touchend", "keydown"]) {
    window.addEventListener(event, press, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (pressed) each(document.hidden ? "suspend" : "resume");
  });
}
